"""Numbers for columns of exact decimals: as they are, or not at all. Nothing is ever rounded to fit."""

from __future__ import annotations

import re
from decimal import Decimal

from service.export.columns import NUMBER_DIGITS, NUMBER_PLACES, YUAN_DIGITS, YUAN_PLACES

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MONEY = "CNY"


def exact_number(text: str | None) -> Decimal | None:
    """The number that a text is; None where it is none, or has more places than the column."""
    return _fitting(text, NUMBER_DIGITS, NUMBER_PLACES)


def exact_yuan(text: str | None, unit: str | None) -> Decimal | None:
    """The amount in yuan that a text is; None where it is no money, or finer than a fen (0.123456 万元 is not)."""
    return _fitting(text, YUAN_DIGITS, YUAN_PLACES) if unit == MONEY else None


def _fitting(text: str | None, most: int, places: int) -> Decimal | None:
    if text is None or not _NUMBER.fullmatch(text):
        return None
    whole, _, part = text.lstrip("-").partition(".")
    part = part.rstrip("0")  # 12.3000 is no finer than 12.3
    if len(part) > places or len(whole.lstrip("0")) > most - places:
        return None
    return Decimal(text)
