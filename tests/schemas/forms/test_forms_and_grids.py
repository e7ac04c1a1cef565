"""Where forms begin and end: over several grids, several in one frame, cut by page breaks; and what is none."""

from __future__ import annotations

from tests.schemas.forms.printed import forms, grid, levels, reading

TITLE = "2023年度项目支出绩效自评表"
FIRST = """
| 项目名称 | 会议费   | <        | <          | <          | <    |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        | 10   |
"""
SECOND = FIRST.replace("会议费", "培训费").replace("会议次数", "培训次数")


def test_a_form_goes_on_in_a_grid_without_a_head_and_its_levels_are_carried_over() -> None:
    rest = """
|          |          | 参会人次 | ≥90人次 | 95人次 | 10 |
| 总分     | <        | <        | <       | <      | 20 |
"""
    found = reading(grid(FIRST, TITLE, page=1), grid(rest, page=2))

    (form,) = found.forms
    assert form.tables == ["t01", "t02"]
    assert levels(form.indicators)[1] == ("产出指标", "数量指标", "参会人次")
    assert form.indicators[1].from_span
    assert form.total_score is not None
    assert form.total_score.cell == "t02.r1.c5"
    assert [table.kind for table in found.tables] == ["pf_project_self_evaluation"] * 2
    assert "value_from_span" in {finding.code for finding in found.findings}


def test_a_form_goes_on_under_its_head_printed_again() -> None:
    rest = "\n".join(FIRST.strip("\n").split("\n")[1:2]) + "\n|  |  | 参会人次 | ≥90人次 | 95人次 | 10 |"
    (form,) = forms(grid(FIRST, TITLE, page=1), grid(rest, page=2))

    assert levels(form.indicators)[1] == ("产出指标", "数量指标", "参会人次")


def test_a_form_whose_head_fills_a_page_goes_on_with_its_indicators_on_the_next() -> None:
    head = """
| 项目名称 | 会议费   | <            | <        |
| 主管部门 | 市财政局 | 实施单位     | 会议中心 |
| 年度资金总额（万元） | 50 | 其他资金 |       |
| 年度总体目标 | 开好会议 | <        | <        |
"""
    rest = "\n".join(FIRST.strip("\n").split("\n")[1:])
    (form,) = forms(grid(head, TITLE, page=1), grid(rest, page=2))

    assert form.tables == ["t01", "t02"]
    assert form.header["implementing_unit"].text == "会议中心"
    assert levels(form.indicators) == [("产出指标", "数量指标", "会议次数")]


def test_a_total_alone_on_the_next_page_belongs_to_its_form() -> None:
    (form,) = forms(grid(FIRST, TITLE, page=1), grid("| 总分 | 10 |\n| 评价等级 | 优 |", page=2))

    assert form.total_score is not None
    assert form.total_score.text == "10"
    assert form.header["grade"].text == "优"


def test_a_grid_two_pages_on_is_not_part_of_the_form() -> None:
    rest = "|  |  | 参会人次 | ≥90人次 | 95人次 | 10 |"
    (form,) = forms(grid(FIRST, TITLE, page=1), grid(rest, page=3))

    assert len(form.indicators) == 1


def test_a_grid_under_another_title_is_not_part_of_the_form() -> None:
    rest = "|  |  | 参会人次 | ≥90人次 | 95人次 | 10 |"
    (form,) = forms(grid(FIRST, TITLE, page=1), grid(rest, "政府采购情况表", page=2))

    assert len(form.indicators) == 1


def test_no_indicator_follows_a_total() -> None:
    other = "\n".join(SECOND.strip("\n").split("\n")[1:])
    found = forms(grid(FIRST + "| 总分 | < | < | < | < | 10 |", TITLE, page=1), grid(other, page=1))

    assert [len(form.indicators) for form in found][:1] == [1]


def test_several_forms_stand_in_one_frame() -> None:
    found = forms(grid(FIRST.strip("\n") + SECOND.rstrip("\n"), TITLE))

    assert [form.header["project_name"].text for form in found] == ["会议费", "培训费"]
    assert [levels(form.indicators) for form in found] == [
        [("产出指标", "数量指标", "会议次数")],
        [("产出指标", "数量指标", "培训次数")],
    ]


def test_the_second_form_of_a_frame_begins_with_the_first_label_of_its_head() -> None:
    department = "\n| 部门名称 | 市财政局 | <  | < | < | < |"
    found = forms(grid(FIRST.strip("\n") + department + SECOND.rstrip("\n"), TITLE))

    assert found[1].header["department_name"].text == "市财政局"
    assert "department_name" not in found[0].header


def test_the_rest_of_one_form_and_the_whole_of_the_next_stand_in_one_grid() -> None:
    rest = "|  |  | 参会人次 | ≥90人次 | 95人次 | 10 |"
    found = forms(grid(FIRST, TITLE, page=1), grid(rest + SECOND.rstrip("\n"), page=2))

    assert [[one.level3 for one in form.indicators] for form in found] == [["会议次数", "参会人次"], ["培训次数"]]


def test_an_indicator_table_under_the_title_of_a_form_needs_no_head() -> None:
    rest = "\n".join(FIRST.strip("\n").split("\n")[1:])
    (form,) = forms(grid(rest, "部门整体支出绩效自评表", "单位名称：市财政局"))

    assert form.kind == "pf_department_self_evaluation"
    assert form.header["department_name"].text == "市财政局"


def test_a_score_table_that_weighs_each_level_is_no_form() -> None:
    drawn = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 评分标准 | 得分 |
| 投入     | 20   | 项目立项 | 10   | 立项规范 | 5    | 规范得满分 | 5  |
"""
    assert forms(grid(drawn, "部门整体支出绩效评价指标评分表")) == []


def test_a_table_of_other_content_is_no_form() -> None:
    drawn = """
| 项目名称 | 金额 | 备注 |
| 会议费   | 10   |      |
"""
    assert forms(grid(drawn, "项目支出明细表", "单位：万元")) == []


def test_an_application_with_names_and_telephone_numbers_is_no_form() -> None:
    drawn = """
| 单位名称 | 某某公司 | 联系人   | 张三     |
| 联系电话 | 81234567 | 项目名称 | 停车场   |
| 项目概况 | 新建     | 填报日期 | 2024.1.2 |
"""
    assert forms(grid(drawn, "信息公开申请表")) == []
