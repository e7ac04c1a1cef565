"""The text of one value cell as what its column holds: an amount, a count, a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from schemas.amounts import parse_amount
from schemas.kind import ValueType
from schemas.records import ValueStatus
from schemas.shapes.context import one_line
from schemas.text import has_chinese

UNIT_NAMES = {
    ValueType.MONEY: "CNY",
    ValueType.PERCENT: "percent",
    ValueType.COUNT: "count",
    ValueType.NUMBER: "number",
    ValueType.INT: "number",
    ValueType.SCORE: "score",
    ValueType.TEXT: "text",
    ValueType.CODE: "text",
    ValueType.FUNCTION_CODE: "text",
    ValueType.ECONOMIC_CODE: "text",
    ValueType.PERSON: "text",
    ValueType.PHONE: "text",
}


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A cell's text, read. ``number`` as printed, ``value`` in base units; both None unless a number was read."""

    status: ValueStatus
    number: Decimal | None = None
    value: Decimal | str | None = None
    decimals: int | None = None
    alt: Decimal | None = None
    repaired: bool = False  # digits joined over a space or a line break


UNREADABLE = ReadValue(ValueStatus.UNREADABLE)


def read_value(text: str, value_type: ValueType, factor: int | None) -> ReadValue:
    """What a cell of that type says; ``factor`` is yuan per printed unit, None when no unit is known."""
    if UNIT_NAMES[value_type] == "text":
        printed = one_line(text)
        return ReadValue(ValueStatus.PRINTED if printed else ValueStatus.BLANK, value=printed or None)
    if value_type is ValueType.INT and has_chinese(text):
        return ReadValue(ValueStatus.NOT_APPLICABLE)  # 合计 or 一、 where rows are numbered
    amount = parse_amount(text, value_type, factor)
    return ReadValue(amount.status, amount.number, amount.value, amount.decimals, amount.alt, amount.repaired)
