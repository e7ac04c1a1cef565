"""Items whose code says that they are basic or project expenditure."""

from __future__ import annotations

from schemas.result import Finding, Reading
from tests.schemas.drawn import read_drawn

TABLE = """
| 科目编码 | 科目名称         | 合计   | 基本支出 | 项目支出 |
| 合计     | <                | 36.00  | {sums}   |
| 201      | 一般公共服务支出 | 36.00  | {sums}   |
| 20126    | 档案事务         | 36.00  | {sums}   |
| 2012601  | 行政运行         | 22.00  | {running}  |
| 2012602  | 一般行政管理事务 | 11.00  | {general}  |
| 2012604  | 档案馆           | 3.00   | 2.00   | 1.00   |
"""


def drawn(sums: str, running: str, general: str) -> Reading:
    table = TABLE.format(sums=sums, running=running, general=general)
    return read_drawn("临溪市档案馆2023年度部门决算", "支出决算表", "单位：万元", table)


def told(reading: Reading) -> list[Finding]:
    return [one for one in reading.findings if one.code == "nature_contradicted"]


def doubted(reading: Reading) -> set[str | None]:
    return {one.cell for one in reading.observations if one.grade == "C"}


def test_what_stands_as_its_code_says_is_not_doubted() -> None:
    reading = drawn("24.00 | 12.00", "22.00 | ", " | 11.00")
    assert told(reading) == []
    assert doubted(reading) == set()
    both = drawn("23.00 | 13.00", "21.00 | 1.00", " | 11.00")
    assert told(both) == []


def test_a_row_under_the_other_column_is_doubted() -> None:
    reading = drawn("2.00 | 34.00", " | 22.00", " | 11.00")
    (said,) = told(reading)
    assert said.cells == ["t01.r4.c4"]
    assert "2012601 行政运行 is 基本支出 (basic expenditure)" in said.message
    assert doubted(reading) == {"t01.r4.c4"}


def test_two_columns_that_changed_places_are_doubted_as_a_whole() -> None:
    reading = drawn("13.00 | 23.00", " | 22.00", "11.00 | ")
    assert len(told(reading)) == 2
    assert {f"t01.r{row}.c{col}" for row in (1, 2, 3, 6) for col in (3, 4)} <= doubted(reading)
    assert not any((cell or "").endswith(".c2") for cell in doubted(reading))
