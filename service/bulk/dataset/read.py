"""A dataset on disk: where its tables are, and their rows as they stand, without holding a table in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.bulk.dataset.tables import SHAPES, shape_named
from service.export.columns import Cell, TableShape

DATA = "data"
BATCH_ROWS = 16_384


class NoDataset(Exception):
    """The folder is no dataset, or has no such table; the message says which."""


def part_files(dataset: Path) -> dict[str, list[str]]:
    """The files of each table, by their paths in the dataset.

    Raises:
        NoDataset: a table is missing.
    """
    found = {}
    for shape in SHAPES:
        parts = sorted((dataset / DATA / shape.name).glob("part-*.parquet"))
        if not parts:
            raise NoDataset(f"{dataset} is no dataset: it has no {DATA}/{shape.name}")
        found[shape.name] = [part.relative_to(dataset).as_posix() for part in parts]
    return found


def shapes(names: list[str] | None) -> list[TableShape]:
    """The tables of these names; all without names.

    Raises:
        NoDataset: there is no table of that name.
    """
    try:
        return [shape_named(name) for name in names] if names else list(SHAPES)
    except KeyError as error:
        known = ", ".join(shape.name for shape in SHAPES)
        raise NoDataset(f"no such table: {error.args[0]}; there are {known}") from None


def batches(dataset: Path, shape: TableShape, rows: int = BATCH_ROWS) -> Iterator[Any]:
    """The table as Arrow record batches of at most so many rows, in its order."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    for name in part_files(dataset)[shape.name]:
        with pq.ParquetFile(dataset / name) as part:
            yield from part.iter_batches(rows)


def read_rows(dataset: Path, shape: TableShape) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, in its order."""
    for batch in batches(dataset, shape):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
