"""The lines around a grid: what belongs to the title and what to the agency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import Grid, Location, TextLine
from schemas.caption import Caption, read_caption
from schemas.catalogue import load_catalogue
from schemas.frame import frame_of
from schemas.lattice import Lattice
from tests.gridtext import parse
from tests.schemas.drawn import Piece, document, over_pages


def caption_of(*above: str) -> Caption:
    grid = parse("| 科目名称 | 金额 |\n| 合计 | 1.00 |")
    lines = tuple(TextLine(text, Location()) for text in above)
    titled = Grid(grid.n_rows, grid.n_cols, grid.cells, grid.parts, grid.method, above=lines)
    return read_caption(frame_of(Lattice.of(titled)), load_catalogue())


def test_period_and_number_in_brackets_beneath_a_title_belong_to_it() -> None:
    caption = caption_of("项目绩效目标完成情况表", "(2019年度)（1）")

    assert caption.title_text == "项目绩效目标完成情况表 (2019年度)（1）"
    assert caption.title_years == (2019,)


def test_a_caption_beneath_a_title_does_not_belong_to_it() -> None:
    caption = caption_of("2023年度支出决算表", "部门：临溪市档案馆 单位：万元")

    assert caption.title_text == "2023年度支出决算表"


@pytest.mark.parametrize(
    "line",
    [
        "编制单位：临溪市档案馆 2023年度　　　　单位：万元",
        "部门：临溪市档案馆 单位：万元",
        "部门：临溪市档案馆单位：万元",
        "部门名称：临溪市档案馆 填报日期：2023年6月18日",
        "填报单位：临溪市档案馆　联系人：某某",
    ],
)
def test_what_stands_behind_an_agency_is_no_part_of_its_name(line: str) -> None:
    caption = caption_of("支出决算表", line)

    assert caption.agency is not None
    assert caption.agency.text == "临溪市档案馆"


def test_an_agency_that_was_not_filled_in_is_none() -> None:
    assert caption_of("支出决算表", "主管部门: 单位:万元").agency is None


BODY = "| 科目名称 | 金额 |\n| 合计 | 1.00 |"


def around(*pieces: Piece) -> Caption:
    """The caption of the last grid of a document."""
    grid = document(*pieces).grids[-1]
    return read_caption(frame_of(Lattice.of(grid)), load_catalogue())


def kind_named(caption: Caption) -> str | None:
    return caption.matches[0].kind_id if caption.matches else None


def test_the_nearest_title_is_the_title_though_a_farther_line_names_another_table_to_the_letter() -> None:
    contents = ("一、收入支出决算总表", "二、收入决算表", "三、支出决算表")
    caption = around(*contents, "临溪市档案馆2023年度一般公共预算财政拨款支出决算表", "单位：万元", BODY)

    assert kind_named(caption) == "fa_general_budget_expenditure"
    assert caption.title_text == "临溪市档案馆2023年度一般公共预算财政拨款支出决算表"


@pytest.mark.parametrize(
    ("upper", "lower", "kind"),
    [
        ("一般公共预算财政拨款", "支出决算表", "fa_general_budget_expenditure"),
        ("2023年度一般公共预算财政拨款基本", "支出决算表", "fa_general_budget_basic_expenditure"),
        ("政府性基金预算财政拨款收入支出", "决算表", "fa_government_fund"),
        ("临溪市档案馆", "支出决算表", "fa_expenditure"),
        ("收入决算表", "支出决算表", "fa_expenditure"),
    ],
)
def test_a_title_broken_in_two_is_read_whole_and_a_line_above_that_is_none_of_it_is_left_out(
    upper: str, lower: str, kind: str
) -> None:
    assert kind_named(around(upper, lower, "单位：万元", BODY)) == kind


def test_a_caption_between_two_lines_keeps_them_from_being_one_title() -> None:
    caption = around("一般公共预算财政拨款", "单位：万元", "支出决算表", BODY)
    assert (kind_named(caption), caption.title_text) == ("fa_expenditure", "支出决算表")


def test_a_title_drawn_inside_the_frame_wins_over_lines_above_it() -> None:
    inside = "| 2026年收支总表 | < |\n| 单位：元 | < |\n| 项目 | 预算数 |\n| 合计 | 1.00 |"
    caption = around("支出总表", "单位：万元", inside)

    assert (kind_named(caption), caption.title_text) == ("bg_income_expenditure_summary", "2026年收支总表")
    assert caption.unit is not None
    assert (caption.unit.unit.name, caption.unit.source) == ("元", "caption")


def test_a_title_on_the_page_before_is_used_only_when_the_page_of_the_table_has_no_line() -> None:
    before = around(6, "2023年度收入决算表", "单位：万元", "- 6 -", 7, "7", BODY)
    assert (kind_named(before), before.unit and before.unit.unit.name) == ("fa_income", "万元")

    own = around(6, "2023年度收入决算表", "单位：万元", 7, "2023年度支出决算表", BODY)
    assert (kind_named(own), own.unit) == ("fa_expenditure", None)


@pytest.mark.parametrize(
    "line",
    ["收入决算表……………………5", "一、收入决算表\t7", "收入决算表反映部门本年度取得的全部收入情况。", "根据收入决算表"],
)
def test_contents_and_prose_are_no_titles(line: str) -> None:
    assert kind_named(around(line, BODY)) is None


def test_notes_and_prose_end_the_search_for_what_belongs_to_the_next_table() -> None:
    caption = around("收入决算表", "单位：元", "注：本表反映收入情况。", "金额表", BODY)
    assert (caption.title_text, caption.matches, caption.unit) == ("金额表", (), None)


def test_a_title_that_no_kind_has_is_still_the_title() -> None:
    caption = around("2023年度重点项目进展情况表", "单位：万元", BODY)
    assert (caption.title_text, caption.matches) == ("2023年度重点项目进展情况表", ())


def test_the_table_number_is_kept_as_printed_and_names_no_kind() -> None:
    caption = around("公开03表", "2023年度收入决算表", "部门：临溪市档案馆 单位：万元", BODY)
    assert (caption.number, kind_named(caption)) == ("公开03表", "fa_income")
    assert around("公开03表", BODY).matches == ()


def test_the_nearest_unit_counts_and_an_agency_is_no_unit() -> None:
    caption = around("金额单位：元", "2023年度收入决算表", "编制单位：元谋县财政局", "单位：万元", BODY)
    assert caption.unit is not None
    assert (caption.unit.unit.factor, caption.unit.source) == (10_000, "caption")
    assert around("2023年度收入决算表", "单位：临溪市档案馆", BODY).unit is None


def test_without_a_caption_the_unit_of_the_section_heading_counts() -> None:
    caption = around("二、支出情况（单位：万元）", "支出按用途分为基本支出和项目支出两类。", "支出决算表", BODY)
    assert caption.unit is not None
    assert (caption.unit.unit.name, caption.unit.source) == ("万元", "section")


LONG = """
    | 科目名称 | 金额 |
    | 教育支出 | 1.00 |
    | 教育支出 | 2.00 |
"""


def test_a_unit_that_only_a_later_page_prints_is_the_caption_and_one_that_differs_is_a_conflict() -> None:
    grid = over_pages(LONG, 7, [2])
    late = replace(grid, between=(TextLine("单位：元", Location(8)),))
    unprinted = read_caption(frame_of(Lattice.of(late)), load_catalogue())
    assert unprinted.unit is not None
    assert (unprinted.unit.unit.name, unprinted.conflict) == ("元", None)

    caption = around(7, "支出决算表", "单位：万元", late)
    assert caption.unit is not None
    assert caption.conflict is not None
    assert (caption.unit.unit.name, caption.conflict.unit.name) == ("万元", "元")

    same = replace(grid, between=(TextLine("单位：万元", Location(8)),))
    assert around(7, "支出决算表", "单位：万元", same).conflict is None


def test_notes_are_the_formulas_and_remarks_beneath_and_end_at_the_next_table() -> None:
    below = (
        "注：本表反映部门本年度各项支出情况，",
        "包括基本支出和项目支出。",
        "1栏各行=（2+3）栏各行。",
        "表4",
        "财政拨款收入支出决算总表",
    )
    assert around("支出决算表", BODY, *below).notes == below[:3]


@pytest.mark.parametrize(
    "line", ["第三部分 2023年度部门决算情况说明", "一、收入支出决算情况说明", "财政拨款收入支出决算总表", "公开05表"]
)
def test_what_follows_a_note_is_no_note(line: str) -> None:
    assert around("支出决算表", BODY, "注：本表反映支出。", line, "2023年度收入总计1.00万元。").notes == (
        "注：本表反映支出。",
    )


def test_notes_that_are_numbered_run_on_and_a_numbered_heading_is_none() -> None:
    below = (
        "注：1.本表反映支出。",
        "2.本套报表可能存在尾数误差。",
        "27行=（1+2+3）行。",
        "3.单位为万元。",
        "5.其他说明",
    )
    assert around("支出决算表", BODY, *below).notes == below[:4]
    assert around("支出决算表", BODY, "注：本表反映支出。", "1.基本支出1.00万元。").notes == ("注：本表反映支出。",)


def test_lines_beneath_a_table_that_begin_no_note_are_none() -> None:
    assert around("支出决算表", BODY, "2023年度支出总计1.00万元。", "注：无。").notes == ()


def test_note_rows_inside_the_grid_come_first() -> None:
    grid = "| 科目名称 | 金额 |\n| 合计 | 1.00 |\n| 注：本表反映支出。 | < |"
    assert around("支出决算表", grid, "备注：无。").notes == ("注：本表反映支出。", "备注：无。")


def test_a_title_that_a_page_break_parted_from_its_unit_is_found() -> None:
    caption = around(6, "2023年度收入决算表", 7, "部门：临溪市档案馆 单位：万元", BODY)
    assert (kind_named(caption), caption.unit and caption.unit.unit.name) == ("fa_income", "万元")


def test_the_last_of_a_list_of_titles_on_the_page_before_is_no_title() -> None:
    caption = around(2, "一、收入支出决算总表", "二、收入决算表", 3, "部门：临溪市档案馆 单位：万元", BODY)
    assert caption.matches == ()


def test_a_caption_with_two_units_hides_those_farther_away() -> None:
    caption = around("单位：元", "2023年度收入决算表", "单位：万元 单位：元", BODY)
    assert (caption.unit, caption.conflict) == (None, None)
