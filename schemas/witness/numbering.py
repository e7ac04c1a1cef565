"""Line numbers (行次) that leave their sequence: formulas that name lines may then mean another one. Numbers of a list
(序号) that leave one out: its row was lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.checks.indexed import IndexedTable
from schemas.findings import finding
from schemas.kind import Shape
from schemas.records import Row
from schemas.witness.doubt import Doubt

LISTS = frozenset({Shape.PROJECT_LIST, Shape.LIST})
LEAST = 3  # numbered rows that show a sequence


def misnumbered(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each line whose number is not the one between its neighbours'. Its amounts are not doubted."""
    for indexed in indexed_tables:
        for rows in _panels(indexed):
            for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
                before, number, after = above.line_no or 0, row.line_no, below.line_no
                if after == before + 2 and number != before + 1:
                    yield _doubt(indexed, row, before + 1)


def unnumbered(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each number that a list leaves out, where all others follow each other from 1."""
    for indexed in indexed_tables:
        for rows in _panels(indexed) if indexed.table.kind.shape in LISTS else ():
            numbers = [row.line_no or 0 for row in rows]
            gaps = [place for place, (one, other) in enumerate(pairwise(numbers)) if other != one + 1]
            if len(numbers) >= LEAST and numbers[0] == 1 and len(gaps) == 1 and _leaves_one_out(numbers, gaps[0]):
                yield _gap(indexed, rows[gaps[0]], numbers[gaps[0]] + 1)


def _leaves_one_out(numbers: Sequence[int], place: int) -> bool:
    return numbers[place + 1] == numbers[place] + 2


def _gap(indexed: IndexedTable, above: Row, number: int) -> Doubt:
    values = [value for value in indexed.table.values if value.row is above]
    said = finding(
        "number_missing",
        table=indexed.table.id,
        page=values[0].location.page if values else indexed.table.grid.location.page,
        cells=[value.cell for value in values[:1]],
        number=number,
        label=above.label or above.raw_label,
    )
    return Doubt(frozenset(), said)


def _panels(indexed: IndexedTable) -> Iterator[list[Row]]:
    """The numbered rows of each panel, from the top."""
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in indexed.table.rows:
        if row.line_no is not None:
            found[row.panel].append(row)
    yield from found.values()


def _doubt(indexed: IndexedTable, row: Row, expected: int) -> Doubt:
    values = [value for value in indexed.table.values if (value.row.index, value.row.panel) == (row.index, row.panel)]
    said = finding(
        "line_number_odd",
        table=indexed.table.id,
        page=values[0].location.page if values else indexed.table.grid.location.page,
        cells=[value.cell for value in values],
        label=row.label or row.raw_label,
        number=row.line_no,
        expected=expected,
    )
    return Doubt(frozenset(), said)
