"""One sheet as its format read it: what its cells display, where rules are drawn, which cells are merged.

Rows and columns count from 0. Cells that display nothing are not kept; rules only near what is displayed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.model import Location

LEFT, RIGHT, TOP, BOTTOM = 1, 2, 4, 8  # the sides of a cell that are ruled
Position = tuple[int, int]  # row, column


class Entry(NamedTuple):
    """What a cell displays. ``is_number``: it holds a number, whatever its format makes of it."""

    text: str
    is_number: bool


class Area(NamedTuple):
    """Cells from the first row and column to the last, those included."""

    top: int
    left: int
    bottom: int
    right: int

    def cut(self, other: Area) -> Area | None:
        """What lies in both; None when nothing does."""
        found = Area(*map(max, self[:2], other[:2]), *map(min, self[2:], other[2:]))
        return found if found.top <= found.bottom and found.left <= found.right else None


@dataclass(slots=True)
class Sheet:
    """The cells of one sheet; without a name where a file is no more than one."""

    name: str
    entries: dict[Position, Entry] = field(default_factory=dict)
    rules: dict[Position, int] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)

    @property
    def place(self) -> Location:
        """The place of the sheet as a whole."""
        return Location(path=(("sheet", self.name),) if self.name else (("cell", "A1"),))

    def is_ruled(self, row: int, col: int) -> bool:
        """Whether rules are drawn on two opposite sides of a cell, by itself or by its neighbours."""
        rules = self.rules.get
        own = rules((row, col), 0)
        top = own & TOP or rules((row - 1, col), 0) & BOTTOM
        if top and (own & BOTTOM or rules((row + 1, col), 0) & TOP):
            return True
        left = own & LEFT or rules((row, col - 1), 0) & RIGHT
        return bool(left and (own & RIGHT or rules((row, col + 1), 0) & LEFT))

    def where(self, row: int, col: int) -> Location:
        """The place of a cell as a spreadsheet names it."""
        cell = ("cell", cell_name(row, col))
        return Location(path=(("sheet", self.name), cell) if self.name else (cell,))


def cell_name(row: int, col: int) -> str:
    """``C7`` for row 6, column 2."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def position_of(name: str) -> Position | None:
    """Row and column of ``C7``; None when it names no cell."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and 0 < len(digits) <= 7):
        return None
    col = 0
    for letter in letters.upper():
        col = col * 26 + ord(letter) - 64
    return int(digits) - 1, col - 1
