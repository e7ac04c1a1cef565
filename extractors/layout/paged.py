"""The pages of a file that has pages -> Document: each is read, then what goes over page breaks is joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from extractors.errors import TooLarge
from extractors.layout.frame import Frame
from extractors.layout.ink import Rules, Run
from extractors.layout.leftout import Piece, notices_inside
from extractors.layout.nearby import with_nearby
from extractors.layout.page import PageLayout, lay_out
from extractors.layout.placed import displayed_block, displayed_notice
from extractors.layout.stitch import stitch
from extractors.model import Box, Document, Grid, GridMethod, Location, Notice, Page, PageStatus, TextVerdict
from extractors.options import Options

MAX_SIDE = 14_400  # points: what PDF allows; beyond it the size of a page is nonsense

Way = Callable[[Box], Box]  # from the frame in which a page was read to the page as displayed


class PageFailed(Exception):
    """A page that cannot be read; the other pages of the file may be fine."""


@dataclass(frozen=True, slots=True)
class PageInk:
    """What one page prints, in the frame in which its text reads upright; ``left_out`` is what it does not show.

    ``replaced`` counts the texts for which the file states others, which are given in their place; ``pictured``: an
    image on it is large enough to show a table.
    """

    number: int
    displayed: Frame
    upright: Frame
    runs: list[Run]
    rules: Rules
    verdict: TextVerdict
    notices: list[Notice]
    left_out: list[Piece]
    replaced: int = 0
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class PageRead:
    """One page, laid out. ``way`` leads to where it is displayed; None when it was read so.

    ``otherwise`` lays it out as a page whose first lines may go on with a table of the page before. ``facing``: of
    two pages that it shows beside each other, the right one.
    """

    page: Page
    layout: PageLayout
    notices: list[Notice]
    way: Way | None = None
    otherwise: Callable[[], PageLayout] | None = None
    facing: PageLayout | None = None


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of an open file: how many, how to read one (which may raise PageFailed), and the size of one unread."""

    count: int
    read: Callable[[int], PageRead]
    size: Callable[[int], tuple[float, float]]


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    pages: list[Page] = field(default_factory=list)
    layouts: list[PageLayout] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    ways: dict[int, Way] = field(default_factory=dict)
    cells: int = 0


def read_pages(name: str, media_type: str, pages: Pages, options: Options) -> Document:
    """The document of a format called ``name``. A page that cannot be read is marked failed, with a notice.

    Raises:
        TooLarge: its tables have more cells than are allowed.
    """
    reading = _Reading()
    every = range(1, pages.count + 1)
    wanted = [number for number in every if options.pages is None or number in options.pages]
    places = {number: place for place, number in enumerate(wanted, 1)}
    for number in every:
        if number not in places:
            reading.pages.append(_skipped(number, pages.size(number)))
            continue
        if options.on_page:
            options.on_page(places[number], len(wanted))
        try:
            _add(reading, pages.read(number), options.limits.cells)
        except PageFailed as failure:
            reading.pages.append(Page(number, 0.0, 0.0, 0, TextVerdict.EMPTY, PageStatus.FAILED))
            reading.notices.append(Notice("page_failed", str(failure), f"第{number}页无法读取", Location(number)))
    stitched = stitch(reading.layouts)
    blocks = [displayed_block(block, reading.ways) for block in stitched.blocks] if reading.ways else stitched.blocks
    notices = tuple(displayed_notice(notice, reading.ways) for notice in (*reading.notices, *stitched.notices))
    return Document(name, media_type, tuple(reading.pages), with_nearby(blocks), notices)


def _skipped(number: int, size: tuple[float, float]) -> Page:
    """A page that was not asked for: nothing is known of its text, and its rotation is in its size."""
    return Page(number, *size, 0, TextVerdict.EMPTY, PageStatus.SKIPPED)


def laid_out(ink: PageInk) -> PageRead:
    """A page laid out from its own ink."""
    upright, shown = ink.upright, ink.displayed
    layout = lay_out(ink.number, (upright.width, upright.height), ink.runs, ink.rules)
    notices = [*ink.notices, *notices_inside(_grids(layout), ink.left_out, ink.number)]
    way = partial(upright.box_to, shown) if upright.turns != shown.turns else None
    return PageRead(page_of(ink), layout, notices, way, partial(_otherwise, ink, layout))


def _grids(layout: PageLayout) -> list[Grid]:
    return [block for block in layout.blocks if isinstance(block, Grid)]


def _otherwise(ink: PageInk, layout: PageLayout) -> PageLayout:
    """The page laid out once more, its first lines read as rows of a table; with what that leaves out of new grids."""
    upright = ink.upright
    other = lay_out(ink.number, (upright.width, upright.height), ink.runs, ink.rules, going_on=True)
    new = [grid for grid in _grids(other) if grid not in layout.blocks]
    return replace(other, notices=[*other.notices, *notices_inside(new, ink.left_out, ink.number)])


def page_of(ink: PageInk, *, recognised: bool = False) -> Page:
    """A page as displayed; ``recognised``: it was read from its image."""
    shown = ink.displayed
    size = round(shown.width, 2), round(shown.height, 2)
    return Page(ink.number, *size, shown.turns * 90, ink.verdict, recognised=recognised)


def _add(reading: _Reading, read: PageRead, most_cells: int) -> None:
    layouts = [_with_otherwise(read, reading.layouts[-1] if reading.layouts else None)]
    layouts += [read.facing] if read.facing is not None else []
    reading.cells += sum(len(block.cells) for one in layouts for block in one.blocks if isinstance(block, Grid))
    if reading.cells > most_cells:
        raise TooLarge("too_many_cells", "cells", most_cells, reading.cells)
    if read.way is not None:
        reading.ways[read.page.number] = read.way
    reading.layouts.extend(layouts)
    reading.notices.extend((*read.notices, *(notice for one in layouts for notice in one.notices)))
    reading.pages.append(read.page)


def _with_otherwise(read: PageRead, before: PageLayout | None) -> PageLayout:
    """The layout of a page; with the other one where the page before ends with a table that no rules hold together."""
    grids = _grids(before) if before is not None and before.number + 1 == read.page.number else []
    if not grids or grids[-1].method is not GridMethod.BORDERLESS or read.otherwise is None:
        return read.layout
    return replace(read.layout, otherwise=read.otherwise())
