"""Projects in the prose held against the performance forms of the same document.

They often count different things (the initial and the adjusted budget, one fund and all money), so a difference is no
failure of either: it is said, and accuses nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

import msgspec

from schemas.narrative.checks import Held, verdict_of
from schemas.narrative.facts import Fact
from schemas.narrative.labels import Aspect
from schemas.result import Form, FormFund
from schemas.text import fold

_FIELDS = {
    Aspect.ADJUSTED_BUDGET: "adjusted_budget",
    Aspect.BUDGET: "adjusted_budget",
    Aspect.AMOUNT: "executed",
}
_DEPARTMENT = "pf_department_self_evaluation"


def held_against_forms(facts: Sequence[Fact], forms: Sequence[Form]) -> Iterator[Held]:
    """The checks (N.9) of the facts that a form prints too."""
    projects = {name: form for form in forms if (name := _name(form))}
    departments = [form for form in forms if form.kind == _DEPARTMENT]
    for fact in facts:
        fund = _fund(fact, projects, departments)
        if fund is None or (printed := _decimal(fund.value)) is None:
            continue
        held = verdict_of(
            f"N.9#{fact.id}",
            (fact.value, printed, fact.step),
            [fact.id, *([fund.cell] if fund.cell else [])],
            "正文 = 绩效表",
        )
        differs = held.status == "fail"
        check = msgspec.structs.replace(held, status="not_applicable") if differs else held
        yield Held(check, (fact,), scope_differs=differs)


def _fund(fact: Fact, projects: Mapping[str, Form], departments: Sequence[Form]) -> FormFund | None:
    if fact.subject.term.id == "execution_rate" and len(departments) == 1:
        return _find(departments[0], "execution_rate")
    if fact.subject.term.id != "project" or fact.name is None or fact.aspect not in _FIELDS:
        return None
    form = projects.get(fold(fact.name))
    return None if form is None else _find(form, _FIELDS[fact.aspect])


def _find(form: Form, field: str) -> FormFund | None:
    return next((fund for fund in form.funds if fund.field == field and fund.row in ("total", None)), None)


def _name(form: Form) -> str:
    named = form.header.get("project_name")
    return fold(named.value) if named is not None and named.value else ""


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None
