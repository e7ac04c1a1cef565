"""The rows of a form in which its money stands, and the units that their labels print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.model import Cell
from schemas.amounts import UnitWord, find_unit
from schemas.lattice import Lattice, is_numeric
from schemas.shapes.context import one_line

_LABEL_LENGTH = 40  # characters: a longer text is no label of the block


@dataclass(frozen=True, slots=True)
class BlockUnit:
    """A unit of money, and the cell whose label prints it."""

    word: UnitWord
    cell: Cell


@dataclass(frozen=True, slots=True)
class Region:
    """The rows of a grid in which fund values may stand.

    ``last`` is the row after them; the rows of ``skip`` belong to another block. ``factor``: yuan per unit of the
    caption, None when it prints none.
    """

    lattice: Lattice
    first: int
    last: int
    factor: int | None
    skip: frozenset[int] = frozenset()

    def rows(self) -> Iterator[int]:
        """The rows in which fund values may stand."""
        return (row for row in range(self.first, self.last) if row not in self.skip)

    def cells(self) -> Iterator[Cell]:
        """The cells that begin in these rows, in reading order."""
        return (cell for row in self.rows() for cell in self.lattice.starting[row])

    def units(self) -> list[BlockUnit]:
        """The units that its labels print (项目资金（万元）)."""
        cells = (cell for row in range(self.first, self.last) for cell in self.lattice.printed(row))
        labels = (cell for cell in cells if len(cell.text) < _LABEL_LENGTH and not is_numeric(cell.text))
        return [BlockUnit(unit, cell) for cell in labels if (unit := find_unit(one_line(cell.text))) is not None]


def factor_of(region: Region, cell: Cell, labels: tuple[Cell, ...], units: list[BlockUnit]) -> int | None:
    """Yuan per unit of a value: of its own labels, else of the label over its block, else of the block, else of the
    caption. None where labels of the block disagree and none of them is the value's own."""
    own = [unit for unit in units if unit.cell in labels]
    over = [unit for unit in units if unit.cell.row <= cell.row < unit.cell.row + unit.cell.row_span]
    for near in (own, over, units):
        factors = {unit.word.factor for unit in near}
        if factors:
            return factors.pop() if len(factors) == 1 else None
    return region.factor
