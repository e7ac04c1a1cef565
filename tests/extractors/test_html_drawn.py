"""Tables drawn with characters become grids when their columns are sure, and stay lines when they are not."""

from __future__ import annotations

import pytest

from extractors.errors import TooLarge
from extractors.model import GridMethod
from extractors.options import Limits
from tests.extractors.htmlpages import drawn, read, texts


def test_columns_held_apart_by_spaces_in_preformatted_text() -> None:
    page = """<pre>
                 2023年部门收支总表
  编制单位：市财政局                 单位：万元
  项目              预算数      决算数
  一、基本支出      1,234.50    1,200.00
      人员经费        34.50
  二、项目支出                  2.00
  合    计          1,269.00    1,202.00
</pre>"""
    assert (
        drawn(page)
        == """
| 项目         | 预算数   | 决算数   |
| 一、基本支出 | 1,234.50 | 1,200.00 |
| 人员经费     | 34.50    |          |
| 二、项目支出 |          | 2.00     |
| 合 计        | 1,269.00 | 1,202.00 |
"""
    )
    grid = read(page).grids[0]
    assert grid.method is GridMethod.BORDERLESS
    assert [line.text.strip() for line in grid.above] == [
        "2023年部门收支总表",
        "编制单位：市财政局                 单位：万元",
    ]


@pytest.mark.parametrize("between", ["</p><p>", "<br>", "</div>\n<div>"])
def test_columns_held_apart_by_printed_spaces_in_paragraphs(between: str) -> None:
    rows = [
        "项目　　　金额&nbsp;&nbsp;&nbsp;比例",
        "甲　　　　1.00&nbsp;&nbsp;&nbsp;50%",
        "乙　　　　2.00&nbsp;&nbsp;&nbsp;50%",
    ]
    assert (
        drawn(f"<p>{between.join(rows)}</p>")
        == """
| 项目 | 金额 | 比例 |
| 甲   | 1.00 | 50%  |
| 乙   | 2.00 | 50%  |
"""
    )


def test_a_blank_cell_in_proportional_text_is_not_guessed() -> None:
    page = (
        "<p>项目　　　　预算　　　　决算<br>甲　　　　　　　　　　　　1.00<br>乙　　　　　2.00<br>丙　　　　　3.00</p>"
    )
    assert read(page).grids == ()
    assert len(texts(page)) == 4


def test_rows_between_bars() -> None:
    page = "<pre>| 项目 | 金额 |\n|------|-----:|\n| 甲 | 1.00 |\n| 乙 |  |\n| 丙 | 3.00 |</pre><p>注</p>"
    assert (
        drawn(page)
        == """
| 项目 | 金额 |
| 甲   | 1.00 |
| 乙   |      |
| 丙   | 3.00 |
"""
    )
    assert [line.text for line in read(page).grids[0].below] == ["注"]


def test_a_table_of_box_drawing_ruled_between_all_rows() -> None:
    page = """<pre>
┌────┬────┐
│项目│金额│
├────┼────┤
│基本│1.00│
│支出│    │
├────┼────┤
│合计│1.00│
└────┴────┘</pre>"""
    assert (
        drawn(page)
        == """
| 项目       | 金额 |
| 基本\\n支出 | 1.00 |
| 合计       | 1.00 |
"""
    )


@pytest.mark.parametrize(
    "page",
    [
        "<p>首页 | 公开</p><p>服务 | 互动</p><p>新闻 | 市情</p>",
        "<p>1、　　基本情况</p><p>2、　　收支情况</p><p>3、　　其他情况</p>",
        "<p>甲　　　1.00</p><p>乙　　　2.00</p>",
        "<p>甲|1|2</p><p>乙|3</p><p>丙|4|5</p>",
        "<p>一般公共预算收入 100.00 万元</p><p>支出 90.00 万元</p><p>结余 10.00 万元</p>",
        "<p>------</p><p>======</p><p>------</p>",
    ],
    ids=["menu", "numbered", "two lines", "ragged", "single spaces", "rules"],
)
def test_lines_that_draw_no_table_stay_lines(page: str) -> None:
    document = read(page)
    assert document.grids == ()
    assert len(document.lines) == page.count("<p>")


def test_drawn_cells_count_against_the_limit() -> None:
    page = "<pre>" + "a  1\n" * 30 + "</pre>"
    with pytest.raises(TooLarge):
        read(page, Limits(cells=59))
    assert read(page, Limits(cells=60)).grids[0].n_rows == 30
