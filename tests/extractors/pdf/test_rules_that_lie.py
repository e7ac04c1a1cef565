"""One table, ruled in ways that mislead: it is read the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Grid
from tests.extractors.pdf.drawn import only_grid, pdf, read, rows_of, text

ROWS = [["Item", "Budget", "Actual"], ["Water", "1,200.00", "1,100.50"], ["Roads", "", "299.99"], ["Total", "1.5", "1"]]
XS = [60.0, 180.0, 300.0, 420.0]
YS = [500.0, 478.0, 456.0, 434.0, 412.0]  # upwards from the bottom of the page
Line = tuple[float, float, float, float]
Draw = Callable[[Any], None]


def words(canvas: Any, rows: list[list[str]] = ROWS, left: float = 0.0) -> None:
    for row, line in enumerate(rows):
        for col, word in enumerate(line):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(XS[col] + left + 6, YS[row] - 15, word)


def rules() -> Iterator[Line]:
    """Every rule from end to end, the horizontal ones first."""
    for y in YS:
        yield XS[0], y, XS[-1], y
    for x in XS:
        yield x, YS[-1], x, YS[0]


def sides() -> Iterator[Line]:
    """The four sides of each cell."""
    for top, bottom in pairwise(YS):
        for x0, x1 in pairwise(XS):
            yield from [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, bottom, x0, top), (x1, bottom, x1, top)]


def fill(canvas: Any, grey: float, box: Line) -> None:
    canvas.setFillGray(grey)
    canvas.rect(box[0], box[1], box[2] - box[0], box[3] - box[1], stroke=0, fill=1)
    canvas.setFillGray(0)


def double(gap: float) -> Draw:
    def draw(canvas: Any) -> None:
        for x0, y0, x1, y1 in rules():
            canvas.line(x0, y0, x1 + gap * (y0 == y1), y1 - gap * (x0 == x1))
            dx, dy = (0.0, -gap) if y0 == y1 else (gap, 0.0)
            canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)

    return draw


def thick(canvas: Any) -> None:
    for x0, y0, x1, y1 in rules():
        canvas.rect(x0 - 2.5, y0 - 2.5, x1 - x0 + 5, y1 - y0 + 5, stroke=0, fill=1)


def hairline_rectangles(canvas: Any) -> None:
    for x0, y0, x1, y1 in rules():
        canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)


def dashes(dash: float, gap: float) -> Draw:
    """Each dash a stroke of its own."""

    def draw(canvas: Any) -> None:
        for x0, y0, x1, y1 in rules():
            length = max(x1 - x0, y1 - y0)
            along = (1.0, 0.0) if y0 == y1 else (0.0, 1.0)
            start = 0.0
            while start < length:
                end = min(start + dash, length)
                canvas.line(x0 + along[0] * start, y0 + along[1] * start, x0 + along[0] * end, y0 + along[1] * end)
                start += dash + gap

    return draw


def dots(canvas: Any) -> None:
    """Squares of one point, two points apart."""
    for x0, y0, x1, y1 in rules():
        for step in range(int(max(x1 - x0, y1 - y0)) // 3):
            along = 3 * step
            canvas.rect(x0 + along * (y0 == y1), y0 + along * (x0 == x1), 1, 1, stroke=0, fill=1)


def boxes(gap: float) -> Draw:
    """A border of its own for each cell, and a gap between two borders."""

    def draw(canvas: Any) -> None:
        for top, bottom in pairwise(YS):
            for x0, x1 in pairwise(XS):
                canvas.rect(x0 + gap / 2, bottom + gap / 2, x1 - x0 - gap, top - bottom - gap)

    return draw


def open_corners(canvas: Any) -> None:
    """Sides that end four points before the corners."""
    for x0, y0, x1, y1 in sides():
        dx, dy = (4.0, 0.0) if y0 == y1 else (0.0, 4.0)
        canvas.line(x0 + dx, y0 + dy, x1 - dx, y1 - dy)


def broken_in_the_middle(canvas: Any) -> None:
    for x0, y0, x1, y1 in sides():
        dx, dy = (5.0, 0.0) if y0 == y1 else (0.0, 5.0)
        mx, my = (x0 + x1) / 2, (y0 + y1) / 2
        canvas.line(x0, y0, mx - dx, my - dy)
        canvas.line(mx + dx, my + dy, x1, y1)


def white_on_grey(canvas: Any) -> None:
    fill(canvas, 0.8, (XS[0], YS[-1], XS[-1], YS[0]))
    canvas.setStrokeGray(1)
    for line in rules():
        canvas.line(*line)


def white_in_a_black_frame(canvas: Any) -> None:
    white_on_grey(canvas)
    canvas.setStrokeGray(0)
    canvas.rect(XS[0], YS[-1], XS[-1] - XS[0], YS[0] - YS[-1])


def white_between_bands(canvas: Any) -> None:
    for top, bottom in [(YS[0], YS[1]), (YS[2], YS[3])]:
        fill(canvas, 0.85, (XS[0], bottom, XS[-1], top))
    canvas.setStrokeGray(1)
    for x in XS:
        canvas.line(x, YS[-1], x, YS[0])
    canvas.setStrokeGray(0)
    canvas.line(XS[0], YS[-1], XS[-1], YS[-1])


def white_across_black(canvas: Any) -> None:
    for line in rules():
        canvas.setStrokeGray(0 if line[1] == line[3] else 1)
        canvas.line(*line)


def shaded_cells(gap: float) -> Draw:
    def draw(canvas: Any) -> None:
        for top, bottom in pairwise(YS):
            for x0, x1 in pairwise(XS):
                fill(canvas, 0.9, (x0 + gap / 2, bottom + gap / 2, x1 - gap / 2, top - gap / 2))

    return draw


def framed_page(canvas: Any) -> None:
    """Two frames around the page, and shaded cells inside."""
    canvas.rect(20, 20, 802, 555)
    canvas.rect(24, 24, 794, 547)
    shaded_cells(1)(canvas)


def framed_table(canvas: Any) -> None:
    canvas.rect(XS[0] - 3, YS[-1] - 3, XS[-1] - XS[0] + 6, YS[0] - YS[-1] + 6)
    for line in rules():
        canvas.line(*line)


def corner_ornaments(canvas: Any) -> None:
    for line in rules():
        canvas.line(*line)
    for x, y, dx, dy in [(40, 520, 30, -30), (440, 520, -30, -30), (40, 392, 30, 30), (440, 392, -30, 30)]:
        canvas.line(x, y, x + dx, y)
        canvas.line(x, y, x, y + dy)


def overshooting(canvas: Any) -> None:
    """Horizontal rules that begin twelve points before the first column."""
    for x0, y0, x1, y1 in rules():
        canvas.line(x0 - 12 * (y0 == y1), y0, x1, y1)


def narrow_first_column(canvas: Any) -> None:
    overshooting(canvas)
    canvas.line(XS[0] - 6, YS[-1], XS[0] - 6, YS[0])


def without_sides(canvas: Any) -> None:
    for x0, y0, x1, y1 in rules():
        if y0 == y1 or x0 in XS[1:-1]:
            canvas.line(x0, y0, x1, y1)


WAYS: dict[str, Draw] = {
    **{f"double rules {gap} apart": double(gap) for gap in (1.0, 2.5, 4.0, 6.0)},
    **{f"dashes of {dash}, {gap} apart": dashes(dash, gap) for dash, gap in ((1, 1), (3, 4), (4, 6))},
    **{f"a border for each cell, {gap} apart": boxes(gap) for gap in (1, 3, 5, 8)},
    **{f"shaded cells {gap} apart": shaded_cells(gap) for gap in (0, 1, 3, 6)},
    **{
        draw.__name__: draw
        for draw in (
            thick,
            hairline_rectangles,
            dots,
            open_corners,
            broken_in_the_middle,
            white_on_grey,
            white_in_a_black_frame,
            white_between_bands,
            white_across_black,
            framed_page,
            framed_table,
            corner_ornaments,
            overshooting,
            narrow_first_column,
            without_sides,
        )
    },
}


def drawn(draw: Draw) -> bytes:
    def page(canvas: Any) -> None:
        canvas.setLineWidth(0.5)
        draw(canvas)
        canvas.setFillGray(0)
        words(canvas)

    return pdf(page)


@pytest.mark.parametrize("way", WAYS)
def test_the_table_is_read_however_it_is_ruled(way: str) -> None:
    assert rows_of(only_grid(drawn(WAYS[way]))) == ROWS


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_rules_with_jitter_and_gaps_change_no_cell(seed: int) -> None:
    rng = Random(seed)

    def shaken(canvas: Any) -> None:
        for x0, y0, x1, y1 in sides():
            off, start, end = rng.uniform(-0.8, 0.8), rng.uniform(-2, 2), rng.uniform(-2, 2)
            cut, gap = rng.uniform(0.3, 0.7), rng.uniform(0, 5)
            level = y0 == y1
            low, high = (x0 + start, x1 + end) if level else (y0 + start, y1 + end)
            middle = low + cut * (high - low)
            for a, b in ((low, middle - gap / 2), (middle + gap / 2, high)):
                canvas.line(*((a, y0 + off, b, y0 + off) if level else (x0 + off, a, x0 + off, b)))

    assert rows_of(only_grid(drawn(shaken))) == ROWS


def ruled(canvas: Any) -> None:
    for line in rules():
        canvas.line(*line)


def test_tables_beside_each_other_stay_two() -> None:
    def beside(canvas: Any) -> None:
        for left in (0.0, 376.0):
            canvas.saveState()
            canvas.translate(left, 0)
            ruled(canvas)
            canvas.restoreState()
            words(canvas, left=left)

    assert [rows_of(grid) for grid in read(pdf(beside)).grids] == [ROWS, ROWS]


def test_a_table_in_a_cell_is_a_grid_of_its_own_and_the_cell_keeps_the_rest() -> None:
    def nested(canvas: Any) -> None:
        ruled(canvas)
        words(canvas)
        for box in [(50, 380, 400, 150), (450, 380, 200, 150)]:
            canvas.rect(*box)
        text(canvas, 55, 390, "13.00")
        text(canvas, 460, 390, "14.00")

    texts = [rows_of(grid) for grid in read(pdf(nested)).grids]

    assert ROWS in texts
    assert sorted(cell for rows in texts if rows != ROWS for row in rows for cell in row if cell) == ["13.00", "14.00"]


def test_a_frame_that_holds_several_tables_is_none_of_them() -> None:
    def framed(canvas: Any) -> None:
        canvas.rect(40, 180, 420, 380)
        for down, title in ((0, "First"), (200, "Second")):
            canvas.saveState()
            canvas.translate(0, -down)
            text(canvas, 200, 520, title)
            ruled(canvas)
            words(canvas)
            canvas.restoreState()

    grids = read(pdf(framed)).grids

    assert [rows_of(grid) for grid in grids] == [ROWS, ROWS]
    assert [[line.text for line in grid.above] for grid in grids] == [["First"], ["Second"]]


def in_one_frame(second: str) -> list[Grid]:
    """Two tables one above the other, as wide as the frame around both; ``second`` is what the lower one's title is."""

    def framed(canvas: Any) -> None:
        canvas.rect(XS[0], 200, XS[-1] - XS[0], 350)
        for down, title, unit in ((0, "表1 收入表", "单位：元"), (160, second, "单位：万元")):
            canvas.saveState()
            canvas.translate(0, -down)
            text(canvas, 200, 530, title)
            text(canvas, 350, 512, unit if title else "")
            ruled(canvas)
            words(canvas)
            canvas.restoreState()

    return list(read(pdf(framed)).grids)


def test_a_frame_whose_sides_are_those_of_two_tables_is_parted_at_their_captions() -> None:
    first, second = in_one_frame("表2 支出表")

    assert rows_of(first) == rows_of(second) == ROWS
    assert [line.text for line in first.above] == ["表1 收入表", "单位：元"]
    assert [line.text for line in second.above] == ["表2 支出表", "单位：万元"]


def test_an_empty_row_from_side_to_side_parts_no_table() -> None:
    (grid,) = in_one_frame("")

    assert grid.n_rows == 2 * len(ROWS) + 3
    assert rows_of(grid)[1:5] == rows_of(grid)[6:10] == ROWS


SHARED = XS[-1] - XS[0]  # how wide each of two tables is that share a side


def side_by_side(titles: tuple[str, ...], units: tuple[str, ...], ceiling: float, *, parted: bool) -> list[Grid]:
    """Two tables that share a side, the right one lower by some points, in one frame up to ``ceiling``."""

    def framed(canvas: Any) -> None:
        canvas.setPageSize((900, 600))
        canvas.rect(XS[0], YS[-1] - 30, 2 * SHARED, ceiling - YS[-1] + 30)
        if parted:
            canvas.line(XS[-1], YS[-1] - 30, XS[-1], ceiling)
        for right, down in ((0.0, 0.0), (SHARED, 9.0)):
            canvas.saveState()
            canvas.translate(right, -down)
            ruled(canvas)
            words(canvas)
            canvas.restoreState()
        for place, title in enumerate(titles):
            text(canvas, XS[0] + SHARED * (2 * place + 1) / len(titles) / (3 - len(titles)) - 25, 535, title)
        for place, unit in enumerate(units):
            text(canvas, XS[-1] + SHARED * place - 60, 515, unit)

    return list(read(pdf(framed)).grids)


@pytest.mark.parametrize(("ceiling", "parted"), [(560.0, False), (560.0, True), (YS[0], False), (YS[0], True)])
@pytest.mark.parametrize("units", [(), ("单位：元", "单位：万元")])
def test_tables_that_share_a_side_are_two_under_a_title_each(
    units: tuple[str, ...], ceiling: float, parted: bool
) -> None:
    first, second = side_by_side(("表1 收入表", "表2 支出表"), units, ceiling, parted=parted)

    assert rows_of(first) == rows_of(second) == ROWS
    assert [line.text for line in first.above] == ["表1 收入表", *units[:1]]
    assert [line.text for line in second.above] == ["表2 支出表", *units[1:]]


def test_a_statement_of_two_sides_under_one_title_is_one_table() -> None:
    (grid,) = side_by_side(("收入支出总表",), ("", "单位：万元"), YS[0], parted=False)

    assert grid.n_cols == 6


def test_white_rules_around_a_title_make_no_table_of_it() -> None:
    def titled(canvas: Any) -> None:
        ruled(canvas)
        words(canvas)
        canvas.setStrokeGray(1)
        for y in (510, 530, 550):
            canvas.line(60, y, 420, y)
        for x in XS:
            canvas.line(x, 510, x, 550)
        text(canvas, 200, 535, "Accounts 2023")
        text(canvas, 330, 515, "thousand yuan")

    document = read(pdf(titled))

    assert [rows_of(grid) for grid in document.grids] == [ROWS]
    assert [line.text for line in document.grids[0].above] == ["Accounts 2023", "thousand yuan"]


def test_an_empty_column_that_is_wide_enough_for_a_text_is_kept() -> None:
    def empty(canvas: Any) -> None:
        ruled(canvas)
        canvas.rect(30, YS[-1], 30, YS[0] - YS[-1])
        for y in YS:
            canvas.line(30, y, 60, y)
        words(canvas)

    assert rows_of(only_grid(pdf(empty))) == [["", *row] for row in ROWS]


def test_a_frame_in_two_strokes_around_prose_is_no_table() -> None:
    def framed(canvas: Any) -> None:
        canvas.rect(50, 380, 400, 150)
        canvas.rect(54, 384, 392, 142)
        text(canvas, 60, 400, "notes")

    document = read(pdf(framed))

    assert not document.grids
    assert [line.text for line in document.lines] == ["notes"]


def box_of(grid: Grid) -> tuple[float, float]:
    box = grid.location.box
    assert box is not None
    return box.x0, box.x1


def test_a_sliver_at_the_side_is_left_outside_the_box_of_the_table() -> None:
    assert box_of(only_grid(drawn(narrow_first_column))) == pytest.approx((60, 420), abs=0.5)
