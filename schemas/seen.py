"""Grids as they were taken apart, before anybody asks what they are: parts, columns, and the lines around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.model import Document, Grid
from schemas.caption import Caption, read_caption
from schemas.columns import LogicalColumn, columns_of
from schemas.frame import Frame, frame_of
from schemas.kind import Catalogue
from schemas.lattice import Lattice


@dataclass(frozen=True, slots=True)
class SeenTable:
    """A grid as it was taken apart, before anybody asked what it is."""

    id: str
    frame: Frame
    columns: tuple[LogicalColumn, ...]
    caption: Caption
    headings: tuple[str, ...] = ()  # lines before it that some kind takes for a heading, nearest last

    @property
    def grid(self) -> Grid:
        """The grid itself."""
        return self.frame.lattice.grid


def see_tables(document: Document, catalogue: Catalogue) -> list[SeenTable]:
    """Every grid cut into its parts, with its columns, the lines around it and the headings that stand before it."""
    forms = [re.compile(kind.heading) for kind in catalogue.kinds if kind.heading is not None]
    headings: tuple[str, ...] = ()
    seen: list[SeenTable] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            seen.append(see_table(block, f"t{len(seen) + 1:02d}", catalogue, headings))
        elif any(form.fullmatch(block.text.strip()) for form in forms):
            headings = (*headings, block.text.strip())
    return seen


def see_table(grid: Grid, table_id: str, catalogue: Catalogue, headings: tuple[str, ...] = ()) -> SeenTable:
    """A grid cut into its parts, with its columns and the lines around it."""
    frame = frame_of(Lattice.of(grid))
    return SeenTable(table_id, frame, columns_of(frame), read_caption(frame, catalogue), headings)
