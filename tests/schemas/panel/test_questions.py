"""Canonical sources and breaks name what the catalogue has."""

from __future__ import annotations

import pytest

from schemas.catalogue import load_catalogue
from schemas.codes import CodeList
from schemas.panel.questions import (
    Break,
    Question,
    Source,
    code_breaks,
    form_breaks,
    later_code,
    question,
    question_of,
    questions,
)
from schemas.panel.stated import stated

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.id)
def test_every_source_is_a_column_of_a_kind(asked: Question) -> None:
    for source in asked.sources:
        kind = CATALOGUE.kind(source.kind)
        assert source.field in {column.id for column in kind.columns}
        assert source.total in {None, *(line.id for line in kind.line_items)}


def test_no_column_answers_two_questions_first() -> None:
    firsts = [asked.sources[0] for asked in questions()]
    assert len({(one.kind, one.field) for one in firsts}) == len(firsts)
    assert question_of("fa_expenditure", "total") == question("expenditure")
    assert question_of("fa_expenditure", "basic") is None


def test_lines_of_a_fallback_are_items_of_the_canonical_table() -> None:
    source = Source("fa_income_expenditure_summary", "expenditure_amount", "expenditure.", "expenditure.total_current")
    lines = ("expenditure.210", "expenditure.total_current", "expenditure.total", "expenditure.closing_balance")
    assert [source.item(line) for line in lines] == ["210", "total", None, None]


def test_the_scope_of_the_three_public_expenses_breaks_in_2022() -> None:
    assert [one.year for one in form_breaks("fa_three_public", 2019, 2024)] == [2022]
    assert form_breaks("fa_three_public", 2022, 2024) == []
    assert "财政拨款口径" in form_breaks("fa_three_public", 2021, 2022)[0].what_zh


def test_every_break_is_of_a_kind_that_exists() -> None:
    named = {kind for entry in stated("breaks.yml") for kind in entry.get("kinds", ())}
    assert named - {kind.id for kind in CATALOGUE.kinds} == set()
    of_all = form_breaks("none", 1990, 2030)
    assert [(one.year, one.what[:20]) for one in of_all] == [(2019, "institutional reform")]
    assert sum(form_breaks(kind.id, 1990, 2030) != of_all for kind in CATALOGUE.kinds) == len(named)


def test_a_code_that_was_renumbered_is_the_later_one_in_every_year() -> None:
    assert later_code(CodeList.FUNCTION, "2089901") == "2089999"
    assert later_code(CodeList.FUNCTION, "2013101") == "2013101"
    (one,) = code_breaks(CodeList.FUNCTION, "2089999", 2019, 2020)
    assert one.what == "code 2089999 is 其他社会保障和就业支出 since 2020, before that 2089901"


def test_a_code_that_changes_its_meaning_breaks_a_series() -> None:
    assert code_breaks(CodeList.ECONOMIC, "30311", 2016, 2021) == [
        Break(2018, "code 30311 is no longer used", "科目30311停用"),
        Break(2020, "code 30311 is 代缴社会保险费 since 2020", "科目30311自2020年起为代缴社会保险费"),
    ]
    (named,) = code_breaks(CodeList.FUNCTION, "207", 2018, 2023)
    assert (named.year, named.what[:31]) == (2019, "code 207 is 文化旅游体育与传媒支出 since 2019"[:31])
    assert code_breaks(CodeList.FUNCTION, "201", 2015, 2023) == []
