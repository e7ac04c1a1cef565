"""Targets and actual values of indicators: a number only where the whole text is one."""

from __future__ import annotations

import pytest

from schemas.forms.values import indicator_value


@pytest.mark.parametrize(
    ("text", "op", "number", "unit"),
    [
        ("≥3500人次", ">=", "3500", "人次"),
        ("> 3500 人次", ">", "3500", "人次"),
        ("不低于5%", ">=", "5", "%"),
        ("300元/人/年", "=", "300", "元/人/年"),
        ("3年", "=", "3", "年"),
        ("5个工作日", "=", "5", "个工作日"),
        ("1,200人以上", ">=", "1200", "人"),
    ],
)
def test_a_number_has_its_operator_and_its_unit(text: str, op: str, number: str, unit: str) -> None:
    value = indicator_value(text)

    assert value is not None
    assert (value.op, value.number, value.unit) == (op, number, unit)


@pytest.mark.parametrize(
    "text", ["普遍知晓", "2019年全年", "2019年已完成", "2023年", "12月底前", "2018-2020年", "第1名"]
)
def test_words_and_points_in_time_are_no_numbers(text: str) -> None:
    value = indicator_value(text)

    assert value is not None
    assert (value.text, value.op, value.number, value.unit) == (text, None, None, None)
