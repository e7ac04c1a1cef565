"""One table: which unit holds, what is said where none does, what is empty and what is a form left blank."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import Location, TextLine
from schemas.result import Reading, Unit
from tests.schemas.drawn import Piece, at, codes, only_table, over_pages, read_drawn, values

FINAL = "临溪市档案馆2023年度部门决算"
TITLE = "支出决算表"
ROWS = """
    | 科目编码 | 科目名称 | 合计  | 基本支出 | 项目支出 |
    | 合计     | <        | 20.00 | 15.00    | 5.00     |
    | 205      | 教育支出 | 20.00 | 15.00    | 5.00     |
"""
INCOME = """
    | 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入 |
    | 合计     | <        | 20.00        | 15.00        | 5.00     |
"""


def unit(reading: Reading, table: int = 0) -> tuple[str, int, str] | None:
    found: Unit | None = reading.tables[table].unit
    return None if found is None else (found.text, found.factor, found.source)


def message(reading: Reading, code: str) -> str:
    (found,) = (one for one in reading.findings if one.code == code)
    return found.message


def test_the_caption_gives_the_unit_with_its_evidence() -> None:
    reading = read_drawn(FINAL, 7, TITLE, "部门：临溪市档案馆 单位：万元", ROWS)
    assert unit(reading) == ("万元", 10_000, "caption")
    printed = only_table(reading).unit
    assert printed is not None
    assert printed.evidence is not None
    assert (printed.evidence.text, printed.evidence.page) == ("部门：临溪市档案馆 单位：万元", 7)
    assert values(reading)["t01.r1.c2"] == "200000.00"


def test_the_header_wins_over_the_caption() -> None:
    rows = (
        ROWS.replace("合计  |", "合计（元） |")
        .replace("基本支出", "基本支出（元）")
        .replace("项目支出", "项目支出（元）")
    )
    reading = read_drawn(FINAL, TITLE, "单位：万元", rows)
    assert unit(reading) == ("元", 1, "header")
    assert values(reading)["t01.r1.c2"] == "20.00"
    assert codes(reading) == ["unit_implausible"]  # nobody lives on 20 yuan, whatever the header says


def test_a_header_that_agrees_with_the_caption_leaves_the_caption_as_evidence() -> None:
    rows = ROWS.replace("合计  |", "合计（万元） |")
    reading = read_drawn(FINAL, TITLE, "单位：万元", rows)
    assert unit(reading) == ("万元", 10_000, "caption")


def test_one_column_in_another_unit_has_its_own() -> None:
    rows = """
        | 科目编码 | 科目名称 | 合计  | 基本支出 | 项目支出（元） |
        | 合计     | <        | 20.00 | 15.00    | 50000          |
    """
    reading = read_drawn(FINAL, TITLE, "单位：万元", rows)
    assert unit(reading) == ("万元", 10_000, "caption")
    assert values(reading) == {"t01.r1.c2": "200000.00", "t01.r1.c3": "150000.00", "t01.r1.c4": "50000.00"}
    assert [check.status for check in reading.checks if check.rule == "T3.row"] == ["pass"]


def test_all_headers_give_the_unit_where_no_caption_does() -> None:
    rows = (
        ROWS.replace("合计  |", "合计（万元） |")
        .replace("基本支出", "基本支出（万元）")
        .replace("项目支出", "项目支出（万元）")
    )
    reading = read_drawn(FINAL, TITLE, rows)
    assert unit(reading) == ("万元", 10_000, "header")
    assert values(reading)["t01.r2.c3"] == "150000.00"


def test_a_cell_that_prints_its_unit_wins_over_everything() -> None:
    reading = read_drawn(FINAL, TITLE, "单位：元", ROWS.replace("20.00", "20万元").replace("15.00", "150000"))
    assert values(reading)["t01.r1.c2"] == "200000.00"
    assert values(reading)["t01.r1.c3"] == "150000.00"
    assert values(reading)["t01.r1.c4"] == "5.00"


def test_a_row_that_prints_its_unit_wins_over_the_caption() -> None:
    rows = """
        | 项目                     | 预算数 | 决算数 |
        | 合计                     | 8.60   | 6.42   |
        | 因公出国（境）费         | 0.00   | 0.00   |
        | 公务接待费（元）         | 15000  | 8200   |
        | 公务用车购置及运行维护费 | 7.10   | 5.60   |
    """
    reading = read_drawn(FINAL, "“三公”经费支出决算表", "单位：万元", rows)
    found = {one.field: one.value for one in reading.observations}
    assert found["final.total"] == "64200.00"
    assert found["final.reception"] == "8200.00"
    assert found["budget.reception"] == "15000.00"


def test_yuan_and_ten_thousand_yuan_in_one_document_stay_apart() -> None:
    reading = read_drawn(FINAL, "收入决算表", "单位：元", INCOME, TITLE, "单位：万元", ROWS)
    assert [unit(reading, table) for table in (0, 1)] == [("元", 1, "caption"), ("万元", 10_000, "caption")]
    assert values(reading)["t01.r1.c2"] == "20.00"
    assert values(reading)["t02.r1.c2"] == "200000.00"


def test_without_any_unit_there_are_no_yuan_and_a_finding_says_why() -> None:
    reading = read_drawn(FINAL, TITLE, ROWS)
    assert unit(reading) is None
    total = at(reading, "t01.r1.c2")
    assert (total.value, total.text, total.unit, total.value_status, total.grade) == (
        None,
        "20.00",
        "CNY",
        "printed",
        "C",
    )
    assert codes(reading) == ["unit_not_printed"]


@pytest.mark.parametrize(
    "caption", ["单位：临溪市档案馆", "编制单位：元谋县财政局", "单位：元/人", "单位：万元 单位：元"]
)
def test_an_agency_a_rate_and_two_units_are_no_unit(caption: str) -> None:
    reading = read_drawn(FINAL, TITLE, caption, ROWS)
    assert unit(reading) is None
    assert set(values(reading).values()) == {None}
    assert codes(reading) == ["unit_not_printed"]


def test_the_unit_of_all_other_tables_is_borrowed_doubtful_and_said() -> None:
    other = ("财政拨款支出决算表", "单位：万元", ROWS)
    reading = read_drawn(FINAL, "收入决算表", "单位：万元", INCOME, *other, TITLE, ROWS)
    assert unit(reading, 2) == ("万元", 10_000, "document")
    total = at(reading, "t03.r1.c2")
    assert (total.value, total.grade) == ("200000.00", "C")
    assert at(reading, "t02.r1.c2").grade == "A"
    assert "万元" in message(reading, "unit_from_document")


def test_a_unit_is_not_borrowed_from_one_table_nor_from_two_that_differ() -> None:
    one = read_drawn(FINAL, "收入决算表", "单位：万元", INCOME, TITLE, ROWS)
    assert (unit(one, 1), at(one, "t02.r1.c2").value) == (None, None)
    other = ("财政拨款支出决算表", "单位：元", ROWS)
    two = read_drawn(FINAL, "收入决算表", "单位：万元", INCOME, *other, TITLE, ROWS)
    assert (unit(two, 2), at(two, "t03.r1.c2").value) == (None, None)


def test_a_later_page_in_another_unit_leaves_no_yuan() -> None:
    grid = over_pages(ROWS, 7, [2])
    grid = replace(grid, between=(TextLine("单位：元", Location(8)),))
    reading = read_drawn(FINAL, 7, TITLE, "单位：万元", grid)
    assert unit(reading) is None
    assert set(values(reading).values()) == {None}
    assert at(reading, "t01.r2.c2").text == "20.00"
    assert "万元" in message(reading, "unit_conflict")
    assert "元" in message(reading, "unit_conflict")


EMPTY = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| | | | | |\n| | | | | |"
FUND = ("临溪市档案馆2026年部门预算", "政府性基金预算支出表", "单位：万元")


@pytest.mark.parametrize(
    "note",
    [
        "注：本单位2026年无政府性基金预算财政拨款安排的预算，故本表为空表。",
        "备注：本部门没有政府性基金预算支出。",
        "注：本部门无相关收支项目",
        "说明：本表本年无发生额。",
        "（注：2026年没有使用政府性基金预算拨款安排的支出。）",
    ],
)
def test_a_table_that_its_note_declares_empty_is_said_to_be(note: str) -> None:
    reading = read_drawn(*FUND, EMPTY, note)
    table = only_table(reading)
    assert (table.kind, table.status, table.notes) == ("bg_government_fund_expenditure", "empty_declared", [note])
    assert codes(reading) == ["table_empty_declared"]
    assert note in message(reading, "table_empty_declared")


@pytest.mark.parametrize("note", ["注：无。", "注：“科目编码”和“科目名称”为必填项", "2026年无政府性基金预算支出。"])
def test_an_empty_table_that_no_note_explains_is_said_to_be(note: str) -> None:
    reading = read_drawn(*FUND, EMPTY, note)
    assert only_table(reading).status == "empty_undeclared"
    assert codes(reading) == ["table_empty_undeclared"]


def test_a_form_that_was_left_blank_is_a_template() -> None:
    blank = EMPTY.replace("| | | | | |", "| XXX | XX支出 | ** | ** | ** |")
    reading = read_drawn(*FUND, blank)
    assert (only_table(reading).status, codes(reading)) == ("template_only", ["template_only"])


def test_a_printed_zero_is_no_empty_table() -> None:
    reading = read_drawn(*FUND, EMPTY.replace("| | | | | |", "| 合计 | < | 0.00 | 0.00 | 0.00 |"))
    assert only_table(reading).status == "ok"
    assert at(reading, "t01.r1.c2").value_status == "printed_zero"


def test_blank_zero_dash_and_none_are_four_things() -> None:
    rows = """
        | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
        | 205      | 教育支出 | 0.00 |          | —        |
        | 206      | 科技支出 | 无   | 12.3.4   | ***      |
    """
    reading = read_drawn(FINAL, TITLE, "单位：万元", rows)
    found = {one.cell: (one.value_status, one.value, one.text) for one in reading.observations}
    assert found == {
        "t01.r1.c2": ("printed_zero", "0.00", "0.00"),
        "t01.r1.c3": ("blank", None, ""),
        "t01.r1.c4": ("not_applicable", None, "—"),
        "t01.r2.c2": ("declared_zero", "0.00", "无"),
        "t01.r2.c3": ("unreadable", None, "12.3.4"),
        "t01.r2.c4": ("placeholder", None, "***"),
    }
    assert codes(reading) == ["amount_unreadable"]
    (found_unreadable,) = (one for one in reading.findings if one.code == "amount_unreadable")
    assert (found_unreadable.cells, "12.3.4" in found_unreadable.message) == (["t01.r2.c3"], True)


def test_a_table_whose_header_was_lost_is_said_to_be() -> None:
    reading = read_drawn(
        FINAL, TITLE, "单位：万元", "| 205 | 教育支出 | 20.00 | 15.00 | 5.00 |\n| 206 | 科学 | 1.00 | 1.00 | 0.00 |"
    )
    table = only_table(reading)
    assert (table.kind, reading.observations) == (None, [])
    assert [cell.text for cell in table.cells][:3] == ["205", "教育支出", "20.00"]
    assert codes(reading) == ["kind_unrecognised"]


def test_a_header_matched_by_likeness_only_is_said_to_be() -> None:
    pieces: tuple[Piece, ...] = (FINAL, TITLE, "单位：万元", ROWS.replace("基本支出", "基本亚支出"))
    reading = read_drawn(*pieces)
    column = only_table(reading).columns[3]
    assert column.match is not None
    assert (column.field, column.match.method) == ("basic", "fuzzy")
    assert codes(reading) == ["header_weak_match"]
    assert at(reading, "t01.r1.c3").grade == "C"


def test_the_year_in_a_title_is_the_year_of_its_table() -> None:
    reading = read_drawn(FINAL, "2022年支出决算表", "单位：万元", ROWS, "收入决算表", "单位：万元", INCOME)
    assert {one.table: one.fiscal_year for one in reading.observations} == {"t01": 2022, "t02": 2023}
