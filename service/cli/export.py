"""``gongkai export``: a dataset in other shapes."""

from __future__ import annotations

from pathlib import Path

from service.bulk.dataset.exports import export
from service.bulk.dataset.read import NoDataset
from service.cli.failures import UsageError, say


def export_dataset(dataset: Path, form: str, out: Path | None, tables: list[str] | None) -> int:
    """Write the dataset in another shape; the exit code."""
    try:
        for line in export(dataset, form, out, tables):
            say(line)
    except NoDataset as error:
        raise UsageError(str(error)) from error
    return 0
