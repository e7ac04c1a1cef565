"""Which candidate is taken, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.panel.choose import Candidate, Status, best_source, choose

FIRST = Candidate("aa", "aa/t01.r1.c1/total", 0, False, "100.00", "printed", "A")


def test_one_value_is_taken_as_it_is() -> None:
    choice = choose([FIRST])
    assert (choice.value, choice.status, choice.others, choice.documents) == ("100.00", Status.OK, (), 1)


@pytest.mark.parametrize(
    "worse",
    [
        replace(FIRST, document="00", rank=1, value="7"),
        replace(FIRST, document="00", from_prose=True, value="7"),
        replace(FIRST, document="00", value=None, value_status="blank", grade=None),
    ],
)
def test_the_canonical_table_goes_before_others_and_a_value_before_a_blank(worse: Candidate) -> None:
    choice = choose([worse, FIRST])
    assert (choice.value, choice.status, choice.documents) == ("100.00", Status.OK, 2)


def test_equal_values_of_two_documents_are_one_and_the_better_grade_is_taken() -> None:
    choice = choose([replace(FIRST, document="00", grade="C", value="100"), FIRST])
    assert (choice.chosen.document, choice.status) == ("aa", Status.OK)


def test_documents_that_differ_are_a_conflict_and_all_are_named() -> None:
    other = replace(FIRST, document="bb", value="90.00")
    choice = choose([other, FIRST])
    assert (choice.value, choice.status, choice.others) == ("100.00", Status.CONFLICT, (other,))


def test_several_rows_of_one_document_are_no_value() -> None:
    choice = choose([FIRST, replace(FIRST, observation_id="aa/t01.r2.c1/total", value="90.00")])
    assert (choice.value, choice.status) == (None, Status.SEVERAL_ROWS)


@pytest.mark.parametrize(
    ("grade", "status"), [("A", Status.OK), ("B", Status.OK), ("C", Status.DOUBTFUL), ("D", Status.DOUBTFUL)]
)
def test_a_doubtful_grade_is_said(grade: str, status: Status) -> None:
    assert choose([replace(FIRST, grade=grade)]).status is status


@pytest.mark.parametrize(
    ("value_status", "status"),
    [
        ("blank", Status.BLANK),
        ("not_applicable", Status.BLANK),
        ("unreadable", Status.UNREAD),
        ("printed", Status.UNREAD),
    ],
)
def test_a_cell_without_a_value_is_no_zero(value_status: str, status: Status) -> None:
    choice = choose([replace(FIRST, value=None, value_status=value_status)])
    assert (choice.value, choice.status) == (None, status)


def test_all_items_of_a_year_are_from_the_best_source_that_gives_a_value() -> None:
    blank = replace(FIRST, value=None, value_status="blank")
    assert best_source([replace(FIRST, rank=1), FIRST]) == (False, 0)
    assert best_source([replace(FIRST, rank=1), blank]) == (False, 1)
    assert best_source([replace(FIRST, from_prose=True), replace(FIRST, rank=2)]) == (False, 2)
    assert best_source([blank]) is None
