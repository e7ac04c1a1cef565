"""Two-sided tables that list 款 and 项 by name beneath their classes: a name alone makes no class line."""

from __future__ import annotations

import pytest

from schemas.result import Reading
from tests.schemas.drawn import codes, read_drawn

BUDGET = ("临溪市档案馆2026年部门预算", "收支总表", "单位：万元")
HEADER = "| 收入 | < | 支出 | < |\n| 项目 | 预算数 | 项目 | 预算数 |\n"


def side(*labels: str, amounts: tuple[str, ...] = ()) -> Reading:
    """A table with these labels on the expenditure side."""
    rows = [("一、一般公共预算拨款收入", "9.00", label, "1.00") for label in labels]
    if amounts:
        rows = [(*row[:3], amount) for row, amount in zip(rows, amounts, strict=True)]
    rows[1:] = [("", "", *row[2:]) for row in rows[1:]]
    return read_drawn(*BUDGET, HEADER + "\n".join(f"| {' | '.join(row)} |" for row in rows))


def lines(reading: Reading) -> list[tuple[str | None, str | None, int | None]]:
    found = [one.row for one in reading.observations if one.row.side == "expenditure"]
    return [(row.label, row.item, row.level) for row in found]


def test_names_beneath_a_class_are_deeper_and_no_class() -> None:
    labels = ("一、教育支出", "进修及培训", "培训支出", "二、其他支出", "其他支出", "其他支出", "本年支出合计")
    assert lines(side(*labels)) == [
        ("教育支出", "expenditure.205", 1),
        ("进修及培训", None, 2),
        ("培训支出", None, 2),
        ("其他支出", "expenditure.229", 1),
        ("其他支出", None, 2),
        ("其他支出", None, 2),
        ("本年支出合计", "expenditure.total_current", None),
    ]


def test_the_sum_of_the_classes_takes_no_line_twice() -> None:
    labels = ("一、教育支出", "进修及培训", "二、其他支出", "其他支出", "本年支出合计")
    reading = side(*labels, amounts=("4.00", "4.00", "3.00", "3.00", "7.00"))
    assert [check.status for check in reading.checks if check.rule == "B1.exp"] == ["pass"]
    assert codes(reading) == []


@pytest.mark.parametrize("first", ["一、教育支出", "（一）教育支出"])
def test_ordinals_of_the_classes_tell_which_depth_is_theirs(first: str) -> None:
    upper = ("一、本年支出",) if first.startswith("（") else ()
    found = lines(side(*upper, first, "1.其他支出", "其他支出"))
    assert [item for _, item, _ in found[len(upper) :]] == ["expenditure.205", None, None]


def test_where_no_class_carries_an_ordinal_every_name_of_a_class_is_one() -> None:
    assert [item for _, item, _ in lines(side("教育支出", "科学技术支出", "其他支出"))] == [
        "expenditure.205",
        "expenditure.206",
        "expenditure.229",
    ]


def test_an_ordinal_that_lost_its_mark_is_still_one() -> None:
    assert [item for _, item, _ in lines(side("一、教育支出", "二其他支出"))] == ["expenditure.205", "expenditure.229"]


@pytest.mark.parametrize("label", ["其他交通运输支出", "其他教育支出", "其他社会保障和就业支出", "其它农林水支出"])
def test_another_item_is_never_taken_for_its_class(label: str) -> None:
    assert lines(side("交通运输支出", label))[1][1] is None


def test_a_code_of_its_own_says_that_a_row_is_no_class() -> None:
    found = lines(side("205教育支出", "229其他支出", "22999其他支出"))
    assert found == [
        ("教育支出", "expenditure.205", 1),
        ("其他支出", "expenditure.229", 1),
        ("其他支出", None, 2),
    ]


def test_totals_and_balances_end_what_stands_beneath_a_class() -> None:
    found = lines(side("一、教育支出", "进修及培训", "本年支出合计", "某项说明"))
    assert found[-1] == ("某项说明", None, None)
