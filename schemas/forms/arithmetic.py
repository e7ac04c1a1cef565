"""Numbers of forms as the checks hold them: exact, with the band that rounding may leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from schemas.result import Check, FormFund

ZERO = Decimal(0)
HUNDRED = Decimal(100)
_DIGITS = re.compile(r"-?\d[\d,]*(?:\.(\d+))?")


def number_of(text: str | None) -> Decimal | None:
    """A printed score, weight or percentage; None for anything else."""
    if text is None:
        return None
    try:
        return Decimal(text.replace(",", "").rstrip("分%％ ").strip())
    except InvalidOperation:
        return None


def amount_of(fund: FormFund) -> Decimal | None:
    """The amount in yuan, or as printed when the form prints no unit."""
    return number_of(fund.value) if fund.value is not None else number_of(fund.text)


def envelope(total: FormFund, parts: Sequence[FormFund]) -> Decimal:
    """How far a sum of amounts may miss its total because each was rounded: half of the last printed decimal for each
    of them. Nothing for amounts in yuan and cents, which nobody rounds."""
    decimals = max(len(match[1] or "") for match in map(_digits, (total, *parts)))
    printed, value = number_of(_digits(total)[0]), amount_of(total)
    scale = value / printed if printed and value is not None else Decimal(1)
    if scale == 1 and decimals >= 2:
        return ZERO
    own = Decimal(1).scaleb(-len(_digits(total)[1] or "")) / 2  # 114.02 over 58.591355 and 55.424145 was rounded itself
    return scale * max(Decimal(1).scaleb(-decimals) / 2 * (len(parts) + 1), own)


def _digits(fund: FormFund) -> re.Match[str]:
    found = _DIGITS.search("".join(fund.text.split()))
    assert found is not None  # only funds with an amount are summed
    return found


def total_of(numbers: Iterable[Decimal | None]) -> Decimal:
    """The sum of the numbers that are there."""
    return sum((number for number in numbers if number is not None), ZERO)


def verdict(
    sides: tuple[Decimal, Decimal], cells: Iterable[str | None], note: str, key: str = "", band: Decimal = ZERO
) -> Check:
    """Whether both sides agree, exactly or within the band; the rule and the full id are given by the caller."""
    lhs, rhs = sides
    diff = lhs - rhs
    status: Literal["pass", "rounding", "fail"] = "pass" if diff == 0 else "rounding" if abs(diff) <= band else "fail"
    involved = list(dict.fromkeys(cell for cell in cells if cell))
    return Check(key, "", "form", status, lhs, rhs, diff, band, involved, note)
