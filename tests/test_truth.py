"""What a person read in a fixture comes out of the pipeline: kinds, units, rows, texts, yuan, pages, findings."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from scripts.goldens import __main__ as command
from scripts.goldens.cases import names, run, truth_of
from scripts.goldens.truth import problems


@pytest.mark.parametrize("case", names())
def test_a_result_holds_all_that_a_person_read(case: str) -> None:
    wrong = problems(truth_of(case), run(case))

    assert not wrong, "\n".join(["the result differs from truth.yml:", *wrong])


CASE = "pdf/made-2023-final-accounts-blank-zero-dash"


def changed(part: str, index: int, **facts: object) -> dict[str, Any]:
    truth = copy.deepcopy(truth_of(CASE))
    truth[part][index].update(facts)
    return truth


@pytest.mark.parametrize(
    ("part", "index", "facts", "said"),
    [
        ("values", 0, {"yuan": "320.50"}, "yuan Decimal('320.50') is stated, Decimal('3205000.00') came out"),
        ("values", 0, {"text": "320.5"}, "text '320.5' is stated, '320.50' came out"),
        ("values", 0, {"page": 2}, "page 2 is stated, 1 came out"),
        ("values", 3, {"status": "printed_zero"}, "status 'printed_zero' is stated, 'not_applicable' came out"),
        ("values", 0, {"field": "no_such_field"}, "0 values came out in its place"),
        ("values", 2, {"code": "20126", "label": "国防支出"}, "0 values came out in its place"),
        ("tables", 0, {"unit": "元"}, "unit '元' is stated, '万元' came out"),
        ("tables", 0, {"kind": "fa_income"}, "is not among"),
        ("tables", 0, {"printed": 18}, "printed 18 is stated, 17 came out"),
        ("tables", 1, {"declared_empty": True}, "declared_empty True is stated, False came out"),
    ],
)
def test_a_result_that_differs_from_truth_is_a_problem(
    part: str, index: int, facts: dict[str, object], said: str
) -> None:
    found = problems(changed(part, index, **facts), run(CASE))

    assert any(said in problem for problem in found)


def test_what_nobody_stated_is_a_problem_too() -> None:
    truth = truth_of(CASE)

    assert problems(truth | {"tables": truth["tables"][:2]}, run(CASE)) == [
        "t03 on page 1 came out as fa_state_capital, which is not stated"
    ]
    assert problems(truth | {"findings": ["unit_conflict"]}, run(CASE)) == ["the finding unit_conflict is missing"]
    assert problems(truth | {"failing_checks": ["T3.row"]}, run(CASE)) == [
        "failing checks: ['T3.row'] are stated, [] came out"
    ]


def test_goldens_are_not_accepted_while_truth_does_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = changed("values", 0, yuan="320.50")
    (tmp_path / CASE).mkdir(parents=True)
    monkeypatch.setattr(command, "FIXTURES", tmp_path)
    monkeypatch.setattr(command, "truth_of", lambda _: wrong)

    assert not command.accept(CASE)
    assert list((tmp_path / CASE).iterdir()) == []


def test_accepted_goldens_show_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / CASE).mkdir(parents=True)
    monkeypatch.setattr(command, "FIXTURES", tmp_path)

    assert len(command.differences(CASE)) > 50
    assert command.accept(CASE)
    assert command.differences(CASE) == []
