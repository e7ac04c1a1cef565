"""Which parts of a sheet are tables, and which cells are lines around them.

A sheet is cut at rows and columns in which nothing stands. Of what is left the rows at the top that are captions, and
those at the foot that are notes, become lines. Rules around cells are the best evidence; many sheets draw none.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.model import TextLine
from extractors.sheets.cover import Cover
from extractors.sheets.sheet import Area, Entry

_MOST_CAPTIONS = 3  # texts in one row: department, year, unit
_NOTE_LENGTH = 15  # characters of a text that is no label of a row
_COLONS = ("：", ":")


@dataclass(frozen=True, slots=True)
class Region:
    """The cells of one table."""

    area: Area


Item = TextLine | Region


def items_of(cover: Cover) -> Iterator[Item]:
    """The lines and the tables of a sheet in reading order."""
    if cover.bounds is not None:
        yield from _Cutter(cover).cut(cover.bounds)


class _Cutter:
    def __init__(self, cover: Cover) -> None:
        self._cover = cover

    def cut(self, area: Area) -> Iterator[Item]:
        """What stands in an area: cut at empty rows, then at empty columns."""
        rows = (row for row in range(area.top, area.bottom + 1) if self._cover.taken(row, area.left, area.right))
        bands: list[Area] = []
        for top, bottom in _runs(rows):
            band = self._fitted(Area(top, area.left, bottom, area.right))
            if bands and self._goes_on(bands[-1], band):
                bands[-1] = bands[-1]._replace(bottom=band.bottom)
            else:
                bands.append(band)
        for band in bands:
            yield from self._band(band)

    def _goes_on(self, above: Area, band: Area) -> bool:
        """Whether a table without rules goes on after one empty row: with numbers at once, in the same columns."""
        if band.top - above.bottom != 2 or band.left != above.left or band.right > above.right:
            return False
        first = self._cover.shown(band.top, band.left, band.right)
        has_numbers = len(first) > 1 and any(entry.is_number for _, entry in first)
        return has_numbers and not self._is_drawn(above) and not self._is_drawn(band)

    def _band(self, band: Area) -> Iterator[Item]:
        sides = self._sides(band, self._stands_alone)
        if len(sides) > 1:
            for side in sides:
                yield from self.cut(side)
            return
        for part, is_table in self._parts(band):
            if not is_table:
                yield from self._lines(part)
                continue
            sides = self._sides(part, self._is_drawn)
            for side in sides:
                yield from self.cut(side) if len(sides) > 1 else self._table(side)

    def _table(self, part: Area) -> Iterator[Item]:
        """A table, when it has several rows and several cells in one of them."""
        area = self._fitted(part)
        rows = [self._cover.shown(row, area.left, area.right) for row in range(area.top, area.bottom + 1)]
        if not any(len(row) > 1 for row in rows):
            yield from self._lines(area)
            return
        area = self._printed(area)
        if area.bottom > area.top:
            yield Region(area)
        else:
            yield from self._lines(area)

    # --- columns

    def _sides(self, area: Area, is_own: Callable[[Area], bool]) -> list[Area]:
        """The parts between empty columns; one that is no table of its own stays with the part at its left."""
        rows = range(area.top, area.bottom + 1)
        cols = sorted(set().union(*(self._cover.taken(row, area.left, area.right) for row in rows)))
        sides = [Area(area.top, left, area.bottom, right) for left, right in _runs(iter(cols))]
        if len(sides) > 1 and not is_own(sides[0]):
            return [area]
        found: list[Area] = []
        for side in sides:
            if found and not is_own(side):
                found[-1] = found[-1]._replace(right=side.right)
            else:
                found.append(side)
        return found

    def _stands_alone(self, side: Area) -> bool:
        """Whether a part is drawn as a table, begins with a title of its own, or is a remark beside a table."""
        rows = [self._cover.shown(row, side.left, side.right) for row in range(side.top, side.bottom + 1)]
        printed = [row for row in rows if row]
        is_remark = all(len(row) == 1 and not row[0][1].is_number for row in printed)
        is_titled = bool(printed) and len(printed[0]) == 1 < max(map(len, printed))
        return self._is_drawn(side) or is_remark or is_titled

    def _is_drawn(self, area: Area) -> bool:
        """Whether most rows that hold numbers, or all others, are ruled."""
        rows = range(area.top, area.bottom + 1)
        shown = {row: self._cover.shown(row, area.left, area.right) for row in rows}
        counted = [row for row in rows if any(entry.is_number for _, entry in shown[row])]
        counted = counted or [row for row in rows if len(shown[row]) > 1]
        ruled = sum(self._cover.is_ruled(row, area.left, area.right) for row in counted)
        return bool(counted) and ruled * 2 > len(counted)

    # --- rows

    def _parts(self, band: Area) -> Iterator[tuple[Area, bool]]:
        """The band from top to bottom, cut into tables and rows of lines."""
        is_caption = self._captions_of_drawn if self._is_drawn(band) else self._captions_of_plain
        captions = is_caption(band)
        rows = range(band.top, band.bottom + 1)
        for is_table, run in itertools.groupby(rows, lambda row: row not in captions):
            part = list(run)
            yield Area(part[0], band.left, part[-1], band.right), is_table

    def _captions_of_drawn(self, band: Area) -> set[int]:
        """The rows outside the rules, and a title inside them that is as wide as the table."""
        rows = range(band.top, band.bottom + 1)
        found = {row for row in rows if self._is_unruled_caption(row, band)}
        for row in itertools.takewhile(lambda one: one in found or self._is_wide(one, band), rows[:-1]):
            found.add(row)
        return found

    def _is_unruled_caption(self, row: int, band: Area) -> bool:
        shown = self._cover.shown(row, band.left, band.right)
        few = 0 < len(list(_joined(shown))) <= _MOST_CAPTIONS and not any(entry.is_number for _, entry in shown)
        return few and not self._cover.is_ruled(row, band.left, band.right)

    def _is_wide(self, row: int, band: Area) -> bool:
        """Whether one text takes the whole width."""
        shown = self._cover.shown(row, band.left, band.right)
        if len(shown) != 1 or shown[0][1].is_number:
            return False
        area = self._cover.area((row, shown[0][0]))
        return (
            area.left == band.left and area.right == band.right and area.top == area.bottom and area.left < area.right
        )

    def _captions_of_plain(self, band: Area) -> set[int]:
        """Without rules: texts alone in their row at the top, or that say ``name: value``; notes at the foot."""
        rows = range(band.top, band.bottom + 1)
        top = list(itertools.takewhile(lambda row: self._is_plain_caption(row, band), rows[:-1]))
        foot = itertools.takewhile(lambda row: self._is_plain_note(row, band), reversed(rows[len(top) + 1 :]))
        return {*top, *foot}

    def _is_plain_caption(self, row: int, band: Area) -> bool:
        shown = self._cover.shown(row, band.left, band.right)
        if not shown or any(entry.is_number for _, entry in shown):
            return False
        named = len(list(_joined(shown))) <= _MOST_CAPTIONS and any(
            mark in entry.text for _, entry in shown for mark in _COLONS
        )
        below = self._cover.shown(row + 1, band.left, band.right)
        return len(shown) == 1 or (named and len(below) >= len(shown))

    def _is_plain_note(self, row: int, band: Area) -> bool:
        shown = self._cover.shown(row, band.left, band.right)
        if len(shown) != 1 or shown[0][0] != band.left or shown[0][1].is_number:
            return False
        text = shown[0][1].text
        area = self._cover.area((row, band.left))
        is_wide = (area.right - area.left + 1) * 2 > band.right - band.left + 1
        return len(text) >= _NOTE_LENGTH or is_wide or any(mark in text for mark in _COLONS)

    def _lines(self, area: Area) -> Iterator[TextLine]:
        for row in range(area.top, area.bottom + 1):
            for col, text in _joined(self._cover.shown(row, area.left, area.right)):
                where = self._cover.sheet.where(row, col)
                yield from (TextLine(line.rstrip(), where) for line in text.splitlines() if line.strip())

    # --- size

    def _fitted(self, area: Area) -> Area:
        """The area without empty columns and rows at its sides."""
        rows = {row: self._cover.taken(row, area.left, area.right) for row in range(area.top, area.bottom + 1)}
        rows = {row: cols for row, cols in rows.items() if cols}
        cols = set().union(*rows.values())
        return Area(min(rows), min(cols), max(rows), max(cols)) if rows else area

    def _printed(self, area: Area) -> Area:
        """The area up to the last row and column in which something is displayed, merged cells whole; and one empty row
        that is ruled: of a table without values that row is all.
        """
        ends = [
            self._cover.area((row, col)).cut(area)
            for row in range(area.top, area.bottom + 1)
            for col, _ in self._cover.shown(row, area.left, area.right)
        ]
        shown = [one for one in ends if one is not None]
        bottom, right = max(one.bottom for one in shown), max(one.right for one in shown)
        return area._replace(bottom=min(area.bottom, bottom + 1), right=right)


def _joined(shown: list[tuple[int, Entry]]) -> Iterator[tuple[int, str]]:
    """The texts of a row of lines; ``单位：`` goes on in the next cell, unless that names something itself."""
    open_at, begun = None, ""
    for col, entry in shown:
        if open_at is not None and any(mark in entry.text for mark in _COLONS):
            yield open_at, begun
            open_at, begun = None, ""
        begun, open_at = begun + entry.text, col if open_at is None else open_at
        if not begun.rstrip().endswith(_COLONS):
            yield open_at, begun
            open_at, begun = None, ""
    if open_at is not None:
        yield open_at, begun


def _runs(numbers: Iterator[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow each other."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
