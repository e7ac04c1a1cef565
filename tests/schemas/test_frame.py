"""How publishers lay out the head and foot of a table, each case as one of them prints it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.model import Location, Part
from schemas.columns import columns_of
from schemas.frame import Frame, frame_of, is_number_row
from schemas.lattice import Lattice, is_numeric
from tests.gridtext import parse


def frame(text: str) -> Frame:
    return frame_of(Lattice.of(parse(text.strip())))


def test_a_row_of_column_numbers_closes_the_header_and_is_no_data() -> None:
    seen = frame("""
        | 项目     | <        | 本年支出合计 | 基本支出 |
        | 科目编码 | 科目名称 | ^            | ^        |
        | 栏次     | <        | 1            | 2        |
        |          | 合计     | 1668.14      | 746.39   |
    """)
    assert seen.header == (0, 1)
    assert seen.numbers == 2
    assert [row.index for row in seen.body] == [3]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("| 栏次 | |   | 2 | 3 |   |   |", True),  # the first was lost below a seal
        ("|      | | 1 | 2 | 3 |   | 5 | 6 |", True),
        ("| 栏次 | | 1 | 栏次 | | 2 |", True),
        ("| 栏次 | 2 | 3 | 4 |  |   |", False),
        ("| 合计 | | 1 |   | 3 |   |   |", False),  # amounts
    ],
)
def test_a_row_of_column_numbers_may_have_lost_one(row: str, numbers: bool) -> None:
    assert is_number_row(Lattice.of(parse(row)), 0) is numbers


def test_a_code_printed_in_three_columns_is_one_column_and_its_header_three_rows() -> None:
    seen = frame("""
        | 项目             | < | < | <                | 收入预算    | <            |
        | 功能分类科目编码 | < | < | 功能分类科目名称 | 合计        | 财政拨款收入 |
        | 类               | 款 | 项 | ^               | ^           | ^            |
        | 208              | 05 | 01 | 行政单位离退休  | 1,058,456   | 1,058,456    |
    """)
    assert seen.header == (0, 1, 2)
    columns = columns_of(seen)
    assert [column.indices for column in columns] == [(0, 1, 2), (3,), (4,), (5,)]
    assert columns[0].split_code
    assert columns[2].labels == ("收入预算", "合计")


def test_a_row_that_is_header_and_total_at_once_is_both() -> None:
    seen = frame("""
        | 项目         | < | < | <        | 本年收入合计 | 财政拨款收入 |
        | 支出功能分类 | < | < | 科目名称 | ^            | ^            |
        | 科目编码     | < | < | ^        | ^            | ^            |
        | 类           | 款 | 项 | 合计    | 2,946.25     | 2,940.05     |
        | 201          |    |    | 一般公共服务支出 | 2,112.86 | 2,106.66 |
    """)
    assert seen.header == (0, 1, 2, 3)
    assert [(row.index, row.fused) for row in seen.body] == [(3, True), (4, False)]
    assert columns_of(seen)[2].labels == ("本年收入合计",)


def test_an_empty_row_between_two_header_rows_is_header() -> None:
    seen = frame("""
        | 财政拨款“三公”经费 | <      | <                | <      |
        | 合计                 | <      | 因公出国（境）费 | <      |
        |                      |        |                  |        |
        | 预算数               | 决算数 | 预算数           | 决算数 |
        | 0.95                 |        |                  |        |
    """)
    assert seen.header == (0, 1, 2, 3)
    assert columns_of(seen)[2].labels == ("财政拨款“三公”经费", "因公出国（境）费", "预算数")
    assert [row.index for row in seen.body] == [4]


def test_a_title_drawn_inside_the_frame_is_a_band() -> None:
    seen = frame("""
        | 2026年预算单位财政拨款收支预算总表\\n编制单位：某某中心 单位：元 | < | < | < |
        | 财政拨款收入 | < | 财政拨款支出 | < |
        | 项目 | 预算数 | 项目 | 合计 |
        | 一、一般公共预算 | 193,018,000 | 一、社会保障和就业支出 | 7,099,698 |
    """)
    assert seen.bands == (0,)
    assert seen.header == (1, 2)


def test_the_number_of_an_attachment_over_the_title_is_a_band() -> None:
    seen = frame("""
        | 附件2.           |        |        |
        | “三公”经费决算表 | <      | <      |
        | 项目             | 预算数 | 决算数 |
        | 合计             | 8.60   | 6.42   |
    """)
    assert (seen.bands, seen.header) == ((0, 1), (2,))


def test_a_group_over_all_columns_is_header_not_title() -> None:
    seen = frame("""
        | “三公”经费预算数 | <                | <          |
        | 合计               | 因公出国（境）费 | 公务接待费 |
        | 27.00              | 20.00            | 7.00       |
    """)
    assert seen.bands == ()
    assert seen.header == (0, 1)


def test_a_page_that_goes_on_without_a_header_has_none() -> None:
    for text in (
        "| 210 | 15 | 99 | 其他医疗保障管理事务支出 | 24,088,400 |\n| 221 | | | 住房保障支出 | 10,505,628 |",
        "| | | 二十二、灾害防治及应急管理支出 | |\n| | | 二十三、其他支出 | |",
        "| 2050305-高等职业教育 | 50502-商品和服务支出 | 143.62 | |\n| 2050306-其他 | 50502-商品和服务支出 | 1.00 | |",
    ):
        assert frame(text).header == ()


def test_a_total_printed_again_on_the_next_page_stays_body_and_is_marked() -> None:
    grid = parse(
        """
        | 科目编码 | 科目名称     | 合计    |
        |          | 合计         | 1668.14 |
        | 208      | 社会保障支出 | 76.23   |
        | 科目编码 | 科目名称     | 合计    |
        |          | 合计         | 1668.14 |
        | 221      | 住房保障支出 | 60.87   |
    """.strip()
    )
    place = Location(page=1)
    parts = (Part(place, 0, 2), Part(Location(page=2), 3, 5, header_rows=1))
    seen = frame_of(Lattice.of(replace(grid, parts=parts)))
    assert seen.repeated == (3,)
    assert [(row.index, row.repeat) for row in seen.body] == [(1, False), (2, False), (4, True), (5, False)]


def test_numbered_notes_and_formulas_in_the_last_rows_are_no_data() -> None:
    seen = frame("""
        | 科目编码 | 科目名称 | 合计  | 基本支出 |
        | 205      | 教育支出 | 20.00 | 20.00    |
        | 注：1.本表反映部门本年度的总收支。 | < | < | < |
        | 2.本套报表金额单位转换时可能存在尾数误差。 | < | < | < |
        | 27行=（1+2+3）行；31行=（27+28）行； | < | < | < |
        | 58行=（32+33+…+57）行。 | < | < | < |
    """)
    assert seen.notes == (2, 3, 4, 5)


def test_a_note_in_the_last_row_is_no_data() -> None:
    seen = frame("""
        | 序号 | 单位名称 | 备注 |
        | 1    | 某局本级 |      |
        | 注：本表反映部门本年度取得的各项收入情况。 | < | < |
    """)
    assert seen.notes == (2,)
    assert [row.index for row in seen.body] == [1]


def test_every_row_is_in_exactly_one_part() -> None:
    seen = frame("""
        | 单位：万元 | <      | <   |
        | 项目       | 行次   | 金额 |
        | 栏次       |        | 1   |
        | 一、收入   | 1      | 5.00 |
        | 注：略     | <      | <   |
    """)
    rows = [*seen.bands, *seen.header, seen.numbers, *seen.repeated, *(row.index for row in seen.body), *seen.notes]
    assert rows == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "text", ["1,085.68", "1, 085. 68", "-15.42", "（15.42）", "3745（2177）", "60万", "58.31%", "0301"]
)
def test_numbers_as_tables_print_them_are_numeric(text: str) -> None:
    assert is_numeric(text)


@pytest.mark.parametrize(
    "text", ["", "—", "2026年预算数", "合计", "一、基本支出", "1.一般公共预算", "2040201-行政运行"]
)
def test_labels_and_signs_are_not_numeric(text: str) -> None:
    assert not is_numeric(text)
