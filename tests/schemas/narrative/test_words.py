"""Numbers, and the words before them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.catalogue import load_catalogue
from schemas.narrative.labels import Aspect, Words, class_names, read_words
from schemas.narrative.numbers import Token, tokens_of
from schemas.narrative.vocabulary import BUDGET, FINAL, Term, vocabulary


def terms() -> list[Term]:
    return list({term.id: term for scopes in vocabulary().amounts.values() for term in scopes.values()}.values())


def numbers(text: str) -> list[Token]:
    return [token for token in tokens_of(text) if not token.mark]


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("收入总计1,114.03万元", "11140300", "100"),
        ("收入总计1114万元", "11140000", "10000"),
        ("收入总计0.62亿元", "62000000", "1000000"),
        ("收入总计11140300.25元", "11140300.25", "0"),
        ("公务接待费0万，", "0", "10000"),
        ("占71.73%", "71.73", "0.01"),
        ("共有车辆17辆", "17", "1"),
        ("净增加-15.42万元", "-154200", "100"),
    ],
)
def test_a_number_with_its_unit(text: str, value: str, step: str) -> None:
    (token,) = numbers(text)
    assert (token.value, token.step) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize("text", ["补助标准250元/人", "单价100万元以上设备", "100万元及以上", "单价100万元含以上"])
def test_a_rate_or_a_threshold_is_no_amount(text: str) -> None:
    assert [token.is_rate for token in numbers(text)] == [True]


@pytest.mark.parametrize(
    "text", ["收入1,14.03万元", "收入1.2.3万元", "收入12\x1f30.5万元", "2022年度", "行政运行〔01项〕"]
)
def test_what_is_not_one_well_formed_number_with_a_unit_is_none(text: str) -> None:
    assert numbers(text) == []


def test_a_comma_parts_clauses_unless_it_stands_in_a_number() -> None:
    assert [token.mark for token in tokens_of("收入13,486.02万元,其中:") if token.mark] == [",", ":"]


@pytest.mark.parametrize(
    ("text", "label", "aspect"),
    [
        ("2022年度收支总计", "收支总计", None),
        ("三公经费财政拨款支出年初预算为", "三公经费财政拨款支出", Aspect.INITIAL_BUDGET),
        ("三公经费财政拨款支出预算为", "三公经费财政拨款支出", Aspect.BUDGET),
        ("公务接待费决算为", "公务接待费", Aspect.AMOUNT),
        ("2026年通过一般公共预算财政拨款安排的三公经费预算共", "三公经费", Aspect.BUDGET),
        ("上海市某某中心收入预算", "收入预算", None),
        ("项目全年预算数", "项目全年预算数", None),
        ("支出决算为", None, Aspect.AMOUNT),
        ("2026年预算安排", None, Aspect.BUDGET),
    ],
)
def test_the_words_before_an_amount(text: str, label: str | None, aspect: Aspect | None) -> None:
    words = read_words(text)
    assert (words.label, words.aspect, words.certain) == (label, aspect, True)


@pytest.mark.parametrize(
    "text", ["非财政拨款收入", "其他财政拨款收入", "下属单位基本支出", "新增项目支出", "1.5人员经费"]
)
def test_a_label_behind_other_words_is_uncertain(text: str) -> None:
    assert not read_words(text).certain


@pytest.mark.parametrize("text", ["甲市乙局预算", "轨道交通管理", "增人增资", ""])
def test_an_amount_without_a_known_label_has_none(text: str) -> None:
    words = read_words(text)
    assert words.label is None
    assert words.certain == (not text)


def test_years_and_agencies_are_told_apart_from_the_label() -> None:
    assert read_words("甲市乙局2022年度财政拨款收支总计") == Words("财政拨款收支总计", None, (2022,), agency="甲市乙局")
    assert read_words("2022年初预算为") == Words(None, Aspect.INITIAL_BUDGET, (2022,))
    assert read_words("上年收入总计").last_year


def test_classes_are_known_by_their_names_with_and_without_the_mark_of_their_level() -> None:
    names = class_names()
    assert {names[name] for name in ("卫生健康支出", "卫生健康〔类〕支出", "卫生健康〔类〕")} == {"210"}
    assert names["其他支出〔类〕"] == "229"
    assert "其他支出" not in names


def test_every_cell_that_the_vocabulary_names_is_one_of_the_catalogue() -> None:
    catalogue = load_catalogue()
    for term in terms():
        for ref in (*term.refs[FINAL], *term.refs[BUDGET], *term.also):
            kind = catalogue.kind(ref.kind)
            assert ref.column in {column.id for column in kind.columns}, (term.id, ref)
            assert ref.row.startswith("@") or ref.row in {item.id for item in kind.line_items}, (term.id, ref)


def test_cells_of_final_accounts_are_never_asked_of_a_budget() -> None:
    for term in terms():
        assert all(ref.kind.startswith("fa_") for ref in term.refs[FINAL]), term.id
        assert all(ref.kind.startswith("bg_") for ref in term.refs[BUDGET]), term.id
