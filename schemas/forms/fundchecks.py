"""What a fund block must add up to: rates, scores by rate, sums of sources, formulas that its columns print, tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from schemas.forms.arithmetic import HUNDRED, ZERO, amount_of, envelope, number_of, total_of, verdict
from schemas.printed.headers import HeaderMark, parse_header
from schemas.result import Check, Form, FormFund
from schemas.text import fold

_PARTS = ("fiscal", "carryover", "fiscal_account", "unit_funds", "other")
_OTHER_BUDGETS = ("government_fund", "state_capital")  # parts of the whole where the fiscal row is the general budget
_UNPLACED = frozenset({None, "upper", "business"})  # rows that may be a part of the whole, or of one of its parts
_LEVELS = ("central", "provincial", "municipal", "district", "local")
_AMOUNTS = (
    "amount",
    "period_amount",
    "initial_budget",
    "adjustment",
    "adjusted_budget",
    "received",
    "executed",
    "balance",
)
_TARGET = "pf_department_target"
_OF_THE_YEAR = ("amount", "initial_budget", "adjusted_budget")
_PERCENT_BAND = Decimal("0.1")  # publishers cut as often as they round
_RATE_FORMULA = re.compile(r"[*×]\s*(?:预算)?执行率")
_WEIGHT = re.compile(r"(\d{1,3})分?\s*[*×]")


def fund_checks(form: Form) -> Iterator[tuple[str, Check]]:
    """Each check of the fund block, with the last part of its rule."""
    formulas = list(_formulas(form.funds))
    rates = list(_rates_in_words(_rates(form.funds), formulas))
    held = {frozenset(check.cells) for check in rates}
    yield from (("rate", check) for check in rates)
    yield from (("score", check) for check in _rate_scores(form.funds))
    yield from (("fund", check) for check in _sources(form.funds))
    yield from (("fiscal", check) for check in _sums(form.funds, "fiscal", _LEVELS))
    yield from (("formula", check) for check in formulas if frozenset(check.cells) not in held)
    yield from (("task", check) for check in _tasks(form))
    yield from (("DT.task", check) for check in _money_of_the_year(form))


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
        spent, given, printed = amount_of(executed), amount_of(budget), number_of(rate.value)
        if spent is None or not given or printed is None:
            continue
        value = (spent / given * HUNDRED).quantize(Decimal("0.0001"))
        cells = (rate.cell, executed.cell, budget.cell)
        yield verdict((printed, value), cells, "执行率 = 执行数 ÷ 预算数", f"#{row}", _PERCENT_BAND)


def _rate_scores(funds: Sequence[FormFund]) -> Iterator[Check]:
    """A score that the form itself defines as weight x rate: 得分（20分*执行率）."""
    known = _by_row(funds)
    for (row, field), score in known.items():
        rate, weight = known.get((row, "execution_rate")), _WEIGHT.search(score.header)
        if field != "score" or rate is None or weight is None or not _RATE_FORMULA.search(score.header):
            continue
        printed, percent = number_of(score.value), number_of(rate.value)
        if printed is None or percent is None:
            continue
        half = Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0)) / 2
        earned = Decimal(weight[1]) * min(percent, HUNDRED) / HUNDRED
        yield verdict((printed, earned), (score.cell, rate.cell), f"得分 = {weight[1]} × 执行率", f"#{row}", half)


def _sources(funds: Sequence[FormFund]) -> Iterator[Check]:
    """The whole is the sum of its sources; money of the treasury may be printed whole or by level of government."""
    fiscal = next((fund for fund in funds if fund.row == "fiscal"), None)
    if fiscal is None:
        return _sums(funds, "total", (*_LEVELS, *_PARTS))
    return _sums(funds, "total", (*_PARTS, *_OTHER_BUDGETS) if "一般公共" in fold(fiscal.label) else _PARTS)


def _sums(funds: Sequence[FormFund], whole: str, parts: Sequence[str]) -> Iterator[Check]:
    """A fund row that is the sum of others, phase by phase. Held only when at least two parts are printed, every one of
    them as a number, and no row stands beside them that might be a part too."""
    known = _by_row(funds)
    for field in _AMOUNTS:
        total = known.get((whole, field))
        found = [known[part, field] for part in parts if (part, field) in known]
        amounts = [amount_of(fund) for fund in found if fund.value_status != "not_applicable"]
        lhs = None if total is None else amount_of(total)
        unknown = any(fund.row in _UNPLACED and fund.field == field for fund in funds)
        if total is None or lhs is None or unknown or len(amounts) < 2 or None in amounts:
            continue
        printed = [fund for fund in found if fund.value_status != "not_applicable"]
        note = f"{total.label} = {' + '.join(fund.label for fund in printed)}"
        cells = (total.cell, *(fund.cell for fund in printed))
        yield verdict((lhs, total_of(amounts)), cells, note, f"#{field}", envelope(total, printed))


def _formulas(funds: Sequence[FormFund]) -> Iterator[Check]:
    """Columns that print how they are computed (③=①+②, B/A), row by row."""
    marked: dict[tuple[str, str | None], FormFund] = {}
    computed: dict[tuple[str, str], tuple[FormFund, HeaderMark]] = {}
    for fund in funds:
        said, row = parse_header(fund.header), fund.row or fund.label
        if said is not None:
            marked.setdefault((row, said.mark), fund)
            if said.right is not None:
                computed.setdefault((row, fund.field), (fund, said))
    for (row, field), (result, said) in computed.items():
        terms = [(sign, marked.get((row, mark))) for sign, mark in said.right.terms] if said.right else []
        check = _formula(result, said, terms)
        if check is not None:
            yield msgspec.structs.replace(check, id=f"#{row}.{field}")


def _formula(result: FormFund, said: HeaderMark, terms: Sequence[tuple[int, FormFund | None]]) -> Check | None:
    """The formula in the header of one value, held against the values it names; None when one of them is missing."""
    parts = [fund for _, fund in terms if fund is not None]
    numbers = [number for fund in parts if (number := amount_of(fund)) is not None]
    printed = amount_of(result)
    if said.right is None or printed is None or len(numbers) < len(terms):
        return None
    value = _computed([sign for sign, _ in terms], numbers, is_ratio=said.right.is_ratio)
    if value is None:
        return None
    band = _PERCENT_BAND if result.unit == "percent" else envelope(result, parts)
    return verdict((printed, value), (result.cell, *(fund.cell for fund in parts)), said.text, "", band)


def _computed(signs: Sequence[int], numbers: Sequence[Decimal], *, is_ratio: bool) -> Decimal | None:
    """Terms added and taken off, or a quotient in percent; None for a division by nothing."""
    if is_ratio:
        return None if not numbers[1] else (numbers[0] / numbers[1] * HUNDRED).quantize(Decimal("0.0001"))
    return total_of(sign * number for sign, number in zip(signs, numbers, strict=True))


def _rates_in_words(rates: Iterable[Check], formulas: Sequence[Check]) -> Iterator[Check]:
    """The rates, in the words of a printed formula (执行率（B/A）) that says the same."""
    words = {frozenset(check.cells): check.note for check in formulas}
    for check in rates:
        yield msgspec.structs.replace(check, note=words.get(frozenset(check.cells), check.note))


def _tasks(form: Form) -> Iterator[Check]:
    """The sum that a task table prints, column by column."""
    for fund in form.funds:
        same = [one for task in form.tasks for one in task.amounts if one.header == fund.header and one.row == fund.row]
        lhs, amounts = amount_of(fund), [amount_of(one) for one in same]
        if not same or lhs is None or None in amounts:
            continue
        cells = (fund.cell, *(one.cell for one in same))
        check = verdict((lhs, total_of(amounts)), cells, "合计 = 各项任务之和", f"#{fund.row}", envelope(fund, same))
        is_whole = check.diff == ZERO or len(same) == len(form.tasks)
        yield check if is_whole else msgspec.structs.replace(check, status="insufficient")


def _money_of_the_year(form: Form) -> Iterator[Check]:
    """The money of the year that a target states, beside the tasks it is given to. Tasks may be the main ones alone, so
    less than the whole is no failure."""
    own = {one.header for task in form.tasks for one in task.amounts}
    stated = (fund for fund in form.funds if fund.row == "total" and fund.field in _OF_THE_YEAR)
    totals = [fund for fund in stated if fund.header not in own]
    tasks = [one for task in form.tasks for one in task.amounts if one.row == "total"]
    lhs = amount_of(totals[0]) if len(totals) == 1 else None
    amounts = [amount_of(one) for one in tasks]
    if form.kind != _TARGET or lhs is None or len(tasks) < len(form.tasks) or len(tasks) < 2 or None in amounts:
        return
    cells = (totals[0].cell, *(one.cell for one in tasks))
    check = verdict((lhs, total_of(amounts)), cells, "年度资金总额 = 各项任务之和", "", envelope(totals[0], tasks))
    is_part = check.status == "fail" and lhs > total_of(amounts)
    yield msgspec.structs.replace(check, status="not_applicable") if is_part else check
