"""What a decision is made with, and how two readings of a table are told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.checks import run_checks
from schemas.checks.rounding import HOLDS, ZERO
from schemas.checks.suspects import rules_of
from schemas.classify import Setting
from schemas.records import TableReading
from schemas.result import Check
from schemas.tables import ReadTable

SIGNIFICANT = 100  # an amount this many times its band is no chance agreement: three digits agree
DIGITS = 3  # that must agree
SEVERAL = 2  # sums that must hold under a reading


@dataclass(frozen=True, slots=True)
class Case:
    """One document. ``prose`` holds what its text states against tables: amounts, shares, growth."""

    setting: Setting
    prose: Callable[[Sequence[TableReading]], Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one reading stands: the ids of the sums that hold under it, and of those that do not."""

    held: frozenset[str]
    broken: frozenset[str]


def readings_of(tables: Iterable[ReadTable]) -> list[TableReading]:
    """The readings of the tables that were recognised."""
    return [table.reading for table in tables if table.reading is not None]


def verdict_of(tables: Sequence[ReadTable], table: str, cells: frozenset[str] | None = None) -> Verdict:
    """How one table of a document stands: its sums, and those with other tables; of ``cells`` only, when given.

    Sums over zeros say nothing, and a part that is not above its whole proves nothing.
    """
    readings = readings_of(tables)
    rules = rules_of(readings)
    own = [
        check
        for check in run_checks(readings)
        if rules[check.rule].relation == "eq" and _touches(check, table, cells) and (check.lhs or check.rhs)
    ]
    held = frozenset(check.id for check in own if check.status in HOLDS)
    return Verdict(held, frozenset(check.id for check in own if check.status == "fail"))


def _touches(check: Check, table: str, cells: frozenset[str] | None) -> bool:
    if cells is None:
        return any(cell.startswith(f"{table}.") for cell in check.cells)
    return not cells.isdisjoint(check.cells)


def best_of(verdicts: Sequence[Verdict]) -> int | None:
    """The place of the one reading that proof chooses; None where it chooses none.

    Only sums that tell the readings apart count. All of them must hold under the reading that is chosen, several at
    least, and under every other one of them must break, or none of them hold.
    """
    common = frozenset[str].intersection(*(verdict.held for verdict in verdicts))
    telling = [verdict.held - common for verdict in verdicts]
    fit = [
        place
        for place, (held, verdict) in enumerate(zip(telling, verdicts, strict=True))
        if len(held) >= SEVERAL and not verdict.broken - _broken_anyway(verdicts)
    ]
    if len(fit) != 1:
        return None
    others = [place for place in range(len(verdicts)) if place != fit[0]]
    is_alone = all(verdicts[place].broken - verdicts[fit[0]].broken or not telling[place] for place in others)
    return fit[0] if is_alone else None


def _broken_anyway(verdicts: Sequence[Verdict]) -> frozenset[str]:
    """Sums that no reading mends: the publisher's own slips accuse none of the readings."""
    return frozenset[str].intersection(*(verdict.broken for verdict in verdicts))


def is_telling(check: Check) -> bool:
    """Whether the agreement of two amounts is hardly chance: enough digits, well above what rounding hides."""
    return digits_of(check) >= DIGITS and abs(check.lhs or ZERO) >= SIGNIFICANT * (check.band or ZERO)


def digits_of(check: Check) -> int:
    """The digits that the left side of a check prints, zeros at its ends left out."""
    return len(check.lhs.normalize().as_tuple().digits) if check.lhs else 0
