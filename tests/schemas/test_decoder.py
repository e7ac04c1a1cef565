"""Choices that the page leaves open, made by proof: units, headers, codes; and left open where nothing proves one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import Grid, Location, TextLine
from schemas.result import Finding, Observation, Reading
from tests.schemas.drawn import Piece, codes, over_pages, read_drawn

FINAL = "临溪市档案馆2023年度部门决算"
SUMMARY = """
    | 项目               | 行次 | 决算数   | 项目             | 行次 | 决算数   |
    | 一、一般公共预算财政拨款收入 | 1 | 1,320.50 | 一、一般公共服务支出 | 32 | 1,320.50 |
    | 本年收入合计       | 27   | 1,320.50 | 本年支出合计     | 58   | 1,320.50 |
    | 总计               | 31   | 1,320.50 | 总计             | 62   | 1,320.50 |
"""
ROWS = """
    | 科目编码 | 科目名称         | 本年支出合计 | 基本支出 | 项目支出 |
    | 合计     | <                | 1,320.50     | 1,210.50 | 110.00   |
    | 201      | 一般公共服务支出 | 1,320.50     | 1,210.50 | 110.00   |
    | 20126    | 档案事务         | 1,320.50     | 1,210.50 | 110.00   |
    | 2012601  | 行政运行         | 1,210.50     | 1,210.50 |          |
    | 2012604  | 档案馆           | 110.00       |          | 110.00   |
"""
IN_YUAN = (
    ROWS.replace("1,320.50", "13,205,000.00").replace("1,210.50", "12,105,000.00").replace("110.00", "1,100,000.00")
)


def expenditure(reading: Reading, field: str = "total", label: str = "合计") -> Observation:
    (found,) = (
        one
        for one in reading.observations
        if one.kind == "fa_expenditure" and one.field == field and one.row.label == label
    )
    return found


def unit(reading: Reading, table: int) -> tuple[str, str] | None:
    found = reading.tables[table].unit
    return None if found is None else (found.text, found.source)


def said(reading: Reading, code: str) -> Finding:
    (found,) = (one for one in reading.findings if one.code == code)
    return found


@pytest.mark.parametrize(("rows", "chosen"), [(ROWS, "万元"), (IN_YUAN, "元")])
def test_a_unit_that_is_not_printed_is_the_one_in_which_another_table_agrees(rows: str, chosen: str) -> None:
    reading = read_drawn(FINAL, 3, "收入支出决算总表", "单位：万元", SUMMARY, 4, "支出决算表", rows)

    assert unit(reading, 1) == (chosen, "proof")
    assert (expenditure(reading).value, expenditure(reading).grade) == ("13205000.00", "A")
    assert expenditure(reading, "project", "档案馆").value == "1100000.00"
    evidence = reading.tables[1].unit.evidence if reading.tables[1].unit else None
    assert evidence is not None
    assert (evidence.text, evidence.page) == ("单位：万元", 3)
    note = said(reading, "unit_decoded")
    assert (note.severity, note.table, note.page) == ("info", "t02", 4)
    assert "t02.r1.c2" in note.cells
    assert "unit_not_printed" not in codes(reading)


def test_a_sentence_is_a_witness_of_the_unit() -> None:
    prose = "2023年度支出合计1320.50万元，其中：基本支出1210.50万元，占91.67%；项目支出110.00万元，占8.33%。"
    reading = read_drawn(FINAL, 4, "支出决算表", ROWS, 9, "三、支出决算情况说明", prose)

    assert unit(reading, 0) == ("万元", "proof")
    assert expenditure(reading).value == "13205000.00"


def test_without_a_witness_the_unit_stays_unknown() -> None:
    reading = read_drawn(FINAL, "支出决算表", ROWS)

    assert unit(reading, 0) is None
    assert (expenditure(reading).value, expenditure(reading).text) == (None, "1,320.50")
    assert said(reading, "unit_not_printed").severity == "error"


def test_other_amounts_are_no_witness() -> None:
    other = ROWS.replace("1,320.50", "1,777.50").replace("1,210.50", "1,667.50")
    reading = read_drawn(FINAL, "收入支出决算总表", "单位：万元", SUMMARY, "支出决算表", other)

    assert unit(reading, 1) is None
    assert expenditure(reading).value is None


def test_two_tables_without_a_unit_do_not_vouch_for_each_other() -> None:
    reading = read_drawn(FINAL, "收入支出决算总表", SUMMARY, "支出决算表", ROWS)

    assert (unit(reading, 0), unit(reading, 1)) == (None, None)


def on_two_pages(rows: str) -> Grid:
    return replace(over_pages(rows, 4, [2]), between=(TextLine("单位：万元", Location(5)),))


BEFORE: tuple[Piece, ...] = (FINAL, 3, "收入支出决算总表", "单位：万元", SUMMARY, 4, "支出决算表", "单位：元")


def test_of_two_printed_units_the_one_that_agrees_holds() -> None:
    reading = read_drawn(*BEFORE, on_two_pages(ROWS))

    assert unit(reading, 1) == ("万元", "proof")
    assert expenditure(reading).value == "13205000.00"
    assert "unit_conflict" not in codes(reading)


def test_two_printed_units_stay_in_conflict_where_the_pages_do_not_add_up() -> None:
    head, total, *_ = ROWS.strip().splitlines()
    _, _, *rest = IN_YUAN.strip().splitlines()
    reading = read_drawn(*BEFORE, on_two_pages("\n".join([head, total, *rest])))

    assert unit(reading, 1) is None
    assert expenditure(reading).value is None
    assert "unit_conflict" in codes(reading)


OTHER = """
    | 科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入 |
    | 合计     | <        | 1,320.50     | 1,300.00     | 20.50    |
"""


@pytest.mark.parametrize(("rows", "chosen"), [(ROWS, "万元"), (IN_YUAN, "元")])
def test_a_borrowed_unit_is_confirmed_or_replaced(rows: str, chosen: str) -> None:
    captioned = ("收入支出决算总表", "单位：万元", SUMMARY, "收入决算表", "单位：万元", OTHER)
    reading = read_drawn(FINAL, *captioned, "支出决算表", rows)

    assert unit(reading, 2) == (chosen, "proof")
    assert (expenditure(reading).value, expenditure(reading).grade) == ("13205000.00", "A")
    assert "unit_from_document" not in codes(reading)


def test_a_header_near_two_fields_is_the_one_under_which_the_rows_add_up() -> None:
    rows = """
        | 科目编码 | 科目名称     | 本支出合计 | 基本支出 | 项目支出 |
        | 合计     | <            | 20.00      | 15.00    | 5.00     |
        | 205      | 教育支出     | 20.00      | 15.00    | 5.00     |
        | 20502    | 普通教育     | 20.00      | 15.00    | 5.00     |
    """
    reading = read_drawn("临溪市教育局2023年部门预算", "部门支出总表", "单位：万元", rows)

    (column,) = (one for one in reading.tables[0].columns if one.index == 2)
    assert (column.field, column.match and column.match.method) == ("total", "proof")
    values = [(one.value, one.grade) for one in reading.observations if one.field == "total"]
    assert values == [("200000.00", "A")] * 3
    assert said(reading, "header_decoded").table == "t01"
    assert "header_unmatched" not in codes(reading)


def test_a_header_near_two_fields_stays_open_where_neither_adds_up() -> None:
    rows = """
        | 科目编码 | 科目名称     | 本支出合计 | 基本支出 | 项目支出 |
        | 合计     | <            | 21.00      | 15.00    | 5.00     |
        | 205      | 教育支出     | 22.00      | 15.00    | 5.00     |
    """
    reading = read_drawn("临溪市教育局2023年部门预算", "部门支出总表", "单位：万元", rows)

    assert not [one for one in reading.observations if one.field == "total"]
    assert "header_unmatched" in codes(reading)


def test_codes_that_lost_their_first_digit_are_mended_where_the_sums_then_hold() -> None:
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", ROWS.replace("201  ", "01  ").replace("20126  ", "0126  "))

    mended = [(one.row.code, one.row.label, one.grade) for one in reading.observations if one.field == "total"]
    assert mended[1:3] == [("201", "一般公共服务支出", "A"), ("20126", "档案事务", "A")]
    assert [one.text for one in reading.tables[0].cells if one.id == "t01.r2.c0"] == ["01"]
    assert codes(reading).count("code_decoded") == 2


def test_a_damaged_code_stays_as_printed_where_the_sums_do_not_hold() -> None:
    rows = ROWS.replace("201      | 一般公共服务支出 | 1,320.50 ", "01       | 一般公共服务支出 | 999.00 ")
    reading = read_drawn(FINAL, "支出决算表", "单位：万元", rows.replace("1,210.50", "1,000.00", 2))

    kept = [(one.row.code, one.grade) for one in reading.observations if one.field == "total"]
    assert kept[1] == ("01", "C")
    assert "code_decoded" not in codes(reading)
    assert "code_damaged" in codes(reading)


HEAD, TOTAL, CLASS, GROUP, FIRST, SECOND = (line.strip() for line in ROWS.strip().splitlines())


def test_rows_without_a_header_are_the_rest_of_the_table_before_where_sums_close_over_both() -> None:
    first = "\n".join([HEAD, TOTAL, CLASS, GROUP, FIRST])
    reading = read_drawn(FINAL, 4, "支出决算表", "单位：万元", first, 5, SECOND)

    (table,) = reading.tables
    assert [(part.page, part.first_row, part.last_row) for part in table.parts] == [(4, 0, 4), (5, 5, 5)]
    assert (table.joined and table.joined.method, table.kind) == ("proof", "fa_expenditure")
    assert (expenditure(reading, "project", "档案馆").value, expenditure(reading, "project", "档案馆").page) == (
        "1100000.00",
        5,
    )
    assert expenditure(reading, "project", "档案馆").grade == "A"
    assert said(reading, "join_decoded").page == 5


def test_rows_that_close_no_sum_stay_apart() -> None:
    first = "\n".join([HEAD, TOTAL, CLASS, GROUP, FIRST])
    other = SECOND.replace("110.00", "111.00")
    reading = read_drawn(FINAL, 4, "支出决算表", "单位：万元", first, 5, other)

    assert [table.kind for table in reading.tables] == ["fa_expenditure", None]
    assert not [one for one in reading.observations if one.text == "111.00"]
