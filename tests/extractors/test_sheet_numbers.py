"""A number is read as its sheet displays it, never as the binary fraction that the file keeps."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.sheets.builtin import BUILTIN
from extractors.sheets.numbers import Displayed, displayed, displayed_text
from schemas.amounts import parse_amount
from schemas.kind import ValueType

MONEY = st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e9", max_value="1e9", places=4)
ACCOUNTING = BUILTIN[43]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.5", "General", "1234.5"),
        ("2010301.0", "G/通用格式", "2010301"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234.5600000000001", "General", "1234.56"),
        ("1.1368683772161603E-13", "#,##0.00", "0.00"),
        ("1.1368683772161603E-13", "General", "1.13686837721616E-13"),
        ("2.675", "0.00", "2.68"),
        ("1.005", "0.00", "1.01"),
        ("0.5831", "0.00%", "58.31%"),
        ("1", "0%", "100%"),
        ("301", "0000", "0301"),
        ("0.5", "#,###.00", ".50"),
        ("12.3", ".00", "12.30"),
        ("0.3", ".00", ".30"),
        ("3", "0.##", "3"),
        ("3.1", "0.##", "3.1"),
        ("1234567.891", "[$￥-804]#,##0.00", "￥1,234,567.89"),
        ("12.3", '0.00"万元"', "12.30万元"),
        ("100", "#,##0.00元", "100.00元"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("-5", ACCOUNTING, "-5.00"),
        ("0", ACCOUNTING, "-"),
        ("1234.567", ACCOUNTING, "1,234.57"),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("0.25", "# ?/?", "0.25"),
        ("123456", "0.00E+00", "1.23E+05"),
        ("1234", "@", "1234"),
    ],
)
def test_a_number_in_its_format(value: str, code: str, text: str) -> None:
    assert displayed(Decimal(value), code) == Displayed(text)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("123456", "0!.0,", "12.3"),
        ("12345678", "0!.0000", "1234.5678"),
        ("1234567", "#,##0.00,", "1,234.57"),
        ("15000000", "#,##0,", "15,000"),
        ("123456789", '[>=100000000]0.00,,"亿";[>=10000]0!.0,"万";0', "123.46亿"),
        ("123456", '[>=100000000]0.00,,"亿";[>=10000]0!.0,"万";0', "12.3万"),
    ],
)
def test_a_format_that_divides_is_said(value: str, code: str, text: str) -> None:
    assert displayed(Decimal(value), code) == Displayed(text, scaled=True)


@pytest.mark.parametrize("code", ["#,##0.00;[Red]#,##0.00", "0.00;0.00", "0.00;[红色]0.00"])
def test_a_negative_number_keeps_the_sign_that_its_format_leaves_to_a_colour(code: str) -> None:
    shown = displayed(Decimal("-12.5"), code)
    assert shown == Displayed("-12.50", unsigned=True)


@pytest.mark.parametrize(
    ("serial", "code", "text"),
    [
        ("44927", 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        ("44927", BUILTIN[14], "2023/1/1"),
        ("44927", BUILTIN[57], "2023年1月"),
        ("44927.5", "yyyy/mm/dd hh:mm:ss", "2023/01/01 12:00:00"),
        ("45000.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("44927", "aaaa", "星期日"),
        ("44927", "d-mmm-yy", "1-Jan-23"),
        ("60", "yyyy-m-d", "1900-2-29"),
        ("1", "yyyy-m-d", "1900-1-1"),
        ("1.5", "[h]:mm", "36:00"),
        ("-3", "yyyy-m-d", "-3"),
    ],
)
def test_a_date_in_its_format(serial: str, code: str, text: str) -> None:
    assert displayed(Decimal(serial), code).text == text


def test_days_of_a_workbook_may_count_from_1904() -> None:
    assert displayed(Decimal("43465"), "yyyy-mm-dd", since_1904=True).text == "2023-01-01"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("abc", "@", "abc"),
        ("abc", '"（"@"）"', "（abc）"),
        ("abc", ";;;", ""),
        ("abc", ACCOUNTING, "abc"),
        ("a", "0.00", "a"),
    ],
)
def test_a_text_in_its_format(text: str, code: str, shown: str) -> None:
    assert displayed_text(text, code) == shown


@given(
    st.text('0#?.,%;"\\\\!_*@/E+-()[]><=$hmsyda 万元', max_size=14),
    st.decimals(allow_nan=False, allow_infinity=False, min_value="-1e20", max_value="1e20"),
)
@settings(max_examples=300, deadline=None)
def test_any_code_displays_any_number_as_some_text(code: str, value: Decimal) -> None:
    assert isinstance(displayed(value, code).text, str)
    assert isinstance(displayed_text("abc", code), str)


@given(st.sampled_from(["0.00", "#,##0.00", ".00", "#,##0.00_);(#,##0.00)", "0.00;[Red]0.00", ACCOUNTING]), MONEY)
@settings(max_examples=200, deadline=None)
def test_money_reads_back_as_the_number_that_was_displayed(code: str, value: Decimal) -> None:
    shown = parse_amount(displayed(value, code).text, ValueType.MONEY, 1)
    assert (shown.number or 0) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)
