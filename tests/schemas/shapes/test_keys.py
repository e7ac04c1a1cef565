"""What names a row: codes in their layouts, units above and beside codes, names without ordinals."""

from __future__ import annotations

import pytest

from schemas.result import Reading, RowKey
from schemas.shapes.keys import bare_label, level_of
from tests.schemas.drawn import Piece, codes, read_drawn

BUDGET: tuple[Piece, ...] = ("临溪市档案馆2026年部门预算", "支出总表", "单位：万元")


def rows(reading: Reading, field: str = "total") -> list[RowKey]:
    return [one.row for one in reading.observations if one.field == field]


def read_rows(text: str) -> list[RowKey]:
    reading = read_drawn(*BUDGET, text)
    assert [table.kind for table in reading.tables] == ["bg_expenditure"]
    return rows(reading)


ONE_COLUMN = """
    | 科目编码 | 科目名称   | 合计 | 基本支出 | 项目支出 |
    | 205      | 教育支出   | 2.00 | 1.00     | 1.00     |
    | 20508    | 进修及培训 | 2.00 | 1.00     | 1.00     |
    | 2050803  | 培训支出   | 2.00 | 1.00     | 1.00     |
"""
THREE_COLUMNS = """
    | 科目编码 | <  | <  | 科目名称   | 合计 | 基本支出 | 项目支出 |
    | 类       | 款 | 项 | ^          | ^    | ^        | ^        |
    | 205      |    |    | 教育支出   | 2.00 | 1.00     | 1.00     |
    | 205      | 08 |    | 进修及培训 | 2.00 | 1.00     | 1.00     |
    | 205      | 08 | 03 | 培训支出   | 2.00 | 1.00     | 1.00     |
"""
PRINTED_ONCE = """
    | 科目编码 | <  | <  | 科目名称   | 合计 | 基本支出 | 项目支出 |
    | 类       | 款 | 项 | ^          | ^    | ^        | ^        |
    | 205      |    |    | 教育支出   | 2.00 | 1.00     | 1.00     |
    |          | 08 |    | 进修及培训 | 2.00 | 1.00     | 1.00     |
    |          |    | 03 | 培训支出   | 2.00 | 1.00     | 1.00     |
"""
WHOLE_ON_EACH_LEVEL = """
    | 科目编码 | <     | <       | 科目名称   | 合计 | 基本支出 | 项目支出 |
    | 类       | 款    | 项      | ^          | ^    | ^        | ^        |
    | 205      |       |         | 教育支出   | 2.00 | 1.00     | 1.00     |
    |          | 20508 |         | 进修及培训 | 2.00 | 1.00     | 1.00     |
    |          |       | 2050803 | 培训支出   | 2.00 | 1.00     | 1.00     |
"""
WITH_THE_NAME = """
    | 功能分类科目      | 合计 | 基本支出 | 项目支出 |
    | 205-教育支出      | 2.00 | 1.00     | 1.00     |
    | [20508]进修及培训 | 2.00 | 1.00     | 1.00     |
    | 2050803 培训支出  | 2.00 | 1.00     | 1.00     |
"""
LAYOUTS = [ONE_COLUMN, THREE_COLUMNS, PRINTED_ONCE, WHOLE_ON_EACH_LEVEL, WITH_THE_NAME]


@pytest.mark.parametrize("text", LAYOUTS, ids=["one column", "three", "printed once", "whole codes", "with the name"])
def test_a_code_is_the_same_in_every_layout(text: str) -> None:
    assert [(row.code, row.code_list, row.level, row.label) for row in read_rows(text)] == [
        ("205", "function", 1, "教育支出"),
        ("20508", "function", 2, "进修及培训"),
        ("2050803", "function", 3, "培训支出"),
    ]


def test_what_was_carried_down_is_marked() -> None:
    assert [row.from_span for row in read_rows(PRINTED_ONCE)] == [False, True, True]
    assert [row.from_span for row in read_rows(THREE_COLUMNS)] == [False, False, False]


def test_nothing_is_carried_over_a_total() -> None:
    text = PRINTED_ONCE.replace("|          | 08 |    | 进修及培训", "| 合计     | <  | <  | <         ")
    assert [row.code for row in read_rows(text)] == ["205", None, "03"]


def test_a_unit_printed_over_its_rows_is_a_row_and_names_no_code() -> None:
    found = read_rows("""
        | 单位名称       | 科目编码 | 科目名称     | 合计 | 基本支出 | 项目支出 |
        | 合计           | <        | <            | 5.00 | 3.00     | 2.00     |
        | 档案馆（本级） | <        | <            | 3.00 | 2.00     | 1.00     |
        |                | 205      | 教育支出     | 3.00 | 2.00     | 1.00     |
        | 方志馆         | <        | <            | 2.00 | 1.00     | 1.00     |
        |                | 206      | 科学技术支出 | 2.00 | 1.00     | 1.00     |
    """)
    assert [(row.unit_name, row.code, row.role) for row in found] == [
        (None, None, "total"),
        ("档案馆（本级）", None, "item"),
        (None, "205", "item"),
        ("方志馆", None, "item"),
        (None, "206", "item"),
    ]
    assert [row.label for row in found] == ["合计", "档案馆（本级）", "教育支出", "方志馆", "科学技术支出"]


def test_a_unit_merged_over_its_rows_names_each_of_them() -> None:
    found = read_rows("""
        | 单位编码 | 单位名称 | 科目编码 | 科目名称     | 合计 | 基本支出 | 项目支出 |
        | 101001   | 档案馆   | 205      | 教育支出     | 3.00 | 2.00     | 1.00     |
        | ^        | ^        | 206      | 科学技术支出 | 2.00 | 1.00     | 1.00     |
    """)
    assert [(row.unit_code, row.unit_name, row.code, row.from_span) for row in found] == [
        ("101001", "档案馆", "205", False),
        ("101001", "档案馆", "206", True),
    ]


@pytest.mark.parametrize("label", ["合计", "总计", "本年支出合计", "支出总计"])
def test_a_total_is_a_total_whatever_it_is_called(label: str) -> None:
    assert read_rows(ONE_COLUMN + f"| {label} | < | 2.00 | 1.00 | 1.00 |")[-1].role == "total"


def test_a_subtotal_is_no_total() -> None:
    assert read_rows(ONE_COLUMN + "| 小计 | < | 2.00 | 1.00 | 1.00 |")[-1].role == "subtotal"


def test_a_number_that_reaches_over_two_columns_is_unreadable_and_said() -> None:
    reading = read_drawn(
        *BUDGET, "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| 205 | 教育支出 | 2.00 | 1.00 | < |"
    )
    found = {one.cell: (one.value_status, one.value) for one in reading.observations}
    assert found["t01.r1.c3"] == ("unreadable", None)
    assert "t01.r1.c4" not in found
    assert codes(reading) == ["amount_unreadable", "sum_undecided"]


def test_rows_that_print_nothing_are_no_rows() -> None:
    assert [row.code for row in read_rows(ONE_COLUMN + "| | | | | |")] == ["205", "20508", "2050803"]


def test_a_row_with_a_name_and_no_amount_is_a_row_of_blanks() -> None:
    reading = read_drawn(*BUDGET, ONE_COLUMN + "| 206 | 科学技术支出 | | | |")
    found = [one for one in reading.observations if one.row.code == "206"]
    assert [(one.value_status, one.value, one.grade) for one in found] == [("blank", None, None)] * 3


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("（一）一般公共服务", "一般公共服务"),
        ("1.其中：办公费", "办公费"),
        ("八、 其他收入", "其他收入"),
        ("2026年新增项目", "2026年新增项目"),
        (" 教育支出 ", "教育支出"),
        ("①维修（护）费", "维修（护）费"),
    ],
)
def test_a_label_begins_where_its_ordinals_end_and_stays_as_printed(raw: str, bare: str) -> None:
    assert bare_label(raw) == bare


def test_only_class_codes_have_levels() -> None:
    assert [level_of(code, "function") for code in ("201", "20101", "2010101", "1", None)] == [1, 2, 3, None, None]
    assert level_of("101001", "unit") is None
