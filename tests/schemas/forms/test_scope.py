"""Forms beside the tables of the same document: what agrees proves the form, what does not accuses nobody."""

from __future__ import annotations

from decimal import Decimal

from schemas.result import Check, Reading
from tests.schemas.drawn import read_drawn

EVERY = "我部门在2023年度部门决算中反映所有项目绩效自"  # the sentence runs over two lines
TABLE = """
| 科目编码 | 科目名称 | 合计   | 基本支出 | 项目支出 |
| 合计     | <        | 200.00 | 120.00   | 80.00    |
| 205      | 教育支出 | 200.00 | 120.00   | 80.00    |
"""
PROJECT = """
| 项目名称         | {name} | <          | <          | <          | <    | <    |
| 项目资金（万元） | <  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 得分 |
| 年度资金总额     | <  | 100.00     | 120.00     | {spent}    | 10   | 5    |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        | 50   | 48   |
"""
DEPARTMENT = """
| 部门名称 | 市财政局 | < | < | < | < | < | < |
| 基本支出总额 | 120.00（万元） | < | < | 项目支出总额 | {project}（万元） | < | < |
| 预算执行情况（万元）（20分） |  | 预算数（A） | < | 执行数（B） | < | 执行率（B/A） | 得分（20分*执行率） |
| 部门整体支出总额 | < | 250.00 | < | 200.00 | < | 80.00% | 16 |
| 一级指标 | 二级指标 | 三级指标 | < | 年初目标值 | 实际完成值 | < | 得分 |
| 产出指标 | 数量指标 | 会议次数 | < | ≥4次 | 5次 | < | 80 |
"""


def document(*pieces: str) -> Reading:
    return read_drawn("临溪市档案馆2023年度部门决算", "支出决算表", "单位：万元", TABLE, *pieces)


def projects(*spent: str) -> list[str]:
    pieces = []
    for at, amount in enumerate(spent):
        pieces += ["2023年度项目支出绩效自评表", "单位：万元", PROJECT.format(name=f"项目{at}", spent=amount)]
    return pieces


def of(reading: Reading, rule: str) -> list[Check]:
    return [check for check in reading.checks if check.rule == rule]


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in reading.findings if one.code == "form_scope_differs"]


def test_all_projects_make_what_was_spent_on_projects() -> None:
    reading = document(EVERY, "评结果。", *projects("50.00", "30.00"))
    (check,) = of(reading, "X.perf")
    assert (check.id, check.status, check.scope) == ("X.perf", "pass", "document")
    assert (check.lhs, check.rhs) == (Decimal("800000.00"), Decimal("800000.00"))
    assert check.cells[-1] == "t01.r1.c4"
    assert told(reading) == []
    assert {fund.grade for form in reading.forms for fund in form.funds if fund.field == "executed"} == {"A"}


def test_projects_that_spend_less_than_the_table_says_are_told_and_accuse_nobody() -> None:
    reading = document(EVERY, "评结果。", *projects("50.00", "20.00"))
    (check,) = of(reading, "X.perf")
    assert (check.status, check.diff) == ("not_applicable", Decimal("-100000.00"))
    assert told(reading) == [("info", "X.perf: performance forms print 700000.00 yuan, 支出决算表 prints 800000.00")]
    assert {one.grade for one in reading.observations if one.value is not None and one.source == "table"} == {"A"}


def test_some_projects_are_not_held_against_all() -> None:
    assert of(document(*projects("50.00", "30.00")), "X.perf") == []
    assert of(document(EVERY, "评结果。", *projects("50.00", "—")), "X.perf") == []


def test_the_form_of_a_department_repeats_its_tables() -> None:
    reading = document("部门整体绩效自评表", "单位：万元", DEPARTMENT.format(project="80.00"))
    assert [(check.id, check.status) for check in reading.checks if check.rule.startswith("DE.amount")] == [
        ("f01:DE.amount.basic", "pass"),
        ("f01:DE.amount.project", "pass"),
    ]


def test_a_form_of_other_money_is_told() -> None:
    reading = document("部门整体绩效自评表", "单位：万元", DEPARTMENT.format(project="90.00"))
    (check,) = of(reading, "DE.amount.project")
    assert (check.status, check.lhs, check.rhs) == ("not_applicable", Decimal("900000.00"), Decimal("800000.00"))
    assert [severity for severity, _ in told(reading)] == ["info"]
