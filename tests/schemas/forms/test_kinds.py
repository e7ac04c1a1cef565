"""The kind of a form: what it holds decides, and a title that says something else is told."""

from __future__ import annotations

import pytest

from tests.schemas.forms.printed import forms, grid, reading

TARGET = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       |
"""
REACHED = """
| 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次            |
"""
SCORED = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        | 10   | 10   |
"""


def drawn(subject: str, table: str) -> str:
    columns = table.strip("\n").split("\n")[0].count("|") - 1
    return f"| {subject} | 某某 |" + " < |" * (columns - 2) + "\n" + table.strip("\n")


@pytest.mark.parametrize(
    ("title", "subject", "table", "kind"),
    [
        ("项目支出绩效目标表", "项目名称", TARGET, "pf_project_target"),
        ("部门整体支出绩效目标表", "部门名称", TARGET, "pf_department_target"),
        ("项目绩效目标完成情况表", "项目名称", REACHED, "pf_project_target_completion"),
        ("项目支出绩效自评表", "项目名称", REACHED, "pf_project_self_evaluation"),
        ("项目支出绩效自评表", "项目名称", SCORED, "pf_project_self_evaluation"),
        ("项目绩效评价表", "项目名称", SCORED, "pf_project_self_evaluation"),
        ("部门整体支出绩效自评表", "部门名称", SCORED, "pf_department_self_evaluation"),
        ("转移支付区域绩效目标自评表", "转移支付名称", SCORED, "pf_project_self_evaluation"),
        ("专项资金绩效目标表", "专项资金名称", TARGET, "pf_project_target"),
    ],
)
def test_title_and_content_agree(title: str, subject: str, table: str, kind: str) -> None:
    found = reading(grid(drawn(subject, table), title))

    assert (found.forms[0].kind, found.forms[0].kind_score) == (kind, 1.0)
    assert "title_header_disagree" not in {finding.code for finding in found.findings}


def test_actual_values_and_scores_make_a_self_evaluation_of_a_form_titled_as_target() -> None:
    found = reading(grid(drawn("项目名称", SCORED), "项目支出绩效目标表"))

    assert (found.forms[0].kind, found.forms[0].kind_score) == ("pf_project_self_evaluation", 0.8)
    assert "title_header_disagree" in {finding.code for finding in found.findings}


def test_a_form_titled_as_self_evaluation_that_holds_targets_only_is_a_target() -> None:
    found = reading(grid(drawn("项目名称", TARGET), "项目支出绩效自评表"))

    assert found.forms[0].kind == "pf_project_target"
    assert "title_header_disagree" in {finding.code for finding in found.findings}


def test_without_a_title_the_labels_say_whose_form_it_is_and_the_kind_is_less_sure() -> None:
    (project,) = forms(grid(drawn("项目名称", SCORED)))
    (department,) = forms(grid(drawn("单位名称", TARGET)))

    assert (project.kind, project.kind_score) == ("pf_project_self_evaluation", 0.8)
    assert (department.kind, department.kind_score) == ("pf_department_target", 0.8)
