"""How a printed number differs from the one that would fit: what a careful reader would take the slip to be.

Knows two numbers as they are printed, in the same unit, and nothing of tables.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from schemas.checks.rounding import ZERO

_POINT_PLACES = 3  # a decimal point is lost or moved by no more


class Slip(Enum):
    """What was slipped, in both languages."""

    UNIT = ("it would fit in the other unit (元 / 万元)", "换一个单位（元/万元）即相符")
    SIGN = ("only the sign differs", "仅正负号不同")
    POINT = ("only the place of the decimal point differs", "仅小数点位置不同")
    NOTHING = ("it may belong to another row or column", "该数可能属于其他行或列")
    DIGIT = ("one digit differs", "仅一位数字不同")
    TURNED = ("two neighbouring digits are turned round", "相邻两位数字颠倒")
    LOST = ("one digit is lost", "少一位数字")
    ADDED = ("there is one digit too many", "多一位数字")

    @property
    def en(self) -> str:
        """In English."""
        return str(self.value[0])

    @property
    def zh(self) -> str:
        """In Chinese."""
        return str(self.value[1])


def slip_of(printed: Decimal, fits: Decimal) -> Slip | None:
    """The one slip that makes ``printed`` of ``fits``; None where no single slip does."""
    if printed == fits:
        return None
    if fits == ZERO:
        return Slip.NOTHING
    if printed == -fits:
        return Slip.SIGN
    if printed.scaleb(4) == fits or printed == fits.scaleb(4):
        return Slip.UNIT
    if any(printed.scaleb(n) == fits or printed == fits.scaleb(n) for n in range(1, _POINT_PLACES + 1)):
        return Slip.POINT
    return _of_digits(printed, fits) if (printed < 0) == (fits < 0) else None


def _of_digits(printed: Decimal, fits: Decimal) -> Slip | None:
    ours, theirs = _digits(printed, fits), _digits(fits, printed)
    if len(ours) == len(theirs):
        differing = [at for at, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]
        if len(differing) == 1:
            return Slip.DIGIT
        first, last = differing[0], differing[-1]
        is_turned = len(differing) == 2 and last == first + 1 and ours[first] == theirs[last]
        return Slip.TURNED if is_turned and ours[last] == theirs[first] else None
    if len(ours) + 1 == len(theirs):
        return Slip.LOST if _is_without_one(ours, theirs) else None
    if len(ours) == len(theirs) + 1:
        return Slip.ADDED if _is_without_one(theirs, ours) else None
    return None


def _digits(number: Decimal, other: Decimal) -> str:
    """The digits as printed, with as many decimals as the longer of both prints, zeros in front left out."""
    places = max(_decimals(number), _decimals(other))
    return f"{abs(number):.{places}f}".replace(".", "").lstrip("0")


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _is_without_one(short: str, long: str) -> bool:
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
