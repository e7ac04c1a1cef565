"""A page that is scaled, turned or shifted prints the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout.cells import Span
from extractors.model import Document
from tests.extractors.layout.shapes import merged_grids
from tests.extractors.pdf.drawn import PAGE, pdf, read, table, text

WORDS = st.sampled_from(["", "科目名称", "2101301", "1,234.50", "11", "00", "-0.50", "其中：财政", "（一）办公费"])
AMOUNTS = st.decimals(0, 9_999_999, places=2).map(str)


def drawn(canvas: Any, shape: tuple[int, int, list[Span]], words: list[str]) -> None:
    n_rows, n_cols, spans = shape
    text(canvas, 300, 540, "收入决算表", 16)
    text(canvas, 500, 510, "单位：万元")
    xs, ys = [60 + 110 * step for step in range(n_cols + 1)], [100 + 22 * step for step in range(n_rows + 1)]
    table(canvas, spans, xs, ys, words)


def printed(document: Document) -> list[object]:
    """All that a document prints, without where."""
    grids = [
        [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells]
        for grid in document.grids
    ]
    return [grids, [line.text for line in document.lines], [notice.code for notice in document.notices]]


@settings(max_examples=25)
@given(merged_grids(4), st.data())
def test_moved_pages_print_the_same(shape: tuple[int, int, list[Span]], data: st.DataObject) -> None:
    words = [data.draw(WORDS | AMOUNTS) for _ in shape[2]]
    scale, turns = data.draw(st.floats(0.5, 3)), data.draw(st.integers(0, 3))
    x, y = data.draw(st.floats(-40, 40)), data.draw(st.floats(-30, 30))
    width, height = scale * PAGE[0], scale * PAGE[1]
    size = (width, height) if turns % 2 == 0 else (height, width)

    def moved(canvas: Any) -> None:
        canvas.translate(*((0, 0), (height, 0), (width, height), (0, width))[turns])
        canvas.rotate(90 * turns)
        canvas.scale(scale, scale)
        canvas.translate(x, y)
        canvas._pagesize = PAGE
        drawn(canvas, shape, words)
        canvas._pagesize = size

    plain = read(pdf(lambda canvas: drawn(canvas, shape, words)))

    assert printed(read(pdf(moved, size=size))) == printed(plain)
