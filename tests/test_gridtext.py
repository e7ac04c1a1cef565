"""Drawn grids mean what they show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Cell, Grid, GridMethod, Location, Part
from tests.gridtext import parse, parse_all, render, render_all

HEAD = """\
| 科目编码 | 科目名称     | 本年支出 | <        |
| ^        | ^            | 基本支出 | 项目支出 |
| 201      | 一般公共服务 | 10.00    | 2.50     |
"""
TEXTS = st.one_of(
    st.sampled_from(["", "<", "^", "\\", "|", " 其中：", "　1. 费 ", "a\nb", "—", "\\s", "1,234.50"]), st.text()
)


@st.composite
def merged_grids(draw: st.DrawFn) -> Grid:
    n_rows, n_cols = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(row, col) for row in range(n_rows) for col in range(n_cols)}
    cells = []
    for row in range(n_rows):
        for col in range(n_cols):
            if (row, col) in free:
                cells.append(_grown(draw, free, row, col, (n_rows, n_cols)))
    return Grid(n_rows, n_cols, tuple(cells), (Part(Location(), 0, n_rows - 1),), GridMethod.NATIVE)


def _grown(draw: st.DrawFn, free: set[tuple[int, int]], row: int, col: int, size: tuple[int, int]) -> Cell:
    """A cell of the drawn size, or a single one where others stand in the way."""
    down, right = draw(st.integers(1, size[0] - row)), draw(st.integers(1, size[1] - col))
    taken = {(r, c) for r in range(row, row + down) for c in range(col, col + right)}
    if not taken <= free:
        down, right, taken = 1, 1, {(row, col)}
    free -= taken
    return Cell(row, col, down, right, draw(TEXTS), Location(path=(("row", row), ("col", col))))


@given(merged_grids())
def test_a_grid_drawn_and_parsed_is_the_same_grid(grid: Grid) -> None:
    assert parse(render(grid)) == grid


@given(st.lists(merged_grids(), max_size=3))
def test_several_grids_stay_apart(grids: list[Grid]) -> None:
    assert parse_all(render_all(tuple(grids))) == tuple(grids)


def test_a_drawing_is_its_own_rendering() -> None:
    assert render(parse(HEAD)) == HEAD


def test_marks_join_left_and_up() -> None:
    spans = {cell.text: (cell.row, cell.col, cell.row_span, cell.col_span) for cell in parse(HEAD).cells}
    assert spans["科目编码"] == (0, 0, 2, 1)
    assert spans["本年支出"] == (0, 2, 1, 2)
    assert spans["2.50"] == (2, 3, 1, 1)


def test_line_breaks_and_indents_are_visible() -> None:
    grid = parse("| \\s\\s其中：\\n三公 | \\< |")
    assert [cell.text for cell in grid.cells] == ["  其中：\n三公", "<"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("| a | b |\n| c |", "rows of"),
        ("| < |", "nothing to join"),
        ("| a | < |\n| ^ | b |", "no rectangle"),
        ("a | b", "not a row"),
    ],
)
def test_what_is_no_grid_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse(text)
