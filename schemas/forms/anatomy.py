"""Where the blocks of a form stand: the rows that head an indicator table, and the labels around a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Cell
from schemas.forms.vocabulary import LEVELS, Term, vocabulary
from schemas.lattice import Lattice
from schemas.shapes.context import one_line

_VALUES = frozenset({"target", "actual", "score"})
_ENOUGH = 3  # columns that a header names before it is the header of an indicator table


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of an indicator table: the grid columns it covers, what it holds, and its label as printed."""

    first: int
    last: int
    term: Term
    label: str = ""

    def covers(self, cell: Cell) -> bool:
        """Whether a cell stands in the column, at least in part."""
        return cell.col <= self.last and self.first < cell.col + cell.col_span


@dataclass(frozen=True, slots=True)
class Head:
    """The header of an indicator table, rows ``row`` to ``last``.

    ``others`` are columns that the vocabulary lacks, or whose meaning another column has already; ``starts`` are the
    grid columns in which any of its cells begins, blank ones too.
    """

    row: int
    last: int
    slots: tuple[Slot, ...]
    others: tuple[Slot, ...]
    starts: tuple[int, ...]

    def slot(self, field: str) -> Slot | None:
        """The column of that field."""
        return next((slot for slot in self.slots if slot.term.id == field), None)

    @property
    def fields(self) -> tuple[str, ...]:
        """What its columns hold, from the left."""
        return tuple(slot.term.id for slot in self.slots)


def heads_of(lattice: Lattice) -> list[Head]:
    """Every header of an indicator table in the grid, from the top."""
    heads: list[Head] = []
    row = 0
    while row < lattice.grid.n_rows:
        head = _head(lattice, row)
        if head is not None:
            heads.append(head)
        row = row + 1 if head is None else head.last + 1
    return heads


def _head(lattice: Lattice, row: int) -> Head | None:
    if not any(vocabulary().names_level(cell.text) for cell in lattice.starting[row]):
        return None
    last = _last_row(lattice, row)
    slots, others = _slots(lattice, row, last)
    ids = {slot.term.id for slot in slots}
    if not (ids & LEVELS and ids & _VALUES and len(ids) >= _ENOUGH and _begins_here(lattice, row, last, len(ids))):
        return None
    if not ids & {"target", "actual"} and any(_is_weight(slot) for slot in others):
        return None  # 一级指标 | 分值 | 二级指标 | 分值: a score table, which is no form
    return Head(row, last, slots, others, tuple(cell.col for cell in lattice.across(last)))


def _begins_here(lattice: Lattice, row: int, last: int, wanted: int) -> bool:
    """Whether most of the labels begin in these rows: beside a merged cell an indicator may look like a label."""
    return sum(len(lattice.printed(at)) for at in range(row, last + 1)) * 2 > wanted


def _is_weight(slot: Slot) -> bool:
    term = vocabulary().find("indicators", slot.label)
    return term is not None and term.id == "weight"


def _last_row(lattice: Lattice, row: int) -> int:
    """The last row of a header that begins in ``row``: under it only labels stand (目标值 and 完成值 under 指标值,
    一级指标 under 绩效指标), beside labels that are merged down."""
    last = row
    while last + 1 < lattice.grid.n_rows and _continues(lattice, last + 1):
        last += 1
    return last


def _continues(lattice: Lattice, row: int) -> bool:
    printed = lattice.printed(row)
    merged = any(cell.row < row and _is_column_label(cell) for cell in lattice.across(row))
    return merged and bool(printed) and all(vocabulary().find("indicators", cell.text) for cell in printed)


def _is_column_label(cell: Cell) -> bool:
    return vocabulary().find("indicators", cell.text) is not None and not vocabulary().is_section(cell.text)


def _is_level(cell: Cell) -> bool:
    term = vocabulary().find("indicators", cell.text)
    return term is not None and term.id in LEVELS and not vocabulary().is_section(cell.text)


def _slots(lattice: Lattice, row: int, last: int) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """The columns of a header by what they hold, and the columns that are left over."""
    found: dict[str, Slot] = {}
    others: list[Slot] = []
    for cell in _lowest_labels(lattice, row, last):
        term = vocabulary().find("indicators", cell.text)
        slot = Slot(cell.col, cell.col + cell.col_span - 1, term or Term("", "text"), one_line(cell.text))
        if vocabulary().is_section(cell.text) and _is_side_label(lattice, cell, row, last):
            continue
        if term is not None and term.id == "weight" and term.id in found:
            others.append(found[term.id])  # weights of the levels stand before those of the indicators
            found[term.id] = slot
        elif term is None or term.id in found:
            others += [slot] if row <= cell.row and cell.row + cell.row_span - 1 <= last else []
        else:
            found[term.id] = slot
    return tuple(sorted(found.values(), key=lambda slot: slot.first)), tuple(others)


def _lowest_labels(lattice: Lattice, row: int, last: int) -> Iterator[Cell]:
    """The label that stands lowest over each column of a header, each cell once, from the left."""
    seen: set[int] = set()
    for col in range(lattice.grid.n_cols):
        cells = (lattice.cover[at][col] for at in range(last, row - 1, -1))
        cell = next((cell for cell in cells if cell.text.strip()), None)
        if cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            yield cell


def _is_side_label(lattice: Lattice, cell: Cell, row: int, last: int) -> bool:
    """Whether 绩效指标 stands beside the table, not over a column of it: merged downwards, or left of 一级指标."""
    beside_levels = any(_is_level(other) for other in lattice.across(row) if other.col > cell.col)
    return cell.row < row or cell.row + cell.row_span - 1 > last or beside_levels


def left_of(lattice: Lattice, cell: Cell) -> Iterator[Cell]:
    """The cells left of a cell in its first row, nearest first."""
    return (other for other in reversed(list(lattice.across(cell.row))) if other.col < cell.col)


def right_of(lattice: Lattice, cell: Cell) -> Cell | None:
    """The cell next to the right in the first row of a cell."""
    col = cell.col + cell.col_span
    return lattice.cover[cell.row][col] if col < lattice.grid.n_cols else None


def above(lattice: Lattice, cell: Cell, top: int) -> Iterator[Cell]:
    """The cells above a cell that share a column with it, nearest first, down to row ``top``."""
    seen = cell
    for row in range(cell.row - 1, top - 1, -1):
        for col in range(cell.col, cell.col + cell.col_span):
            other = lattice.cover[row][col]
            if other is not seen and other.row + other.row_span <= cell.row:
                seen = other
                yield other
