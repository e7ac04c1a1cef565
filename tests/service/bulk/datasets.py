"""Datasets for tests: written from results of fixtures and from made-up ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from schemas.result import Result
from scripts.goldens.cases import run
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.row import Place, Row, State
from service.pipeline import encode

REPORT = "pdf/qingshan-2022-final-accounts-whole-report"
PAGE = "html/changan-2023-performance-web-page"


def fixture(case: str = REPORT) -> Result:
    """What is read of a fixture."""
    return run(case).result


def row(result: Result, *places: str) -> Row:
    """The line of the ledger of a result."""
    document = result.document
    found = tuple(Place(place) for place in places) or (Place(f"reports/{document.filename}"),)
    return Row(document.sha256, found, State.OK, document.bytes, document.pages, document.media_type, "0.0.test", "0ff")


def failed(sha256: str, code: str = "corrupt") -> tuple[Row, bytes]:
    """A document that could not be read."""
    return Row(sha256, (Place("reports/broken.pdf"),), State.FAILED, 3, None, None, "0.0.test", "0ff", code, 2), b""


def rows(results: Iterable[Result]) -> Iterator[tuple[Row, bytes]]:
    """What the end of a run hands over."""
    for one in results:
        yield row(one), pack(encode(one))


def dataset(into: Path, results: Iterable[Result]) -> Path:
    """A dataset of these results."""
    into.mkdir(parents=True, exist_ok=True)
    write(rows(results), into)
    return into
