"""Small makers of layout values: rules of a merged grid, runs of text, grids of texts."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from extractors.layout.cells import Span
from extractors.layout.ink import Rule, Rules, Run
from extractors.layout.page import PageLayout
from extractors.model import Block, Box, Cell, Grid, GridMethod, Location, Part, TextLine

CHARACTER = 5.0  # points
HEIGHT = 10.0


def run(text: str, x0: float, top: float, width: float = CHARACTER, height: float = HEIGHT) -> Run:
    """Characters of one width drawn side by side."""
    lefts = [x0 + width * place for place in range(len(text))]
    rights = [left + width for left in lefts]
    return Run(text, x0, top, rights[-1], top + height, lefts, rights)


def rules_of(spans: Sequence[Span], xs: Sequence[float], ys: Sequence[float]) -> Rules:
    """The four sides of each cell, as rules."""
    horizontal, vertical = [], []
    for span in spans:
        x0, x1 = xs[span.col], xs[span.col + span.col_span]
        y0, y1 = ys[span.row], ys[span.row + span.row_span]
        horizontal += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
        vertical += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return Rules(horizontal, vertical)


@st.composite
def merged_grids(draw: st.DrawFn, most: int = 6) -> tuple[int, int, list[Span]]:
    """Rows, columns and cells of a random grid whose every inner rule is used by some cell."""
    n_rows, n_cols = draw(st.integers(2, most)), draw(st.integers(2, most))
    free = {(row, col) for row in range(n_rows) for col in range(n_cols)}
    spans = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) not in free:
                continue
            width = 1
            while (row, col + width) in free and draw(st.integers(0, 3)) == 0:
                width += 1
            height = 1
            while all((row + height, col + step) in free for step in range(width)) and draw(st.integers(0, 3)) == 0:
                height += 1
            free -= {(row + down, col + right) for down in range(height) for right in range(width)}
            spans.append(Span(row, col, height, width))
    return n_rows, n_cols, spans


def packed(n_rows: int, n_cols: int, spans: Sequence[Span]) -> list[Span]:
    """The same cells without the row and column boundaries at which no cell begins: those cannot be seen."""
    rows = sorted({span.row for span in spans} | {n_rows})
    cols = sorted({span.col for span in spans} | {n_cols})
    return [
        Span(
            rows.index(span.row),
            cols.index(span.col),
            rows.index(span.row + span.row_span) - rows.index(span.row),
            cols.index(span.col + span.col_span) - cols.index(span.col),
        )
        for span in spans
    ]


def grid(rows: Sequence[Sequence[str]], page: int = 1, top: float = 100.0, xs: Sequence[float] | None = None) -> Grid:
    """A grid of single cells, 20 points high and 50 wide unless ``xs`` says otherwise."""
    edges = list(xs or [50.0 + 50.0 * place for place in range(len(rows[0]) + 1)])
    cells = tuple(
        Cell(r, c, 1, 1, text, Location(page, Box(edges[c], top + 20 * r, edges[c + 1], top + 20 * r + 20)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    where = Location(page, Box(edges[0], top, edges[-1], top + 20 * len(rows)))
    return Grid(len(rows), len(rows[0]), cells, (Part(where, 0, len(rows) - 1),), GridMethod.RULED)


def line(text: str, page: int = 1, top: float = 50.0) -> TextLine:
    """One printed line."""
    return TextLine(text, Location(page, Box(50, top, 50 + 10 * len(text), top + 10)), 10.0)


def sheet(number: int, *blocks: Block, brimming: Sequence[int] = ()) -> PageLayout:
    """A page of 600 by 800 points."""
    brims = {block.location: frozenset(brimming) for block in blocks if isinstance(block, Grid)}
    return PageLayout(number, 600.0, 800.0, list(blocks), brims)


def texts(grid: Grid) -> list[list[str]]:
    """The cell texts, row by row, each where its cell begins."""
    table = [["" for _ in range(grid.n_cols)] for _ in range(grid.n_rows)]
    for cell in grid.cells:
        table[cell.row][cell.col] = cell.text
    return table
