"""Small web pages for tests."""

from __future__ import annotations

from extractors.formats.html import extract
from extractors.model import Document, Grid
from extractors.options import Limits, Options
from tests.gridtext import render_all

Row = tuple[str, ...]


def read(page: str | bytes, limits: Limits | None = None) -> Document:
    """The document that a page, or a piece of one, prints."""
    data = page.encode() if isinstance(page, str) else page
    return extract(data, Options(limits=limits or Limits()))


def drawn(page: str | bytes) -> str:
    """The grids of a page as drawn text, below an empty line as tests state them."""
    return "\n" + render_all(read(page).grids)


def texts(page: str | bytes) -> list[str]:
    """The lines of a page outside its grids."""
    return [line.text for line in read(page).lines]


def codes(page: str | bytes) -> list[str]:
    """The codes of what was noticed."""
    return [notice.code for notice in read(page).notices]


def table(*rows: Row, attributes: str = 'border="1"') -> str:
    """A table; a cell that begins with a tag is taken as it is."""
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table {attributes}>{body}</table>"


def _cell(text: str) -> str:
    return text if text.startswith(("<td", "<th")) else f"<td>{text}</td>"


def cell_texts(grid: Grid) -> list[str]:
    """The texts of the cells in reading order."""
    return [cell.text for cell in grid.cells]
