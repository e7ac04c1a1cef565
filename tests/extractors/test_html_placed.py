"""Text placed by coordinates, as programs write it that turn a PDF into a page, is laid out as the page shows it."""

from __future__ import annotations

import pytest

from extractors.errors import TooLarge
from extractors.model import GridMethod, JoinMethod
from extractors.options import Limits
from tests.extractors.htmlpages import codes, drawn, read, texts

XS, ROW = (50, 150, 250), 20


def text(x: float, y: float, words: str) -> str:
    return f'<div class="p" style="position:absolute;left:{x}pt;top:{y}pt;font-size:10pt">{words}</div>'


def rule(x: float, y: float, width: float, height: float) -> str:
    side = "bottom" if width else "right"
    place = f"left:{x}pt;top:{y}pt;width:{width}pt;height:{height}pt"
    return f'<div style="position:absolute;{place};border-{side}:0.5pt solid #000"> </div>'


def ruled(top: float, *rows: tuple[str, str]) -> str:
    """A table with rules around each cell."""
    bottom = top + ROW * len(rows)
    rules = [rule(XS[0], y, XS[-1] - XS[0], 0) for y in range(int(top), int(bottom) + 1, ROW)]
    rules += [rule(x, top, 0, bottom - top) for x in XS]
    words = [
        text(x + 5, top + 5 + ROW * n, cell) for n, row in enumerate(rows) for x, cell in zip(XS, row, strict=False)
    ]
    return "".join(rules + words)


def sheet(*content: str) -> str:
    return f'<div style="position:relative;width:595pt;height:842pt">{"".join(content)}</div>'


ROWS = (("项目", "金额"), ("甲", "1.00"), ("乙", "2.00"))


def test_rules_and_words_are_a_grid_and_lines_in_reading_order() -> None:
    page = "<h1>决算</h1>" + sheet(
        text(60, 300, "注：略"), ruled(100, *ROWS), text(60, 50, "表一"), text(200, 50, "单位：元")
    )
    document = read(page)
    assert (
        drawn(page)
        == """
| 项目 | 金额 |
| 甲   | 1.00 |
| 乙   | 2.00 |
"""
    )
    grid = document.grids[0]
    assert grid.method is GridMethod.RULED
    assert [line.text for line in grid.above] == ["决算", "表一 单位：元"]
    assert [line.text for line in grid.below] == ["注：略"]
    assert grid.cells[3].location.path == (("table", 0), ("row", 1), ("col", 1))
    assert [line.location.path for line in document.lines] == [(("line", n),) for n in range(3)]
    assert (document.pages, document.lines[1].size) == ((), 10.0)


def test_a_table_that_goes_on_on_the_next_sheet_is_one_grid_with_two_parts() -> None:
    page = sheet(ruled(740, *ROWS)) + sheet(ruled(60, ROWS[0], ("丙", "3.00"), ("丁", "4.00")))
    (grid,) = read(page).grids
    assert [(part.first_row, part.last_row) for part in grid.parts] == [(0, 2), (3, 5)]
    assert grid.join is not None
    assert grid.join.method is JoinMethod.HEADER_REPEATED
    assert grid.parts[1].location.path == (("table", 1),)
    assert grid.cells[-1].location.path == (("table", 1), ("row", 2), ("col", 1))


def test_coordinates_add_up_through_nested_elements_and_style_sheets() -> None:
    page = (
        "<style>.s{position:relative;width:800px;height:1000px} .l{position:absolute;left:10px;top:0}"
        ".t{position:absolute;top:20px;font-size:12px}</style><div class=s><div class=l>"
        + "".join(f'<span class=t style="left:{100 * n}px">第{n}</span>' for n in (3, 1, 2))
        + "</div></div>"
    )
    assert texts(page) == ["第1 第2 第3"]


def test_a_few_placed_captions_of_a_banner_are_lines_in_the_order_of_the_file() -> None:
    page = f"<div style='position:relative;height:200px'>{text(50, 50, '乙')}{text(10, 10, '甲')}</div><p>正文</p>"
    assert texts(page) == ["乙", "甲", "正文"]
    assert codes(page) == []


@pytest.mark.parametrize(
    "other",
    [text(60, 60, "第一").replace("font-size", "transform:rotate(-90deg);font-size"), text(60, 400, "盖住")],
    ids=["turned", "one over the other"],
)
def test_coordinates_that_cannot_be_followed_give_lines_and_it_is_said(other: str) -> None:
    page = sheet(*(text(60, 40 * n, f"第{n}行") for n in range(12)), other)
    assert texts(page)[:12] == [f"第{n}行" for n in range(12)]
    assert codes(page) == ["positioned_text"]


def test_a_table_among_placed_text_stays_where_it_is() -> None:
    inner = "<table border=1><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    page = sheet(*(text(60, 40 * n, f"第{n}行") for n in range(9)), text(60, 700, f"表{inner}"))
    document = read(page)
    assert [grid.method for grid in document.grids] == [GridMethod.NATIVE]
    assert len(document.lines) == 10


def test_filled_elements_as_thin_as_a_rule_are_rules() -> None:
    page = sheet(ruled(100, *ROWS)).replace("border-bottom:0.5pt solid #000", "background:#000")
    assert read(page.replace("border-right:0.5pt solid #000", "background-color:black")).grids[0].n_cols == 2


def test_sheets_and_their_cells_count_against_the_limits() -> None:
    page = sheet(ruled(100, *ROWS)) * 3
    with pytest.raises(TooLarge) as pages:
        read(page, Limits(pages=2))
    with pytest.raises(TooLarge) as cells:
        read(page, Limits(cells=17))
    assert (pages.value.code, cells.value.code) == ("too_many_pages", "too_many_cells")
