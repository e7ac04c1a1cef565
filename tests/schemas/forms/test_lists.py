"""Flat lists: one row or one block of rows per project, its indicators beside it or packed as prose."""

from __future__ import annotations

from schemas.forms.packed import unpack
from tests.schemas.forms.printed import forms, funds, grid, levels, plain

TITLE = ("项目支出绩效目标表", "单位：万元")
HEAD = """
| 项目名称 | 项目总额 | 其中：   | <        | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 |
| ^        | ^        | 财政资金 | 其他资金 | ^        | ^        | ^        | ^        | ^      |
"""
MERGED = """
| 培训     | 50.5     | 45.5     | 5        | 办好培训 | 产出指标 | 数量指标 | 培训次数 | ≥4次   |
| ^        | ^        | ^        | ^        | ^        | ^        | 质量指标 | 合格率   | ≥95%   |
| 会议     | 20       | 20       |          | 开好会议 | 产出指标 | 数量指标 | 会议次数 | ≥2次   |
"""
BLANK = """
| 培训     | 50.5     | 45.5     | 5        | 办好培训 | 产出指标 | 数量指标 | 培训次数 | ≥4次   |
|          |          |          |          |          |          | 质量指标 | 合格率   | ≥95%   |
| 会议     | 20       | 20       |          | 开好会议 | 产出指标 | 数量指标 | 会议次数 | ≥2次   |
"""
REPEATED = """
| 培训     | 50.5     | 45.5     | 5        | 办好培训 | 产出指标 | 数量指标 | 培训次数 | ≥4次   |
| 培训     | 50.5     | 45.5     | 5        | 办好培训 | 产出指标 | 质量指标 | 合格率   | ≥95%   |
| 会议     | 20       | 20       |          | 开好会议 | 产出指标 | 数量指标 | 会议次数 | ≥2次   |
"""


def test_the_rows_of_a_project_are_merged_blank_or_repeated_and_mean_the_same() -> None:
    for body in (MERGED, BLANK, REPEATED):
        first, second = forms(grid(HEAD.strip("\n") + body, *TITLE))

        assert first.header["project_name"].text == "培训"
        assert first.kind == "pf_project_target"
        assert funds(first) == {
            ("total", "initial_budget"): "505000",
            ("fiscal", "initial_budget"): "455000",
            ("other", "initial_budget"): "50000",
        }
        assert first.goals["goal_expected"].text == "办好培训"
        assert levels(first.indicators) == [
            ("产出指标", "数量指标", "培训次数"),
            ("产出指标", "质量指标", "合格率"),
        ]
        assert second.header["project_name"].text == "会议"
        assert levels(second.indicators) == [("产出指标", "数量指标", "会议次数")]


def test_a_project_goes_on_over_a_page_break_with_blank_cells_and_without_a_head() -> None:
    found = forms(grid(HEAD.strip("\n") + BLANK, *TITLE, page=3, pages=[(3, 0), (4, 3)]))

    assert [(one.page, one.level3) for one in found[0].indicators] == [(3, "培训次数"), (4, "合格率")]
    assert [one.page for one in found[1].indicators] == [4]


def test_two_projects_of_one_name_are_two_forms_when_their_money_differs() -> None:
    body = MERGED.replace("| 会议     |", "| 培训     |")
    found = forms(grid(HEAD.strip("\n") + body, *TITLE))

    assert [plain(form.funds[0].value) for form in found] == ["505000", "200000"]


def test_columns_of_money_name_source_and_phase() -> None:
    (found,) = forms(
        grid(
            """
| 项目名称 | 主管部门 | 预算数（万元） | <        | <        | 执行数（万元） | 执行率（%） | 年度总体目标 |
| ^        | ^        | 小计           | 财政拨款 | 其他资金 | ^              | ^           | ^            |
| 培训     | 市财政局 | 50.5           | 45.5     | 5        | 40             | 79.21       | 办好培训     |
| 合计     |          | 50.5           | 45.5     | 5        | 40             | 79.21       |              |
""",
            "项目支出绩效自评情况",
        )
    )

    assert found.header["supervising_department"].text == "市财政局"
    assert funds(found) == {
        ("total", "adjusted_budget"): "505000",
        ("fiscal", "adjusted_budget"): "455000",
        ("other", "adjusted_budget"): "50000",
        ("total", "executed"): "400000",
        ("total", "execution_rate"): "79.21",
    }
    assert found.kind == "pf_project_self_evaluation"


def test_a_list_with_goals_and_no_indicators_gives_a_form_for_each_project() -> None:
    found = forms(
        grid(
            """
| 序号 | 一级项目名称 | 预算数（万元） | 绩效目标 |
| 1    | 培训         | 50.5           | 办好培训 |
| 2    | 会议         | 20             | 开好会议 |
""",
            "重点项目绩效目标情况",
        )
    )

    assert [(form.header["project_name"].text, plain(form.funds[0].value)) for form in found] == [
        ("培训", "505000"),
        ("会议", "200000"),
    ]
    assert found[1].goals["goal_expected"].text == "开好会议"


def test_indicators_are_packed_as_prose_into_one_cell_of_the_list() -> None:
    (found,) = forms(
        grid(
            """
| 项目名称 | 总计   | 绩效目标 | 绩效指标 |
| 培训     | 50.5   | 办好培训 | 1、1-产出指标；11-数量指标；培训次数；≥4次；2、2-效益指标；21-社会效益；知晓率；≥90% |
""",
            *TITLE,
        )
    )

    assert levels(found.indicators) == [
        ("产出指标", "数量指标", "培训次数"),
        ("效益指标", "社会效益", "知晓率"),
    ]
    assert [one.target.text for one in found.indicators if one.target] == ["≥4次", "≥90%"]


def test_packed_values_may_print_their_own_labels() -> None:
    (one,) = unpack("1、产出指标；数量指标；培训次数；实施周期指标值:≥12次；年度指标值:≥4次")

    assert (one.level1, one.level2, one.level3) == ("产出指标", "数量指标", "培训次数")
    assert (one.target, one.period_target) == ("≥4次", "≥12次")


def test_packed_prose_names_a_level_once_for_what_follows() -> None:
    found = list(unpack("1.数量指标：培训次数≥4次；2、参训人次不少于90人次；3、质量指标：合格率≥95%"))

    assert [(one.level2, one.level3, one.target) for one in found] == [
        ("数量指标", "培训次数", "≥4次"),
        ("数量指标", "参训人次", "不少于90人次"),
        ("质量指标", "合格率", "≥95%"),
    ]


def test_prose_that_is_no_list_stays_one_indicator_with_its_text_whole() -> None:
    (one,) = unpack("全面提升服务水平，群众满意")

    assert (one.level1, one.level2, one.level3, one.target) == (None, None, "全面提升服务水平，群众满意", None)
    assert list(unpack(" \n ")) == []


def test_packed_prose_names_both_levels_and_several_indicators_under_them() -> None:
    found = list(unpack("产出指标：数量指标：培训次数≥4次；参训人次≥90人次。效益指标：社会效益指标：知晓率≥90%。"))

    assert [(one.level1, one.level2, one.level3, one.target) for one in found] == [
        ("产出指标", "数量指标", "培训次数", "≥4次"),
        ("产出指标", "数量指标", "参训人次", "≥90人次"),
        ("效益指标", "社会效益指标", "知晓率", "≥90%"),
    ]


def test_packed_prose_without_numbers_is_cut_at_its_levels() -> None:
    found = list(unpack("数量指标：培训次数≥4次；质量指标：合格率≥95%；时效指标：12月底前完成"))

    assert [(one.level2, one.level3, one.target) for one in found] == [
        ("数量指标", "培训次数", "≥4次"),
        ("质量指标", "合格率", "≥95%"),
        ("时效指标", "12月底前完成", None),
    ]


def test_a_form_may_hold_its_indicators_as_one_text() -> None:
    (found,) = forms(
        grid(
            """
| 项目名称 | 会议费 | 主管部门 | 市财政局 |
| 绩效目标 | 开好会议 | < | < |
| 绩效指标 | 1.数量指标：会议次数≥4次；2.质量指标：出席率≥90% | < | < |
""",
            "项目支出绩效目标表",
        )
    )

    assert levels(found.indicators) == [(None, "数量指标", "会议次数"), (None, "质量指标", "出席率")]
