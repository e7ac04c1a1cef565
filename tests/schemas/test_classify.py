"""A title proposes a kind, the header decides; a printed number decides nothing, and what is equally likely is said."""

from __future__ import annotations

import pytest

from schemas.result import Reading, Table
from tests.schemas.drawn import codes, only_table, read_drawn

FINAL = "临溪市档案馆2023年度部门决算"
BUDGET = "临溪市档案馆2026年部门预算"
EXPENDITURE = """
    | 项目     | <                | 本年支出合计 | 基本支出 | 项目支出 |
    | 科目编码 | 科目名称         | ^            | ^        | ^        |
    | 合计     | <                | 20.00        | 15.00    | 5.00     |
    | 201      | 一般公共服务支出 | 20.00        | 15.00    | 5.00     |
"""
INCOME = """
    | 项目     | <        | 本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 其他收入 |
    | 科目编码 | 科目名称 | ^            | ^            | ^            | ^        | ^        | ^        |
    | 合计     | <        | 20.00        | 15.00        | 0.00         | 5.00     | 0.00     | 0.00     |
    | 205      | 教育支出 | 20.00        | 15.00        | 0.00         | 5.00     | 0.00     | 0.00     |
"""
SUMMARY = """
    | 收入                     | <     | 支出         | <     |
    | 项目                     | {0}   | 项目         | {0}   |
    | 一、一般公共预算财政拨款 | 20.00 | 一、教育支出 | 20.00 |
    | 收入总计                 | 20.00 | 支出总计     | 20.00 |
"""


def kind(*pieces: str) -> str | None:
    return only_table(read_drawn(*pieces)).kind


def message(reading: Reading, code: str) -> str:
    (found,) = (one for one in reading.findings if one.code == code)
    return found.message


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("支出决算表", "fa_expenditure"),
        ("财政拨款支出决算表", "fa_fiscal_appropriation_expenditure"),
        ("一般公共预算财政拨款支出决算表", "fa_general_budget_expenditure"),
    ],
)
def test_the_title_tells_tables_with_the_same_header_apart(title: str, expected: str) -> None:
    table = only_table(read_drawn(FINAL, title, "单位：万元", EXPENDITURE))
    assert (table.kind, table.kind_score) == (expected, 1.0)


def test_a_header_that_does_not_carry_the_title_decides_and_the_disagreement_is_said() -> None:
    reading = read_drawn(FINAL, "一般公共预算财政拨款基本支出决算表", "单位：万元", INCOME)
    table = only_table(reading)
    assert table.kind == "fa_income"
    assert table.kind_score == 0.7
    assert "fa_general_budget_basic_expenditure" in message(reading, "title_header_disagree")
    assert "fa_income" in message(reading, "title_header_disagree")


def test_without_a_title_a_header_that_fits_one_kind_decides() -> None:
    table = only_table(read_drawn(FINAL, "单位：万元", INCOME))
    assert (table.kind, table.kind_score, table.title) == ("fa_income", 0.8, None)


def test_without_a_title_a_header_that_fits_two_kinds_decides_nothing() -> None:
    reading = read_drawn(FINAL, "单位：万元", EXPENDITURE)
    table = only_table(reading)
    assert (table.kind, table.status, reading.observations) == (None, "unrecognised", [])
    assert "fa_expenditure and fa_fiscal_appropriation_expenditure" in message(reading, "kind_ambiguous")


def test_a_header_alone_is_no_proof_in_a_document_that_may_not_be_fiscal() -> None:
    reading = read_drawn("采购清单", INCOME)
    assert only_table(reading).kind is None


@pytest.mark.parametrize("number", ["公开02表", "公开03表", "表1", "附表9"])
def test_a_printed_table_number_decides_nothing(number: str) -> None:
    assert kind(FINAL, number, "支出决算表", "单位：万元", EXPENDITURE) == "fa_expenditure"
    assert kind(FINAL, number, "单位：万元", EXPENDITURE) is None


@pytest.mark.parametrize(
    ("document", "label", "expected"),
    [
        (FINAL, "金额", "fa_fiscal_appropriation_summary"),
        (BUDGET, "金额", "bg_fiscal_appropriation_summary"),
        ("财政资料", "决算数", "fa_fiscal_appropriation_summary"),
        ("财政资料", "预算数", "bg_fiscal_appropriation_summary"),
    ],
)
def test_a_title_of_both_families_is_told_by_the_document_or_by_the_header(
    document: str, label: str, expected: str
) -> None:
    assert kind(document, "财政拨款收支总表", "单位：万元", SUMMARY.format(label)) == expected


def test_a_title_of_both_families_is_not_guessed_where_nothing_tells() -> None:
    reading = read_drawn("财政拨款收支总表", "单位：万元", SUMMARY.format("金额"))
    assert only_table(reading).kind is None
    assert reading.profile.document_kind.value is None
    assert "kind_ambiguous" in codes(reading)


def test_a_disclosure_table_that_no_kind_fits_is_named_in_a_finding() -> None:
    reading = read_drawn(FINAL, "收入决算表", "单位：万元", "| 序号 | 车牌 | 里程 |\n| 1 | 甲 | 2 |")
    table = only_table(reading)
    assert (table.kind, table.title) == (None, "收入决算表")
    assert "收入决算表" in message(reading, "kind_unrecognised")


def test_a_table_of_another_matter_is_kept_without_a_finding() -> None:
    reading = read_drawn(FINAL, "车辆一览", "| 序号 | 车牌 | 里程 |\n| 1 | 甲 | 2 |")
    assert only_table(reading).kind is None
    assert codes(reading) == []


def test_half_of_a_drifting_header_still_carries_the_title() -> None:
    drifting = """
        | 科目编码 | 科目名称         | 合计  | 基本支出 | 某某支出 | 另某支出 |
        | 201      | 一般公共服务支出 | 20.00 | 15.00    | 5.00     | 0.00     |
    """
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", drifting)
    table = only_table(reading)
    assert (table.kind, table.kind_score) == ("fa_expenditure", 0.75)
    assert [column.field for column in table.columns] == [
        "function_code",
        "function_name",
        "total",
        "basic",
        None,
        None,
    ]
    assert codes(reading) == ["header_unmatched", "header_unmatched", "sum_undecided"]


def columns(table: Table) -> dict[str, str | None]:
    return {"/".join(column.path): column.field for column in table.columns}


def test_the_match_of_a_column_does_not_depend_on_where_it_stands() -> None:
    turned = """
        | 项目支出 | 基本支出 | 本年支出合计 | 科目名称         | 科目编码 |
        | 5.00     | 15.00    | 20.00        | 一般公共服务支出 | 201      |
    """
    table = only_table(read_drawn(FINAL, "支出决算表", "单位：万元", turned))
    assert columns(table) == {
        "项目支出": "project",
        "基本支出": "basic",
        "本年支出合计": "total",
        "科目名称": "function_name",
        "科目编码": "function_code",
    }
