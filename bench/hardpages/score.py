"""Found tables beside true ones: which cells are right in text, place and spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bench.hardpages.pages import TrueTable

Found = list[tuple[int, int, int, int, str]]  # row, column, rows, columns, text: the cells of one table
LEADERS = re.compile(r"[.．…·]{3,}")


@dataclass(frozen=True, slots=True)
class Score:
    """Cells with a text: printed, found, and right; ``placed`` counts those right but for their spans."""

    printed: int = 0
    found: int = 0
    right: int = 0
    placed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.printed + other.printed,
            self.found + other.found,
            self.right + other.right,
            self.placed + other.placed,
        )

    @property
    def share(self) -> float:
        """Right cells, of those printed or of those found, whichever are more."""
        return self.right / max(self.printed, self.found, 1)

    @property
    def share_placed(self) -> float:
        """The same without regard to spans."""
        return self.placed / max(self.printed, self.found, 1)


def folded(text: str) -> str:
    """A text without spaces and dotted leaders."""
    return "".join(LEADERS.sub("", text).split())


def score_page(true: Sequence[TrueTable], found: Sequence[Found]) -> Score:
    """The score of one page; each table found stands for one true table, that with which it agrees best."""
    theirs = [_texts(table) for table in found]
    mine = [_texts([(c.row, c.col, c.row_span, c.col_span, c.text) for c in table.cells]) for table in true]
    total = Score(sum(len(table) for table in mine), sum(len(table) for table in theirs))
    pairs = sorted(((len(a & b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)), reverse=True)
    taken: Counter[tuple[str, int]] = Counter()
    for right, i, j in pairs:
        if not taken["true", i] and not taken["found", j]:
            taken["true", i] = taken["found", j] = 1
            placed = len(_places(mine[i]) & _places(theirs[j]))
            total += Score(right=right, placed=placed)
    return total


def _texts(cells: Found) -> set[tuple[int, int, int, int, str]]:
    return {(*cell[:4], text) for cell in cells if (text := folded(cell[4]))}


def _places(cells: set[tuple[int, int, int, int, str]]) -> set[tuple[int, int, str]]:
    return {(row, col, text) for row, col, _, _, text in cells}
