"""Corrections: what each may be said of, what it rests on, and what becomes of it when a newer result shows more."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from schemas.result import Result
from schemas.review.log import Entry, Newest, ReviewState, Said, Standing, of_document, review_of, standings
from schemas.review.operations import BadValue, Op, examine, fingerprint
from schemas.review.spots import Spots, UnknownTarget, Value
from tests.service.builders import CATALOGUE, result

RESULT = result()


def said(op: str, target: str, new: Value = None, of: Result = RESULT, why: str = "misread") -> Said:
    spots = Spots(of)
    if target == "document":
        return Said(Op(op), target, None, None, why, "0.1", "ab", of_document(spots))
    spot = examine(Op(op), target, new, spots, CATALOGUE)
    return Said(Op(op), target, spot.old, new, why, "0.1", "ab", fingerprint(Op(op), spot))


def log(*lines: Said) -> list[Entry]:
    return [Entry(number, "ann", 1.7e9, line) for number, line in enumerate(lines, 1)]


def beside(newer: Result) -> Newest:
    """Another result than the one that is spoken of, whatever it holds."""
    return Newest("another", lambda: Spots(newer))


def changed(**parts: Any) -> Result:
    """The result, its one table changed."""
    return result(tables=[replace(RESULT.tables[0], **parts)])


def with_text(cell: str, text: str) -> Result:
    cells = RESULT.tables[0].cells
    return changed(cells=[replace(one, text=text) if one.id == cell else one for one in cells])


def with_value(**parts: Any) -> Result:
    return result(observations=[replace(RESULT.observations[0], **parts)])


@pytest.mark.parametrize(
    ("op", "target", "new", "old"),
    [
        ("set_text", "t01.r1.c1", "790.41", "709.41"),
        ("set_text", "t01.r0.c1", "", "本年支出合计"),
        ("set_state", "t01.r1.c1", "unreadable", "printed"),
        ("set_unit", "t01", "元", "万元"),
        ("set_row_role", "t01.r1", "total", "item"),
        ("map_header", "t01.c1", "basic", "total"),
        ("map_header", "t01.c1", None, "total"),
        ("set_profile", "fiscal_year", 2021, 2022),
        ("set_profile", "region", "420107", None),
        ("set_profile", "document_kind", "budget_disclosure", None),
        ("set_profile", "agency", "某区教育局", "某区财政局"),
        ("ignore_region", "p1", [0.0, 0.0, 300.0, 20.5], None),
        ("reject_table", "t01", None, "fa_expenditure"),
        ("accept", "t01", None, "fa_expenditure"),
        ("accept", "t01.r1.c1", None, "709.41"),
    ],
)
def test_an_operation_names_what_stood_there(op: str, target: str, new: Value, old: Value) -> None:
    assert said(op, target, new).old == old


@pytest.mark.parametrize(
    ("op", "target", "why"),
    [
        ("set_text", "t02.r1.c1", "t02.r1.c1: the result has no table t02"),
        ("set_text", "t01.r9.c1", "t01.r9.c1: table t01 has no such cell"),
        ("set_row_role", "t01.r9", "t01.r9: table t01 has no such row"),
        ("map_header", "t01.c9", "t01.c9: table t01 has no such column"),
        ("ignore_region", "p2", "p2: the result has no page 2"),
        ("set_profile", "county", "county: no spot of a result has such an id"),
        ("set_profile", "__class__", "__class__: no spot of a result has such an id"),
        ("set_text", "t01", "set_text is for a cell; t01 is a table"),
        ("accept", "t01.r1", "accept is for a cell or table; t01.r1 is a row"),
        ("accept", "t01.r01.c1", "t01.r01.c1: no spot of a result has such an id"),
        ("needs_review", "t01", "needs_review is for a document; t01 is a table"),
        ("set_state", "t01.r1.c0", "t01.r1.c0: no value was read in this cell"),
    ],
)
def test_what_the_result_does_not_have_cannot_be_corrected(op: str, target: str, why: str) -> None:
    with pytest.raises(UnknownTarget) as unknown:
        examine(Op(op), target, "blank", Spots(RESULT), CATALOGUE)
    assert str(unknown.value) == why


def test_the_whole_document_is_no_target_of_a_correction() -> None:
    with pytest.raises(UnknownTarget, match="review"):
        examine(Op.ACCEPT, "document", None, Spots(RESULT), CATALOGUE)


@pytest.mark.parametrize(
    ("op", "target", "new"),
    [
        ("set_text", "t01.r1.c1", None),
        ("set_text", "t01.r1.c1", 709),
        ("set_state", "t01.r1.c1", "zero"),
        ("set_unit", "t01", "万"),
        ("set_unit", "t01", 10_000),
        ("set_row_role", "t01.r1", "sum"),
        ("map_header", "t01.c1", "no_such_field"),
        ("set_profile", "fiscal_year", "2021"),
        ("set_profile", "fiscal_year", 1),
        ("set_profile", "region", "999999"),
        ("set_profile", "document_kind", "budget"),
        ("set_profile", "agency", " "),
        ("ignore_region", "p1", [0.0, 0.0, 301.0, 20.0]),
        ("ignore_region", "p1", [10.0, 0.0, 10.0, 20.0]),
        ("ignore_region", "p1", [0.0, 0.0, float("nan"), 20.0]),
        ("ignore_region", "p1", [0.0, 0.0, 20.0]),
        ("ignore_region", "p1", "0 0 20 20"),
        ("reject_table", "t01", "no"),
        ("accept", "t01", "yes"),
    ],
)
def test_what_cannot_stand_there_is_refused(op: str, target: str, new: Value) -> None:
    with pytest.raises(BadValue, match=r"^new "):
        examine(Op(op), target, new, Spots(RESULT), CATALOGUE)


def test_a_header_of_a_table_of_no_kind_cannot_be_mapped() -> None:
    with pytest.raises(BadValue, match="no kind"):
        examine(Op.MAP_HEADER, "t01.c1", "total", Spots(changed(kind=None)), CATALOGUE)


@pytest.mark.parametrize(
    ("line", "newer", "is_stale"),
    [
        (said("set_text", "t01.r1.c1", "790.41"), with_text("t01.r1.c1", "709.47"), True),
        (said("set_text", "t01.r1.c1", "790.41"), with_text("t01.r1.c0", "小计"), True),
        (said("set_text", "t01.r1.c1", "790.41"), with_value(value="709.41", unit="CNY"), False),
        (said("set_text", "t01.r1.c1", "790.41"), changed(number="表9"), False),
        (said("set_text", "t01.r1.c1", "790.41"), result(tables=[]), True),
        (said("accept", "t01.r1.c1"), with_value(value="709.41"), True),
        (said("accept", "t01.r1.c1"), with_value(fiscal_year=2021), True),
        (said("accept", "t01.r1.c1"), with_value(field="basic"), True),
        (said("accept", "t01.r1.c1"), with_value(grade="B", checks=[]), False),
        (said("accept", "t01"), with_text("t01.r0.c0", "科目"), True),
        (said("accept", "t01"), with_value(value="709.41"), True),
        (said("set_state", "t01.r1.c1", "blank"), with_value(value_status="placeholder"), True),
        (said("set_unit", "t01", "元"), changed(unit=None), True),
        (said("set_unit", "t01", "元"), changed(title="2021年度支出决算表"), True),
        (said("map_header", "t01.c1", "basic"), changed(kind="bg_income"), True),
        (said("map_header", "t01.c1", "basic"), with_text("t01.r1.c0", "小计"), False),
        (said("set_row_role", "t01.r1", "total"), with_text("t01.r1.c0", "小计"), True),
        (said("reject_table", "t01"), with_text("t01.r1.c0", "小计"), True),
        (said("ignore_region", "p1", [0.0, 0.0, 9.0, 9.0]), with_text("t01.r1.c0", "小计"), True),
        (said("ignore_region", "p1", [0.0, 0.0, 9.0, 9.0]), result(pages=[]), True),
        (said("set_profile", "fiscal_year", 2021), replace(RESULT, profile=replace(RESULT.profile)), False),
    ],
)
def test_a_correction_is_stale_when_what_it_rests_on_has_changed(line: Said, newer: Result, is_stale: bool) -> None:
    assert standings(log(line), beside(RESULT)) == [Standing.APPLIES]
    assert standings(log(line), beside(newer)) == [Standing.STALE if is_stale else Standing.APPLIES]


def test_a_later_line_takes_the_place_of_an_earlier_one_of_the_same_spot_alone() -> None:
    lines = log(
        said("set_text", "t01.r1.c1", "1"),
        said("set_text", "t01.r1.c1", "2"),
        said("set_text", "t01.r0.c1", "3"),
        said("reject_table", "t01"),
        said("accept", "t01"),
        said("ignore_region", "p1", [0.0, 0.0, 9.0, 9.0]),
        said("ignore_region", "p1", [0.0, 0.0, 8.0, 8.0]),
    )
    replaced = [
        entry.number for entry, how in zip(lines, standings(lines, beside(RESULT)), strict=True) if how != "applies"
    ]
    assert replaced == [1, 4]


def test_what_was_said_of_the_newest_result_applies_without_a_look_at_it() -> None:
    def never() -> Spots:
        raise AssertionError

    assert standings(log(said("set_text", "t01.r1.c1", "1")), Newest("ab", never)) == [Standing.APPLIES]


def test_without_a_result_nothing_is_said_to_apply() -> None:
    assert standings(log(said("accept", "t01")), None) == [Standing.UNCHECKED]


def test_how_a_document_stands() -> None:
    fix, yes, ask = said("set_text", "t01.r1.c1", "1"), said("accept", "document"), said("needs_review", "document")
    newest = beside(RESULT)
    for lines, state in [
        ((), ReviewState.UNREVIEWED),
        ((said("accept", "t01"),), ReviewState.UNREVIEWED),
        ((fix,), ReviewState.CORRECTED),
        ((fix, yes), ReviewState.ACCEPTED),
        ((yes, said("accept", "t01")), ReviewState.ACCEPTED),
        ((yes, fix), ReviewState.CORRECTED),
        ((ask,), ReviewState.NEEDS_REVIEW),
        ((ask, fix), ReviewState.NEEDS_REVIEW),
        ((ask, fix, yes), ReviewState.ACCEPTED),
    ]:
        assert review_of(log(*lines), newest).state is state


def test_a_newer_result_that_shows_something_else_asks_for_a_second_look_until_it_is_accepted() -> None:
    newer = with_text("t01.r1.c1", "709.47")
    lines = [said("set_text", "t01.r1.c1", "790.41"), said("accept", "document")]
    review = review_of(log(*lines), beside(newer))
    assert (review.state, review.reasons, review.corrections) == (
        ReviewState.NEEDS_REVIEW,
        ["stale: set_text t01.r1.c1", "stale: accept document"],
        0,
    )
    again = review_of(log(*lines, said("accept", "document", of=newer)), beside(newer))
    assert (again.state, again.reasons) == (ReviewState.ACCEPTED, [])


def test_the_reasons_of_a_second_look_are_told_one_by_one() -> None:
    asked = said("needs_review", "document", why="表3 列错位\n单位存疑")
    assert review_of(log(asked), beside(RESULT)).reasons == ["表3 列错位", "单位存疑"]
