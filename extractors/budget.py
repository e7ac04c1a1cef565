"""How many cells one document may have, counted while it is read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.errors import TooLarge


@dataclass(slots=True)
class CellBudget:
    """How many cells one document may still have."""

    limit: int
    spent: int = 0

    def spend(self, cells: int) -> None:
        """Takes ``cells`` off.

        Raises:
            TooLarge: they are more than are left.
        """
        self.check(cells)
        self.spent += cells

    def check(self, cells: int) -> None:
        """Nothing, when there is room for ``cells`` more.

        Raises:
            TooLarge: there is not.
        """
        if self.spent + cells > self.limit:
            raise TooLarge("too_many_cells", "cells", self.limit, self.spent + cells)
