"""The whole of a PDF -> Document: its pages one after the other, then what goes over page breaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.errors import TooLarge
from extractors.formats.pdf.frame import Frame
from extractors.formats.pdf.leftout import notices_inside
from extractors.formats.pdf.pages import PageFailed, PageInk, read_page
from extractors.formats.pdf.source import opened
from extractors.layout.nearby import with_nearby
from extractors.layout.page import PageLayout, lay_out
from extractors.layout.stitch import stitch
from extractors.model import (
    Block,
    Document,
    Grid,
    Location,
    Notice,
    Page,
    PageStatus,
    Part,
    TextLine,
    TextVerdict,
)
from extractors.options import Options

Turned = dict[int, tuple[Frame, Frame]]  # page -> the frame in which it was read, the frame in which it is displayed


@dataclass(slots=True)
class _Reading:
    """What was read so far. ``turned`` holds the frames of pages whose text is laid on its side."""

    pages: list[Page] = field(default_factory=list)
    layouts: list[PageLayout] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    turned: Turned = field(default_factory=dict)
    cells: int = 0


def read(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    reading = _Reading()
    with opened(data, options) as source:
        every = range(1, source.pages + 1)
        wanted = [number for number in every if options.pages is None or number in options.pages]
        places = {number: place for place, number in enumerate(wanted, 1)}
        for number in every:
            if number not in places:
                reading.pages.append(_skipped(number, source.size(number)))
                continue
            if options.on_page:
                options.on_page(places[number], len(wanted))
            try:
                _add(reading, read_page(source.handle(), number), options.limits.cells)
            except PageFailed as failure:
                reading.pages.append(Page(number, 0.0, 0.0, 0, TextVerdict.EMPTY, PageStatus.FAILED))
                reading.notices.append(Notice("page_failed", str(failure), f"第{number}页无法读取", Location(number)))
    stitched = stitch(reading.layouts)
    blocks = [_displayed(block, reading.turned) for block in stitched.blocks] if reading.turned else stitched.blocks
    notices = tuple(_shown(notice, reading.turned) for notice in (*reading.notices, *stitched.notices))
    return Document("pdf", "application/pdf", tuple(reading.pages), with_nearby(blocks), notices)


def _skipped(number: int, size: tuple[float, float]) -> Page:
    """A page that was not asked for: nothing is known of its text, and its rotation is in its size."""
    return Page(number, *size, 0, TextVerdict.EMPTY, PageStatus.SKIPPED)


def _add(reading: _Reading, ink: PageInk, most_cells: int) -> None:
    upright, shown = ink.upright, ink.displayed
    layout = lay_out(ink.number, (upright.width, upright.height), ink.runs, ink.rules)
    grids = [block for block in layout.blocks if isinstance(block, Grid)]
    reading.cells += sum(len(grid.cells) for grid in grids)
    if reading.cells > most_cells:
        raise TooLarge("too_many_cells", "cells", most_cells, reading.cells)
    if upright.turns != shown.turns:
        reading.turned[ink.number] = upright, shown
    reading.layouts.append(layout)
    left_out = notices_inside(grids, ink.left_out, ink.number)
    reading.notices.extend((*ink.notices, *left_out, *layout.notices))
    size = round(shown.width, 2), round(shown.height, 2)
    reading.pages.append(Page(ink.number, *size, shown.turns * 90, ink.verdict))


def _moved(where: Location, turned: Turned) -> Location:
    """The location where its page is displayed, though the page was read with its text turned upright."""
    if where.page not in turned or where.box is None:
        return where
    upright, shown = turned[where.page]
    return replace(where, box=upright.box_to(shown, where.box))


def _shown(notice: Notice, turned: Turned) -> Notice:
    return replace(notice, location=_moved(notice.location, turned)) if notice.location else notice


def _displayed(block: Block, turned: Turned) -> Block:
    """A block whose boxes stand where the page displays them."""
    if isinstance(block, TextLine):
        return replace(block, location=_moved(block.location, turned))
    cells = tuple(replace(cell, location=_moved(cell.location, turned)) for cell in block.cells)
    parts = tuple(_displayed_part(part, turned) for part in block.parts)
    between = tuple(replace(line, location=_moved(line.location, turned)) for line in block.between)
    return replace(block, cells=cells, parts=parts, between=between)


def _displayed_part(part: Part, turned: Turned) -> Part:
    rest = tuple(replace(cell, location=_moved(cell.location, turned)) for cell in part.rest)
    return replace(part, location=_moved(part.location, turned), rest=rest)
