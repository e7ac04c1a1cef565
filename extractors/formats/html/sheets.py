"""Sheets of placed text -> the layout that reads PDF pages. A page of the layout is one sheet here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from extractors.errors import TooLarge
from extractors.formats.html.flow import Line, Placed, Sheet
from extractors.formats.html.tables import CellBudget
from extractors.layout.ink import Rules, Run
from extractors.layout.page import PageLayout, lay_out
from extractors.layout.stitch import Stitched, stitch
from extractors.model import Grid

USUAL_SIZE = 12.0  # points: what a browser takes where no size is stated
NARROW = 0.5  # of the size: the width of a Latin letter or a digit in the fonts of Chinese offices


def laid_out(sheets: Sequence[Sheet], budget: CellBudget, most_pages: int) -> Stitched:
    """The blocks of sheets that follow each other, located by sheet (from 1) and box; tables cut between them joined.

    Raises:
        TooLarge: there are too many sheets or cells.
    """
    if len(sheets) > most_pages:
        raise TooLarge("too_many_pages", "pages", most_pages, len(sheets))
    pages = []
    for number, sheet in enumerate(sheets, 1):
        pages.append(_page(number, sheet))
        budget.spend(sum(len(block.cells) for block in pages[-1].blocks if isinstance(block, Grid)))
    return stitch(pages)


def _page(number: int, sheet: Sheet) -> PageLayout:
    runs = [run for item in sheet.placed for run in _runs(item)]
    horizontal = [rule for item in sheet.placed for rule in item.horizontal]
    vertical = [rule for item in sheet.placed for rule in item.vertical]
    return lay_out(number, (sheet.width, sheet.height), runs, Rules(horizontal, vertical))


def _runs(placed: Placed) -> list[Run]:
    """One run for each line, its glyphs as wide as they are in the usual fonts: a page does not state their widths."""
    runs = []
    y = placed.y
    for line in placed.lines:
        size = line.context.size or USUAL_SIZE
        leading = line.context.leading or size
        run = _run(line, placed.x, y + (leading - size) / 2, size)
        y += leading
        if run is not None:
            runs.append(run)
    return runs


def _run(line: Line, x: float, top: float, size: float) -> Run | None:
    lefts, rights = [], []
    for char in line.text:
        lefts.append(x)
        x += size * (1.0 if unicodedata.east_asian_width(char) in "WFA" else NARROW)
        rights.append(x)
    start = len(line.text) - len(line.text.lstrip())
    stop = len(line.text.rstrip())
    if start >= stop:
        return None
    return Run(line.text, lefts[0], top, x, top + size, lefts, rights).cut(start, stop)
