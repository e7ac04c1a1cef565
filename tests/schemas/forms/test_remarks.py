"""What a failing sum of a form says to its reader."""

from __future__ import annotations

from schemas.result import Finding
from tests.schemas.forms.printed import TITLE, grid, reading

HEAD = "| 项目名称 | 会议费 | < | < | < |\n"
FUNDS = """
| 项目资金（万元）   | <  | 年初预算数 | 全年预算数 | 全年执行数 |
| 年度资金总额       | <  | 100.00     | 120.00     | 60.00      |
| 财政资金小计       | <  | {fiscal}   | 120.00     | 60.00      |
| 其中：中央财政资金 | <  | 40.00      | 50.00      | {central}  |
| 省级财政资金       | <  | 60.00      | 70.00      | 30.00      |
| 其他资金           | <  | 0.00       | 0.00       | 0.00       |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        |
"""


def said(fiscal: str = "100.00", central: str = "30.00") -> list[Finding]:
    text = HEAD + FUNDS.strip("\n").format(fiscal=fiscal, central=central)
    found = reading(grid(text, TITLE, "单位：万元")).findings
    return [one for one in found if one.code == "check_failed"]


def test_a_form_that_adds_up_needs_no_remark() -> None:
    assert said() == []


def test_one_value_that_explains_two_sums_is_named_with_what_would_fit() -> None:
    (found,) = said(fiscal="0.00")

    assert found.cells == ["t01.r3.c2"]
    assert "年度资金总额" in found.message
    assert "On the same value fails: f01:PE.fiscal#initial_budget." in found.message
    assert "财政资金小计 / 年初预算数, printed 0.00; 1000000.00 would fit" in found.message
    assert "一处数据即可解释" in found.message_zh


def test_a_failure_that_several_values_could_explain_lists_them_as_printed() -> None:
    (found,) = said(central="33.00")

    assert found.cells == ["t01.r3.c4", "t01.r4.c4", "t01.r5.c4"]
    assert "600000.00 yuan is printed, its parts give 630000.00 yuan, difference -30000.00" in found.message
    assert "中央财政资金 / 全年执行数 33.00" in found.message
    assert "compare it with the page" in found.message


def test_a_total_with_fewer_decimals_than_its_parts_was_rounded_itself() -> None:
    rows = FUNDS.replace("| 100.00     | 120.00     | 60.00      |", "| 100.00     | 120.00     | 60.02      |", 1)
    rows = rows.replace("| 120.00     | 60.00      |", "| 120.00     | 60.0155    |", 1)
    text = HEAD + rows.strip("\n").format(fiscal="100.00", central="30.0155")

    assert [
        check.status for check in reading(grid(text, TITLE, "单位：万元")).checks if check.id == "f01:PE.fund#executed"
    ] == ["rounding"]
