"""The whole of a PDF -> Document: its pages one after the other, then what goes over page breaks."""

from __future__ import annotations

from dataclasses import replace

from extractors.errors import TooLarge
from extractors.formats.pdf.frame import Frame
from extractors.formats.pdf.pages import PageFailed, PageInk, read_page
from extractors.formats.pdf.source import opened
from extractors.layout.nearby import with_nearby
from extractors.layout.page import lay_out
from extractors.model import (
    Block,
    Box,
    Document,
    Grid,
    Location,
    Notice,
    Page,
    PageStatus,
    TextLine,
    TextVerdict,
)
from extractors.options import Options


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    pages: list[Page] = []
    blocks: list[Block] = []
    notices: list[Notice] = []
    cells = 0
    with opened(data, options) as (handle, count):
        wanted = [number for number in range(1, count + 1) if options.pages is None or number in options.pages]
        for place, number in enumerate(wanted, 1):
            if options.on_page:
                options.on_page(place, len(wanted))
            try:
                ink = read_page(handle, number)
            except PageFailed as failure:
                pages.append(Page(number, 0.0, 0.0, 0, TextVerdict.EMPTY, PageStatus.FAILED))
                notices.append(Notice("page_failed", str(failure), f"第{number}页无法读取", Location(number)))
                continue
            found = _blocks(ink)
            cells += sum(len(block.cells) for block in found if isinstance(block, Grid))
            if cells > options.limits.cells:
                raise TooLarge("too_many_cells", "cells", options.limits.cells, cells)
            blocks.extend(found)
            notices.extend(ink.notices)
            shown = ink.displayed
            pages.append(Page(number, shown.width, shown.height, shown.turns * 90, ink.verdict))
    return Document("pdf", "application/pdf", tuple(pages), with_nearby(blocks), tuple(notices))


def _blocks(ink: PageInk) -> list[Block]:
    blocks = lay_out(ink.number, ink.runs, ink.rules).blocks
    if ink.upright.turns == ink.displayed.turns:
        return blocks
    return [_displayed(block, ink.upright, ink.displayed) for block in blocks]


def _displayed(block: Block, upright: Frame, displayed: Frame) -> Block:
    """A block read from a page laid on its side, with its boxes where the page displays them."""

    def moved(where: Location) -> Location:
        return replace(where, box=upright.box_to(displayed, where.box or Box(0, 0, 0, 0)))

    if isinstance(block, TextLine):
        return replace(block, location=moved(block.location))
    cells = tuple(replace(cell, location=moved(cell.location)) for cell in block.cells)
    parts = tuple(replace(part, location=moved(part.location)) for part in block.parts)
    return replace(block, cells=cells, parts=parts)
