"""``write``: results in, a dataset out. Memory does not grow with the number of documents.

DATASET/data/TABLE/part-00000.parquet, one folder for each table, and the papers that go with them. The same results in
the same order give the same bytes, but for ``run.json``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from service.bulk.dataset.blocks import Block, Given, Makers, blocks
from service.bulk.dataset.papers.files import papers
from service.bulk.dataset.papers.run import Tally, digests_of, run_record
from service.bulk.dataset.parts import Parts
from service.bulk.dataset.read import DATA, part_files
from service.bulk.dataset.tables import SHAPES
from service.bulk.dataset.tables.proofs import CHECKS, FINDINGS
from service.bulk.dataset.years import Years
from service.compose import version
from service.export.parquet import arrow_table

_DRAFT, _OLD = ".data.part", ".data.old"


def write(
    results: Iterable[Given], into: Path, about: Mapping[str, Any] | None = None, makers: Makers | None = None
) -> None:
    """Write the tables of all documents, in the order they come; those that were there are replaced when all is done.

    ``about`` is what ``run.json`` is to say of the run beside what is counted here. ``makers`` make the rows, if there
    are any.
    """
    draft = into / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    tally, rows = _tables(blocks(results, makers), draft)
    _replace(draft, into / DATA, into / _OLD)
    _papers(into, tally, rows, about or {})


def _tables(made: Iterable[Block], draft: Path) -> tuple[Tally, dict[str, int]]:
    tally, years = Tally(), Years()
    with ExitStack() as stack:
        parts = {shape: stack.enter_context(Parts(shape, draft / shape.name)) for shape in SHAPES}
        for block in made:
            tally.take(block.tally)
            years.take(block.kept)
            for shape, table in zip(SHAPES, block.tables, strict=True):
                parts[shape].take(table)
        for held in years.held():
            parts[CHECKS].take(arrow_table(CHECKS, held.checks))
            parts[FINDINGS].take(arrow_table(FINDINGS, held.findings))
    return tally, {shape.name: part.rows for shape, part in parts.items()}


def _replace(draft: Path, data: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if data.exists():
        data.rename(old)
    draft.rename(data)
    shutil.rmtree(old, ignore_errors=True)


def _papers(into: Path, tally: Tally, rows: Mapping[str, int], about: Mapping[str, Any]) -> None:
    parts = part_files(into)
    digests = digests_of(into, (into / name for names in parts.values() for name in names))
    written = []
    for name, text in papers(parts, tally.documents, version(), digests):
        (into / name).parent.mkdir(exist_ok=True)
        (into / name).write_text(text, "utf-8", newline="")
        written.append(into / name)
    record = run_record(tally, rows, version(), digests | digests_of(into, written), about)
    (into / "run.json").write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
