"""Amounts that cannot be in the unit of their table, and numbered rows that stand twice."""

from __future__ import annotations

import pytest

from tests.schemas.drawn import read_drawn

ALONE = """
| 科目编码 | 科目名称 | 合计    | 基本支出 | 项目支出 |
| 合计     | <        | {total} | {total}  | 0.00     |
| 205      | 教育支出 | {total} | {total}  | 0.00     |
"""


@pytest.mark.parametrize(
    ("unit", "total", "doubted"),
    [("元", "320.50", True), ("元", "12,320.50", False), ("万元", "1,232,050,000.00", True), ("万元", "12.05", False)],
)
def test_a_table_of_everything_has_a_size_that_an_agency_can_have(unit: str, total: str, *, doubted: bool) -> None:
    found = read_drawn("临溪市教育局2023年度部门决算", "支出决算表", f"单位：{unit}", ALONE.format(total=total))
    said = [one for one in found.findings if one.code == "unit_implausible"]
    assert [one.cells for one in said] == ([["t01.r1.c2"]] if doubted else [])
    amounts = {one.grade for one in found.observations if one.unit == "CNY"}
    assert amounts == ({"C"} if doubted else {"A"})


def test_the_size_of_a_table_of_one_fund_says_nothing_of_its_unit() -> None:
    found = read_drawn(
        "临溪市教育局2023年度部门决算", "政府性基金预算财政拨款收入支出决算表", "单位：元", ALONE.format(total="100.00")
    )
    assert [one for one in found.findings if one.code == "unit_implausible"] == []


def test_many_amounts_in_yuan_with_parts_of_a_fen_are_in_another_unit() -> None:
    found = read_drawn("临溪市教育局2023年度部门决算", "支出决算表", "单位：元", ALONE.format(total="32050.1746"))
    (said,) = (one for one in found.findings if one.code == "unit_implausible")
    assert len(said.cells) == 4
    once = ALONE.format(total="32050.17").replace("32050.17 |", "32050.1746 |", 1)
    slip = read_drawn("临溪市教育局2023年度部门决算", "支出决算表", "单位：元", once)
    assert [one for one in slip.findings if one.code == "unit_implausible"] == []


def test_a_numbered_row_stands_once_in_a_list_of_projects() -> None:
    rows = """
    | 序号 | 项目名称 | 预算数 | 执行数 |
    | 1    | 会议     | 5.00   | 4.00   |
    | {n}  | 会议     | 5.00   | 4.00   |
    | 3    | 培训     | 2.00   | 1.00   |
    """
    for number, twice in (("1", 1), ("2", 0)):
        found = read_drawn("某局2023年度绩效自评", "绩效自评结果汇总表", "单位：万元", rows.format(n=number))
        assert len([one for one in found.findings if one.code == "row_twice"]) == twice
