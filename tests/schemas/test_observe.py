"""Readings written out: dimensions and years of each value, exact decimal strings, places, grades."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.observe import written
from schemas.result import Observation, Reading
from tests.schemas.drawn import at, only_table, over_pages, read_drawn

FINAL = "临溪市档案馆2020年度部门决算"
BUDGET = "临溪市档案馆2026年部门预算"


def fields(reading: Reading) -> dict[str, Observation]:
    return {one.field: one for one in reading.observations}


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("7094100"), "CNY", "7094100.00"),
        (Decimal("7094100.5"), "CNY", "7094100.50"),
        (Decimal("26345100.000000"), "CNY", "26345100.00"),
        (Decimal("0.12345"), "CNY", "0.12345"),
        (Decimal("1E+6"), "CNY", "1000000.00"),
        (Decimal("0"), "CNY", "0.00"),
        (Decimal("-0.5"), "CNY", "-0.50"),
        (Decimal("58.31"), "percent", "58.31"),
        (Decimal("3"), "count", "3"),
        (Decimal("1E+2"), "count", "100"),
        ("公开招标", "text", "公开招标"),
        (None, "CNY", None),
    ],
)
def test_a_value_is_an_exact_decimal_string_and_money_has_two_decimals(
    value: Decimal | str | None, unit: str, text: str | None
) -> None:
    assert written(value, unit) == text


def test_last_years_final_accounts_in_a_report_of_2020_are_of_2019_and_final() -> None:
    reading = read_drawn(
        "临溪市档案馆2020年部门预算",
        "收支总表",
        "单位：万元",
        """
        | 收入 | < | < | 支出 | < |
        | 项目 | 上年决算数 | 本年预算数 | 项目 | 本年预算数 |
        | 一、一般公共预算拨款收入 | 3.00 | 9.00 | 一、教育支出 | 9.00 |
        | 收入总计 | 3.00 | 9.00 | 支出总计 | 9.00 |
        """,
    )
    found = {one.cell: (one.field, one.fiscal_year, one.phase, one.measure) for one in reading.observations}
    assert found["t01.r2.c1"] == ("income_prior_final", 2019, "final", "income")
    assert found["t01.r2.c2"] == ("income_amount", 2020, "initial_budget", "income")


def test_final_accounts_of_last_year_in_a_budget_are_of_last_year() -> None:
    reading = read_drawn(
        BUDGET,
        "一般公共预算支出表",
        "单位：万元",
        """
        | 科目编码 | 科目名称 | 2025年执行数 | 2026年预算数 | <        | <        |
        | ^        | ^        | ^            | 合计         | 基本支出 | 项目支出 |
        | 205      | 教育支出 | 3.00         | 9.00         | 8.00     | 1.00     |
        """,
    )
    assert only_table(reading).kind == "bg_general_budget_expenditure"
    found = {one.cell: (one.fiscal_year, one.phase, one.expenditure_type) for one in reading.observations}
    assert found == {
        "t01.r2.c2": (2025, "final", "all"),
        "t01.r2.c3": (2026, "initial_budget", "all"),
        "t01.r2.c4": (2026, "initial_budget", "basic"),
        "t01.r2.c5": (2026, "initial_budget", "project"),
    }


@pytest.mark.parametrize("year", [2020, 2026])
def test_the_same_words_mean_another_year_in_another_report(year: int) -> None:
    header = "| 科目编码 | 科目名称 | {0}执行数 | {1}预算数 | < | < |\n| ^ | ^ | ^ | 合计 | 基本支出 | 项目支出 |\n"
    row = "| 205 | 教育支出 | 3.00 | 9.00 | 8.00 | 1.00 |"
    for prior, current in (("上年", "本年"), (f"{year - 1}年", f"{year}年")):
        pieces = (f"临溪市档案馆{year}年部门预算", "一般公共预算支出表", "单位：万元")
        reading = read_drawn(*pieces, header.format(prior, current) + row)
        assert [one.fiscal_year for one in reading.observations] == [year - 1, year, year, year]


def test_without_a_fiscal_year_there_is_no_year() -> None:
    reading = read_drawn(
        "部门预算", "支出总表", "单位：万元", "| 科目编码 | 科目名称 | 合计 |\n| 205 | 教育支出 | 9.00 |"
    )
    assert (at(reading, "t01.r1.c2").value, at(reading, "t01.r1.c2").fiscal_year) == ("90000.00", None)
    assert "fiscal_year_unknown" in [found.code for found in reading.findings]


def test_dimensions_come_from_column_and_line() -> None:
    reading = read_drawn(
        BUDGET,
        "财政拨款收支总表",
        "单位：万元",
        """
        | 收入 | < | 支出 | < | < | < |
        | 项目 | 预算数 | 项目 | 合计 | 一般公共预算 | 政府性基金预算 |
        | 一、本年收入 | 9.00 | 一、教育支出 | 9.00 | 8.00 | 1.00 |
        | （一）一般公共预算拨款 | 8.00 | 二、结转下年 | | | |
        | （二）政府性基金预算拨款 | 1.00 | | | | |
        | 二、上年结转 | 0.00 | | | | |
        """,
    )
    told = {one.cell: (one.measure, one.fund, one.expenditure_type, one.phase) for one in reading.observations}
    assert told["t01.r2.c1"] == ("income", "fiscal_appropriation", "all", "initial_budget")
    assert told["t01.r3.c1"] == ("income", "general_public_budget", "all", "initial_budget")
    assert told["t01.r5.c1"] == ("balance", "fiscal_appropriation", "all", "initial_budget")
    assert told["t01.r2.c4"] == ("expenditure", "general_public_budget", "all", "initial_budget")
    assert told["t01.r2.c5"] == ("expenditure", "government_fund", "all", "initial_budget")


SIMPLE = """
    | 项目     | <        | 本年支出 | <            | <        |
    | 科目编码 | 科目名称 | 合计     | 基本\\n支出 | 项目支出 |
    | 合计     | <        | 9.00     | 8.00         | 1. 00    |
    | 205      | 教育支出 | 9.00     | 8.00         | 1.00     |
"""


def test_an_observation_says_where_it_stands_and_under_which_header() -> None:
    reading = read_drawn(FINAL, 8, "支出决算表", "单位：万元", SIMPLE)
    basic = at(reading, "t01.r3.c3")
    assert (basic.source, basic.table, basic.kind, basic.field) == ("table", "t01", "fa_expenditure", "basic")
    assert (basic.header, basic.text, basic.value, basic.unit) == ("本年支出/基本支出", "8.00", "80000.00", "CNY")
    assert (basic.page, basic.bbox, basic.locator) == (8, (150.0, 60.0, 200.0, 80.0), None)
    assert (basic.row.code, basic.row.label, basic.row.role, basic.row.level) == ("205", "教育支出", "item", 1)


def test_without_pages_the_place_is_a_path() -> None:
    basic = at(read_drawn(FINAL, "支出决算表", "单位：万元", SIMPLE), "t01.r3.c3")
    assert (basic.page, basic.bbox, basic.locator) == (None, None, {"row": 3, "col": 3})


def test_proven_values_are_a_and_spacing_around_the_point_is_no_repair() -> None:
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", SIMPLE)
    assert at(reading, "t01.r3.c4").grade == "A"
    assert at(reading, "t01.r3.c4").checks == ["T3.row#3", "T3.hier#2.c4"]
    spaced = at(reading, "t01.r2.c4")
    assert (spaced.text, spaced.value, spaced.grade) == ("1. 00", "10000.00", "A")


def test_digits_joined_over_a_line_break_are_doubtful_even_when_proven() -> None:
    wrapped = """
        | 科目编码 | 科目名称 | 合计     | 基本支出     | 项目支出 |
        | 205      | 教育支出 | 1,234.00 | 1,2\\n00.00 | 34.00    |
    """
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", wrapped)
    joined = at(reading, "t01.r1.c3")
    assert (joined.text, joined.value, joined.grade) == ("1,2\n00.00", "12000000.00", "C")
    assert at(reading, "t01.r1.c2").grade == "A"


def test_a_value_that_nothing_proves_is_b_and_a_blank_has_no_grade() -> None:
    text = "| 科目编码 | 科目名称 | 合计 |\n| 205 | 教育支出 | 9.00 |\n| 206 | 科学技术支出 | |"
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", text)
    assert (at(reading, "t01.r1.c2").grade, at(reading, "t01.r2.c2").grade) == ("B", None)


def test_a_failing_sum_makes_its_cells_doubtful() -> None:
    reading = read_drawn(
        FINAL, "支出决算表", "单位：万元", SIMPLE.replace("| 9.00     | 8.00         | 1.00 ", "| 9.00 | 7.00 | 1.00 ")
    )
    assert at(reading, "t01.r3.c3").grade == "C"
    assert [found.code for found in reading.findings if found.code == "check_failed"] == ["check_failed"]


def test_quality_counts_what_is_graded() -> None:
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", SIMPLE)
    grades = [one.grade for one in reading.observations]
    assert reading.quality.cells == {"A": 6, "B": 0, "C": 0, "D": 0}
    assert {grade: grades.count(grade) for grade in ("A", "B", "C", "D")} == reading.quality.cells


def test_a_table_shows_its_parts_columns_rows_and_every_cell() -> None:
    grid = over_pages(SIMPLE, 8, [3])
    table = only_table(
        read_drawn(FINAL, 8, "公开03表", "支出决算表", "部门：临溪市档案馆 单位：万元", grid, "注：无。")
    )
    assert (table.title, table.number, table.agency, table.notes) == (
        "支出决算表",
        "公开03表",
        "临溪市档案馆",
        ["注：无。"],
    )
    assert (table.family, table.kind, table.kind_score) == ("final_accounts", "fa_expenditure", 1.0)
    assert [(part.page, part.first_row, part.last_row) for part in table.parts] == [(8, 0, 2), (9, 3, 3)]
    assert [(column.index, column.field) for column in table.columns] == [
        (0, "function_code"),
        (1, "function_name"),
        (2, "total"),
        (3, "basic"),
        (4, "project"),
    ]
    assert [(row.role, row.code, row.label) for row in table.rows] == [
        ("header", None, None),
        ("header", None, None),
        ("total", None, "合计"),
        ("item", "205", "教育支出"),
    ]
    assert [cell.text for cell in table.cells] == [cell.text for cell in grid.cells]
    assert [cell.id for cell in table.cells[:2]] == ["t01.r0.c0", "t01.r0.c2"]


def test_an_unrecognised_table_keeps_its_cells_and_header_paths() -> None:
    table = only_table(read_drawn("采购清单", "| 序号 | 品名 |\n| 1 | 书柜 |"))
    assert (table.kind, table.kind_score, table.family, table.status) == (None, None, None, "unrecognised")
    assert [(column.path, column.field) for column in table.columns] == [(["序号"], None), (["品名"], None)]
    assert [cell.text for cell in table.cells] == ["序号", "品名", "1", "书柜"]
