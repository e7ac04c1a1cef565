"""One document from its lines and grids to its reading: tables in order, one year, one family, the same every time."""

from __future__ import annotations

import msgspec

from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Reading
from tests.schemas.drawn import Piece, at, codes, document, over_pages, read_drawn

SUMMARY = """
    | 收入                         | <     | 支出         | <     |
    | 项目                         | 决算数 | 项目        | 决算数 |
    | 一、一般公共预算财政拨款收入 | 20.00 | 一、教育支出 | 12.00 |
    |                              |       | 二、科学技术支出 | 8.00 |
    | 本年收入合计                 | 20.00 | 本年支出合计 | 20.00 |
    | 总计                         | 20.00 | 总计         | 20.00 |
"""
EXPENDITURE = """
    | 科目编码 | 科目名称     | 本年支出合计 | 基本支出 | 项目支出 |
    | 合计     | <            | 200000.00    | 150000.00 | 50000.00 |
    | 205      | 教育支出     | 120000.00    | 100000.00 | 20000.00 |
    | 206      | 科学技术支出 | 80000.00     | 50000.00  | 30000.00 |
"""
OTHER = "| 序号 | 品名 | 说明 |\n| 1 | 书柜 | 一组<两件> |"
WHOLE: tuple[Piece, ...] = (
    1,
    "临溪市档案馆2023年度部门决算",
    2,
    "一、收入支出决算总表…………3",
    "二、收入决算表…………4",
    3,
    "公开01表",
    "收入支出决算总表",
    "部门：临溪市档案馆 单位：万元",
    SUMMARY,
    "注：本表反映部门本年度的总收支情况。",
    4,
    "支出决算表",
    "部门：临溪市档案馆 单位：元",
    over_pages(EXPENDITURE, 4, [3]),
    6,
    "附件 清单",
    OTHER,
)


def verdict_of(reading: Reading, rule: str) -> list[str]:
    return [check.status for check in reading.checks if check.rule == rule]


def test_tables_are_numbered_as_they_stand_and_each_is_read_in_its_own_unit() -> None:
    reading = read_drawn(*WHOLE)
    assert [(table.id, table.kind, table.unit and table.unit.text) for table in reading.tables] == [
        ("t01", "fa_income_expenditure_summary", "万元"),
        ("t02", "fa_expenditure", "元"),
        ("t03", None, None),
    ]
    assert at(reading, "t01.r2.c3").value == at(reading, "t02.r2.c2").value == "120000.00"


def test_tables_in_different_units_are_held_against_each_other_in_yuan() -> None:
    reading = read_drawn(*WHOLE)
    assert verdict_of(reading, "X.T1T3") == ["pass"]
    assert verdict_of(reading, "X.T1T2class") == ["pass", "pass"]


def test_ten_thousand_yuan_printed_as_yuan_are_found_by_the_other_table() -> None:
    wrong = [piece.replace("单位：元", "单位：万元") if isinstance(piece, str) else piece for piece in WHOLE]
    reading = read_drawn(*wrong)
    assert "unit_conflict" in codes(reading)
    assert verdict_of(reading, "X.T1T3") == ["fail"]
    assert {one.grade for one in reading.observations if one.cell in ("t01.r4.c3", "t02.r1.c2")} <= {"A", "C"}


def test_a_table_of_the_contents_that_is_not_there_is_reported_and_one_that_is_there_is_not() -> None:
    found = [one.message for one in read_drawn(*WHOLE).findings if one.code == "referenced_not_found"]
    assert len(found) == 1
    assert "收入决算表" in found[0]


def test_every_cell_of_every_grid_stands_in_its_table_as_printed() -> None:
    drawn = document(*WHOLE)
    reading = read(drawn, load_catalogue())
    for grid, table in zip(drawn.grids, reading.tables, strict=True):
        printed = [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells]
        assert [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells] == printed
        assert [row.index for row in table.rows] == list(range(grid.n_rows))
        assert sorted(column.index for column in table.columns) == list(range(grid.n_cols))


def test_every_observation_of_a_table_names_a_cell_that_prints_its_text() -> None:
    reading = read_drawn(*WHOLE)
    texts = {cell.id: cell.text for table in reading.tables for cell in table.cells}
    of_tables = [one for one in reading.observations if one.source == "table"]
    assert len(of_tables) == 16
    assert all(texts[one.cell or ""] == one.text for one in of_tables)


def test_the_same_document_gives_the_same_bytes() -> None:
    first, second = (msgspec.json.encode(read_drawn(*WHOLE)) for _ in range(2))
    assert first == second
    load_catalogue.cache_clear()
    assert msgspec.json.encode(read_drawn(*WHOLE)) == first


def test_a_document_without_tables_has_none() -> None:
    reading = read_drawn("临溪市档案馆2023年度部门决算", "本部门无下属单位。")
    assert (reading.tables, [one for one in reading.observations if one.source == "table"]) == ([], [])
    assert reading.profile.fiscal_year.value == 2023


def test_the_year_and_the_kind_of_the_document_are_those_of_its_tables() -> None:
    budget = read_drawn("临溪市档案馆2026年部门预算", "支出总表", "单位：元", EXPENDITURE)
    assert (budget.tables[0].kind, at(budget, "t01.r1.c2").fiscal_year, at(budget, "t01.r1.c2").phase) == (
        "bg_expenditure",
        2026,
        "initial_budget",
    )
    final = read_drawn("临溪市档案馆2023年度部门决算", "支出决算表", "单位：元", EXPENDITURE)
    assert (final.tables[0].kind, at(final, "t01.r1.c2").fiscal_year, at(final, "t01.r1.c2").phase) == (
        "fa_expenditure",
        2023,
        "final",
    )


def test_the_amounts_of_a_budget_without_tables_are_budgets() -> None:
    reading = read_drawn("临溪市档案馆2026年部门预算说明", "一、2026年收入总预算317.60万元。")
    assert reading.profile.document_kind.value == "narrative_only"
    assert [(one.field, one.phase) for one in reading.observations] == [
        ("bg_income_expenditure_summary.income_amount", "initial_budget")
    ]
