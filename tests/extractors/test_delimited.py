"""Tables as text are told from prose by their rows, whatever the file is called and however it is encoded."""

from __future__ import annotations

import pytest

from extractors import registry
from extractors.errors import UnsupportedFormat
from tests.gridtext import render_all

ROWS = '科目编码,科目名称,合计\r\n201,一般公共服务支出,"1,320.50"\r\n2012601,行政运行,210.50\r\n'
GRID = """\
| 科目编码 | 科目名称         | 合计     |
| 201      | 一般公共服务支出 | 1,320.50 |
| 2012601  | 行政运行         | 210.50   |
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_encoding_of_a_chinese_office_is_read(encoding: str) -> None:
    document = registry.extract(ROWS.encode(encoding))
    assert document.format == "csv"
    assert render_all(document.grids) == GRID


def test_tabs_part_cells_too() -> None:
    rows = "科目编码\t科目名称\t合计\n201\t一般公共服务支出\t1,320.50\n2012601\t行政运行\t210.50\n"
    assert render_all(registry.extract(rows.encode("gbk")).grids) == GRID


def test_codes_that_are_kept_from_being_numbers_are_printed_without_their_marks() -> None:
    rows = '科目,合计,备注\n="0301",="12.50",a\n="0302",1,b\n'
    assert [cell.text for cell in registry.extract(rows.encode()).grids[0].cells[3:6]] == ["0301", "12.50", "a"]


def test_title_unit_and_note_are_lines_around_the_table() -> None:
    rows = f"支出决算表,,\n部门：档案馆,,单位：万元\n{ROWS}注：本表反映支出。,,\n"
    document = registry.extract(rows.encode())
    [grid] = document.grids
    assert [line.text for line in grid.above] == ["支出决算表", "部门：档案馆", "单位：万元"]
    assert [line.text for line in grid.below] == ["注：本表反映支出。"]
    assert dict(grid.cells[0].location.path) == {"cell": "A3"}


def test_bytes_that_do_not_decode_are_said() -> None:
    document = registry.extract(ROWS.encode("gbk") + b"205,x,1.00\r\n" * 6000 + b"1,\xff\xff,2\r\n")
    assert [notice.code for notice in document.notices] == ["text_undecodable"]


@pytest.mark.parametrize(
    "prose",
    [
        "2023年，全市一般公共预算收入1,234.5亿元，增长3.2%。\n其中，税收收入1,000亿元。\n支出合计2,345亿元，增长1%。\n",
        "部门决算\t1,234.50\r\n",
        "Dear all,\nplease find attached, as promised, the file.\nRegards,\nA\n",
        "a,b\nc,d\n",
        "第一章\t总则\n第二章\t收入\n第三章\t支出\n",
    ],
)
def test_prose_is_no_table(prose: str) -> None:
    with pytest.raises(UnsupportedFormat, match="plain text"):
        registry.extract(prose.encode())
