"""Draws small PDFs: a merged grid with texts, lines of text, and whatever a test adds to the canvas."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.pdf import extract
from extractors.layout.cells import Span
from extractors.model import Document, Grid
from extractors.options import Options

FONT = "STSong-Light"
SIZE = 9.0
PAGE = (842.0, 595.0)

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: Callable[[Any], None], size: tuple[float, float] = PAGE, **options: Any) -> bytes:
    """A PDF; each page is a function that draws on the canvas."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(canvas: Any, x: float, y: float, words: str, size: float = SIZE) -> None:
    """One line of text with its baseline at ``y``, measured from the bottom."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, words)


def table(canvas: Any, spans: Sequence[Span], xs: Sequence[float], ys: Sequence[float], words: Sequence[str]) -> None:
    """The sides of each cell, and its text near its upper left corner. ``ys`` go down from the top of the page."""
    height = canvas._pagesize[1]
    canvas.setLineWidth(0.5)
    for span, word in zip(spans, words, strict=True):
        x0, x1 = xs[span.col], xs[span.col + span.col_span]
        y0, y1 = height - ys[span.row], height - ys[span.row + span.row_span]
        canvas.lines([(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)])
        text(canvas, x0 + 3, y0 - 12, word)


def simple(canvas: Any, rows: Sequence[Sequence[str]], x: float = 60, top: float = 100, width: float = 100) -> None:
    """A table of single cells, 20 points high."""
    spans = [Span(r, c, 1, 1) for r, row in enumerate(rows) for c in range(len(row))]
    xs = [x + width * place for place in range(len(rows[0]) + 1)]
    ys = [top + 20 * place for place in range(len(rows) + 1)]
    table(canvas, spans, xs, ys, [word for row in rows for word in row])


def read(data: bytes, **options: Any) -> Document:
    """The document that the bytes print."""
    return extract(data, Options(**options))


def only_grid(data: bytes) -> Grid:
    """Its one grid."""
    (grid,) = read(data).grids
    return grid


def rows_of(grid: Grid) -> list[list[str]]:
    """The cell texts, row by row."""
    rows = [["" for _ in range(grid.n_cols)] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        rows[cell.row][cell.col] = cell.text
    return rows
