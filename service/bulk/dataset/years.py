"""Documents of one agency over years, held against each other while the tables of a dataset are written.

Agencies are the same when name, region and level (部门, 本级) are; a document that does not say its region, name or
year is held against nothing: there are many bureaux of finance. What the checks look at in each document waits in a
temporary database on disk, so that memory does not grow with the number of documents.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, product
from typing import NamedTuple

import msgspec

from schemas.panel.agencies import agency_key
from schemas.result import Finding, Result
from schemas.years import Between, Essence, budgets_as_disclosed, essence_of, opening_and_closing
from service.bulk.dataset.tables.proofs import check_row, finding_row
from service.export.about import about
from service.export.columns import Cell
from service.export.tidy import SHORT_HASH

MOST_OF_A_YEAR = 8  # documents: more are of several agencies that bear one name
ROWS_EACH = 4096
_ESSENCE = msgspec.json.Decoder(Essence)
_TABLE = "CREATE TABLE kept (agency, region, level, year INTEGER, document, findings INTEGER, essence)"
_BY_AGENCY = "SELECT * FROM kept ORDER BY agency, region, level, year, document"


class Kept(NamedTuple):
    """What is kept of one document; ``findings`` counts those of its own, ``essence`` is JSON."""

    agency: str
    region: str
    level: str
    year: int
    document: str
    findings: int
    essence: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """Rows for the tables of checks and of findings."""

    checks: list[tuple[Cell, ...]] = field(default_factory=list)
    findings: list[tuple[Cell, ...]] = field(default_factory=list)


def kept_of(result: Result) -> Kept | None:
    """What is kept of a result; None where nothing in it could be held against another year."""
    said, essence = about(result), essence_of(result)
    if essence is None or said.agency is None or said.region_code is None or said.report_year is None:
        return None
    return Kept(
        agency_key(said.agency),
        said.region_code,
        said.record_level or "",
        said.report_year,
        result.document.sha256,
        len(result.findings),
        msgspec.json.encode(essence),
    )


class Years:
    """All documents that were kept, on disk."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("")  # a file without a name, gone when it is closed
        self._kept.execute(_TABLE)

    def take(self, kept: Iterable[Kept]) -> None:
        """Keep these too."""
        self._kept.executemany("INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)", kept)

    def held(self) -> Iterator[Held]:
        """Every check between two of them, agency by agency, some thousand at a time; closes the file."""
        rows, held = (Kept(*row) for row in self._kept.execute(_BY_AGENCY)), Held()
        for _, documents in groupby(rows, key=lambda one: (one.agency, one.region, one.level)):
            _hold(list(documents), held)
            if len(held.checks) >= ROWS_EACH:
                yield held
                held = Held()
        yield held
        self._kept.close()


def _hold(documents: Sequence[Kept], held: Held) -> None:
    """Add the rows that the documents of one agency give."""
    by_year = {year: list(ones) for year, ones in groupby(documents, key=lambda one: one.year)}
    counted = {one.document: one.findings for one in documents}
    for other, one in _pairs(by_year):
        for between in _between(_ESSENCE.decode(other.essence), _ESSENCE.decode(one.essence)):
            held.checks.append(_check(between, one.document, other.document))
            if between.finding is not None:
                counted[one.document] += 1
                held.findings.append(_finding(between.finding, counted[one.document], one.document, other.document))


def _pairs(by_year: dict[int, list[Kept]]) -> Iterator[tuple[Kept, Kept]]:
    """The document that is looked back at, and the one that a check belongs to."""
    for year, ones in by_year.items():
        others = [*by_year.get(year - 1, ()), *ones]
        if len(ones) <= MOST_OF_A_YEAR and len(others) <= 2 * MOST_OF_A_YEAR:
            yield from ((other, one) for one, other in product(ones, others) if other is not one)


def _between(other: Essence, one: Essence) -> list[Between]:
    return [*opening_and_closing(other, one), *budgets_as_disclosed(other, one)]


def _check(between: Between, one: str, other: str) -> tuple[Cell, ...]:
    check = between.check
    named = msgspec.structs.replace(check, id=f"{check.id}@{other[:SHORT_HASH]}", cells=_cells(check.cells, one, other))
    return check_row(one, named)


def _finding(found: Finding, number: int, one: str, other: str) -> tuple[Cell, ...]:
    return finding_row(one, number, msgspec.structs.replace(found, cells=_cells(found.cells, one, other)))


def _cells(cells: Sequence[str], *documents: str) -> list[str]:
    """The cells with their documents before them, as observations are named, in place of their years."""
    pairs = zip(documents, cells, strict=True)
    return [f"{document[:SHORT_HASH]}/{cell.partition(':')[2]}" for document, cell in pairs]
