"""What two documents of one agency say of the same amount: two final accounts, or a budget and its final account.

Pure, and no part of the reading of one document: whoever holds several results of an agency hands two of them over.
An amount may differ for a good reason (restated balances, an agency that was merged), so what differs is a warning
about neither document's numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

import msgspec

from schemas.amounts import parse_amount
from schemas.checks.weigh import Status
from schemas.findings import finding
from schemas.kind import ValueType
from schemas.narrative.numbers import tokens_of
from schemas.result import Check, Finding, Observation, Profile
from schemas.text import fold

BALANCE, BUDGETED = "X.balance", "X.BF"
SUMMARY, BUDGET, FINAL = (
    "fa_income_expenditure_summary",
    "bg_general_budget_expenditure",
    "fa_general_budget_expenditure",
)
ITEM_DIGITS = 7
CLOSING = ("expenditure.closing_balance", "expenditure_amount")
OPENING = ("income.opening_balance", "income_amount")


@dataclass(frozen=True, slots=True)
class Between:
    """One check over two documents, and what its reader is told where it does not hold. Cells of the check are named
    with the year of their document before them: ``2022:t01.r29.c2``."""

    check: Check
    finding: Finding | None


class Disclosure(Protocol):
    """Whatever says what a document is and what it states: its reading, its result, or what matters of them here."""

    @property
    def profile(self) -> Profile:
        """Whose, and of which year."""

    @property
    def observations(self) -> Sequence[Observation]:
        """What it states."""


class Essence(msgspec.Struct, frozen=True):
    """What these checks look at of one document."""

    profile: Profile
    observations: list[Observation]


def essence_of(document: Disclosure) -> Essence | None:
    """What these checks look at; None where it could not be held against anything."""
    kept = [one for one in _amounts(document) if _is_held(one)]
    return Essence(document.profile, kept) if kept else None


def _is_held(one: Observation) -> bool:
    carried = one.kind == SUMMARY and (one.row.item, one.field) in (CLOSING, OPENING)
    return carried or (one.kind, one.field) == (BUDGET, "total") or _is_initial_budget(one)


def opening_and_closing(earlier: Disclosure, later: Disclosure) -> list[Between]:
    """年初结转和结余 of a year = 年末结转和结余 of the year before, by the summaries of two final accounts.

    Empty where the years do not follow each other, the agencies are not the same by name, or one does not say it.
    """
    before, after = _year(earlier.profile), _year(later.profile)
    if before is None or after != before + 1 or not _same_agency(earlier.profile, later.profile):
        return []
    closing, opening = _one(earlier, *CLOSING), _one(later, *OPENING)
    if closing is None or opening is None:
        return []
    check = _check(BALANCE, (opening, after), (closing, before), "年初结转和结余 = 上年年末结转和结余")
    said = _finding("balance_carried_differs", check, (after, before), opening)
    return [Between(check, said)]


def budgets_as_disclosed(budget: Disclosure, final: Disclosure) -> list[Between]:
    """年初预算 by 项 in the text of a final account = the budget of the same year, one check for each code of both.

    Empty where the documents are of different years or agencies.
    """
    year = _year(budget.profile)
    if year is None or _year(final.profile) != year or not _same_agency(budget.profile, final.profile):
        return []
    planned = {one.row.code: one for one in _amounts(budget) if (one.kind, one.field) == (BUDGET, "total")}
    found: list[Between] = []
    for one in _amounts(final):
        code = one.row.code or ""
        if _is_initial_budget(one) and len(code) == ITEM_DIGITS and code in planned:
            check = _check(f"{BUDGETED}#{code}", (one, year), (planned[code], year), "年初预算 = 当年部门预算")
            found.append(Between(check, _finding("budget_disclosed_differs", check, (year, year), one)))
    return found


def _is_initial_budget(one: Observation) -> bool:
    return one.source == "narrative" and one.field.removeprefix(f"{FINAL}.") == "initial_budget"


def _amounts(document: Disclosure) -> Iterator[Observation]:
    return (one for one in document.observations if one.value is not None and one.unit == "CNY")


def _one(document: Disclosure, item: str, field: str) -> Observation | None:
    """The one amount of that line of the summary; None where no table or several state it."""
    found = [one for one in _amounts(document) if (one.kind, one.row.item, one.field) == (SUMMARY, item, field)]
    return found[0] if len(found) == 1 else None


def _year(profile: Profile) -> int | None:
    value = profile.fiscal_year.value
    return value if isinstance(value, int) else None


def _same_agency(one: Profile, other: Profile) -> bool:
    """Whether nothing says that the documents are of two agencies."""
    names = {fold(str(profile.agency.value)) for profile in (one, other) if profile.agency.value is not None}
    return len(names) < 2


def _check(id: str, left: tuple[Observation, int], right: tuple[Observation, int], note: str) -> Check:
    lhs, rhs = (Decimal(one.value or 0) for one, _ in (left, right))
    diff, band = lhs - rhs, _half(left[0]) + _half(right[0])
    status: Status = "pass" if not diff else "rounding" if abs(diff) <= band else "fail"
    cells = [f"{year}:{one.cell}" for one, year in (left, right)]
    return Check(id, id.partition("#")[0], "years", status, lhs, rhs, diff, band, cells, note)


def _half(one: Observation) -> Decimal:
    """Half a unit of the last decimal that the amount is printed with, in yuan."""
    value = Decimal(one.value or 0)
    if one.source == "narrative":
        steps = (token.step for token in tokens_of(fold(one.text)) if token.is_money and token.value == value)
        return next(steps, Decimal(0)) / 2
    parsed = parse_amount(one.text, ValueType.MONEY, None)
    if not parsed.number or parsed.decimals is None:
        return Decimal(0)
    factor = value / parsed.number
    return Decimal(0) if factor == 1 and parsed.decimals >= 2 else factor.scaleb(-parsed.decimals) / 2


def _finding(code: str, check: Check, years: tuple[int, int], one: Observation) -> Finding | None:
    if check.status != "fail":
        return None
    return finding(
        code,
        cells=check.cells,
        year=years[0],
        before=years[1],
        label=" ".join(part for part in (one.row.code, one.row.label) if part),
        said=f"{check.lhs:f}",
        printed=f"{check.rhs:f}",
        diff=f"{check.diff:f}",
    )
