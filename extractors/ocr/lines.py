"""Areas with print -> the lines to be read, each in one cell: cut at rules, shrunk to their ink, none left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.layout.ink import Rule
from extractors.ocr.engine import Area
from extractors.ocr.pixels import Mask
from extractors.ocr.rules import Ruled

MARGIN = 0.02  # inches: white kept around the ink of a line
SPECK = 0.03  # inches: ink that is smaller both ways is dirt, unless beside more
MARK = 0.045, 0.012  # inches: width and height of the least sign that may stand alone, a dash
WIDE_GAP = 1.6  # of the height of a line: two texts that stand further apart are read on their own
GROWN = 0.7  # of the height of a line: how far the letters of a text may stand apart
TALLEST = 0.6  # inches: letters of a heading; what is taller in a table is no print
EDGE = 0.013  # inches: half of a rule with its grey edge
NESTED = 0.8  # of an area: when more of it lies in another it is part of that
CROSSED = 0.22  # of a line's height: how far from its edges a level rule must run to cut it


@dataclass(frozen=True, slots=True)
class Page:
    """The ink of a straight picture without its rules; ``areas`` are where an engine found print."""

    ink: Mask
    ruled: Ruled
    dpi: float


def lines_of(page: Page, areas: list[Area]) -> list[Area]:
    """Every line of print, those too that the engine did not find inside the table."""
    found = [
        piece
        for area in areas
        for row in _cut_level(page, area)
        for cell in _cut_upright(page, row)
        for piece in _apart(page, cell)
    ]
    found = _once(found)
    found += _forgotten(page, found)
    return sorted(found, key=lambda area: (area[1], area[0]))


def _once(areas: list[Area]) -> list[Area]:
    """The areas without those that lie in others: one that begins in the cell before takes the last stroke there."""
    kept: list[Area] = []
    for area in sorted(set(areas), key=lambda area: -_size(area)):
        if max((_shared(area, other) for other in kept), default=0) <= NESTED * _size(area):
            kept.append(area)
    return kept


def _shared(one: Area, other: Area) -> int:
    left, top, right, bottom = one
    return _size((max(left, other[0]), max(top, other[1]), min(right, other[2]), min(bottom, other[3])))


def _size(area: Area) -> int:
    return max(0, area[2] - area[0]) * max(0, area[3] - area[1])


def _cut_level(page: Page, area: Area) -> Iterator[Area]:
    """The area, cut where level rules run through it."""
    left, top, right, bottom = area
    reach = CROSSED * (bottom - top)
    inner = [
        rule.at
        for rule in page.ruled.horizontal
        if top + reach < rule.at < bottom - reach and min(right, rule.end) - max(left, rule.start) > (right - left) / 2
    ]
    for above, below in _between(top, bottom, inner, page.dpi):
        yield left, above, right, below


def _cut_upright(page: Page, area: Area) -> Iterator[Area]:
    """The area, cut where upright rules run through it."""
    left, top, right, bottom = area
    middle, edge = (top + bottom) / 2, EDGE * page.dpi
    inner = [rule.at for rule in page.ruled.vertical if left - edge < rule.at < right + edge and _passes(rule, middle)]
    for before, after in _between(left, right, inner, page.dpi):
        yield before, top, after, bottom


def _between(start: int, end: int, rules: list[float], dpi: float) -> Iterator[tuple[int, int]]:
    """The stretches between rules, without the rules themselves: copies leave a grey edge along them."""
    edge = EDGE * dpi
    places = [start, *(round(at + side) for at in sorted(rules) for side in (-edge, edge)), end]
    yield from ((first, last) for first, last in zip(places[::2], places[1::2], strict=True) if last > first)


def _passes(rule: Rule, middle: float) -> bool:
    return rule.start <= middle <= rule.end


def _apart(page: Page, area: Area) -> Iterator[Area]:
    """The parts of an area that stand far from each other, each shrunk to its ink."""
    left, top, right, bottom = area
    ink = page.ink[max(top, 0) : bottom, max(left, 0) : right]
    if not ink.size:
        return
    columns = np.flatnonzero(ink.any(axis=0))
    if not columns.size:
        return
    wide = WIDE_GAP * (bottom - top)
    breaks = np.flatnonzero(np.diff(columns) > wide) + 1
    for part in np.split(columns, breaks):
        shrunk = _shrunk(page, (max(left, 0) + int(part[0]), max(top, 0), max(left, 0) + int(part[-1]) + 1, bottom))
        if shrunk is not None:
            yield shrunk


def _shrunk(page: Page, area: Area) -> Area | None:
    """The area around its ink; None when that is a speck."""
    left, top, right, bottom = area
    ink = page.ink[top:bottom, left:right]
    rows = np.flatnonzero(ink.any(axis=1))
    if not rows.size:
        return None
    width, height = right - left, int(rows[-1] - rows[0]) + 1
    if max(width, height) < SPECK * page.dpi:
        return None
    return left, top + int(rows[0]), right, top + int(rows[-1]) + 1


def _forgotten(page: Page, found: list[Area]) -> list[Area]:
    """Ink inside tables that no line covers: single digits are what engines miss."""
    left, top, right, bottom = _table(page)
    if right <= left or bottom <= top:
        return []
    rest = page.ink[top:bottom, left:right].copy()
    pad = round(MARGIN * page.dpi)
    for x0, y0, x1, y1 in found:
        rest[max(0, y0 - pad - top) : max(0, y1 + pad - top), max(0, x0 - pad - left) : max(0, x1 + pad - left)] = 0
    height = _usual_height(found, page.dpi)
    grown = cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((3, max(3, round(GROWN * height))), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(grown)
    return [
        (left + x, top + y, left + x + width, top + y + tall)
        for x, y, width, tall, _ in stats[1:count].tolist()
        if _may_be_print(width, tall, height, page.dpi)
    ]


def _may_be_print(width: int, tall: int, height: float, dpi: float) -> bool:
    if tall > TALLEST * dpi:
        return False
    is_dash = width >= MARK[0] * dpi and tall >= MARK[1] * dpi
    return tall >= height / 2 or is_dash


def _usual_height(found: list[Area], dpi: float) -> float:
    return float(np.median([bottom - top for _, top, _, bottom in found])) if found else 0.12 * dpi


def _table(page: Page) -> Area:
    """The rectangle around the rules that meet others."""
    across, down = page.ruled.horizontal, page.ruled.vertical
    if not across or not down:
        return 0, 0, 0, 0
    return (
        max(0, round(min(rule.at for rule in down))),
        max(0, round(min(rule.at for rule in across))),
        round(max(rule.at for rule in down)),
        round(max(rule.at for rule in across)),
    )
