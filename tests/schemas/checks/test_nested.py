"""Scales of indicators: the weight of a level is the sum of the weights within it, and all of them make 100."""

from __future__ import annotations

from decimal import Decimal

from schemas.checks.nested import AXIS
from schemas.result import Check, Reading
from tests.schemas.drawn import read_drawn

TITLE = "部门整体支出绩效评价指标评分表"
SCALE = """
| 一级指标 | 分值    | 二级指标 | 分值 | 三级指标       | 分值   | 评价标准 | 指标说明 | 得分 |
| 投入     | {first} | 预算配置 | 10   | 在职人员控制率 | 5      | 甲       | 乙       | 5    |
| ^        | ^       | ^        | ^    | 三公经费变动率 | 5      | 甲       | 乙       | 4    |
| ^        | ^       | 预算执行 | 20   | 完成率         | {rate} | 甲       | 乙       | 5    |
| ^        | ^       | ^        | ^    | 控制率         | 8      | 甲       | 乙       | 4    |
| 过程     | 70      | 管理     | 70   | 健全性         | 70     | 甲       | 乙       | 58   |
"""
AGAIN = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标       | 分值 | 评价标准 | 指标说明 | 得分 |
| 投入     | 30   | 预算配置 | 10   | 在职人员控制率 | 5    | 甲       | 乙       | 5    |
| 投入     | 30   | 预算配置 | 10   | 三公经费变动率 | 5    | 甲       | 乙       | 4    |
| 投入     | 30   | 预算执行 | 20   | 完成率         | 20   | 甲       | 乙       | 5    |
| 过程     | 70   | 管理     | 70   | 健全性         | 70   | 甲       | 乙       | 58   |
"""


def drawn(first: str = "30", rate: str = "12") -> Reading:
    return read_drawn("临溪市档案馆2023年度绩效评价报告", TITLE, SCALE.format(first=first, rate=rate))


def of(reading: Reading) -> dict[str, Check]:
    return {check.id: check for check in reading.checks}


def test_every_level_is_the_sum_of_the_levels_within_it() -> None:
    checks = of(drawn())
    assert {name: (one.status, one.lhs, one.rhs) for name, one in checks.items()} == {
        "SC.sum.l1": ("pass", Decimal(100), Decimal(100)),
        "SC.sum.l2#1": ("pass", Decimal(30), Decimal(30)),
        "SC.sum.l2#5": ("pass", Decimal(70), Decimal(70)),
        "SC.sum.l3#1": ("pass", Decimal(10), Decimal(10)),
        "SC.sum.l3#3": ("pass", Decimal(20), Decimal(20)),
        "SC.sum.l3#5": ("pass", Decimal(70), Decimal(70)),
    }
    assert checks["SC.sum.l3#3"].cells == ["t01.r3.c3", "t01.r3.c5", "t01.r4.c5"]
    assert checks["SC.sum.l3#3"].scope == "column"


def test_a_weight_that_does_not_fit_is_named_with_its_level() -> None:
    reading = drawn(rate="13")
    (failing,) = (check for check in reading.checks if check.status == "fail")
    assert (failing.id, failing.lhs, failing.rhs) == ("SC.sum.l3#3", Decimal(20), Decimal(21))
    assert {one.grade for one in reading.observations if one.cell in failing.cells} == {"C"}


def test_the_one_weight_in_both_failing_sums_is_suspected_and_what_would_fit_is_said() -> None:
    reading = drawn(first="40")
    failing = [check.id for check in reading.checks if check.status == "fail"]
    assert failing == ["SC.sum.l1", "SC.sum.l2#1"]
    (told,) = (one for one in reading.findings if one.code == "check_failed")
    assert told.cells == ["t01.r1.c1"]
    assert "100 is printed, but 投入" not in told.message
    assert "printed 40; 30 would fit" in told.message


def test_a_weight_that_cannot_be_read_leaves_its_sum_undecided() -> None:
    assert of(drawn(rate="１2?"))["SC.sum.l3#3"].status == "insufficient"


def test_a_level_printed_again_in_every_row_counts_once() -> None:
    reading = read_drawn("临溪市档案馆2023年度绩效评价报告", TITLE, AGAIN)
    assert {check.id: check.status for check in reading.checks} == {
        "SC.sum.l1": "pass",
        "SC.sum.l2#1": "pass",
        "SC.sum.l2#4": "pass",
        "SC.sum.l3#1": "pass",
        "SC.sum.l3#3": "pass",
        "SC.sum.l3#4": "pass",
    }


def test_the_axis_bears_the_name_that_rules_give_it() -> None:
    assert AXIS.name == "nested"
