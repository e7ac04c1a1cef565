"""Formulas under tables, as printed and as damaged on the way to us."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.printed.footnotes import parse_footnotes
from schemas.printed.formula import PrintedFormula


def ids(*notes: str) -> list[str]:
    return [formula.id for formula in parse_footnotes(notes)]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("27行=（1+2+3+4+5+6+7+8）行；31行=（27+28+29）行；", ["P.line27=1..8", "P.line31=27+28+29"]),
        ("58行=（32+33+…+57）行；62行=（58+59+60）行。", ["P.line58=32..57", "P.line62=58+59+60"]),
        ("1栏各行=（2+3+4+5+6+7）栏各行。", ["P.column1=2..7"]),
        ("6栏各行=（1+2-3）栏各行；3栏各行=（4+5）栏各行。", ["P.column6=1+2-3", "P.column3=4+5"]),
        ("注：本表反映收入情况。1栏=2栏+5栏，2栏=（3+4）栏", ["P.column1=2+5", "P.column2=3+4"]),
        ("1栏各行=（2+3）栏各行3栏各行=（4+5）栏各行", ["P.column1=2+3", "P.column3=4+5"]),
        ("第27行=第1行+第2行", ["P.line27=1+2"]),
        ("27行=1至8行之和", ["P.line27=1..8"]),
        ("3栏=1栏-（2+4）栏", ["P.column3=1-2-4"]),
        ("6栏=5栏/4栏×100%", ["P.column6=5/4"]),
        ("②栏=①栏+③栏", ["P.column2=1+3"]),
        ("31列=（1+2）列", ["P.column31=1+2"]),
    ],
)
def test_a_formula_is_read_as_printed(note: str, found: list[str]) -> None:
    assert ids(note) == found


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("²⁷ 行= (1+2+3) 行; 31 行= (27+28+29) 行;", ["P.line27=1+2+3", "P.line31=27+28+29"]),
        (r"⁵⁸ 行= $(32+33+\cdots+57)$ 行; 62 行= (58+59+60) 行。", ["P.line58=32..57", "P.line62=58+59+60"]),
        ("¹ 栏各行= (2+3+4+5+6+7) 栏各行。", ["P.column1=2..7"]),
        ("２７行＝（１＋２＋３）行", ["P.line27=1+2+3"]),
        ("58行=（32+33+……+57）行", ["P.line58=32..57"]),
        ("58行=（32+33+···+57）行", ["P.line58=32..57"]),
        ("58行=（32+33+.+57）行", ["P.line58=32..57"]),
        ("6栏各行=（1+2−3）栏各行", ["P.column6=1+2-3"]),
        ("6栏各行=（1+2一3）栏各行", ["P.column6=1+2-3"]),
        ("1栏=（2十3十4）栏", ["P.column1=2+3+4"]),
        ("27行=（1+2+3", ["P.line27=1+2+3"]),
        ("27行=[1+2+3】行", ["P.line27=1+2+3"]),
    ],
)
def test_a_damaged_formula_is_still_the_same(note: str, found: list[str]) -> None:
    assert ids(note) == found


@pytest.mark.parametrize(
    "note",
    [
        "",
        "注：1.本表反映部门本年度的总收支和年末结转结余情况。",
        "27行=（1+2+3000）行",  # no form has so many lines
        "27行=（1+2）行=58行",
        "27行=（1+2+",
        "27栏=（1+2）行",
        "27行=（1+27）行",
        "27行=（1+1）行",
        "58行=（57+…+32）行",
        "58行=（1+…+999）行",
        "6栏=5栏×4栏",
        "6栏=5栏/4栏/3栏",
        "2022年度收入合计=100万元",
        "本年收入合计=一般公共预算+政府性基金",
    ],
)
def test_what_is_no_formula_is_not_read_as_one(note: str) -> None:
    assert ids(note) == []


def test_a_formula_over_two_lines_is_one() -> None:
    assert ids("注：27行=（1+2+", "3+4）行；31行=（27+28", "+29）行") == ["P.line27=1..4", "P.line31=27+28+29"]


def test_a_formula_keeps_its_printed_words() -> None:
    texts = [formula.text for formula in parse_footnotes(["注：1.本表。", "²⁷ 行= (1+2) 行; 31 行=(27+28) 行。"])]
    assert texts == ["²⁷ 行= (1+2) 行", "31 行=(27+28) 行"]


def test_the_rule_of_a_formula_names_lines_and_columns_by_their_numbers() -> None:
    (found,) = parse_footnotes(["6栏各行=（1+2-3）栏各行"])
    assert (found.rule.axis, found.rule.lhs, found.rule.terms) == ("column", "栏6", ("栏1", "栏2", "-栏3"))


NUMBERS = st.lists(st.integers(1, 99), min_size=2, max_size=7, unique=True)
DAMAGES = st.sampled_from(["plain", "wide", "superscript", "spaced", "latex", "each", "words"])


@given(
    numbers=NUMBERS, signs=st.lists(st.booleans(), min_size=7, max_size=7), axis=st.sampled_from("行栏"), how=DAMAGES
)
def test_a_formula_printed_in_any_way_is_read_as_what_it_was(
    numbers: list[int], signs: list[bool], axis: str, how: str
) -> None:
    target, *terms = numbers
    signed = [
        (1 if at == 0 or sign else -1, str(term)) for at, (term, sign) in enumerate(zip(terms, signs, strict=False))
    ]
    (found,) = parse_footnotes([printed(target, signed, axis, how)])
    assert (found.target, list(found.right.terms)) == (str(target), signed)


@given(
    start=st.integers(1, 60), length=st.integers(3, 39), dots=st.sampled_from(["…", "……", "...", "···", r"\cdots", "⋯"])
)
def test_a_run_of_lines_is_every_line_of_it(start: int, length: int, dots: str) -> None:
    last = start + length
    (found,) = parse_footnotes([f"{last + 1}行=（{start}+{start + 1}+{dots}+{last}）行"])
    assert [mark for _, mark in found.right.terms] == [str(number) for number in range(start, last + 1)]


@given(st.text(alphabet="0123456789行栏列各次第=＝+-−…（）()/*×％%至十一\\cdots$；;。\n ABC①②", max_size=40))
def test_no_text_breaks_the_reader_and_no_formula_repeats_a_number(text: str) -> None:
    for formula in parse_footnotes([text]):
        assert_sound(formula)


def assert_sound(formula: PrintedFormula) -> None:
    marks = [mark for _, mark in formula.right.terms]
    assert marks
    assert len(set(marks)) == len(marks)
    assert formula.target not in marks


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
WIDE = str.maketrans("0123456789+-=()", "０１２３４５６７８９＋－＝（）")


def printed(target: int, terms: list[tuple[int, str]], axis: str, how: str) -> str:
    """The formula as some publisher, or some reader of its page, would write it."""
    unit = {"each": f"{axis}各行" if axis == "栏" else f"{axis}各栏"}.get(how, axis)
    if how == "words":
        right = "".join(f"{'-' if sign < 0 else '+'}{mark}{axis}" for sign, mark in terms).removeprefix("+")
        return f"注：第{target}{axis}={right}；"
    right = "".join(f"{'-' if sign < 0 else '+'}{mark}" for sign, mark in terms).removeprefix("+")
    text = f"{target}{unit}=({right}){unit}"
    if how == "superscript":
        return f"{str(target).translate(SUPERSCRIPT)} {unit}= ({right}) {unit}。"
    if how == "latex":
        return f"{target}{unit}= $({right})$ {unit}"
    if how == "wide":
        return text.translate(WIDE)
    return " ".join(text) if how == "spaced" else text
