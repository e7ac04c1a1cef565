"""The table of the three outlays in the layouts of its publishers: the same facts give the same values and years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.result import Observation, Reading
from tests.schemas.drawn import codes, only_table, read_drawn

BUDGET = ("临溪市档案馆2026年部门预算", "一般公共预算“三公”经费支出表", "单位：万元")
FINAL = ("临溪市档案馆2023年度部门决算", "财政拨款“三公”经费支出决算表", "单位：万元")

ACROSS = """
| 2025年预算数 | < | < | < | 2026年预算数 | < | < | < |
| 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 接待费 | 合计 | 因公出国费 | 公务用车购置及运行费 | 接待费 |
| 9.00 | 1.00 | 6.00 | 2.00 | 7.00 | 0.00 | 5.50 | 1.50 |
"""
PHASES_AS_ROWS = """
    | 项目       | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |
    | 上年预算数 | 9.00 | 1.00             | 6.00                 | 2.00       |
    | 本年预算数 | 7.00 | 0.00             | 5.50                 | 1.50       |
"""
LISTED = """
    | 序号 | 项目                     | 2025年预算数 | 2026年预算数 |
    | 1    | 合计                     | 9.00         | 7.00         |
    | 2    | 1.因公出国（境）费       | 1.00         | 0.00         |
    | 3    | 2.公务用车购置及运行费   | 6.00         | 5.50         |
    | 4    | 3.公务接待费             | 2.00         | 1.50         |
"""
EXPECTED = {
    ("prior.total", 2025): "90000.00",
    ("prior.overseas", 2025): "10000.00",
    ("prior.vehicle_total", 2025): "60000.00",
    ("prior.reception", 2025): "20000.00",
    ("budget.total", 2026): "70000.00",
    ("budget.overseas", 2026): "0.00",
    ("budget.vehicle_total", 2026): "55000.00",
    ("budget.reception", 2026): "15000.00",
}


def by_field_and_year(reading: Reading) -> dict[tuple[str, int | None], str | None]:
    return {(one.field, one.fiscal_year): one.value for one in reading.observations}


def of(reading: Reading, row: int, field: str) -> Observation:
    (found,) = (
        one for one in reading.observations if one.field == field and (one.cell or "").startswith(f"t01.r{row}.")
    )
    return found


@pytest.mark.parametrize("text", [ACROSS, PHASES_AS_ROWS, LISTED], ids=["across", "phases as rows", "list"])
def test_last_year_and_this_year_stay_apart_in_every_layout(text: str) -> None:
    reading = read_drawn(*BUDGET, text)
    assert only_table(reading).kind == "bg_three_public"
    assert by_field_and_year(reading) == EXPECTED
    assert {one.phase for one in reading.observations} == {"initial_budget"}
    assert codes(reading) == []


YEARS = """
    | {0}      | 合计  | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |
    | 2025年   | 9.00  | 1.00             | 6.00                 | 2.00       |
    | 2026年   | 7.00  | 0.00             | 5.50                 | 1.50       |
    | 增减变化 | -2.00 | -1.00            | -0.50                | -0.50      |
"""


@pytest.mark.parametrize("label", ["年度", "项目", "年份"])
def test_where_years_stand_as_rows_each_row_is_of_its_year_and_a_change_is_a_change(label: str) -> None:
    reading = read_drawn(*BUDGET, YEARS.format(label))
    found = [of(reading, row, "budget.total") for row in (1, 2, 3)]
    assert [(one.value, one.fiscal_year, one.measure) for one in found] == [
        ("90000.00", 2025, "expenditure"),
        ("70000.00", 2026, "expenditure"),
        ("-20000.00", 2026, "change"),
    ]
    assert [one.row.label for one in found] == ["2025年", "2026年", "增减变化"]
    assert only_table(reading).columns[0].field == "year"
    assert codes(reading) == []


def test_a_row_of_which_the_year_is_not_known_is_doubtful() -> None:
    reading = read_drawn(*BUDGET, YEARS.format("年度").replace("增减变化", "某年快报"))
    assert [of(reading, row, "budget.total").grade for row in (2, 3)] == ["A", "C"]


def test_a_phase_that_the_kind_does_not_know_is_reported_not_read_as_another() -> None:
    rows = """
        | 项目         | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |
        | 2021年决算数 | 9.00 | 1.00             | 6.00                 | 2.00       |
        | 2023年决算数 | 7.00 | 0.00             | 5.50                 | 1.50       |
    """
    reading = read_drawn(*FINAL, rows)
    assert by_field_and_year(reading) == {
        ("final.total", 2023): "70000.00",
        ("final.overseas", 2023): "0.00",
        ("final.vehicle_total", 2023): "55000.00",
        ("final.reception", 2023): "15000.00",
    }
    (found,) = (one for one in reading.findings if one.code == "header_unmatched")
    assert "2021年决算数" in found.message
    assert found.cells == ["t01.r1.c1", "t01.r1.c2", "t01.r1.c3", "t01.r1.c4"]


def test_a_final_account_beside_the_year_before_and_the_change_in_percent() -> None:
    rows = """
        | 年度 | 合计 | 因公出国（境）经费 | 公务接待费 | 公车购置及运行维护费 | < | < |
        | ^ | ^ | ^ | ^ | 合计 | 车辆购置 | 车辆运行 |
        | 2022年 | 2840 | 90 | 1400 | 1350 | 73 | 1277 |
        | 2023年 | 2364 | 12 | 1356 | 996 | 37 | 959 |
        | 2023年比2022年增减% | -16.76 | -86.67 | -3.14 | -26.22 | -49.32 | -24.90 |
    """
    reading = read_drawn(*FINAL, rows)
    seen = by_field_and_year(reading)
    assert seen[("prior_final.vehicle_total", 2022)] == "13500000.00"
    assert seen[("final.vehicle_purchase", 2023)] == "370000.00"
    assert seen[("final.total", 2023)] == "23640000.00"
    assert seen[("change_rate.reception", 2023)] == "-3.14"
    assert len(seen) == 18
    assert codes(reading) == []


def test_final_and_budget_in_pairs_with_the_operating_expense_beside_them() -> None:
    rows = """
        | 一般公共预算财政拨款“三公”经费 | <    | < | < | < | < | < | < | 机关运行经费决算数 |
        | 合计 | < | 因公出国（境）费 | < | 公务用车购置及运行费 | < | 公务接待费 | < | ^ |
        | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 325.88 |
        | 22.00 | 8.77 | | | 14.00 | 8.47 | 8.00 | 0.30 | ^ |
    """
    title = "一般公共预算财政拨款“三公”经费及机关运行经费支出决算表"
    reading = read_drawn(FINAL[0], title, FINAL[2], rows)
    seen = {one.field: one.value for one in reading.observations}
    assert seen["budget.total"] == "220000.00"
    assert seen["final.vehicle_total"] == "84700.00"
    assert seen["final.operating_expense"] == "3258800.00"


def test_rows_that_are_units_keep_their_names() -> None:
    rows = """
        | 项目         | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务接待费 |
        | 预算编审中心 | 9.00 | 1.00             | 6.00                 | 2.00       |
        | 国库支付局   | 7.00 | 0.00             | 5.50                 | 1.50       |
    """
    reading = read_drawn(*BUDGET, rows)
    assert [of(reading, row, "budget.total").row.label for row in (1, 2)] == ["预算编审中心", "国库支付局"]
    assert [of(reading, row, "budget.total").fiscal_year for row in (1, 2)] == [2026, 2026]


def test_budget_and_final_groups_of_a_final_account_are_two_phases() -> None:
    text = ACROSS.replace("2025年预算数", "预算数").replace("2026年预算数", "决算数")
    reading = read_drawn(*FINAL, text)
    found = {one.field: (one.value, one.phase, one.fiscal_year) for one in reading.observations}
    assert found["budget.total"] == ("90000.00", "adjusted_budget", 2023)
    assert found["final.total"] == ("70000.00", "final", 2023)


def test_change_and_rate_columns_of_a_list_are_no_money_of_a_year() -> None:
    rows = """
        | 项目             | 2025年预算数 | 2026年预算数 | 增减额 | 增减比例 |
        | 合计             | 9.00         | 7.00         | -2.00  | -22.22%  |
        | 因公出国（境）费 | 1.00         | 0.00         | -1.00  | -100%    |
    """
    reading = read_drawn(*BUDGET, rows)
    found = {one.field: (one.value, one.unit, one.measure) for one in reading.observations}
    assert found["change.total"] == ("-20000.00", "CNY", "change")
    assert found["change_rate.total"] == ("-22.22", "percent", "rate")
    assert Decimal(found["change_rate.overseas"][0] or "NaN") == Decimal(-100)
    assert next(check.status for check in reading.checks if check.rule == "B7.change") == "pass"


def test_the_header_path_and_the_place_of_a_value_are_those_of_its_cell() -> None:
    reading = read_drawn(BUDGET[0], 9, *BUDGET[1:], PHASES_AS_ROWS)
    found = of(reading, 1, "prior.reception")
    assert (found.header, found.cell, found.page, found.bbox) == (
        "公务接待费/上年预算数",
        "t01.r1.c4",
        9,
        (200.0, 20.0, 250.0, 40.0),
    )
