"""Where the blocks of a form stand: the rows that head an indicator table, and the labels around a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Cell
from schemas.forms.vocabulary import Term, vocabulary
from schemas.lattice import Lattice

_LEVELS = frozenset({"level1", "level2", "level3"})
_VALUES = frozenset({"target", "actual", "score"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of an indicator table: the grid columns it covers and what it holds."""

    first: int
    last: int
    term: Term


@dataclass(frozen=True, slots=True)
class Head:
    """The header row of an indicator table. ``width`` counts all its cells, blank ones too."""

    row: int
    slots: tuple[Slot, ...]
    starts: tuple[int, ...]

    def slot(self, field: str) -> Slot | None:
        """The column of that field."""
        return next((slot for slot in self.slots if slot.term.id == field), None)


def heads_of(lattice: Lattice) -> list[Head]:
    """Every header row of an indicator table in the grid, from the top."""
    return [head for row in range(lattice.grid.n_rows) if (head := _head(lattice, row)) is not None]


def _head(lattice: Lattice, row: int) -> Head | None:
    cells = list(lattice.across(row))
    found: dict[str, Slot] = {}
    for cell in cells:
        term = vocabulary().find("indicators", cell.text) if cell.text.strip() else None
        if term is None or (term.id in found and vocabulary().is_section(cell.text)):
            continue
        if cell.row < row and vocabulary().is_section(cell.text):
            continue
        found[term.id] = Slot(cell.col, cell.col + cell.col_span - 1, term)
    ids = found.keys()
    begins_here = sum(cell.row == row for cell in cells if cell.text.strip()) * 2 > len(ids)
    if not (ids & _LEVELS and ids & _VALUES and len(ids) >= 3 and begins_here):
        return None
    return Head(row, tuple(sorted(found.values(), key=lambda slot: slot.first)), tuple(cell.col for cell in cells))


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
