"""Sheets of placed text -> the layout that reads PDF pages. A page of the layout is one sheet here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from extractors.budget import CellBudget
from extractors.errors import TooLarge
from extractors.formats.html.flow import Placed, Sheet
from extractors.formats.html.placed import USUAL_SIZE
from extractors.layout.ink import Rules, Run
from extractors.layout.page import PageLayout, lay_out
from extractors.layout.stitch import Stitched, stitch
from extractors.model import Grid

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
    runs = [run for item in sheet.placed if (run := _run(item)) is not None]
    horizontal = [rule for item in sheet.placed for rule in item.horizontal]
    vertical = [rule for item in sheet.placed for rule in item.vertical]
    return lay_out(number, (sheet.width, sheet.height), runs, Rules(horizontal, vertical))


def _run(placed: Placed) -> Run | None:
    """The glyphs of a text, as wide as they are in the usual fonts: a page does not state their widths."""
    if placed.line is None:
        return None
    text, context = placed.line.text, placed.line.context
    size = context.size or USUAL_SIZE
    top = placed.y + ((context.leading or size) - size) / 2
    x, lefts, rights = placed.x, [], []
    for char in text:
        lefts.append(x)
        x += size * (1.0 if unicodedata.east_asian_width(char) in "WFA" else NARROW)
        rights.append(x)
    whole = Run(text, placed.x, top, x, top + size, lefts, rights)
    return whole.cut(len(text) - len(text.lstrip()), len(text.rstrip()))
