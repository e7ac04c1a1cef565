"""Tables that a document names as its own and does not hold."""

from __future__ import annotations

import pytest

from schemas.result import Reading
from tests.schemas.drawn import Piece, read_drawn

FINAL = "临溪市档案馆2023年度部门决算"
BODY = """
    | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
    | 205      | 教育支出 | 9.00 | 8.00     | 1.00     |
"""
TABLE: tuple[Piece, ...] = (2, "支出决算表", "单位：万元", BODY)


def missing(reading: Reading) -> list[tuple[str, int | None]]:
    found = [one for one in reading.findings if one.code == "referenced_not_found"]
    return [(one.message.rpartition(": ")[2], one.page) for one in found]


@pytest.mark.parametrize(
    "line",
    [
        "一、收入决算表",
        "二、收入决算表…………………… 5",
        "收入决算表（公开02表）",
        "（二）收入决算表......12",
    ],
)
def test_a_table_named_in_the_contents_and_nowhere_drawn_is_reported_with_its_page(line: str) -> None:
    assert missing(read_drawn(FINAL, 1, line, *TABLE)) == [("收入决算表", 1)]


def test_a_table_that_is_drawn_is_not_missing() -> None:
    assert missing(read_drawn(FINAL, 1, "一、支出决算表……2", *TABLE)) == []


def test_a_kind_is_reported_once_however_often_and_variously_it_is_named() -> None:
    lines = ("一、收入支出决算总表", "收入支出决算总表", "附件：收支决算总表")
    assert missing(read_drawn(FINAL, 1, *lines, *TABLE)) == [("收入支出决算总表", 1)]


def test_a_table_recognised_by_its_header_under_another_title_is_there() -> None:
    body = BODY.replace("合计 |", "合计 | 上缴上级支出 | 经营支出 |").replace("9.00 |", "9.00 | 0.00 | 0.00 |")
    reading = read_drawn(FINAL, 1, "一、支出决算表", 2, "单位：万元", body)
    assert reading.tables[0].kind == "fa_expenditure"
    assert missing(reading) == []


def test_halves_of_a_title_broken_in_two_announce_nothing() -> None:
    assert missing(read_drawn(FINAL, 2, "一般公共预算财政拨款", "支出决算表", "单位：万元", BODY)) == []


@pytest.mark.parametrize(
    "line",
    [
        "收入决算表反映部门本年度取得的全部收入情况。",
        "具体见收入决算表",
        "收入决算",
        "2023年度重点项目进展情况表",
        "表2",
    ],
)
def test_prose_and_unknown_titles_announce_nothing(line: str) -> None:
    assert missing(read_drawn(FINAL, 1, line, *TABLE)) == []
