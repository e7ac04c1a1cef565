"""Tables of words alone, without rules."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.layout.ink import Rules, Run
from extractors.layout.page import lay_out
from extractors.model import Grid, GridMethod
from tests.extractors.layout.shapes import run, texts

TITLE = run("附表1 所属单位情况表", 200, 40)
HEAD = ["序号", "单位名称", "单位性质", "经费形式"]
ROWS = [
    ["1", "某县教育局", "行政单位", "财政拨款"],
    ["2", "某县第一中学", "事业单位", "财政拨款"],
    ["3", "某县招生考试中心", "事业单位", "自收自支"],
    ["4", "某县电化教育馆", "事业单位", "财政拨款"],
]
LEFTS = (50.0, 100.0, 300.0, 400.0)


def lines(rows: Sequence[Sequence[str]], top: float = 60.0, pitch: float = 18.0) -> list[Run]:
    return [
        run(text, left, top + pitch * place)
        for place, row in enumerate(rows)
        for text, left in zip(row, LEFTS, strict=False)
        if text
    ]


def read(runs: Sequence[Run]) -> list[Grid]:
    layout = lay_out(1, (600.0, 800.0), list(runs), Rules())
    return [block for block in layout.blocks if isinstance(block, Grid)]


@pytest.mark.parametrize("first", [0, 1])
def test_a_titled_list_in_columns_is_a_table(first: int) -> None:
    rows = [row[first:] for row in (HEAD, *ROWS)]

    (grid,) = read([TITLE, *lines(rows)])

    assert texts(grid) == rows
    assert grid.method is GridMethod.BORDERLESS


def test_a_name_over_two_lines_stays_in_the_row_of_its_number() -> None:
    wrapped = [run("某县义务教育发展", 100, 144), run("与质量监测中心", 100, 155)]
    last = [run("5", 50, 149.5), run("事业单位", 300, 149.5), run("财政拨款", 400, 149.5)]

    (grid,) = read([TITLE, *lines([HEAD, *ROWS]), *wrapped, *last])

    assert texts(grid) == [HEAD, *ROWS, ["5", "某县义务教育发展\n与质量监测中心", "事业单位", "财政拨款"]]


@pytest.mark.parametrize(
    "runs",
    [
        lines([HEAD, *ROWS]),  # without a title
        [TITLE, *lines([HEAD, *ROWS[:2]])],  # too few rows
        [TITLE, *lines([row[:2] for row in (HEAD, *ROWS)])],  # two columns
        [TITLE, *(run("某某", 50 + 90 * place + 31 * line, 60 + 18 * line) for place in range(3) for line in range(5))],
    ],
)
def test_what_shows_less_is_left_to_the_page(runs: list[Run]) -> None:
    assert read(runs) == []
