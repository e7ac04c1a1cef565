"""How far two printed sums may stand apart: decimals, half units, bands and verdicts.

Publishers round every amount on its own when 元 becomes 万元, so a sum of n printed parts may miss its printed total
by half a unit of the last decimal for each part and one more for the total. Knows numbers only, no tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from schemas.kind import ValueType

Verdict = Literal["pass", "rounding", "fail"]

HOLDS = frozenset({"pass", "rounding"})  # the verdicts under which an identity holds

ZERO = Decimal(0)
PERCENT_BAND = Decimal("0.1")  # percentage points: publishers truncate as often as they round
UNIT_RATIO = 10000  # 万元 over 元
EXACT_DECIMALS = 2  # 元 with fen: nothing was rounded
_HALVES = tuple(Decimal(5).scaleb(-d - 1) for d in range(16))


def half_unit(decimals: int, factor: int | None) -> Decimal:
    """Half a unit of the last printed decimal, in printed units; 0 for amounts in 元 printed to the fen.

    ``decimals`` is the largest number printed anywhere in the table, because trailing zeros are often dropped.
    """
    if factor == 1 and decimals >= EXACT_DECIMALS:
        return ZERO
    return _HALVES[min(decimals, len(_HALVES) - 1)]


def most_decimals(decimals: Iterable[int | None]) -> int:
    """The largest count of printed decimals, 0 when nothing is printed."""
    return max((count for count in decimals if count is not None), default=0)


def band(value_type: ValueType, printed_terms: int, half: Decimal) -> Decimal:
    """The largest difference that rounding explains, in the units of ``half``. Scores and counts are exact."""
    if value_type is ValueType.MONEY:
        return half * (printed_terms + 1)
    return PERCENT_BAND if value_type is ValueType.PERCENT else ZERO


def own_halves(decimals: Iterable[int | None]) -> Decimal:
    """Half a unit of each amount in 元 that is printed to less than the fen while its table prints the fen.

    Forms that hold text and numbers print 12,604,173 beside 79,189,400.34: the first was rounded for display.
    """
    short = (count for count in decimals if count is not None and count < EXACT_DECIMALS)
    return sum((_HALVES[count] for count in short), ZERO)


def verdict(relation: str, diff: Decimal, allowed: Decimal) -> Verdict:
    """What a difference (left minus right) says about ``eq``, ``le`` or ``ge``.

    Raises:
        ValueError: the relation is none of these.
    """
    if relation == "eq":
        excess = abs(diff)
    elif relation == "le":
        excess = max(diff, ZERO)
    elif relation == "ge":
        excess = max(-diff, ZERO)
    else:
        raise ValueError(f"unknown relation {relation!r}")
    if not excess:
        return "pass"
    return "rounding" if excess <= allowed else "fail"


def off_by_unit(left: Decimal, right: Decimal, allowed: Decimal) -> bool:
    """Whether two amounts are the same but for 元 taken as 万元: a factor of exactly 10,000, rounding apart."""
    small, large = sorted((abs(left), abs(right)))
    near = large >= small * UNIT_RATIO / 2 and abs(small * UNIT_RATIO - large) <= allowed * UNIT_RATIO
    return bool(small) and near
