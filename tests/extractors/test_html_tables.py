"""Tables of a web page become grids as a browser draws them; tables that arrange the page do not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from extractors.errors import TooLarge
from extractors.model import Grid, GridMethod, Join, JoinMethod
from extractors.options import Limits
from tests.extractors.htmlpages import cell_texts, codes, drawn, read, table, texts
from tests.gridtext import render
from tests.test_gridtext import merged_grids


def test_spans_across_and_down_are_kept() -> None:
    page = table(
        ('<td rowspan="2">科目编码</td>', '<td rowspan="2">科目名称</td>', '<td colspan="2">本年支出</td>'),
        ("基本支出", "项目支出"),
        ("201", "一般公共服务", "10.00", "2.50"),
    )
    assert (
        drawn(page)
        == """
| 科目编码 | 科目名称     | 本年支出 | <        |
| ^        | ^            | 基本支出 | 项目支出 |
| 201      | 一般公共服务 | 10.00    | 2.50     |
"""
    )


@given(merged_grids())
@settings(max_examples=150, deadline=None)
def test_any_merged_grid_written_as_a_page_is_read_as_drawn(grid: Grid) -> None:
    shown = squeezed(grid)
    assume(shown.n_rows > 1 and shown.n_cols > 1)
    assert drawn(as_page(grid)) == "\n" + render(shown)


def as_page(grid: Grid) -> str:
    rows = ["".join(as_cell(grid, place) for place in in_row(grid, row)) for row in range(grid.n_rows)]
    return '<table border="1">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def in_row(grid: Grid, row: int) -> list[int]:
    places = [place for place, cell in enumerate(grid.cells) if cell.row == row]
    return sorted(places, key=lambda place: grid.cells[place].col)


def as_cell(grid: Grid, place: int) -> str:
    cell = grid.cells[place]
    return f'<td rowspan="{cell.row_span}" colspan="{cell.col_span}">{place}<br>{cell.row}，{cell.col}</td>'


def squeezed(grid: Grid) -> Grid:
    """The grid without rows and columns in which no cell begins, its cells named as ``as_cell`` names them."""
    rows = sorted({cell.row for cell in grid.cells})
    cols = sorted({cell.col for cell in grid.cells})
    cells = []
    for place, cell in enumerate(grid.cells):
        covered = [row for row in rows if cell.row <= row < cell.row + cell.row_span]
        across = [col for col in cols if cell.col <= col < cell.col + cell.col_span]
        text = f"{place}\n{cell.row}，{cell.col}"
        where = cell.location
        cells.append(type(cell)(rows.index(cell.row), cols.index(cell.col), len(covered), len(across), text, where))
    return Grid(len(rows), len(cols), tuple(cells), grid.parts, grid.method)


def test_an_absurd_span_draws_no_columns_of_its_own() -> None:
    page = table(('<td colspan="1000">收支决算表</td>',), ("收入", "10.00"), ("支出", "9.00"))
    assert (
        drawn(page)
        == """
| 收支决算表 | <     |
| 收入       | 10.00 |
| 支出       | 9.00  |
"""
    )


def test_a_row_span_of_zero_goes_on_to_the_end_of_its_row_group() -> None:
    page = (
        "<table border=1><tbody><tr><td rowspan=0>产出<td>1<tr><td>2</tbody>"
        "<tbody><tr><td>效益<td>3<tr><td>满意度<td>4</tbody></table>"
    )
    assert (
        drawn(page)
        == """
| 产出   | 1 |
| ^      | 2 |
| 效益   | 3 |
| 满意度 | 4 |
"""
    )


def test_no_cell_goes_on_beyond_its_row_group() -> None:
    page = (
        "<table><thead><tr><th rowspan=9>项目<th>金额</thead>"
        "<tbody><tr><td>基本支出<td>1.00<tr><td>项目支出<td>2.00</tbody></table>"
    )
    assert cell_texts(read(page).grids[0]) == ["项目", "金额", "基本支出", "1.00", "项目支出", "2.00"]


def test_the_foot_is_printed_last_and_the_head_first_wherever_they_stand() -> None:
    page = (
        "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>1<tr><td>乙<td>2</tbody>"
        "<thead><tr><th>项目<th>金额</thead></table>"
    )
    assert cell_texts(read(page).grids[0]) == ["项目", "金额", "甲", "1", "乙", "2", "合计", "3"]


def test_cells_that_claim_the_same_place_stand_beside_each_other_and_it_is_said() -> None:
    page = table(
        ("a", '<td rowspan="2">b</td>', "c"),
        ('<td colspan="2">1</td>', "2"),
        ("x", "y", "z"),
    )
    assert (
        drawn(page)
        == """
| a | b | c |
| 1 | ^ | 2 |
| x | y | z |
"""
    )
    assert codes(page) == ["cells_overlap"]


def test_rows_with_fewer_cells_are_filled_with_empty_ones() -> None:
    page = table(("甲", "1", "2"), ("乙", "3"), ("丙", "4", "5"))
    assert (
        drawn(page)
        == """
| 甲 | 1 | 2 |
| 乙 | 3 |   |
| 丙 | 4 | 5 |
"""
    )


@pytest.mark.parametrize("span", ["abc", "-3", "", "1.5", "０"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    grid = read(table((f'<td colspan="{span}">甲</td>', "1"), ("乙", "2"))).grids[0]
    assert (grid.n_cols, grid.cells[0].col_span) == (2, 1)


def test_hidden_rows_and_cells_are_no_part_of_the_grid() -> None:
    page = (
        "<table border=1><tr><td>甲<td>1<td style='display:none'>x</tr><tr hidden><td>乙<td>2</tr>"
        "<tr height=0 style='display:none'></tr><tr><td>丙<td>3</tr></table>"
    )
    assert cell_texts(read(page).grids[0]) == ["甲", "1", "丙", "3"]
    assert codes(page) == ["hidden_text"]


def test_paragraphs_and_breaks_in_a_cell_are_lines_and_blank_cells_are_empty() -> None:
    page = table(
        ("<p>预算数</p><p>（调整后）</p>", "<div>执行<br>数</div>"),
        ("<p>&nbsp;</p>", "　\n "),
        ("　其中：\n  财政\tA资金 ", "<p>&nbsp;1,234.50</p><p>&nbsp;</p>"),
    )
    assert cell_texts(read(page).grids[0]) == [
        *("预算数\n（调整后）", "执行\n数", "", ""),
        *("　其中： 财政 A资金", "\N{NO-BREAK SPACE}1,234.50"),
    ]


def test_a_note_mark_never_reads_as_a_digit_of_the_amount_before_it() -> None:
    page = table(("合计", "1,234.50<sup>1</sup>"), ("面积", "10m<sup>2</sup>"))
    assert cell_texts(read(page).grids[0]) == ["合计", "1,234.50¹", "面积", "10m²"]


def test_a_caption_stands_above_its_grid() -> None:
    page = "<table><caption>表1 收支总表<br>单位：万元</caption><tr><th>项目<th>金额<tr><td>甲<td>1</table>"
    grid = read(page).grids[0]
    assert [(line.text, line.style) for line in grid.above] == [("表1 收支总表", "caption"), ("单位：万元", "caption")]


def test_a_table_made_of_divisions_by_a_style_sheet_is_a_table() -> None:
    page = (
        "<style>.t{display:table}.r{display:table-row}.c{display:table-cell;border:1px solid}</style><div class=t>"
        "<div class=r><div class=c>项目</div><div class=c>金额</div></div>"
        "<div class=r><div class=c>甲</div><div class=c>1.00</div></div></div>"
    )
    assert cell_texts(read(page).grids[0]) == ["项目", "金额", "甲", "1.00"]


def test_places_are_told_by_table_row_and_column() -> None:
    page = "<p>表一</p>" + table(("甲", "1"), ("乙", "2")) + "<p>表二</p>" + table(("丙", "3"), ("丁", "4"))
    document = read(page)
    assert [line.location.path for line in document.lines] == [(("line", 0),), (("line", 1),)]
    assert [grid.location.path for grid in document.grids] == [(("table", 0),), (("table", 1),)]
    assert document.grids[1].cells[3].location.path == (("table", 1), ("row", 1), ("col", 1))
    assert [grid.method for grid in document.grids] == [GridMethod.NATIVE, GridMethod.NATIVE]


# --- tables in tables


def test_a_data_table_inside_layout_tables_comes_out_with_the_lines_around_it() -> None:
    inner = table(("项目", "金额"), ("甲", "1"), attributes='border="0"')
    inner = inner.replace("<td>", '<td style="border:solid windowtext 1.0pt">')
    page = (
        "<table width=1000 border=0><tr><td><a href=/>首页</a><td><a href=/b>公开</a></table>"
        f"<table><tr><td><table><tr><td><h1>决算</h1><p>单位：元</p>{inner}<p>注：甲</p></td></tr></table></td></tr></table>"
    )
    document = read(page)
    assert [cell_texts(grid) for grid in document.grids] == [["项目", "金额", "甲", "1"]]
    assert [line.text for line in document.grids[0].above] == ["首页 公开", "决算", "单位：元"]
    assert [line.text for line in document.grids[0].below] == ["注：甲"]


def test_a_data_table_in_a_cell_of_another_is_a_grid_of_its_own_after_it() -> None:
    inner = table(("分项", "数"), ("a", "1"), ("b", "2"))
    page = table(("项目", "金额"), ("甲", "3"), ("明细", f"<p>其中</p>{inner}<p>完</p>")) + "<p>注</p>"
    outer, nested = read(page).grids
    assert cell_texts(outer) == ["项目", "金额", "甲", "3", "明细", "其中\n完"]
    assert cell_texts(nested) == ["分项", "数", "a", "1", "b", "2"]
    assert [line.text for line in nested.above] == ["其中"]
    assert [line.text for line in nested.below] == ["完"]
    assert nested.above[0].location == outer.cells[5].location
    assert [line.text for line in outer.below] == ["注"]


def test_a_layout_table_in_a_cell_is_part_of_its_text() -> None:
    page = table(("项目", "<table><tr><td>金额<td>万元</table>"), ("甲", "1"))
    assert cell_texts(read(page).grids[0]) == ["项目", "金额 万元", "甲", "1"]


def test_the_row_of_a_layout_table_is_one_printed_line() -> None:
    page = "<table width=100%><tr><td>部门：市财政局</td><td>单位：万元</td></tr></table>" + table(
        ("a", "1"), ("b", "2")
    )
    assert texts(page) == ["部门：市财政局 单位：万元"]


def test_a_menu_of_links_is_no_grid_whatever_its_cells_are_called() -> None:
    page = table(
        ("<th><a href=1>关于我们</a>", "<th><a href=2>建议</a>"), ("<th><a href=3>声明</a>", "<th><a href=4>联系</a>")
    )
    assert read(page).grids == ()
    assert texts(page) == ["关于我们 建议", "声明 联系"]


def test_a_frame_with_an_article_in_it_is_no_grid() -> None:
    article = "".join(f"<p>第{number}段，说明部门预算情况。</p>" for number in range(12))
    page = f"<table><tr><td>标志<td>搜索<tr><td>栏目<td>{article}<tr><td>主办<td>备案</table>"
    assert read(page).grids == ()
    assert len(texts(page)) == 12 + 3


def test_a_table_without_borders_or_numbers_is_data_when_its_rows_are_full() -> None:
    page = "<table><tr><td>姓名<td>职务<tr><td>刘某<td>科长</table>"
    assert cell_texts(read(page).grids[0]) == ["姓名", "职务", "刘某", "科长"]


def test_cells_set_as_headings_are_cells() -> None:
    page = table(("<h4>项目</h4>", "<h4>金额</h4>"), ("<h4>甲</h4>", "<h4>1</h4>"))
    assert cell_texts(read(page).grids[0]) == ["项目", "金额", "甲", "1"]


def test_an_empty_form_with_a_head_is_a_grid() -> None:
    page = table(("科目编码", "科目名称", "金额"), ("&nbsp;", "&nbsp;", "&nbsp;"))
    assert cell_texts(read(page).grids[0]) == ["科目编码", "科目名称", "金额", "", "", ""]


def test_a_row_alone_that_is_drawn_and_holds_numbers_is_what_is_left_of_a_table() -> None:
    page = table(("合计", "1.00", "2.00"))
    assert cell_texts(read(page).grids[0]) == ["合计", "1.00", "2.00"]


def test_a_table_that_says_it_is_layout_is_none() -> None:
    page = table(("甲", "1"), ("乙", "2"), attributes='border="1" role="presentation"')
    assert texts(page) == ["甲 1", "乙 2"]


# --- tables that were cut


HEAD = ("<th>项目", "<th>预算", "<th>决算")


def test_a_head_in_a_table_of_its_own_joins_the_body_beneath_it() -> None:
    page = f"<div>{table(HEAD)}</div><div style='overflow:auto'>{table(('甲', '1', '2'), ('乙', '3', '4'))}</div>"
    (grid,) = read(page).grids
    assert cell_texts(grid)[:3] == ["项目", "预算", "决算"]
    assert [(part.first_row, part.last_row) for part in grid.parts] == [(0, 0), (1, 2)]
    assert grid.join == Join(JoinMethod.SAME_COLUMNS, 0.8)
    assert [part.location.path for part in grid.parts] == [(("table", 0),), (("table", 1),)]
    assert grid.cells[-1].location.path == (("table", 1), ("row", 1), ("col", 2))


def test_a_table_whose_head_is_repeated_goes_on() -> None:
    page = table(HEAD, ("甲", "1", "2"), ("乙", "3", "4")) + table(HEAD, ("丙", "5", "6")) + table(("合计", "9", "12"))
    (grid,) = read(page).grids
    assert [(part.first_row, part.last_row, part.header_rows) for part in grid.parts] == [
        (0, 2, 0),
        (3, 4, 1),
        (5, 5, 0),
    ]
    assert grid.join == Join(JoinMethod.TOTAL_ROW, 0.8)


def test_two_of_one_form_are_two_grids() -> None:
    form = table(HEAD, ("甲", "1", "2"), ("乙", "3", "4"))
    assert [grid.n_rows for grid in read(form + form).grids] == [3, 3]
    assert codes(form + form) == []


def test_tables_of_the_same_columns_without_evidence_are_kept_apart_and_it_is_said() -> None:
    page = table(HEAD, ("甲", "1", "2"), ("乙", "3", "4")) + table(("丙", "5", "6"), ("丁", "7", "8"))
    assert [grid.n_rows for grid in read(page).grids] == [3, 2]
    assert codes(page) == ["doubtful_join"]


def test_a_line_between_keeps_tables_apart() -> None:
    page = table(HEAD, ("甲", "1", "2"), ("乙", "3", "4")) + "<p>表二</p>" + table(HEAD, ("丙", "5", "6"))
    assert [grid.n_rows for grid in read(page).grids] == [3, 2]


# --- limits


@pytest.mark.parametrize(
    "page",
    [
        table(*[("x",) * 50] * 50),
        "<table border=1>" + "".join(f"<tr>{'<td colspan=3>' * 3}<td>{n}</tr>" for n in range(600)) + "</table>",
        "<table border=1><tr>" + "<td rowspan=65534>1" * 900 + "</tr>" + "<tr><td>2</tr>" * 900 + "</table>",
    ],
    ids=["many cells", "wide spans", "long spans"],
)
def test_more_cells_than_the_limit_are_refused(page: str) -> None:
    with pytest.raises(TooLarge) as caught:
        read(page, Limits(cells=2_000))
    assert caught.value.code == "too_many_cells"


def test_the_largest_spans_cost_nothing_when_nothing_stands_in_them() -> None:
    page = "<table border=1>" + "<tr><td rowspan=65534 colspan=1000>甲<td>1</tr>" * 300 + "</table>"
    assert read(page, Limits(cells=200_000)).grids[0].n_rows == 300
