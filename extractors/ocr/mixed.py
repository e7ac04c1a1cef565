"""Pages that print text and show a picture of more: a scanned table below a paragraph, a scan with a typed number.

What the page itself prints is taken off its picture, the rest is read, and both stand on the page in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from heapq import merge

import numpy as np

from extractors.layout.ink import Run
from extractors.layout.paged import PageInk, PageRead, laid_out, page_of
from extractors.layout.placed import displayed_block, displayed_notice
from extractors.model import Block, Box, Cell, Grid, TextVerdict
from extractors.ocr.ink import PictureInk
from extractors.ocr.page import lay_out_picture
from extractors.ocr.pixels import Colour
from extractors.ocr.rules import rules_of
from extractors.ocr.size import POINTS

SEEN = 1400.0  # pixels of the longer side: thin rules are still seen
PRINT = 0.005  # of the page: ink of a few lines; a logo or a seal in the head of a page has less
DARKER = 40  # of 255: than most of the page
RULES = 3  # that a picture of a table has at least, level and upright; the axes of a chart are fewer
REACH = 1.0  # points around what the page prints that are taken off with it
PAPER = 255


def without_own_print(ink: PageInk, picture: Colour, points_per_pixel: float) -> Colour:
    """The picture of a page without the text and the rules that the page prints itself."""
    left = picture.copy()
    rules = [Box(rule.start, rule.at, rule.end, rule.at) for rule in ink.rules.horizontal]
    rules += [Box(rule.at, rule.start, rule.at, rule.end) for rule in ink.rules.vertical]
    for own in (*(Box(run.x0, run.top, run.x1, run.bottom) for run in ink.runs), *rules):
        box = ink.upright.box_to(ink.displayed, own)
        x0, top = (max(0, int((side - REACH) / points_per_pixel)) for side in (box.x0, box.top))
        x1, bottom = (round((side + REACH) / points_per_pixel) + 1 for side in (box.x1, box.bottom))
        left[top:bottom, x0:x1] = PAPER
    return left


def shows_more(ink: PageInk, picture: Colour, points_per_pixel: float) -> bool:
    """Whether a picture, without what the page prints itself, shows a table, or much print where it is large."""
    grey = picture.min(axis=2)
    if ink.verdict is TextVerdict.MIXED and (grey < np.median(grey) - DARKER).mean() >= PRINT:
        return True
    ruled = rules_of(grey, POINTS / points_per_pixel)
    crossed = [
        rule for rule in ruled.vertical if sum(rule.start - 2 <= one.at <= rule.end + 2 for one in ruled.horizontal) > 1
    ]
    return len(crossed) >= RULES and len(ruled.horizontal) >= RULES


def beside(ink: PageInk, picture: PictureInk) -> PageRead | None:
    """The page with what its picture shows; None where a smaller picture shows no table."""
    own, layout = laid_out(ink), lay_out_picture(picture, ink.number)
    ways = {ink.number: partial(_upright, ink, picture)}
    shown = [displayed_block(block, ways) for block in layout.blocks]
    if ink.verdict is not TextVerdict.MIXED and not any(isinstance(block, Grid) for block in shown):
        return None
    grids = [block for block in own.layout.blocks if isinstance(block, Grid)]
    shown = [_with_typed(block, ink.runs) for block in shown if not any(_holds(grid, block) for grid in grids)]
    kept = [block for block in own.layout.blocks if not any(_holds(grid, block) for grid in shown)]
    said = [displayed_notice(notice, ways) for notice in (*picture.notices, *layout.notices)]
    merged = replace(own.layout, blocks=list(merge(kept, shown, key=_top)))
    return PageRead(page_of(ink, recognised=True), merged, [*own.notices, *said], own.way)


def _upright(ink: PageInk, picture: PictureInk, box: Box) -> Box:
    """Where the page, as its own text reads upright, has what stands in a box of the straightened picture."""
    return ink.displayed.box_to(ink.upright, picture.placed(box))


def _holds(grid: Block, block: Block) -> bool:
    """Whether a block stands in a grid, by its middle."""
    outer, inner = grid.location.box, block.location.box
    if not isinstance(grid, Grid) or outer is None or inner is None:
        return False
    return _is_in(outer, (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2)


def _with_typed(block: Block, runs: Sequence[Run]) -> Block:
    """A block; a table with what the page prints over its picture, such as the amounts of a form that was filled in."""
    box = block.location.box
    if not isinstance(block, Grid) or box is None:
        return block
    typed = [run for run in runs if _is_in(box, (run.x0 + run.x1) / 2, run.middle)]
    return replace(block, cells=tuple(_filled(cell, typed) for cell in block.cells)) if typed else block


def _filled(cell: Cell, typed: Sequence[Run]) -> Cell:
    box = cell.location.box
    own = [run.text for run in typed if box is not None and _is_in(box, (run.x0 + run.x1) / 2, run.middle)]
    return replace(cell, text=" ".join([cell.text, *own]).strip()) if own else cell


def _is_in(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _top(block: Block) -> float:
    return block.location.box.top if block.location.box is not None else 0.0
