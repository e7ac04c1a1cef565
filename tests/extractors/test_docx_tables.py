"""Tables of a DOCX become grids as Word draws them."""

from __future__ import annotations

import pytest

from extractors.errors import TooLarge
from extractors.formats.docx import extract
from extractors.model import GridMethod, JoinMethod
from extractors.options import Limits, Options
from tests.extractors.docxfiles import (
    CONTINUE,
    H_CONTINUE,
    H_RESTART,
    RESTART,
    docx,
    drawn,
    grid,
    p,
    read,
    tbl,
    tc,
    tr,
)


def width(twips: int) -> str:
    return f'<w:tcW w:w="{twips}" w:type="dxa"/>'


def test_spans_across_and_down_are_kept() -> None:
    body = tbl(
        tr(tc("科目编码", properties=RESTART), tc("科目名称", properties=RESTART), tc("本年支出", span=2)),
        tr(tc(properties=CONTINUE), tc(properties=CONTINUE), "基本支出", "项目支出"),
        tr("201", "一般公共服务", "10.00", "2.50"),
    )
    assert (
        drawn(body)
        == """
| 科目编码 | 科目名称     | 本年支出 | <        |
| ^        | ^            | 基本支出 | 项目支出 |
| 201      | 一般公共服务 | 10.00    | 2.50     |
"""
    )


def test_a_cell_may_span_rows_and_columns_at_once() -> None:
    body = tbl(
        tr(tc("合计", span=2, properties=RESTART), "1"),
        tr(tc(span=2, properties=CONTINUE), "2"),
        tr("a", "b", "3"),
    )
    assert (
        drawn(body)
        == """
| 合计 | < | 1 |
| ^    | < | 2 |
| a    | b | 3 |
"""
    )


def test_old_horizontal_merges_are_spans() -> None:
    body = tbl(tr(tc("项目", properties=H_RESTART), tc(properties=H_CONTINUE), "金额"), tr("a", "b", "1"))
    assert (
        drawn(body)
        == """
| 项目 | < | 金额 |
| a    | b | 1    |
"""
    )


def test_a_continuation_with_nothing_above_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("甲", properties=CONTINUE), "1"), tr(tc(properties=CONTINUE), "2"))
    assert (
        drawn(body)
        == """
| 甲 | 1 |
| ^  | 2 |
"""
    )


def test_a_continuation_of_another_width_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("甲", properties=RESTART), "1"), tr(tc("乙", span=2, properties=CONTINUE)))
    assert (
        drawn(body)
        == """
| 甲 | 1 |
| 乙 | < |
"""
    )


def test_a_restart_below_a_merge_begins_a_new_one() -> None:
    rows = [tr(tc("甲", properties=RESTART), "1"), tr(tc("乙", properties=RESTART), "2")]
    body = tbl(*rows, tr(tc(properties=CONTINUE), "3"))
    assert (
        drawn(body)
        == """
| 甲 | 1 |
| 乙 | 2 |
| ^  | 3 |
"""
    )


def test_text_in_a_cell_joined_into_another_is_not_shown_and_noticed() -> None:
    body = tbl(tr(tc("甲", properties=RESTART), "1"), tr(tc("99", properties=CONTINUE), "2"))
    document = read(body)
    assert [cell.text for cell in document.grids[0].cells] == ["甲", "1", "2"]
    assert [notice.code for notice in document.notices] == ["hidden_text"]


def test_columns_left_out_before_and_after_a_row_are_empty_cells() -> None:
    body = tbl(
        tr("a", "b", "c", "d"),
        tr("x", "y", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert (
        drawn(body)
        == """
| a | b | c | d |
|   | x | y |   |
"""
    )


def test_a_row_shorter_than_the_grid_is_filled_with_empty_cells() -> None:
    assert (
        drawn(tbl(tr("a", "b", "c"), tr("x")))
        == """
| a | b | c |
| x |   |   |
"""
    )


def test_a_row_whose_widths_fill_the_grid_spans_it_although_no_span_is_stated() -> None:
    title = tc("合计", properties=width(6000))
    body = tbl(tr("a", "b", "c"), tr(title, tc("1", properties=width(3000))), widths=(3000, 3000, 3000))
    assert (
        drawn(body)
        == """
| a    | b | c |
| 合计 | < | 1 |
"""
    )


def test_widths_that_meet_no_edge_change_nothing() -> None:
    body = tbl(tr("a", "b", "c"), tr(tc("x", properties=width(4400))), widths=(3000, 3000, 3000))
    assert (
        drawn(body)
        == """
| a | b | c |
| x |   |   |
"""
    )


def test_columns_that_no_cell_uses_are_no_columns() -> None:
    body = tbl(tr(tc("a", span=2), "b"), tr(tc("c", span=2), "d"), widths=(10, 10, 10, 10, 10))
    assert (
        drawn(body)
        == """
| a | b |
| c | d |
"""
    )


def test_a_last_cell_wider_than_the_grid_ends_where_the_grid_ends() -> None:
    body = tbl(tr("a", "b"), tr("c", tc("d", span=100)), widths=(10, 10))
    assert (
        drawn(body)
        == """
| a | b |
| c | d |
"""
    )


def test_deleted_and_hidden_rows_are_left_out_and_noticed() -> None:
    body = tbl(
        tr("a", "1"),
        tr("b", "2", properties='<w:del w:id="1" w:author="x"/>'),
        tr("c", "3", properties="<w:hidden/>"),
        tr("d", "4", properties='<w:ins w:id="2" w:author="x"/>'),
    )
    document = read(body)
    assert [cell.text for cell in document.grids[0].cells] == ["a", "1", "d", "4"]
    assert {notice.code for notice in document.notices} == {"tracked_changes", "hidden_text"}


def test_content_controls_around_rows_and_cells_are_looked_through() -> None:
    wrap = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = tbl(
        wrap.format(tr("a", wrap.format(tc("b")))),
        tr("c", tc(wrap.format(p("d")))),
        f"<w:customXml>{tr('e', 'f')}</w:customXml>",
    )
    assert (
        drawn(body)
        == """
| a | b |
| c | d |
| e | f |
"""
    )


def test_paragraphs_and_line_breaks_of_a_cell_are_lines() -> None:
    cell = tc(p("第一行", "<w:r><w:br/></w:r>", "第二行"), p(), p("第三行"), p())
    assert grid(tbl(tr(cell))).cells[0].text == "第一行\n第二行\n\n第三行"


def test_indents_made_of_spaces_are_kept() -> None:
    assert grid(tbl(tr("　　其中：公务接待费 "))).cells[0].text == "　　其中：公务接待费 "


def test_cells_say_where_they_stand() -> None:
    document = read(p("前") + tbl(tr("a")) + p("中") + tbl(tr("b", "c"), tr("d", "e")))
    last = document.grids[1].cells[-1]
    assert last.location.path == (("table", 1), ("row", 1), ("col", 1))
    assert document.grids[1].location.path == (("table", 1),)
    assert document.grids[1].method is GridMethod.NATIVE
    assert [line.location.path for line in document.lines] == [(("paragraph", 0),), (("paragraph", 1),)]


def test_a_nested_table_is_a_grid_of_its_own_after_the_one_around_it() -> None:
    inner = tbl(tr("项目", "金额"), tr("办公费", "1.00"))
    body = tbl(tr("外", tc(p("支出明细表"), p("单位：元"), inner, p("注：略")))) + tbl(tr("后"))
    document = read(p("题") + body)
    outer, nested, after = document.grids
    assert [cell.text for cell in outer.cells] == ["外", "支出明细表\n单位：元\n注：略"]
    assert [cell.text for cell in nested.cells] == ["项目", "金额", "办公费", "1.00"]
    assert [line.text for line in nested.above] == ["支出明细表", "单位：元"]
    assert [line.text for line in nested.below] == ["注：略"]
    assert nested.above[0].location.path == (("table", 0), ("row", 0), ("col", 1))
    assert [one.location.path for one in document.grids] == [(("table", 0),), (("table", 1),), (("table", 2),)]
    assert [cell.text for cell in after.cells] == ["后"]


def test_lines_around_a_grid_are_those_up_to_the_next_grid() -> None:
    first, second = read(p("题") + p("单位：万元") + tbl(tr("a")) + p("注") + p() + p("二") + tbl(tr("b"))).grids
    assert [line.text for line in first.above] == ["题", "单位：万元"]
    assert [line.text for line in first.below] == ["注", "二"]
    assert [line.text for line in second.above] == ["注", "二"]
    assert second.below == ()


def test_only_the_nearest_lines_are_kept_around_a_grid() -> None:
    many = "".join(p(f"第{number}行") for number in range(40))
    only = grid(many + tbl(tr("a")) + many)
    assert [line.text for line in only.above] == [f"第{number}行" for number in range(25, 40)]
    assert [line.text for line in only.below] == [f"第{number}行" for number in range(15)]


def test_two_tables_that_touch_and_have_the_same_columns_are_one_grid_in_two_parts() -> None:
    head = tr("科目", "金额")
    body = tbl(head, tr("a", "1"), widths=(10, 20)) + tbl(head, tr("b", "2"), tr("c", "3"), widths=(10, 20))
    joined = grid(p("题") + body + p("注"))
    assert [cell.text for cell in joined.cells] == ["科目", "金额", "a", "1", "科目", "金额", "b", "2", "c", "3"]
    assert [(part.first_row, part.last_row, part.header_rows) for part in joined.parts] == [(0, 1, 0), (2, 4, 1)]
    assert joined.join is not None
    assert (joined.join.method, joined.join.score) == (JoinMethod.HEADER_REPEATED, 1.0)
    assert joined.parts[1].location.path == (("table", 1),)
    assert joined.cells[-1].location.path == (("table", 1), ("row", 2), ("col", 1))
    assert joined.cells[-1].row == 4
    assert ([line.text for line in joined.above], [line.text for line in joined.below]) == (["题"], ["注"])


def test_a_join_on_the_number_of_columns_alone_is_less_sure() -> None:
    joined = grid(tbl(tr("a", "1")) + tbl(tr("b", "2")))
    assert joined.join is not None
    assert (joined.join.method, joined.join.score) == (JoinMethod.SAME_COLUMNS, 0.8)


@pytest.mark.parametrize(
    "between_or_after",
    [
        p() + tbl(tr("b", "2"), widths=(10, 20)),  # an empty paragraph stands between
        tbl(tr("b", "2", "3"), widths=(10, 10, 10)),  # another number of columns
        tbl(tr("b", "2"), widths=(20, 10)),  # the edges lie elsewhere
    ],
)
def test_tables_that_do_not_agree_stay_apart(between_or_after: str) -> None:
    document = read(tbl(tr("a", "1"), widths=(10, 20)) + between_or_after)
    assert [one.join for one in document.grids] == [None, None]


def test_a_table_without_cells_is_no_grid() -> None:
    assert read(tbl() + tbl(tr(properties="<w:hidden/>"))).grids == ()


def test_an_embedded_sheet_is_noticed() -> None:
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="rId9"/></w:object></w:r>'
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.3" r:id="rId8"/></w:object></w:r>'
    notices = read(p("见下表：", sheet, formula)).notices
    assert [(notice.code, "Excel.Sheet.12" in notice.message) for notice in notices] == [("embedded_object", True)]


def test_a_text_box_in_a_cell_belongs_to_its_text() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('（盖章）')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert grid(tbl(tr(tc(p("单位", box))))).cells[0].text == "单位\n（盖章）"


def test_a_deleted_paragraph_mark_joins_the_paragraphs() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    cell = tc(p("1,234", properties=mark), p(".50"))
    only = grid(tbl(tr(cell, tc(p("7", properties=mark)), "8")))
    assert [one.text for one in only.cells] == ["1,234.50", "7", "8"]


def test_more_cells_than_the_limit_are_refused() -> None:
    body = tbl(*(tr("a", "b", "c") for _ in range(40)))
    with pytest.raises(TooLarge) as caught:
        extract(docx(body), Options(Limits(cells=100)))
    assert (caught.value.code, caught.value.limit, caught.value.observed) == ("too_many_cells", 100, 120)


def test_rows_shifted_one_by_one_do_not_fill_the_memory() -> None:
    rows = "".join(tr("a", properties=f'<w:gridBefore w:val="{number}"/>') for number in range(3000))
    with pytest.raises(TooLarge):
        extract(docx(tbl(rows)), Options())


def test_sixty_tables_one_in_another_are_sixty_grids() -> None:
    body = p("x")
    for _ in range(60):
        body = tbl(tr(tc(body, p()), "-"))
    grids = read(body).grids
    assert len(grids) == 60
    assert grids[-1].cells[0].text == "x"


def test_a_table_of_one_column_around_another_only_sets_the_page() -> None:
    inner = tbl(tr("项目", "金额"), tr("办公费", "1.00"))
    document = read(tbl(tr(tc(p("支出明细表"), p("单位：元"), inner)), tr("注：略")) + tbl(tr("后")))
    table, after = document.grids
    assert [cell.text for cell in table.cells] == ["项目", "金额", "办公费", "1.00"]
    assert [line.text for line in table.above] == ["支出明细表", "单位：元"]
    assert [line.text for line in table.below] == ["注：略"]
    assert [line.text for line in document.lines] == ["支出明细表", "单位：元", "注：略"]
    assert document.lines[2].location.path == (("table", 0), ("row", 1), ("col", 0))
    assert [cell.text for cell in after.cells] == ["后"]
