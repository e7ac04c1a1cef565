"""Blocks moved from the frame in which their page was read to where the page displays them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from extractors.model import Block, Box, Location, Notice, Part, TextLine

Ways = Mapping[int, Callable[[Box], Box]]  # page -> the way from the frame in which it was read to the displayed page


def displayed_block(block: Block, ways: Ways) -> Block:
    """A block whose boxes stand where their pages display them."""
    if isinstance(block, TextLine):
        return replace(block, location=_moved(block.location, ways))
    cells = tuple(replace(cell, location=_moved(cell.location, ways)) for cell in block.cells)
    parts = tuple(_part(part, ways) for part in block.parts)
    between = tuple(replace(line, location=_moved(line.location, ways)) for line in block.between)
    return replace(block, cells=cells, parts=parts, between=between)


def displayed_notice(notice: Notice, ways: Ways) -> Notice:
    """A notice about the place where the page displays what it is about."""
    return replace(notice, location=_moved(notice.location, ways)) if notice.location else notice


def _moved(where: Location, ways: Ways) -> Location:
    if where.page is None or where.page not in ways or where.box is None:
        return where
    return replace(where, box=ways[where.page](where.box))


def _part(part: Part, ways: Ways) -> Part:
    rest = tuple(replace(cell, location=_moved(cell.location, ways)) for cell in part.rest)
    return replace(part, location=_moved(part.location, ways), rest=rest)
