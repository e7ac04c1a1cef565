"""How many cells one document, and columns one table, may have, counted while it is read."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.errors import TooLarge


@dataclass(slots=True)
class CellBudget:
    """How many cells one document may still have, and how many ``columns`` each of its tables."""

    limit: int
    columns: int
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

    def check_columns(self, columns: int) -> None:
        """Nothing, when a table may have so many.

        Raises:
            TooLarge: it may not.
        """
        if columns > self.columns:
            raise TooLarge("too_many_cells", "columns in a table", self.columns, columns)
