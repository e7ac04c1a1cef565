"""Lines of a summary that bear each other's ordinal."""

from __future__ import annotations

import pytest

from schemas.result import Reading
from schemas.witness.ordinals import _exchanged, _number
from tests.schemas.drawn import read_drawn

SUMMARY = """
| 收入                         | <      | 支出                 | <      |
| 项目                         | 决算数 | 项目                 | 决算数 |
| 一、一般公共预算财政拨款收入 | 80.00  | 一、一般公共服务支出 | 80.00  |
| {second}                     | 5.00   | 二、外交支出         | 0.00   |
| 三、国有资本经营预算财政拨款收入 | 0.00 | 三、国防支出       | 0.00   |
| {fourth}                     | 15.00  | 四、公共安全支出     | 20.00  |
| 本年收入合计                 | 100.00 | 本年支出合计         | 100.00 |
| 总计                         | 100.00 | 总计                 | 100.00 |
"""
FUND, SUBSIDY = "二、政府性基金预算财政拨款收入", "四、上级补助收入"


def drawn(second: str, fourth: str) -> Reading:
    table = SUMMARY.format(second=second, fourth=fourth)
    return read_drawn("临溪市档案馆2023年度部门决算", "收入支出决算总表", "单位：万元", table)


def test_two_lines_with_each_others_ordinal_are_doubted() -> None:
    reading = drawn(SUBSIDY, FUND)
    (said,) = (one for one in reading.findings if one.code == "ordinals_exchanged")
    assert said.cells == ["t01.r3.c1", "t01.r5.c1"]
    assert SUBSIDY in said.message
    assert {one.cell for one in reading.observations if one.grade == "C"} == {"t01.r3.c1", "t01.r5.c1"}


def test_lines_in_order_are_not() -> None:
    assert [one for one in drawn(FUND, SUBSIDY).findings if one.code == "ordinals_exchanged"] == []


@pytest.mark.parametrize(
    ("numbers", "pair"),
    [
        ([1, 2, 3, 4], None),
        ([1, 4, 3, 2], (1, 3)),
        ([1, 3, 2, 5], (1, 2)),
        ([1, 2, 2, 3], None),
        ([3, 1, 2, 4], None),
        ([1, 2, 5, 1, 2], None),
    ],
)
def test_only_two_that_make_an_order_by_changing_places_are_said(
    numbers: list[int], pair: tuple[int, int] | None
) -> None:
    assert _exchanged(numbers) == pair


def test_chinese_numbers() -> None:
    assert [_number(text) for text in ("一", "九", "十", "十二", "二十", "三十一")] == [1, 9, 10, 12, 20, 31]


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [((1, 2, 4, 5), [3]), ((1, 2, 3, 4), []), ((1, 3, 5, 7), []), ((2, 3, 5, 6), []), ((1, 2, 1, 2), [])],
)
def test_the_one_number_that_a_list_leaves_out_is_said(numbers: tuple[int, ...], missing: list[int]) -> None:
    rows = "\n".join(f"| {number} | 项目{place} | 5.00 | 4.00 |" for place, number in enumerate(numbers))
    table = f"| 序号 | 项目名称 | 预算数 | 执行数 |\n{rows}"
    reading = read_drawn("某局2023年度绩效自评", "绩效自评结果汇总表", "单位：万元", table)
    said = [one for one in reading.findings if one.code == "number_missing"]
    assert [f"no row with the number {number};" in one.message for number, one in zip(missing, said, strict=True)] == [
        True for _ in missing
    ]
