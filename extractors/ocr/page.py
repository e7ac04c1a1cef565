"""The ink of a picture -> the layout of its page, every cell and line with how sure its characters are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from extractors.layout.page import PageLayout, lay_out
from extractors.layout.placed import displayed_block, displayed_notice
from extractors.model import Block, Box, Cell, Location, Notice, TextLine
from extractors.ocr.engine import Engine
from extractors.ocr.ink import PictureInk

ALL = 1.0


def lay_out_picture(ink: PictureInk, number: int) -> PageLayout:
    """The grids and lines of a page that was read from a picture, in the frame of the ink."""
    layout = lay_out(number, (ink.width, ink.height), ink.runs, ink.rules)
    sure = _Sureness(ink)
    blocks = [sure.of_block(block) for block in layout.blocks]
    return replace(layout, blocks=blocks)


def lay_out_displayed(ink: PictureInk, number: int) -> PageLayout:
    """The same where the page displays them."""
    layout, ways = lay_out_picture(ink, number), {number: ink.placed}
    moved = {block.location: displayed_block(block, ways) for block in layout.blocks}
    brimming = {moved[place].location: columns for place, columns in layout.brimming.items() if place in moved}
    notices = [displayed_notice(notice, ways) for notice in layout.notices]
    return replace(layout, blocks=list(moved.values()), brimming=brimming, notices=notices)


def recognised(number: int, engine: Engine) -> Notice:
    """That a page was read from its image, and by whom."""
    who = f"{engine.name} {engine.version}"
    text = f"page {number} was read from its image by {who}; amounts that no check proves have grade D"
    text_zh = f"第{number}页由 {who} 识别图像得出，未经勾稽验证的数据为 D 级"
    return Notice("page_recognised", text, text_zh, Location(number))


class _Sureness:
    """How sure the least sure character in a box is."""

    def __init__(self, ink: PictureInk) -> None:
        pairs = zip(ink.runs, ink.confidences, strict=True)
        self._runs = sorted((run.middle, (run.x0 + run.x1) / 2, confidence) for run, confidence in pairs)
        self._middles = [middle for middle, _, _ in self._runs]

    def of_block(self, block: Block) -> Block:
        """The block with a confidence for what it prints."""
        if isinstance(block, TextLine):
            return replace(block, confidence=self._in(block.location.box))
        return replace(block, cells=tuple(self._of_cell(cell) for cell in block.cells))

    def _of_cell(self, cell: Cell) -> Cell:
        return replace(cell, confidence=self._in(cell.location.box)) if cell.text else cell

    def _in(self, box: Box | None) -> float:
        if box is None:
            return ALL
        first, last = bisect_left(self._middles, box.top - 1), bisect_right(self._middles, box.bottom + 1)
        inside = [sure for _, x, sure in self._runs[first:last] if box.x0 - 1 <= x <= box.x1 + 1]
        return min(inside, default=0.0)
