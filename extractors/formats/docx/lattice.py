"""Where the cells of a ``w:tbl`` stand: columns, spans and joined rows, before any text is read.

What is drawn counts: columns whose edge no cell has are no columns, and rows that were deleted or hidden are no rows.
"""

from __future__ import annotations

import bisect
import itertools
from dataclasses import dataclass

from lxml import etree

from extractors.budget import CellBudget
from extractors.formats.docx import names as n
from extractors.formats.docx.flow import elements
from extractors.formats.docx.notices import Noticed
from extractors.formats.docx.styles import is_on
from extractors.model import Location
from extractors.noticebook import NoticeBook

_ROWS, _CELLS = frozenset({n.TR}), frozenset({n.TC})
_NEAR = 0.01  # of the width of the table: how far an edge by width may lie from the edge of the grid that it means
_PERCENT_WHOLE = 5000  # a width in percent counts fiftieths


@dataclass(slots=True)
class Slot:
    """One drawn cell: ``element`` holds its text; None for a place that no ``w:tc`` fills."""

    element: etree._Element | None
    row: int
    col: int
    col_span: int
    row_span: int = 1
    merged: str | None = None  # vMerge: "restart", "continue" or none
    covered: list[etree._Element] | None = None  # cells joined into this one, whose text is not shown


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one table in reading order; ``edges`` are the column edges from 0 to 1, empty when not known."""

    n_rows: int
    n_cols: int
    slots: list[Slot]
    edges: tuple[float, ...]


@dataclass(slots=True)
class _Row:
    start: int
    slots: list[Slot]
    after: int

    @property
    def end(self) -> int:
        return self.slots[-1].col + self.slots[-1].col_span if self.slots else self.start


def lattice(table: etree._Element, where: Location, book: NoticeBook, budget: CellBudget) -> Lattice:
    """The cells of ``table``. Rows that were deleted or hidden are noticed in ``book``.

    Raises:
        TooLarge: the cells are more than the budget allows.
    """
    rows = [_row(element, index) for index, element in enumerate(_drawn_rows(table, where, book))]
    widths = _grid_widths(table)
    _clamp(rows, len(widths))
    n_cols = max((row.end + row.after for row in rows), default=0)
    if len(widths) >= n_cols:
        for row in rows:
            _follow_widths(row, widths, n_cols)
    kept = _drawn_edges(rows, n_cols)
    _renumber(rows, kept)
    budget.check_columns(len(kept))
    budget.spend(len(rows) * len(kept))  # before the holes are filled: rows shifted one by one have millions
    slots = _joined(rows)
    edges = _relative(widths, kept, n_cols)
    return Lattice(len(rows), len(kept), _filled(slots, len(rows), len(kept)), edges)


def _drawn_rows(table: etree._Element, where: Location, book: NoticeBook) -> list[etree._Element]:
    rows = []
    for row in elements(table, _ROWS):
        properties = row.find(n.TR_PR)
        if properties is not None and properties.find(n.DEL) is not None:
            book.add(Noticed.TRACKED_CHANGES, where)
        elif properties is not None and is_on(properties.find(n.HIDDEN)):
            book.add(Noticed.HIDDEN_TEXT, where)
        else:
            rows.append(row)
    return rows


def _row(element: etree._Element, index: int) -> _Row:
    row = _Row(0, [], 0)
    for properties in element.iterchildren(n.TR_PR):
        for mark in properties.iterchildren(n.GRID_BEFORE, n.GRID_AFTER):
            if mark.tag == n.GRID_BEFORE:
                row.start = _number(mark, 0)
            else:
                row.after = _number(mark, 0)
    for cell in elements(element, _CELLS):
        _place(row, cell, index)
    return row


def _place(row: _Row, cell: etree._Element, index: int) -> None:
    slot = Slot(cell, index, row.end, 1)
    merged_left = False
    for properties in cell.iterchildren(n.TC_PR):
        for mark in properties:
            tag = mark.tag
            if tag == n.GRID_SPAN:
                slot.col_span = max(1, _number(mark, 1))
            elif tag == n.V_MERGE:
                slot.merged = mark.get(n.VAL, "continue")  # a mark without a value goes on with the cell before
            elif tag == n.H_MERGE:
                merged_left = mark.get(n.VAL, "continue") == "continue"
    if merged_left and row.slots:
        row.slots[-1].col_span += slot.col_span
        row.slots[-1].covered = [*(row.slots[-1].covered or []), cell]
    else:
        row.slots.append(slot)


def _number(mark: etree._Element, otherwise: int) -> int:
    text = mark.get(n.VAL, "")
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise


def _grid_widths(table: etree._Element) -> list[int]:
    grid = table.find(n.TBL_GRID)
    return [_twips(column.get(n.WIDTH)) or 0 for column in grid.iterchildren(n.GRID_COL)] if grid is not None else []


def _twips(text: str | None) -> int | None:
    number = (text or "").split(".")[0]
    return int(number) if number.isdecimal() and len(number) < 7 else None


def _clamp(rows: list[_Row], n_grid: int) -> None:
    """A last cell said to span more columns than the grid has ends where the grid ends."""
    for row in rows:
        if row.slots and row.slots[-1].col < n_grid < row.end:
            row.slots[-1].col_span = n_grid - row.slots[-1].col


def _follow_widths(row: _Row, widths: list[int], n_cols: int) -> None:
    """Converters from HTML leave out the spans of a row and state the widths of its cells only: those are drawn."""
    total = sum(widths[:n_cols])
    if not row.slots or row.end + row.after == n_cols or not total:
        return
    edges = [0, *itertools.accumulate(widths[:n_cols])]
    position, ends = float(edges[row.start]), []
    for slot in row.slots:
        width = _cell_width(slot.element, total)
        if width is None:
            return
        position += width
        ends.append(_near(edges, position, total))
    starts = [row.start, *ends[:-1]]
    if ends[-1] != n_cols or any(end <= start for start, end in zip(starts, ends, strict=True)):
        return
    for slot, start, end in zip(row.slots, starts, ends, strict=True):
        slot.col, slot.col_span = start, end - start


def _cell_width(cell: etree._Element | None, total: int) -> float | None:
    stated = cell.find(f"{n.TC_PR}/{n.TC_W}") if cell is not None else None
    number = _twips(stated.get(n.WIDTH)) if stated is not None else None
    if stated is None or not number:
        return None
    return number if stated.get(n.TYPE) == "dxa" else number / _PERCENT_WHOLE * total


def _near(edges: list[int], position: float, total: int) -> int:
    """The number of the edge that lies at ``position``; -1 when there is none."""
    after = min(bisect.bisect_left(edges, position), len(edges) - 1)
    best = min((max(after - 1, 0), after), key=lambda index: abs(edges[index] - position))
    return best if abs(edges[best] - position) <= _NEAR * total else -1


def _drawn_edges(rows: list[_Row], n_cols: int) -> list[int]:
    """The columns in which some cell begins, or some row ends before the others: the left edges that are drawn."""
    starts = {slot.col for row in rows for slot in row.slots}
    return sorted(edge for edge in starts | {row.end for row in rows} | {0} if edge < n_cols)


def _renumber(rows: list[_Row], kept: list[int]) -> None:
    for slot in itertools.chain.from_iterable(row.slots for row in rows):
        first = bisect.bisect_left(kept, slot.col)
        slot.col_span = bisect.bisect_left(kept, slot.col + slot.col_span) - first
        slot.col = first


def _joined(rows: list[_Row]) -> list[Slot]:
    """The cells with those that go on beneath them: same first column and same span, directly under each other."""
    slots: list[Slot] = []
    open_above: dict[int, Slot] = {}
    for row in rows:
        open_here: dict[int, Slot] = {}
        for slot in row.slots:
            above = open_above.get(slot.col)
            if slot.merged == "continue" and above is not None and above.col_span == slot.col_span:
                above.row_span += 1
                above.covered = above.covered or []
                above.covered += _own(slot)  # in place: a column may be joined over a hundred thousand rows
                open_here[slot.col] = above
                continue
            slots.append(slot)
            if slot.merged is not None:
                open_here[slot.col] = slot
        open_above = open_here
    return slots


def _own(slot: Slot) -> list[etree._Element]:
    return [*([slot.element] if slot.element is not None else []), *(slot.covered or [])]


def _filled(slots: list[Slot], n_rows: int, n_cols: int) -> list[Slot]:
    """With an empty cell in every place that a short row leaves open."""
    taken = [bytearray(n_cols) for _ in range(n_rows)]
    for slot in slots:
        for row in range(slot.row, slot.row + slot.row_span):
            taken[row][slot.col : slot.col + slot.col_span] = b"\1" * slot.col_span
    if all(0 not in row for row in taken):
        return slots
    holes = [Slot(None, row, col, 1) for row in range(n_rows) for col in range(n_cols) if not taken[row][col]]
    return sorted(slots + holes, key=lambda slot: (slot.row, slot.col))


def _relative(widths: list[int], kept: list[int], n_cols: int) -> tuple[float, ...]:
    total = sum(widths[:n_cols])
    if not total or len(widths) < n_cols:
        return ()
    edges = [0, *itertools.accumulate(widths)]
    return tuple(edges[column] / total for column in kept)
