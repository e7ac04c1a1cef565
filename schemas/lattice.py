"""A grid with quick look-ups: which cell covers a position, which cells begin in a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.model import Cell, Grid

_NUMBER = re.compile(r"[(\-−△+]?\d[\d,]*(?:\.\d+)?[%‰]?\)?(?:\([\d,.]+\))?(?:万?元|万)?")


@lru_cache(maxsize=65536)
def is_numeric(text: str) -> bool:
    """Whether the text is a number as tables print it: an amount, a code, a count, a percentage."""
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    return _NUMBER.fullmatch(squeezed) is not None


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid by position: ``cover[row][col]`` is the cell that covers it, ``starting[row]`` are those that begin."""

    grid: Grid
    cover: tuple[tuple[Cell, ...], ...]
    starting: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, grid: Grid) -> Lattice:
        """The lattice of a grid."""
        blank = grid.cells[0]
        cover: list[list[Cell]] = [[blank] * grid.n_cols for _ in range(grid.n_rows)]
        starting: list[list[Cell]] = [[] for _ in range(grid.n_rows)]
        for cell in grid.cells:
            starting[cell.row].append(cell)
            for row in range(cell.row, cell.row + cell.row_span):
                cover[row][cell.col : cell.col + cell.col_span] = [cell] * cell.col_span
        for cells in starting:
            cells.sort(key=lambda cell: cell.col)
        return cls(grid, tuple(map(tuple, cover)), tuple(map(tuple, starting)))

    def printed(self, row: int) -> list[Cell]:
        """The cells that begin in the row and print something, from left to right."""
        return [cell for cell in self.starting[row] if cell.text.strip()]

    def across(self, row: int) -> Iterator[Cell]:
        """The cells that cover the row, from left to right, each once."""
        seen: Cell | None = None
        for cell in self.cover[row]:
            if cell is not seen:
                seen = cell
                yield cell

    def text(self, row: int, col: int) -> str:
        """The text that covers a position."""
        return self.cover[row][col].text

    def same_row(self, first: int, second: int) -> bool:
        """Whether two rows print the same texts in the same columns."""
        left, right = self.cover[first], self.cover[second]
        return all(a.text == b.text for a, b in zip(left, right, strict=True))
