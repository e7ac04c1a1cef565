"""Amounts and units as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.amounts import UNITS, Amount, find_unit, find_units, parse_amount
from schemas.kind import ValueType
from schemas.records import ValueStatus

WAN = 10_000


def money(text: str, factor: int | None = WAN) -> Amount:
    return parse_amount(text, ValueType.MONEY, factor)


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("1,085.68", "1085.68", 2),
        ("1, 085. 68", "1085.68", 2),
        ("1，085．68", "1085.68", 2),
        ("１０８５．６８", "1085.68", 2),
        ("5.\n11", "5.11", 2),
        ("12 .30", "12.30", 2),
        (".50", "0.50", 2),
        ("¥ 1,234.50", "1234.50", 2),
        ("+5", "5", 0),
        ("565,801.487564", "565801.487564", 6),
    ],
)
def test_spacing_width_and_separators_do_not_change_an_amount(text: str, number: str, decimals: int) -> None:
    amount = money(text)
    assert (amount.status, amount.number, amount.decimals) == (ValueStatus.PRINTED, Decimal(number), decimals)
    assert amount.value == Decimal(number) * WAN
    assert amount.repaired is False


@pytest.mark.parametrize(
    "text",
    ["-15.42", "－15.42", "−15.42", "—15.42", "- 15.42", "(15.42)", "（15.42）", "△15.42", "负15.42", "¥-15.42"],
)
def test_every_printed_form_of_a_negative_is_negative(text: str) -> None:
    assert money(text).value == Decimal("-154200")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50①", "1234.50"),
        ("1,234.50¹", "1234.50"),
        ("1,234.50 *", "1234.50"),
        ("1,234.50(注1)", "1234.50"),
        ("1,234.50【注】", "1234.50"),
        ("1,234.50注2", "1234.50"),
        ("10²", "10"),
        ("①12", "12"),
    ],
)
def test_note_marks_come_off_before_digits_are_read(text: str, number: str) -> None:
    assert money(text).number == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1234,567",
        "12,34,567",
        "224.05140.77128.66",
        "12.30\n45.10",
        "31.01\n424.00",
        "12345\n67.89",
        "100 200",
        "8 0",
        "-\n15.42",
        ",\n109703.00",
        "--5",
        "(-5)",
        "5-",
        "5.",
        "007",
        "2023年",
        "58%",
        "300 元/人/年",
        "约60万",
        "1e5",
        "#REF!",
        "####",
        "①",
        "⒈5",
        "٣",
        "12。5",
        "3745（58%）",
        "详见附件",
    ],
)
def test_what_is_not_one_number_is_unreadable(text: str) -> None:
    assert money(text) == Amount(ValueStatus.UNREADABLE)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1 085.68", "1085.68"), ("376,936.6\n0", "376936.60"), ("1,234,56\n7.89", "1234567.89"), ("1 2 . 5 0", "12.50")],
)
def test_digits_joined_over_a_break_are_marked_as_repaired(text: str, number: str) -> None:
    amount = money(text)
    assert (amount.number, amount.repaired) == (Decimal(number), True)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("60万", "600000", "万"),
        ("82.11万元", "821100", "万元"),
        ("2595.76 元", "2595.76", "元"),
        ("0.62亿元", "62000000", "亿元"),
        ("(12.5)万元", "-125000", "万元"),
        ("(12.5万元)", "-125000", "万元"),
    ],
)
@pytest.mark.parametrize("factor", [1, WAN, None])
def test_the_unit_in_the_cell_beats_the_unit_of_the_table(text: str, value: str, unit: str, factor: int | None) -> None:
    amount = money(text, factor)
    assert (amount.value, amount.unit) == (Decimal(value), unit)


def test_without_a_unit_the_printed_number_stands_and_the_value_is_unknown() -> None:
    amount = money("1085.68", None)
    assert (amount.number, amount.value) == (Decimal("1085.68"), None)


def test_a_bracketed_number_behind_a_number_is_a_second_scope() -> None:
    amount = money("3745（2177）")
    assert (amount.value, amount.alt) == (Decimal("37450000"), Decimal("21770000"))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("", ValueStatus.BLANK),
        (" \n\u200b", ValueStatus.BLANK),
        ("—", ValueStatus.NOT_APPLICABLE),
        ("- -", ValueStatus.NOT_APPLICABLE),
        ("￥-", ValueStatus.NOT_APPLICABLE),
        ("/", ValueStatus.NOT_APPLICABLE),
        ("……", ValueStatus.NOT_APPLICABLE),
        ("×", ValueStatus.NOT_APPLICABLE),
        ("××", ValueStatus.PLACEHOLDER),
        ("XX.XX万元", ValueStatus.PLACEHOLDER),
        ("**", ValueStatus.PLACEHOLDER),
    ],
)
def test_blank_dash_and_placeholder_differ_and_state_no_number(text: str, status: ValueStatus) -> None:
    assert money(text) == Amount(status)


def test_a_printed_zero_and_a_declared_zero_differ() -> None:
    assert money("-0.00") == Amount(ValueStatus.PRINTED_ZERO, Decimal(0), Decimal(0), 2)
    assert money("无") == Amount(ValueStatus.DECLARED_ZERO, Decimal(0), Decimal(0))
    assert money("无", None) == Amount(ValueStatus.DECLARED_ZERO, Decimal(0), None)


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("58. 31 %", ValueType.PERCENT, "58.31"),
        ("97.5", ValueType.PERCENT, "97.5"),
        ("116.7％", ValueType.PERCENT, "116.7"),
        ("8 0%", ValueType.PERCENT, "80"),
        ("5‰", ValueType.PERCENT, "0.5"),
        ("56家", ValueType.COUNT, "56"),
        ("1.2万人次", ValueType.COUNT, "12000"),
        ("120m²", ValueType.COUNT, "120"),
        ("120㎡", ValueType.COUNT, "120"),
        ("12²", ValueType.COUNT, "12"),
        ("9. 5分", ValueType.SCORE, "9.5"),
        ("12", ValueType.INT, "12"),
    ],
)
def test_percents_counts_and_scores_are_in_their_own_units(text: str, type_: ValueType, value: str) -> None:
    assert parse_amount(text, type_, WAN).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("5万元", ValueType.COUNT),
        ("12%", ValueType.COUNT),
        ("12.5", ValueType.INT),
        ("5万元", ValueType.PERCENT),
        ("5%", ValueType.SCORE),
    ],
)
def test_a_unit_that_does_not_fit_the_column_is_unreadable(text: str, type_: ValueType) -> None:
    assert parse_amount(text, type_, WAN) == Amount(ValueStatus.UNREADABLE)


def test_text_and_codes_have_a_status_and_no_number() -> None:
    assert parse_amount("2010301", ValueType.FUNCTION_CODE, WAN) == Amount(ValueStatus.PRINTED)
    assert parse_amount("无", ValueType.TEXT, None) == Amount(ValueStatus.PRINTED)
    assert parse_amount("", ValueType.CODE, None) == Amount(ValueStatus.BLANK)


WIDE = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(lambda number: number + 0)


@given(
    number=NUMBERS,
    grouped=st.booleans(),
    wide=st.booleans(),
    sign=st.sampled_from("-−—△负("),
    mark=st.sampled_from(["", "①", "*", "²"]),
)
def test_a_printed_amount_reads_as_itself(number: Decimal, grouped: bool, wide: bool, sign: str, mark: str) -> None:
    digits = f"{abs(number):,}" if grouped else f"{abs(number)}"
    digits = digits.translate(WIDE) if wide else digits
    negative = f"({digits})" if sign == "(" else sign + digits
    amount = money((negative if number < 0 else digits) + mark, 1)
    assert (amount.number, amount.value, amount.decimals) == (number, number, 2)


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.decimals(min_value=0, max_value=10**9, places=2))
def test_two_amounts_in_one_cell_are_never_a_number(first: Decimal, second: Decimal) -> None:
    for separator in ("", " ", "\n"):
        assert money(f"{first}{separator}{second}").number is None


@given(st.text(alphabet="0123456789,. \n-()（）万元%①²年", max_size=12))
def test_a_number_never_holds_a_digit_that_is_not_printed(text: str) -> None:
    number = money(text).number
    if number is not None and number:
        digits = "".join(char for char in text if char in "0123456789")
        assert "".join(char for char in str(abs(number)) if char.isdigit()).lstrip("0") in digits


@given(NUMBERS)
def test_yuan_and_ten_thousand_yuan_state_the_same_amount(number: Decimal) -> None:
    assert money(f"{number / WAN:f}", WAN).value == money(f"{number:f}", 1).value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("单 位 ： 元", "元"),
        ("金额单位：人民币元", "元"),
        ("金额单位：人民币万元", "万元"),
        ("（万元）", "万元"),
        ("金额（元）", "元"),
        ("三、项目资金情况（单位：万元）", "万元"),
        ("编制单位：某某区司法局      单位：元", "元"),
        ("编制单位：某某区司法局单位：元", "元"),
        ("单位：区医保局      金额单位：万元", "万元"),
        ("单位：万元公开01表", "万元"),
        ("单位：万元 单位：万元", "万元"),
        ("单位：万元（保留两位小数）", "万元"),
        ("本表以“万元”为金额单位（保留两位小数）。", "万元"),
        ("单位均为元。", "元"),
        ("单位：百万元", "百万元"),
        ("单位：亿元", "亿元"),
        ("单位：千元", "千元"),
        ("万元", "万元"),
    ],
)
def test_a_unit_is_looked_up_exactly(text: str, unit: str) -> None:
    found = find_unit(text)
    assert found is not None
    assert (found.name, found.factor) == (unit, UNITS[unit])


@pytest.mark.parametrize(
    ("text", "unit", "others"),
    [
        ("单位：万元、%", "万元", ("%",)),
        ("单位：万元/%", "万元", ("%",)),
        ("单位：万元 辆", "万元", ("辆",)),
        ("单位：辆、个、元", "元", ("辆", "个")),
    ],
)
def test_a_caption_may_name_the_units_of_other_columns(text: str, unit: str, others: tuple[str, ...]) -> None:
    found = find_unit(text)
    assert found is not None
    assert (found.name, found.others) == (unit, others)


@pytest.mark.parametrize(
    "text",
    [
        "单位：某某局",
        "编制单位：元谋县财政局",
        "单位：元谋县财政局",
        "单位：元/人",
        "费用（万元/年）",
        "单位：万美元",
        "单位：元（美元）",
        "单位：千万元",
        "单位：人",
        "单位名称：某局",
        "平位: 7170",
        "总金额100万元",
        "本套报表金额单位转换时可能存在尾数误差",
        "",
    ],
)
def test_what_is_not_a_unit_of_money_is_none(text: str) -> None:
    assert find_unit(text) is None


def test_two_units_in_one_text_are_no_unit() -> None:
    assert find_unit("单位：万元 单位：元") is None
    assert [unit.name for unit in find_units("单位：万元 单位：元")] == ["万元", "元"]
