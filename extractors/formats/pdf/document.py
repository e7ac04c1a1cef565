"""The whole of a PDF -> Document: its pages one after the other, then what goes over page breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from extractors.errors import TooLarge
from extractors.formats.pdf.leftout import notices_inside
from extractors.formats.pdf.pages import PageFailed, PageInk, read_page
from extractors.formats.pdf.scan import Recogniser
from extractors.formats.pdf.source import Source, opened
from extractors.layout.nearby import with_nearby
from extractors.layout.page import PageLayout, lay_out
from extractors.layout.placed import displayed_block, displayed_notice
from extractors.layout.stitch import stitch
from extractors.model import Box, Document, Grid, Location, Notice, Page, PageStatus, TextVerdict
from extractors.ocr.page import lay_out_picture
from extractors.options import Options

_LAYERS_UNREAD = Notice(
    "text_in_layer",
    "the file has layers, and which of them are switched off could not be told: all were read",
    "文件含图层，无法判断哪些图层已关闭，已全部读取",
)


@dataclass(slots=True)
class _Reading:
    """What was read so far. ``ways`` leads from the frames in which pages were read to where they are displayed."""

    recogniser: Recogniser
    most_cells: int
    pages: list[Page] = field(default_factory=list)
    layouts: list[PageLayout] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    ways: dict[int, Callable[[Box], Box]] = field(default_factory=dict)
    cells: int = 0


def read(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    reading = _Reading(Recogniser(options), options.limits.cells)
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
                _read_page(reading, source, number)
            except PageFailed as failure:
                reading.pages.append(Page(number, 0.0, 0.0, 0, TextVerdict.EMPTY, PageStatus.FAILED))
                reading.notices.append(Notice("page_failed", str(failure), f"第{number}页无法读取", Location(number)))
        if source.layers_unread:
            reading.notices.append(_LAYERS_UNREAD)
    stitched = stitch(reading.layouts)
    blocks = [displayed_block(block, reading.ways) for block in stitched.blocks] if reading.ways else stitched.blocks
    notices = tuple(displayed_notice(notice, reading.ways) for notice in (*reading.notices, *stitched.notices))
    return Document("pdf", "application/pdf", tuple(reading.pages), with_nearby(blocks), notices)


def _ink(source: Source, number: int) -> tuple[int, PageInk]:
    """The handle to read a page from, and its ink: what it draws, also where the file states something else for it."""
    document = source.handle()
    ink = read_page(document, number)
    if not ink.replaced:
        return document, ink
    document = source.drawn_handle()
    return document, read_page(document, number)


def _skipped(number: int, size: tuple[float, float]) -> Page:
    """A page that was not asked for: nothing is known of its text, and its rotation is in its size."""
    return Page(number, *size, 0, TextVerdict.EMPTY, PageStatus.SKIPPED)


def _read_page(reading: _Reading, source: Source, number: int) -> None:
    document, ink = _ink(source, number)
    picture = reading.recogniser.picture(document, ink)
    shown = ink.displayed
    size = round(shown.width, 2), round(shown.height, 2)
    page = Page(number, *size, shown.turns * 90, ink.verdict, recognised=picture is not None)
    if picture is not None:
        reading.ways[number] = picture.placed
        _add(reading, page, lay_out_picture(picture, number), picture.notices)
        return
    upright = ink.upright
    if upright.turns != shown.turns:
        reading.ways[number] = partial(upright.box_to, shown)
    layout = lay_out(number, (upright.width, upright.height), ink.runs, ink.rules)
    grids = [block for block in layout.blocks if isinstance(block, Grid)]
    _add(reading, page, layout, [*ink.notices, *notices_inside(grids, ink.left_out, number)])


def _add(reading: _Reading, page: Page, layout: PageLayout, notices: list[Notice]) -> None:
    reading.cells += sum(len(block.cells) for block in layout.blocks if isinstance(block, Grid))
    if reading.cells > reading.most_cells:
        raise TooLarge("too_many_cells", "cells", reading.most_cells, reading.cells)
    reading.layouts.append(layout)
    reading.notices.extend((*notices, *layout.notices))
    reading.pages.append(page)
