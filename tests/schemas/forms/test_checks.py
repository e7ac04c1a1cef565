"""What forms must add up to: each check once passing and once failing, and what is never held."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.schemas.forms.printed import checks, form, grid, reading

PROJECT = "| 项目名称 | 会议费 | < | < | < | < | < |\n"
TABLE = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        | 50   | 48   |
| 效益指标 | 社会效益指标 | 知晓率 | ≥90%      | 92%        | 40   | {score} |
| 总分     | <        | <        | <          | <          | <    | {total} |
"""
FUNDS = """
| 项目资金（万元） | <  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 得分（10分*执行率） |
| 年度资金总额     | <  | 100.00     | 120.00     | 60.00      | 10   | {score} |
| 其中：财政拨款   | <  | 90.00      | 110.00     | 60.00      |      |         |
| 其他资金         | <  | {other}    | 10.00      |            |      |         |
"""


def whole(fund_score: str = "5", other: str = "10.00", score: str = "40", total: str = "93") -> str:
    return (
        PROJECT
        + FUNDS.strip("\n").format(score=fund_score, other=other)
        + TABLE.rstrip("\n").format(score=score, total=total)
    )


def test_the_total_is_the_sum_of_all_scores() -> None:
    (right,) = checks(whole(), "total")
    (wrong,) = checks(whole(total="95"), "total")

    assert (right.status, right.lhs, right.rhs) == ("pass", Decimal(93), Decimal(93))
    assert (wrong.status, wrong.diff) == ("fail", Decimal(2))
    assert wrong.rule == "PE.total"
    assert wrong.id == "f01:PE.total"


def test_no_total_is_held_when_a_score_is_no_number() -> None:
    assert checks(whole(score="—"), "total") == []


def test_weights_make_a_hundred_with_the_weight_of_the_execution() -> None:
    (right,) = checks(whole(), "weights")
    (wrong,) = checks(whole().replace("| 50   |", "| 55   |"), "weights")

    assert (right.status, right.lhs) == ("pass", Decimal(100))
    assert (wrong.status, wrong.lhs, wrong.rhs) == ("fail", Decimal(105), Decimal(100))


def test_weights_of_ninety_leave_ten_to_an_execution_rate_that_is_not_weighed_in_print() -> None:
    assert checks(PROJECT + TABLE.strip("\n").format(score="40", total="88"), "weights") == []


def test_a_score_stays_within_its_weight() -> None:
    right = checks(whole(), "cap")
    wrong = checks(whole(score="41", total="94"), "cap")

    assert [check.status for check in right] == ["pass", "pass"]
    assert [(check.status, check.diff) for check in wrong] == [("pass", Decimal(0)), ("fail", Decimal(1))]
    assert wrong[1].id == "f01:PE.cap#2"


RATED = """
| 项目资金（万元） | < | 全年预算数 | 全年执行数 | 执行率 | 得分（20分*执行率） | 备注 |
| 年度资金总额     | < | 1505.48    | 709.41     | {rate} | {score}             |      |
"""


def rated(rate: str, score: str) -> str:
    return PROJECT + RATED.strip("\n").format(rate=rate, score=score) + TABLE.rstrip("\n").format(score="40", total="")


@pytest.mark.parametrize(("rate", "status"), [("47.12%", "rounding"), ("47.1", "rounding"), ("48%", "fail")])
def test_the_rate_is_what_was_spent_of_the_budget(rate: str, status: str) -> None:
    (check,) = checks(rated(rate, "9.42"), "rate")

    assert (check.status, check.rhs) == (status, Decimal("47.1218"))


def test_a_score_by_formula_is_its_weight_times_the_rate() -> None:
    (right,) = checks(rated("47.12%", "9.42"), "score")
    (wrong,) = checks(rated("47.12%", "9.5"), "score")

    assert (right.status, right.rhs) == ("rounding", Decimal("9.424"))
    assert (wrong.status, wrong.lhs) == ("fail", Decimal("9.5"))


def test_the_whole_is_the_sum_of_its_sources_phase_by_phase() -> None:
    right = {check.id: check.status for check in checks(whole(), "fund")}
    wrong = {check.id: (check.status, check.diff) for check in checks(whole(other="9.00"), "fund")}

    assert right == {"f01:PE.fund#initial_budget": "pass", "f01:PE.fund#adjusted_budget": "pass"}
    assert wrong["f01:PE.fund#initial_budget"] == ("fail", Decimal(10000))
    assert wrong["f01:PE.fund#adjusted_budget"] == ("pass", Decimal(0))


def test_a_sum_may_miss_by_what_rounding_leaves() -> None:
    (near, _) = checks(whole(other="9.99"), "fund")
    (far, _) = checks(whole(other="9.98"), "fund")

    assert (near.status, near.diff, near.band) == ("rounding", Decimal(100), Decimal(150))
    assert far.status == "fail"


def test_no_sum_is_held_beside_a_row_that_may_be_a_part_of_it() -> None:
    drawn = whole().replace("| 其他资金         |", "| 债券资金 | < | 1 | 1 | 1 |  |  |\n| 其他资金         |")

    assert checks(drawn, "fund") == []


def test_levels_of_government_make_the_money_of_the_treasury() -> None:
    block = """
| 项目资金（万元） | < | 全年预算数 | < | < | < | < |
| 年度资金总额     | < | 30         | < | < | < | < |
| 其中：财政资金   | < | 30         | < | < | < | < |
| 中央财政资金     | < | 20         | < | < | < | < |
| 省级财政资金     | < | {own}      | < | < | < | < |
"""
    rest = TABLE.rstrip("\n").format(score="40", total="")
    (right,) = checks(PROJECT + block.strip("\n").format(own="10") + rest, "fiscal")
    (wrong,) = checks(PROJECT + block.strip("\n").format(own="12") + rest, "fiscal")

    assert (right.status, wrong.status, wrong.diff) == ("pass", "fail", Decimal(-20000))


def test_columns_keep_the_formula_that_they_print() -> None:
    block = """
| 资金情况（万元） | < | 年初预算数① | 年中调整数② | 全年预算数③=①+② | 执行数④ | 结余⑤=③-④ |
| 合计             | < | 90.5        | 9.5         | {sum}           | 80.0    | 20.0      |
"""
    rest = TABLE.rstrip("\n").format(score="40", total="")
    right = checks(PROJECT + block.strip("\n").format(sum="100.0") + rest, "formula")
    wrong = checks(PROJECT + block.strip("\n").format(sum="101.0") + rest, "formula")

    assert [(check.id, check.status) for check in right] == [
        ("f01:PE.formula#total.adjusted_budget", "pass"),
        ("f01:PE.formula#total.balance", "pass"),
    ]
    assert [(check.status, check.diff) for check in wrong] == [("fail", Decimal(10000)), ("fail", Decimal(-10000))]


def test_a_formula_that_says_what_the_rate_says_gives_its_words_to_it() -> None:
    block = """
| 预算执行情况（万元） | < | 预算数（A） | 执行数（B） | 执行率（B/A） | < | < |
| 合计                 | < | 100.0       | 80.0        | {rate}        | < | < |
"""
    rest = TABLE.rstrip("\n").format(score="40", total="")
    drawn = PROJECT + block.strip("\n").format(rate="80%") + rest
    (check,) = checks(drawn, "rate")

    assert (check.id, check.status, check.note) == ("f01:PE.rate#total", "pass", "执行率（B/A）")
    assert checks(drawn, "formula") == []


def test_the_scores_under_a_goal_stay_within_its_weight() -> None:
    drawn = """
| 部门名称           | 市财政局 | <        | <          | <          | <    |
| 年度目标1（30分）  | 开好会议 | <        | <          | <          | <    |
| 一级指标           | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分 |
| 产出指标           | 数量指标 | 会议次数 | ≥4次       | 5次        | {score} |
"""
    (right,) = checks(drawn.format(score="30"), "goal", "部门整体绩效自评表")
    (wrong,) = checks(drawn.format(score="31"), "goal", "部门整体绩效自评表")

    assert (right.status, right.rule) == ("pass", "DE.goal")
    assert (wrong.status, wrong.diff) == ("fail", Decimal(1))


TASKS = """
| 部门名称     | 市财政局 | <            | <            | <          |
| 年度主要任务 | 任务名称 | 主要内容     | 预算金额（万元） | <      |
| ^            | 预算     | 编制部门预算 | 30           | <          |
| ^            | 决算     | 编制部门决算 | {second}     | <          |
| ^            | 金额合计 | <            | 50           | <          |
| 一级指标     | 二级指标 | 三级指标     | 年度指标值   | 备注       |
| 产出指标     | 数量指标 | 会议次数     | ≥4次         |            |
"""


@pytest.mark.parametrize(("second", "status"), [("20", "pass"), ("25", "fail"), ("", "insufficient")])
def test_tasks_make_the_sum_that_is_printed_under_them(second: str, status: str) -> None:
    (check,) = checks(TASKS.format(second=second), "task", "部门整体支出绩效目标表")

    assert (check.status, check.lhs, check.rule) == (status, Decimal(500000), "DG.task")


def test_a_failing_sum_is_a_finding_and_its_amounts_are_doubtful() -> None:
    found = reading(grid(whole(other="9.00"), "项目支出绩效自评表", page=4))
    grades = {(fund.row, fund.field): fund.grade for fund in found.forms[0].funds}
    (failed,) = [finding for finding in found.findings if finding.code == "check_failed"]

    assert grades["total", "initial_budget"] == "C"
    assert grades["total", "adjusted_budget"] == "A"
    assert grades["fiscal", "executed"] == "B"
    assert (failed.table, failed.page) == ("t01", 4)
    assert "t01.r4.c2" in failed.cells


def test_a_dash_has_no_grade() -> None:
    found = form(whole(other="—"))

    (dash,) = [fund for fund in found.funds if fund.text == "—"]
    assert (dash.value, dash.grade) == (None, None)


YEAR = """
| 部门名称     | 市财政局 | <            | <                | < |
| 年度资金总额（万元） | 50 | <          | <                | < |
| 年度主要任务 | 任务名称 | 主要内容     | 预算金额（万元） | < |
| ^            | 预算     | 编制部门预算 | 30               | < |
| ^            | 决算     | 编制部门决算 | {second}         | < |
| 一级指标     | 二级指标 | 三级指标     | 年度指标值       | 备注 |
| 产出指标     | 数量指标 | 会议次数     | ≥4次             |      |
"""


@pytest.mark.parametrize(("second", "status"), [("20", "pass"), ("25", "fail"), ("15", "not_applicable")])
def test_the_money_of_the_year_is_given_to_its_tasks(second: str, status: str) -> None:
    (check,) = (
        one
        for one in reading(grid(YEAR.format(second=second), "部门整体支出绩效目标表", page=1)).checks
        if one.rule == "DT.task"
    )

    assert (check.id, check.status) == ("f01:DT.task", status)
    assert (check.lhs, check.diff) == (Decimal(500000), Decimal(10000) * (20 - int(second)))


def test_a_task_without_money_says_nothing_of_the_money_of_the_year() -> None:
    found = reading(grid(YEAR.format(second=""), "部门整体支出绩效目标表", page=1))

    assert [check for check in found.checks if check.rule == "DT.task"] == []
