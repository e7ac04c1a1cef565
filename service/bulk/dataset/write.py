"""``write``: results in, a dataset out. Memory does not grow with the number of documents.

DATASET/data/TABLE/part-00000.parquet, one folder for each table. The same results in the same order give the same
bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec

from schemas.result import Result
from service.bulk.dataset.parts import Parts
from service.bulk.dataset.tables import ROWS, SHAPES
from service.bulk.dataset.tables.documents import DOCUMENTS, document_row
from service.bulk.row import Row

DATA = "data"
_DRAFT, _OLD = ".data.part", ".data.old"
_RESULT = msgspec.json.Decoder(Result)


def write(results: Iterable[tuple[Row, bytes]], into: Path) -> None:
    """Write the tables of all documents, in the order they come; those that were there are replaced when all is done.

    The bytes are a result as JSON, or empty for a document that failed.
    """
    draft = into / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    with ExitStack() as stack:
        parts = {shape: stack.enter_context(Parts(shape, draft / shape.name)) for shape in SHAPES}
        for row, data in results:
            result = _RESULT.decode(data) if data else None
            parts[DOCUMENTS].extend([document_row(row, result)])
            for shape, rows in ROWS.items():
                parts[shape].extend(rows(result) if result is not None else ())
    _replace(draft, into / DATA, into / _OLD)


def _replace(draft: Path, data: Path, old: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if data.exists():
        data.rename(old)
    draft.rename(data)
    shutil.rmtree(old, ignore_errors=True)
