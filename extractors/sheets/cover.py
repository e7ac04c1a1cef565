"""Which cells of a sheet are taken: by what they display, by the merged cell they belong to, by their rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractors.budget import CellBudget
from extractors.sheets.sheet import Area, Entry, Position, Sheet


class Cover:
    """The cells of a sheet by row. Merged cells are cut to the part of the sheet that displays or rules anything;
    of two that overlap, the first counts.

    Raises:
        TooLarge: there are more merged cells than a document may have.
    """

    def __init__(self, sheet: Sheet, budget: CellBudget) -> None:
        self.sheet = sheet
        self.bounds = _bounds([*sheet.entries, *(place for place in sheet.rules if sheet.is_ruled(*place))])
        self.areas: dict[Position, Area] = {}
        self._owners: dict[Position, Position] = {}
        if self.bounds is not None:
            self._merge(self.bounds, budget)
        self.printed: dict[int, list[int]] = defaultdict(list)
        for row, col in sorted(sheet.entries):
            if self.owner(row, col) == (row, col):
                self.printed[row].append(col)
        self._taken: dict[int, set[int]] = self._taken_by_row()

    def _merge(self, bounds: Area, budget: CellBudget) -> None:
        merged = 0
        for stated in self.sheet.merges:
            area = stated.cut(bounds)
            if area is None:
                continue
            merged += (area.bottom - area.top + 1) * (area.right - area.left + 1)
            budget.check(merged)
            places = list(_places(area))
            if self._owners.keys().isdisjoint(places):
                self.areas[area.top, area.left] = area
                self._owners.update(dict.fromkeys(places, (area.top, area.left)))

    def _taken_by_row(self) -> dict[int, set[int]]:
        taken: dict[int, set[int]] = defaultdict(set)
        for row, col in self.sheet.rules:
            if self.sheet.is_ruled(row, col):
                taken[row].add(col)
        for row, cols in self.printed.items():
            taken[row].update(cols)
        for anchor, area in self.areas.items():
            if anchor in self.sheet.entries:
                for row in range(area.top, area.bottom + 1):
                    taken[row].update(range(area.left, area.right + 1))
        return taken

    @property
    def unseen(self) -> list[Position]:
        """The cells that hold something under a merged cell, where nobody sees it."""
        return sorted(place for place in self._owners.keys() & self.sheet.entries.keys() if self.owner(*place) != place)

    def owner(self, row: int, col: int) -> Position:
        """The cell that the position belongs to."""
        return self._owners.get((row, col), (row, col))

    def area(self, anchor: Position) -> Area:
        """The positions of a cell."""
        return self.areas.get(anchor, Area(*anchor, *anchor))

    def taken(self, row: int, left: int, right: int) -> set[int]:
        """The columns of a row that are taken."""
        return {col for col in self._taken.get(row, ()) if left <= col <= right}

    def shown(self, row: int, left: int, right: int) -> list[tuple[int, Entry]]:
        """The columns of a row in which a displayed cell begins, with what it displays."""
        entries = self.sheet.entries
        return [(col, entries[row, col]) for col in self.printed.get(row, ()) if left <= col <= right]

    def is_ruled(self, row: int, left: int, right: int) -> bool:
        """Whether one of the displayed cells of a row has rules around it."""
        return any(self.sheet.is_ruled(row, col) for col, _ in self.shown(row, left, right))


def _bounds(places: Iterable[Position]) -> Area | None:
    rows, cols = zip(*places, strict=True) if places else ((), ())
    return Area(min(rows), min(cols), max(rows), max(cols)) if rows else None


def _places(area: Area) -> Iterable[Position]:
    return ((row, col) for row in range(area.top, area.bottom + 1) for col in range(area.left, area.right + 1))
