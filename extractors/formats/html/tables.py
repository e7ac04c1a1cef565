"""Where the cells of a table stand, by the rules that browsers follow: spans, row groups, cells in each other's way."""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.budget import CellBudget
from extractors.formats.html.flow import Flow

MOST_COLUMNS, MOST_ROWS = 1_000, 65_534  # what browsers allow one cell to span
HEAD, BODY, FOOT = 0, 1, 2  # the kinds of row groups
SECTIONS = {"thead": HEAD, "table-header-group": HEAD, "tfoot": FOOT, "table-footer-group": FOOT}


@dataclass(slots=True)
class CellDraft:
    """One cell as the file states it. A ``row_span`` of 0 goes on to the end of its row group."""

    flow: Flow
    row_span: int
    col_span: int
    is_head: bool
    drawn: bool  # a border is drawn around it


@dataclass(slots=True)
class _Section:
    kind: int
    rows: list[list[CellDraft]] = field(default_factory=list)


@dataclass(slots=True)
class TableDraft:
    """A table as the file states it, while it is read. ``stray`` is what stands in it outside of every cell."""

    role: str
    drawn: bool  # a border is drawn around it
    stray: Flow = field(default_factory=Flow)
    captions: list[Flow] = field(default_factory=list)
    _sections: list[_Section] = field(default_factory=list)
    _open: bool = False

    def begin_section(self, kind: int) -> None:
        """The rows that follow belong together."""
        self._sections.append(_Section(kind))
        self._open = False

    def end_section(self) -> None:
        """Rows that follow outside of any section make one of their own."""
        self._sections.append(_Section(BODY))
        self._open = False

    def begin_row(self) -> None:
        """One more row."""
        if not self._sections:
            self._sections.append(_Section(BODY))
        self._sections[-1].rows.append([])
        self._open = True

    def end_row(self) -> None:
        """A cell that follows outside of any row begins one of its own."""
        self._open = False

    def cell(self, tag: str, attributes: Mapping[str, str], drawn: bool) -> CellDraft:
        """One more cell in the row."""
        if not self._open:
            self.begin_row()
        col_span = min(max(_number(attributes.get("colspan"), 1), 1), MOST_COLUMNS)
        row_span = min(_number(attributes.get("rowspan"), 1), MOST_ROWS)
        draft = CellDraft(Flow(), row_span, col_span, tag == "th", drawn)
        self._sections[-1].rows[-1].append(draft)
        return draft

    @property
    def cells_in_row(self) -> int:
        """How many cells the last row has so far."""
        return len(self._sections[-1].rows[-1])

    def rows(self) -> list[tuple[list[CellDraft], int]]:
        """The rows as printed, each with how many rows its group has left, itself included. Whatever their order in
        the file, the first head is printed first and the first foot last.
        """
        ordered = self._printed_order()
        return [(row, len(section.rows) - place) for section in ordered for place, row in enumerate(section.rows)]

    def n_head_rows(self) -> int:
        """How many rows the file itself calls the head."""
        head = next((section for section in self._sections if section.kind == HEAD), None)
        return len(head.rows) if head else 0

    def _printed_order(self) -> list[_Section]:
        head = next((section for section in self._sections if section.kind == HEAD), None)
        foot = next((section for section in self._sections if section.kind == FOOT), None)
        bodies = [section for section in self._sections if section is not head and section is not foot]
        return [*([head] if head else []), *bodies, *([foot] if foot else [])]


def _number(text: str | None, otherwise: int) -> int:
    """The number at the beginning of an attribute, as browsers read ``2``, ``2px`` and ``+2``."""
    if text is None:
        return otherwise
    stripped = text.strip().removeprefix("+")
    digits = stripped[: len(stripped) - len(stripped.lstrip("0123456789"))]
    return min(int(digits[:7]), MOST_ROWS) if digits else otherwise


@dataclass(slots=True)
class Slot:
    """One cell of the grid; ``draft`` is None where a row holds fewer cells than others."""

    draft: CellDraft | None
    row: int
    col: int
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of a table in reading order, every position covered once.

    ``shifted`` says that a cell spanned less than it stated, because another cell stood there.
    """

    n_rows: int
    n_cols: int
    slots: list[Slot]
    shifted: bool


def lattice(draft: TableDraft, budget: CellBudget) -> Lattice:
    """The grid that the cells make. Columns and rows in which no cell begins are none, so that absurd spans, or the
    span of every cell of a column, draw no columns of their own.

    Raises:
        TooLarge: the cells are more than the budget has left.
    """
    slots, shifted = _placed(draft, budget)
    rows, cols = sorted({slot.row for slot in slots}), sorted({slot.col for slot in slots})
    budget.check(len(rows) * len(cols))
    for slot in slots:
        end_row, end_col = slot.row + slot.row_span, slot.col + slot.col_span
        slot.row, slot.col = bisect.bisect_left(rows, slot.row), bisect.bisect_left(cols, slot.col)
        slot.row_span = bisect.bisect_left(rows, end_row) - slot.row
        slot.col_span = bisect.bisect_left(cols, end_col) - slot.col
    return Lattice(len(rows), len(cols), _filled(slots, len(rows), len(cols)), shifted)


def _placed(draft: TableDraft, budget: CellBudget) -> tuple[list[Slot], bool]:
    """The cells at the first columns that are free in their row, and whether one had to span less than it stated."""
    slots: list[Slot] = []
    going_on: list[Slot] = []  # of the rows above, left to right
    begun: set[int] = set()
    kept_rows, shifted = 0, False
    for index, (cells, left) in enumerate(draft.rows()):
        if not cells:
            continue
        going_on = [slot for slot in going_on if slot.row + slot.row_span > index]
        row = _row_slots(cells, index, left, going_on)
        shifted |= any(slot.draft is not None and slot.col_span < slot.draft.col_span for slot in row)
        slots += row
        going_on = sorted([*going_on, *(slot for slot in row if slot.row_span > 1)], key=lambda slot: slot.col)
        begun.update(slot.col for slot in row)
        kept_rows += 1
        budget.check_columns(len(begun))
        budget.check(kept_rows * len(begun))
    return slots, shifted


def _row_slots(cells: list[CellDraft], index: int, left: int, going_on: list[Slot]) -> list[Slot]:
    row: list[Slot] = []
    col = place = 0
    for cell in cells:
        while place < len(going_on) and going_on[place].col <= col:
            col = max(col, going_on[place].col + going_on[place].col_span)
            place += 1
        room = going_on[place].col - col if place < len(going_on) else cell.col_span
        span = min(cell.col_span, room)
        row.append(Slot(cell, index, col, min(cell.row_span or left, left), span))
        col += span
    return row


def _filled(slots: list[Slot], n_rows: int, n_cols: int) -> list[Slot]:
    """With an empty cell in every place that a short row leaves open."""
    taken = [bytearray(n_cols) for _ in range(n_rows)]
    for slot in slots:
        for row in range(slot.row, slot.row + slot.row_span):
            taken[row][slot.col : slot.col + slot.col_span] = b"\1" * slot.col_span
    if all(0 not in row for row in taken):
        return sorted(slots, key=lambda slot: (slot.row, slot.col))
    holes = [Slot(None, row, col) for row in range(n_rows) for col in range(n_cols) if not taken[row][col]]
    return sorted(slots + holes, key=lambda slot: (slot.row, slot.col))
