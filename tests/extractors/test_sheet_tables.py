"""Which cells of a sheet are a table, and which are the title, the unit and the notes around it."""

from __future__ import annotations

import pytest

from extractors.budget import CellBudget
from extractors.errors import TooLarge
from extractors.model import Grid, TextLine
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import notice_book
from extractors.sheets.sheet import Area, cell_name, position_of
from tests.extractors.sheetfiles import read, sheet


def test_a_title_over_a_ruled_table_and_a_note_under_it_are_lines() -> None:
    drawn = """
    | 支出决算表 | < | < |
    | 部门：临溪市档案馆 | | 单位：万元 |
    | [科目] | [合计] | [基本支出] |
    | [行政运行] | [10.00] | [] |
    | 注：本表反映支出。 | | |
    """
    grid = "| 科目 | 合计 | 基本支出 |\n| 行政运行 | 10.00 | |"
    assert read(sheet(drawn)) == ["支出决算表", "部门：临溪市档案馆", "单位：万元", grid, "注：本表反映支出。"]


def test_a_title_inside_the_rules_is_a_line_when_it_is_as_wide_as_the_table() -> None:
    drawn = """
    | [支出决算表] | < | < |
    | [科目] | [合计] | [基本支出] |
    | [行政运行] | [10.00] | [10.00] |
    """
    assert read(sheet(drawn)) == ["支出决算表", "| 科目 | 合计 | 基本支出 |\n| 行政运行 | 10.00 | 10.00 |"]


def test_tables_without_rules_are_told_by_their_captions() -> None:
    drawn = """
    | 支出决算表 | | |
    | 部门：临溪市档案馆 | | 单位：万元 |
    | 科目 | 合计 | 基本支出 |
    | 行政运行 | 10.00 | 10.00 |
    | 档案馆 | 5.00 | |
    | 数据来源：国家统计局 | | |
    """
    lines = read(sheet(drawn))
    assert lines[:3] == ["支出决算表", "部门：临溪市档案馆", "单位：万元"]
    assert lines[3:] == [
        "| 科目 | 合计 | 基本支出 |\n| 行政运行 | 10.00 | 10.00 |\n| 档案馆 | 5.00 | |",
        "数据来源：国家统计局",
    ]


def test_empty_rows_part_tables_and_ruled_empty_rows_do_not() -> None:
    drawn = """
    | [科目] | [合计] |
    | [a] | [1] |
    | [] | [] |
    | [b] | [2] |
    | | |
    | 表二 | |
    | [科目] | [合计] |
    | [c] | [3] |
    """
    assert read(sheet(drawn)) == ["| 科目 | 合计 |\n| a | 1 |\n| | |\n| b | 2 |", "表二", "| 科目 | 合计 |\n| c | 3 |"]


def test_a_table_without_rules_goes_on_after_an_empty_row_when_numbers_follow_at_once() -> None:
    drawn = """
    | 科目 | 合计 |
    | a | 1 |
    | | |
    | b | 2 |
    | | |
    | 项目 | 金额 |
    | c | 3 |
    """
    assert read(sheet(drawn)) == ["| 科目 | 合计 |\n| a | 1 |\n| | |\n| b | 2 |", "| 项目 | 金额 |\n| c | 3 |"]


def test_of_the_ruled_empty_rows_under_a_table_one_is_kept() -> None:
    drawn = """
    | [合计] | [公务接待费] |
    | [] | [] |
    | [] | [] |
    """
    assert read(sheet("| 三公表 | < |\n" + drawn.strip("\n"))) == ["三公表", "| 合计 | 公务接待费 |\n| | |"]


def test_tables_side_by_side_have_their_own_titles() -> None:
    drawn = """
    | 表一 | | | 表二 | |
    | [科目] | [合计] | | [科目] | [合计] |
    | [a] | [1] | | [b] | [2] |
    """
    assert read(sheet(drawn)) == ["表一", "| 科目 | 合计 |\n| a | 1 |", "表二", "| 科目 | 合计 |\n| b | 2 |"]


def test_a_title_over_two_tables_stands_over_both() -> None:
    drawn = """
    | 收支表 | < | < | < | < |
    | [科目] | [合计] | | [科目] | [合计] |
    | [a] | [1] | | [b] | [2] |
    """
    assert read(sheet(drawn)) == ["收支表", "| 科目 | 合计 |\n| a | 1 |", "| 科目 | 合计 |\n| b | 2 |"]


def test_an_empty_column_inside_a_table_without_rules_parts_nothing() -> None:
    drawn = """
    | 科目 | 合计 | | 基本支出 |
    | a | 3 | | 1 |
    | b | 4 | | 2 |
    """
    assert read(sheet(drawn)) == ["| 科目 | 合计 | | 基本支出 |\n| a | 3 | | 1 |\n| b | 4 | | 2 |"]


def test_a_column_that_only_widens_merged_cells_is_no_column() -> None:
    drawn = """
    | [科目] | < | [合计] |
    | [a] | < | [1] |
    """
    assert read(sheet(drawn)) == ["| 科目 | 合计 |\n| a | 1 |"]


def test_a_unit_in_the_cell_beside_its_label_is_one_line() -> None:
    drawn = """
    | 支出表 | | | |
    | 编制单位： | 档案馆 | 单位： | 万元 |
    | [科目] | [合计] | [基本] | [项目] |
    | [a] | [1] | [1] | [] |
    """
    assert read(sheet(drawn))[1:3] == ["编制单位：档案馆", "单位：万元"]


def test_a_label_without_a_value_does_not_take_the_next_one() -> None:
    drawn = """
    | 支出表 | | |
    | 编制单位： | | 单位：万元 |
    | [科目] | [合计] | [基本] |
    | [a] | [1] | [1] |
    """
    assert read(sheet(drawn))[1:3] == ["编制单位：", "单位：万元"]


def test_prose_in_one_column_is_lines() -> None:
    assert read(sheet("| 第一部分 概况 |\n| 一、职能 |\n| 二、机构 |")) == ["第一部分 概况", "一、职能", "二、机构"]


@pytest.mark.parametrize(
    ("name", "first"), [("收支总表", "收支总表"), ("Sheet1", None), ("工作表2", None), ("3", None)]
)
def test_the_tab_names_a_table_that_prints_no_title(name: str, first: str | None) -> None:
    drawn = "| 部门：档案馆 | 单位：万元 |\n| [科目] | [合计] |\n| [a] | [1] |"
    lines = read(sheet(drawn, name))
    assert lines[0] == (first or "部门：档案馆")


def test_the_tab_is_no_line_where_a_title_is_printed() -> None:
    assert "收支" not in read(sheet("| 支出决算表 | < |\n| [科目] | [合计] |\n| [a] | [1] |", "收支"))


def test_places_are_named_as_a_spreadsheet_names_them() -> None:
    blocks = blocks_of(
        [sheet("| 支出表 | < |\n| [科目] | [合计] |\n| [a] | [1] |", "表")], CellBudget(100, 10), notice_book()
    )
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert dict(blocks[0].location.path) == {"sheet": "表", "cell": "A1"}
    assert [dict(cell.location.path)["cell"] for cell in grid.cells] == ["A2", "B2", "A3", "B3"]
    assert [(line.text, grid.below) for line in grid.above] == [("支出表", ())]


@pytest.mark.parametrize(("place", "name"), [((0, 0), "A1"), ((6, 2), "C7"), ((9, 26), "AA10"), ((0, 16383), "XFD1")])
def test_names_of_cells(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name
    assert position_of(name) == place


@pytest.mark.parametrize("name", ["", "A", "7", "A1B", "AAAA1", "一1"])
def test_what_names_no_cell(name: str) -> None:
    assert position_of(name) is None


def test_merged_cells_that_overlap_and_reach_far_do_no_harm() -> None:
    drawn = sheet("| [科目] | [合计] |\n| [a] | [1] |")
    drawn.merges += [Area(0, 0, 1_048_575, 16_383), Area(0, 0, 0, 1), Area(1, 0, 1, 1)]
    book = notice_book()
    assert [block.text for block in blocks_of([drawn], CellBudget(100, 10), book) if isinstance(block, TextLine)] == [
        "科目"
    ]
    assert [(notice.code, notice.message[:8]) for notice in book.notices()] == [("cells_overlap", "3 cells ")]


def test_a_table_has_no_more_cells_than_are_read() -> None:
    with pytest.raises(TooLarge):
        blocks_of([sheet("| a | b |\n| c | 1 |")], CellBudget(3, 10), notice_book())
