"""Line numbers (行次) that leave their sequence: formulas that name lines may then mean another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from schemas.checks.indexed import IndexedTable
from schemas.findings import finding
from schemas.records import Row
from schemas.witness.doubt import Doubt


def misnumbered(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each line whose number is not the one between its neighbours'. Its amounts are not doubted."""
    for indexed in indexed_tables:
        for rows in _panels(indexed):
            for above, row, below in zip(rows, rows[1:], rows[2:], strict=False):
                before, number, after = above.line_no or 0, row.line_no, below.line_no
                if after == before + 2 and number != before + 1:
                    yield _doubt(indexed, row, before + 1)


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
