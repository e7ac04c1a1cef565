"""Two documents of one agency, held against each other."""

from __future__ import annotations

from decimal import Decimal

from schemas.result import Reading
from schemas.years import budgets_as_disclosed, opening_and_closing
from tests.schemas.drawn import read_drawn

SUMMARY = """
| 收入             | <         | 支出           | <         |
| 项目             | 决算数    | 项目           | 决算数    |
| 本年收入合计     | {now}     | 本年支出合计   | {now}     |
| 年初结转和结余   | {opening} | 年末结转和结余 | {closing} |
| 总计             | {total}   | 总计           | {total}   |
"""


def final(year: int, opening: str, closing: str, agency: str = "临溪市教育局") -> Reading:
    rows = SUMMARY.format(now="80.00", opening=opening, closing=closing, total="99.00")
    return read_drawn(f"{agency}{year}年度部门决算", "收入支出决算总表", "单位：万元", rows)


def test_a_year_begins_with_what_the_one_before_ended_with() -> None:
    (held,) = opening_and_closing(final(2021, "3.00", "19.00"), final(2022, "19.00", "7.00"))

    assert (held.check.id, held.check.status, held.check.lhs) == ("X.balance", "pass", Decimal(190000))
    assert [cell.partition(":")[0] for cell in held.check.cells] == ["2022", "2021"]
    assert held.finding is None


def test_another_balance_is_a_warning_with_both_years() -> None:
    (held,) = opening_and_closing(final(2021, "3.00", "19.00"), final(2022, "18.00", "7.00"))

    assert held.check.status == "fail"
    assert held.finding is not None
    assert held.finding.message.startswith("the final account of 2022 begins with a balance of 180000")


def test_a_last_digit_is_rounding() -> None:
    (held,) = opening_and_closing(final(2021, "3.00", "19.00"), final(2022, "19.01", "7.00"))

    assert (held.check.status, held.check.band) == ("rounding", Decimal(100))


def test_years_apart_and_other_agencies_are_not_held() -> None:
    earlier = final(2021, "3.00", "19.00")

    assert opening_and_closing(earlier, final(2023, "18.00", "7.00")) == []
    assert opening_and_closing(earlier, final(2022, "18.00", "7.00", agency="临溪市民政局")) == []


ITEMS = """
| 科目编码 | 科目名称     | 合计  | 基本支出 | 项目支出 |
|          | 合计         | 12.50 | 12.50    | 0.00     |
| 205      | 教育支出     | 12.50 | 12.50    | 0.00     |
| 20502    | 普通教育     | 12.50 | 12.50    | 0.00     |
| 2050201  | 学前教育     | 12.50 | 12.50    | 0.00     |
"""


def test_the_initial_budget_that_a_final_account_names_is_that_of_the_budget() -> None:
    budget = read_drawn("临溪市教育局2022年部门预算", "一般公共预算支出表", "单位：万元", ITEMS)
    said = "1.教育支出（类）普通教育（款）学前教育（项）。年初预算为{}万元，支出决算为12.00万元。"
    same, other = (
        read_drawn(
            "临溪市教育局2022年度部门决算", said.format(text), "一般公共预算财政拨款支出决算表", "单位：万元", ITEMS
        )
        for text in ("12.50", "13.50")
    )

    assert [one.check.status for one in budgets_as_disclosed(budget, same)] == ["pass"]
    (differs,) = budgets_as_disclosed(budget, other)
    assert differs.check.id == "X.BF#2050201"
    assert differs.finding is not None
    assert "135000" in differs.finding.message
