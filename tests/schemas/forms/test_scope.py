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


SUMMARY = """
| 序号 | 项目名称 | 项目实施单位 | 预算数（调整后） | <    | <    | <    | 执行数（至2023年底） | 结余数 |
| ^    | ^        | ^            | 中央             | 省级 | 市级 | 区级 | ^                    | ^      |
| 1    | 甲项目   | 市财政局     | 28.00            |      |      | 22.00 | 40.00               | 10.00  |
| 2    | 乙项目   | 市财政局     |                  |      |      | 200.00 | {spent}            | 40.00  |
"""


def summed(spent: str) -> Reading:
    form = DEPARTMENT.format(project="80.00")
    return document(
        "部门绩效自评结果公开汇总表",
        "单位：万元",
        SUMMARY.format(spent=spent),
        "部门整体绩效自评表",
        "单位：万元",
        form,
    )


def test_the_form_of_a_department_is_the_sum_of_the_rows_of_the_summary() -> None:
    checks = [check for check in summed("160.00").checks if check.rule.startswith("DE.summary")]
    assert [(check.id, check.status, check.lhs) for check in checks] == [
        ("f01:DE.summary.levels", "pass", Decimal("2500000.00")),
        ("f01:DE.summary.executed", "pass", Decimal("2000000.00")),
    ]
    assert checks[0].cells[1:] == ["t02.r2.c3", "t02.r2.c6", "t02.r3.c6"]


def test_a_summary_of_other_projects_is_told_and_accuses_nobody() -> None:
    reading = summed("150.00")
    (check,) = of(reading, "DE.summary.executed")
    assert (check.status, check.diff) == ("not_applicable", Decimal("100000.00"))
    assert [severity for severity, _ in told(reading)] == ["info"]


BASE = """
| 经费控制情况     | 2022年决算数 | 2023年年初预算数 | 2023年决算数 |
| 三、支出合计     | 180.00       | 190.00           | {spent}      |
| （一）基本支出   | 110.00       | 115.00           | 120.00       |
"""
WHOLE = """
| 收入             | 决算数 | 支出         | 决算数 |
| 本年收入合计     | 200.00 | 本年支出合计 | 200.00 |
| 总计             | 200.00 | 总计         | 200.00 |
"""


def base_data(spent: str) -> Reading:
    text = BASE.format(spent=spent)
    return document("收入支出决算总表", "单位：万元", WHOLE, "部门整体支出绩效评价基础数据表", "单位：万元", text)


def test_base_data_state_the_expenditure_of_the_summary_or_print_it_in_brackets() -> None:
    for spent in ("200.00", "374.50（200.00）"):
        (check,) = of(base_data(spent), "BD.T1")
        assert (check.id, check.status, check.rhs) == ("BD.T1", "pass", Decimal("2000000.00"))


def test_base_data_of_another_scope_are_told() -> None:
    reading = base_data("374.50（217.70）")
    (check,) = of(reading, "BD.T1")
    assert (check.status, check.lhs) == ("not_applicable", Decimal("3745000.00"))
    assert [severity for severity, _ in told(reading)] == ["info"]
