"""The title of a table that no kind knows: told by how it is set, not by its words, so in any language."""

from __future__ import annotations

import re

from extractors.model import Box, Grid, TextLine
from schemas.amounts import find_unit
from schemas.text import fold

REACH = 4  # lines above a grid
LONGEST = 80  # characters folded
NARROW = 0.85  # of the table's width: what is wider is a line of prose
NEAR = 3.0  # heights of a line: how far above its table a title stands that is not centred
EDGE = 4.0  # points: how far it may begin from the table's left side
STYLES = re.compile(r"(?:heading|title|caption|标题|题注|h[1-6]$)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*")
_LABEL = re.compile(r"[:：]")
_SENTENCE = re.compile(r"[。；，.;,:：]$")


def headline(grid: Grid) -> str | None:
    """The nearest line above a grid that is set as a title: centred over it, styled as one, or right at its corner."""
    above = [line for line in grid.above[::-1] if not _PAGE_NUMBER.fullmatch(line.text)][:REACH]
    candidates = []
    for line in above:
        if line.location.page != grid.location.page or len(fold(line.text)) > LONGEST or _SENTENCE.search(line.text):
            break
        if find_unit(line.text) is None and not _LABEL.search(line.text):
            candidates.append(line)
    found = next((line for line in candidates if _is_set_apart(line, grid)), None)
    if found is None and candidates and _is_at_corner(candidates[0], grid):
        found = candidates[0]
    return None if found is None else " ".join(found.text.split())


def _is_set_apart(line: TextLine, grid: Grid) -> bool:
    box, own = grid.location.box, line.location.box
    if box is None or own is None:
        return bool(line.style and STYLES.match(line.style))
    third = (box.x1 - box.x0) / 3
    narrow = own.x1 - own.x0 <= NARROW * (box.x1 - box.x0)
    return narrow and box.x0 + third < (own.x0 + own.x1) / 2 < box.x1 - third


def _is_at_corner(line: TextLine, grid: Grid) -> bool:
    box, own = grid.location.box, line.location.box
    return (
        box is not None and own is not None and _begins_with(own, box) and box.top - own.bottom <= NEAR * _height(own)
    )


def _begins_with(own: Box, box: Box) -> bool:
    return abs(own.x0 - box.x0) <= EDGE and own.x1 < box.x1


def _height(box: Box) -> float:
    return box.bottom - box.top
