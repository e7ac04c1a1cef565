"""What a form must add up to: scores to the total, weights to 100, and the sums of its fund block.

A form that errs is reported and never repaired. A sum is held only when every part of it is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from schemas.checks.rounding import HOLDS
from schemas.forms.arithmetic import HUNDRED, ZERO, number_of, total_of, verdict
from schemas.forms.fundchecks import fund_checks
from schemas.result import Check, Form, FormFund, Indicator

_PREFIX = {
    "pf_project_self_evaluation": "PE",
    "pf_department_self_evaluation": "DE",
    "pf_project_target_completion": "PT",
    "pf_project_target": "PG",
    "pf_department_target": "DG",
}
_LEFT_TO_THE_RATE = (Decimal(80), Decimal(90))


def check_form(form: Form, number: int) -> Iterator[Check]:
    """Every check of one form. ``number`` counts the forms of the document and makes the ids unique."""
    prefix = _PREFIX.get(form.kind or "")
    if prefix is None:
        return
    for rule, check in (*_score_checks(form), *fund_checks(form)):
        name = rule if "." in rule else f"{prefix}.{rule}"
        yield msgspec.structs.replace(check, id=f"f{number:02d}:{name}{check.id}", rule=name)


def _score_checks(form: Form) -> Iterator[tuple[str, Check]]:
    printed = [indicator for indicator in form.indicators if indicator.status == "printed"]
    if (check := _total(form, printed)) is not None:
        yield "total", check
    if (check := _weights(form, printed)) is not None:
        yield "weights", check
    yield from (("cap", check) for check in _caps(printed))
    yield from (("goal", check) for check in _goals(form, printed))


def _last_cells(indicators: Sequence[Indicator]) -> list[str]:
    return [cell for indicator in indicators for cell in indicator.cells[-1:]]


def _total(form: Form, printed: Sequence[Indicator]) -> Check | None:
    """The total is the scores of the fund block and of all indicators; not held when one of them is no number."""
    total = number_of(form.total_score.value) if form.total_score is not None else None
    scores = [number_of(indicator.score) for indicator in printed]
    if form.total_score is None or total is None or not scores or None in scores:
        return None
    funds = _of_execution(form, "score")
    parts = [*scores, *(number_of(fund.value) for fund in funds)]
    cells = (form.total_score.cell, *(fund.cell for fund in funds), *_last_cells(printed))
    return verdict((total, total_of(parts)), cells, "总分 = 各项得分之和")


def _weights(form: Form, printed: Sequence[Indicator]) -> Check | None:
    """Weights make 100, with the weight of the execution rate where the fund block prints one."""
    weights = [number_of(indicator.weight) for indicator in printed]
    if not weights or None in weights:
        return None
    fund = [number for fund in _of_execution(form, "weight") if (number := number_of(fund.value)) is not None]
    total = total_of((*weights, *fund))
    if not fund and total in _LEFT_TO_THE_RATE:
        return None  # the rest belongs to the execution rate, which this form does not weigh in print
    return verdict((total, HUNDRED), _last_cells(printed), "分值之和 = 100")


def _of_execution(form: Form, field: str) -> list[FormFund]:
    """The score or weight of the execution rate; forms that print it beside each source mean it once."""
    funds = [fund for fund in form.funds if fund.field == field]
    return [fund for fund in funds if fund.row == "total"] or funds


def _caps(printed: Sequence[Indicator]) -> Iterator[Check]:
    for at, indicator in enumerate(printed, 1):
        score, weight = number_of(indicator.score), number_of(indicator.weight)
        if score is not None and weight is not None:
            over = max(score - weight, ZERO)
            yield verdict((weight + over, weight), indicator.cells[-2:], "得分 ≤ 分值", f"#{at}")


def _goals(form: Form, printed: Sequence[Indicator]) -> Iterator[Check]:
    """The scores under a numbered goal stay within its weight."""
    for goal in form.goal_list:
        weight = number_of(goal.weight)
        own = [indicator for indicator in printed if indicator.goal == goal.index]
        scores = [number_of(indicator.score) for indicator in own]
        if weight is None or not own or None in scores:
            continue
        over = max(total_of(scores) - weight, ZERO)
        yield verdict((weight + over, weight), _last_cells(own), "目标得分 ≤ 目标分值", f"#{goal.index}")


def grade_form(form: Form, checks: Sequence[Check]) -> Form:
    """The form with a grade on every fund value: A proven, B nothing to hold it against, C in a failing check."""
    passed = {cell for check in checks if check.status in HOLDS for cell in check.cells}
    failed = {cell for check in checks if check.status == "fail" for cell in check.cells}

    def graded(funds: Sequence[FormFund]) -> list[FormFund]:
        return [msgspec.structs.replace(fund, grade=_grade(fund, passed, failed)) for fund in funds]

    tasks = [msgspec.structs.replace(task, amounts=graded(task.amounts)) for task in form.tasks]
    return msgspec.structs.replace(form, funds=graded(form.funds), tasks=tasks)


def _grade(fund: FormFund, passed: set[str], failed: set[str]) -> Literal["A", "B", "C"] | None:
    if fund.value_status == "not_applicable":
        return None
    if fund.cell in failed or (fund.unit == "CNY" and fund.value is None):
        return "C"
    return "A" if fund.cell in passed else "B"
