"""What failing checks of forms tell their reader: which form, the values as printed, both sides, the likely cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.desk import Words
from schemas.checks.rounding import HOLDS
from schemas.checks.slips import slip_of
from schemas.findings import BY_CODE
from schemas.forms.arithmetic import number_of
from schemas.result import Check, Finding, Form, FormFund

LISTED = 6  # values that one finding names
#: Rules whose left side is the plain sum of the other cells: what a cell would have to say can be computed.
SUMS = frozenset({"fund", "fiscal", "total", "tasks"})
_CODE = "check_failed"


@dataclass(frozen=True, slots=True)
class _Printed:
    """One value of a form: what names it, its text, its number in the units of the checks, and its page."""

    name: str
    text: str
    number: Decimal | None
    page: int | None


@dataclass(frozen=True, slots=True)
class _Suspect:
    """The one value that stands in all checks of a group and in none that holds, and what it would have to say."""

    cell: str
    fits: Decimal


def form_findings(checks: Sequence[Check], forms: Sequence[Form]) -> list[Finding]:
    """One finding for each group of failing checks of a form that one value explains, one for each other failure.

    Checks that are of no form (their id names none) say theirs elsewhere.
    """
    by_form: dict[str, list[Check]] = {}
    for check in checks:
        by_form.setdefault(check.id.partition(":")[0], []).append(check)
    numbered = {f"f{number:02d}": form for number, form in enumerate(forms, 1)}
    return [found for key, form in numbered.items() for found in _of_form(by_form.get(key, ()), form)]


def _of_form(checks: Sequence[Check], form: Form) -> Iterator[Finding]:
    failing = [check for check in checks if check.status == "fail"]
    if not failing:
        return
    printed = dict(_printed(form))
    held = {cell for check in checks if check.status in HOLDS and (check.lhs or check.rhs) for cell in check.cells}
    told: set[str] = set()
    for check in failing:
        if check.id not in told:
            group, suspect = _group(check, failing, held, printed)
            told |= {one.id for one in group}
            yield _finding(group, suspect, form, printed)


def _printed(form: Form) -> Iterator[tuple[str, _Printed]]:
    for fund in (*form.funds, *(fund for task in form.tasks for fund in task.amounts)):
        if fund.cell is not None:
            name = " / ".join(part for part in (fund.label, fund.header) if part)
            yield fund.cell, _Printed(name, fund.text, _number(fund), fund.page)
    for indicator in form.indicators:
        name = indicator.level3 or indicator.level2 or indicator.level1 or "?"
        for cell in indicator.cells[-1:]:
            yield cell, _Printed(name, indicator.score or indicator.weight or "", None, indicator.page)
    total = form.total_score
    if total is not None and total.cell is not None:
        yield total.cell, _Printed(total.label or "总分", total.text or "", number_of(total.value), total.page)


def _number(fund: FormFund) -> Decimal | None:
    return number_of(fund.value if fund.value is not None else fund.text)


def _group(
    check: Check, failing: Sequence[Check], held: set[str], printed: Mapping[str, _Printed]
) -> tuple[list[Check], _Suspect | None]:
    """The failing sums that share one value with this one and want the same of it; the check alone where none does."""
    for cell in check.cells:
        group = [one for one in failing if cell in one.cells and one.rule.rpartition(".")[2] in SUMS]
        fits = {_wanted(one, cell, printed) for one in group}
        if cell not in held and len(group) > 1 and len(fits) == 1 and None not in fits:
            return group, _Suspect(cell, next(value for value in fits if value is not None))
    return [check], None


def _wanted(check: Check, cell: str, printed: Mapping[str, _Printed]) -> Decimal | None:
    number = printed[cell].number if cell in printed else None
    if number is None or check.diff is None:
        return None
    return number - check.diff if check.cells[0] == cell else number + check.diff


def _finding(group: Sequence[Check], suspect: _Suspect | None, form: Form, printed: Mapping[str, _Printed]) -> Finding:
    check = group[0]
    known = [printed[cell] for cell in check.cells if cell in printed]
    page = known[0].page if known else None
    title = form.title or (form.kind or "")
    place, place_zh = (
        (f"Page {page}, {title}:", f"第{page}页《{title}》：") if page else (f"{title}:", f"《{title}》：")
    )
    unit, unit_zh = (" yuan", "元") if _is_money(check, form) else ("", "")
    values = "; ".join(f"{one.name} {one.text.strip()}" for one in known[:LISTED])
    rest = f"; … [{len(known)}]" if len(known) > LISTED else ""
    others, cause = _also([one.id for one in group[1:]]), _cause(suspect, printed)
    return Finding(
        code=BY_CODE[_CODE].code,
        severity="error",
        message=f"{place} {check.rule} {check.note}: {check.lhs}{unit} is printed, its parts give {check.rhs}{unit}, "
        f"difference {check.diff}. Printed: {values}{rest}.{others.en}{cause.en}",
        message_zh=f"{place_zh}{check.rule} {check.note}：列示 {check.lhs}{unit_zh}，计算 {check.rhs}{unit_zh}，"
        f"相差 {check.diff}。相关数据：{values}{rest}。{others.zh}{cause.zh}",
        table=form.table,
        page=page,
        cells=[suspect.cell] if suspect is not None else list(check.cells),
    )


def _is_money(check: Check, form: Form) -> bool:
    funds: Iterable[FormFund] = (*form.funds, *(fund for task in form.tasks for fund in task.amounts))
    return any(fund.cell == check.cells[0] and fund.unit == "CNY" and fund.value is not None for fund in funds)


def _also(others: Sequence[str]) -> Words:
    if not others:
        return Words("", "")
    return Words(f" On the same value fails: {', '.join(others)}.", f"涉及同一数据的还有：{'、'.join(others)}。")


def _cause(suspect: _Suspect | None, printed: Mapping[str, _Printed]) -> Words:
    if suspect is None:
        return Words(
            " The form prints it so, or a value was taken for another: compare it with the page.",
            "可能是原表填报如此，也可能是取值错位，请对照原页核对。",
        )
    one = printed[suspect.cell]
    slip = None if one.number is None else slip_of(one.number, suspect.fits)
    en, zh = ("", "") if slip is None else (f": {slip.en}", f"（{slip.zh}）")
    return Words(
        f" One value explains it: {one.name}, printed {one.text.strip()}; {suspect.fits} would fit{en}. "
        "It is kept as printed.",
        f"一处数据即可解释：“{one.name}”列示 {one.text.strip()}，若为 {suspect.fits} 则相符{zh}；按原文保留。",
    )
