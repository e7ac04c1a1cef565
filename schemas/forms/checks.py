"""What a form must add up to: scores to the total, weights to 100, executed over budget to the rate, parts to the sum.

A form that errs is reported and never repaired. A sum is held only when every part of it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

import msgspec

from schemas.findings import finding
from schemas.result import Check, Finding, Form, FormFund, Indicator

_PREFIX = {
    "pf_project_self_evaluation": "PE",
    "pf_department_self_evaluation": "DE",
    "pf_project_target_completion": "PT",
    "pf_project_target": "PG",
    "pf_department_target": "DG",
}
_PARTS = ("fiscal", "carryover", "fiscal_account", "unit_funds", "other")
_LEVELS = ("central", "provincial", "municipal", "district", "local")
_AMOUNTS = ("initial_budget", "adjustment", "adjusted_budget", "received", "executed", "balance")
_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_PERCENT_BAND = Decimal("0.1")  # publishers cut as often as they round
_RATE_FORMULA = re.compile(r"[*×]\s*(?:预算)?执行率")


def check_form(form: Form, number: int) -> Iterator[Check]:
    """Every check of one form. ``number`` counts the forms of the document and makes the ids unique."""
    prefix = _PREFIX.get(form.kind or "")
    if prefix is None:
        return
    for rule, check in _checks(form):
        name = f"{prefix}.{rule}"
        yield msgspec.structs.replace(check, id=f"f{number:02d}:{name}{check.id}", rule=name)


def _checks(form: Form) -> Iterator[tuple[str, Check]]:
    printed = [indicator for indicator in form.indicators if indicator.status == "printed"]
    if (check := _total(form, printed)) is not None:
        yield "total", check
    if (check := _weights(form, printed)) is not None:
        yield "weights", check
    yield from (("cap", check) for check in _caps(printed))
    yield from (("rate", check) for check in _rates(form.funds))
    yield from (("score", check) for check in _rate_scores(form.funds))
    yield from (("fund", check) for check in _sums(form.funds, "total", _PARTS))
    yield from (("fiscal", check) for check in _sums(form.funds, "fiscal", _LEVELS))
    yield from (("goal", check) for check in _goals(form, printed))


def _number(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.replace(",", "").rstrip("分%％ ").strip())
    except InvalidOperation:
        return None


def _verdict(
    sides: tuple[Decimal, Decimal], cells: list[str], note: str, key: str = "", band: Decimal = _ZERO
) -> Check:
    lhs, rhs = sides
    diff = lhs - rhs
    status: Literal["pass", "rounding", "fail"] = "pass" if diff == 0 else "rounding" if abs(diff) <= band else "fail"
    return Check(key, "", "form", status, lhs, rhs, diff, band, list(dict.fromkeys(cells)), note)


def _total(form: Form, printed: Sequence[Indicator]) -> Check | None:
    total = _number(form.total_score.value) if form.total_score is not None else None
    scores = [_number(indicator.score) for indicator in printed]
    parts = [score for score in scores if score is not None]
    if total is None or not parts or len(parts) != len(scores):
        return None
    funds = [fund for fund in form.funds if fund.field == "score"]
    parts += [number for fund in funds if (number := _number(fund.value)) is not None]
    cells = [form.total_score.cell or "", *(fund.cell or "" for fund in funds)] if form.total_score else []
    cells += [cell for indicator in printed for cell in indicator.cells[-1:]]
    return _verdict((total, sum(parts, _ZERO)), [cell for cell in cells if cell], "总分 = 各项得分之和")


def _weights(form: Form, printed: Sequence[Indicator]) -> Check | None:
    """Weights make 100, with the weight of the execution rate where the fund block prints one."""
    weights = [_number(indicator.weight) for indicator in printed]
    parts = [weight for weight in weights if weight is not None]
    if not parts or len(parts) != len(weights):
        return None
    fund = [number for fund in form.funds if fund.field == "weight" and (number := _number(fund.value)) is not None]
    total = sum(parts + fund, _ZERO)
    if not fund and total in (Decimal(80), Decimal(90)):
        return None  # the rest belongs to the execution rate, which this form does not weigh in print
    cells = [cell for indicator in printed for cell in indicator.cells[-1:]]
    return _verdict((total, _HUNDRED), cells, "分值之和 = 100")


def _caps(printed: Sequence[Indicator]) -> Iterator[Check]:
    for at, indicator in enumerate(printed, 1):
        score, weight = _number(indicator.score), _number(indicator.weight)
        if score is not None and weight is not None:
            over = max(score - weight, _ZERO)
            yield _verdict((weight + over, weight), indicator.cells[-2:], "得分 ≤ 分值", f"#{at}")


def _by_row(funds: Sequence[FormFund]) -> dict[tuple[str, str], FormFund]:
    found: dict[tuple[str, str], FormFund] = {}
    for fund in funds:
        found.setdefault((fund.row or fund.label, fund.field), fund)
    return found


def _rates(funds: Sequence[FormFund]) -> Iterator[Check]:
    known = _by_row(funds)
    for (row, field), rate in known.items():
        executed, budget = known.get((row, "executed")), known.get((row, "adjusted_budget"))
        if field != "execution_rate" or executed is None or budget is None:
            continue
        spent, given, printed = _amount(executed), _amount(budget), _number(rate.value)
        if spent is None or not given or printed is None:
            continue
        cells = [fund.cell for fund in (rate, executed, budget) if fund.cell]
        value = (spent / given * _HUNDRED).quantize(Decimal("0.0001"))
        yield _verdict((printed, value), cells, "执行率 = 执行数 ÷ 预算数", f"#{row}", _PERCENT_BAND)


def _amount(fund: FormFund) -> Decimal | None:
    """The amount in yuan, or as printed when the form prints no unit."""
    return _number(fund.value) if fund.value is not None else _number(fund.text)


def _rate_scores(funds: Sequence[FormFund]) -> Iterator[Check]:
    """A score that the form itself defines as weight x rate: 得分（20分*执行率）."""
    known = _by_row(funds)
    for (row, field), score in known.items():
        rate = known.get((row, "execution_rate"))
        weight = re.search(r"(\d{1,3})分?\s*[*×]", score.header)
        if field != "score" or rate is None or weight is None or not _RATE_FORMULA.search(score.header):
            continue
        printed, percent = _number(score.value), _number(rate.value)
        if printed is None or percent is None:
            continue
        half = Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0)) / 2
        earned = Decimal(weight[1]) * min(percent, _HUNDRED) / _HUNDRED
        cells = [fund.cell for fund in (score, rate) if fund.cell]
        yield _verdict((printed, earned), cells, f"得分 = {weight[1]} × 执行率", f"#{row}", half)


def _sums(funds: Sequence[FormFund], whole: str, parts: Sequence[str]) -> Iterator[Check]:
    """A fund row that is the sum of others, phase by phase; at least two parts must be printed."""
    known = _by_row(funds)
    for field in _AMOUNTS:
        total = known.get((whole, field))
        found = [known[part, field] for part in parts if (part, field) in known]
        amounts = [_amount(fund) for fund in found]
        lhs = None if total is None else _amount(total)
        if total is None or lhs is None or len(found) < 2 or None in amounts:
            continue
        rhs = sum((amount for amount in amounts if amount is not None), _ZERO)
        cells = [fund.cell for fund in (total, *found) if fund.cell]
        note = f"{total.label} = {' + '.join(fund.label for fund in found)}"
        yield _verdict((lhs, rhs), cells, note, f"#{field}")


def _goals(form: Form, printed: Sequence[Indicator]) -> Iterator[Check]:
    """The scores under a numbered goal stay within its weight."""
    for goal in form.goal_list:
        weight = _number(goal.weight)
        own = [indicator for indicator in printed if indicator.goal == goal.index]
        scores = [_number(indicator.score) for indicator in own]
        if weight is None or not own or None in scores:
            continue
        total = sum((score for score in scores if score is not None), _ZERO)
        over = max(total - weight, _ZERO)
        cells = [cell for indicator in own for cell in indicator.cells[-1:]]
        yield _verdict((weight + over, weight), cells, "目标得分 ≤ 目标分值", f"#{goal.index}")


def form_findings(checks: Sequence[Check], forms: Sequence[Form]) -> list[Finding]:
    """What failing checks of forms mean to a reader."""
    by_number = {f"f{number:02d}": form for number, form in enumerate(forms, 1)}
    found = []
    for check in checks:
        if check.status == "fail":
            form = by_number[check.id.split(":", 1)[0]]
            page = next((indicator.page for indicator in form.indicators if indicator.page), None)
            found.append(
                finding(
                    "check_failed",
                    table=form.table,
                    page=page,
                    cells=check.cells,
                    rule=f"{check.rule} {check.note}",
                    lhs=check.lhs,
                    rhs=check.rhs,
                    diff=check.diff,
                )
            )
    return found


def grade_form(form: Form, checks: Sequence[Check]) -> Form:
    """The form with a grade on every fund value: A proven, B nothing to hold it against, C in a failing check."""
    passed = {cell for check in checks if check.status in ("pass", "rounding") for cell in check.cells}
    failed = {cell for check in checks if check.status == "fail" for cell in check.cells}
    funds = [msgspec.structs.replace(fund, grade=_grade(fund, passed, failed)) for fund in form.funds]
    return msgspec.structs.replace(form, funds=funds)


def _grade(fund: FormFund, passed: set[str], failed: set[str]) -> Literal["A", "B", "C"]:
    if fund.cell in failed or (fund.unit == "CNY" and fund.value is None):
        return "C"
    return "A" if fund.cell in passed else "B"
