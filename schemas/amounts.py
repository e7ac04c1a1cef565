"""Amounts: what the text of one cell states. Parsed here and nowhere else, never as ``float``.

A cell is never folded: note marks come off first (``1,234.50①``, ``10²``), then widths are unified, and whatever is not
one well-formed number afterwards is unreadable. A number is never made from parts of a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from schemas.kind import ValueType
from schemas.records import ValueStatus
from schemas.units import CLASSIFIERS, UNITS, UnitWord, find_unit, find_units

__all__ = ["UNITS", "Amount", "UnitWord", "find_unit", "find_units", "parse_amount"]

NUMERIC = frozenset(
    {ValueType.MONEY, ValueType.PERCENT, ValueType.COUNT, ValueType.NUMBER, ValueType.SCORE, ValueType.INT}
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell states.

    ``number`` as printed (1085.68 under 万元); ``value`` in base units (yuan, percent, pieces), None when the unit of
    money is unknown; ``decimals`` printed after the point; ``alt`` the second scope of ``3745（2177）`` in base units;
    ``unit`` the unit that the cell itself prints. ``repaired`` says that digits were joined over a space or a line
    break: right by all that can be seen, but doubtful.
    """

    status: ValueStatus
    number: Decimal | None = None
    value: Decimal | None = None
    decimals: int | None = None
    alt: Decimal | None = None
    unit: str | None = None
    repaired: bool = False


_WIDTHS = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("－﹣−‐‑‒–—―─━△▲Δ", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000", " "),
        "￥": "¥",
        **dict(zip("，．＋％（）﹙﹚／＼", ",.+%()()/\\", strict=True)),
    }
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NOTE = (
    r"(?:[\u2460-\u2473\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u2080-\u2089*＊※†‡#]"
    r"|[(（\[【]\s*(?:注|备注|说明)\s*\d{0,2}\s*[)）\]】]|(?<=\d)\s*注\s*\d{0,2}$"
    r"|[(（]\s*[^()（）\d]{0,8}(?:盖章|公章|签章)\s*[)）])"  # （单位盖章） drawn into the last cell of a form
)
_NOTES_AROUND = re.compile(rf"^(?:{_NOTE}\s*)+(?=.*\d)|(?:\s*{_NOTE})+\s*$", re.DOTALL)

_WORDS = (
    (ValueStatus.BLANK, re.compile(r"\s*")),
    (
        ValueStatus.NOT_APPLICABLE,
        re.compile(r"[¥\s]*(?:[-_]\s*)+|\s*[/\\]+\s*|\s*(?:…+|\.{3,})\s*|×|[Nn]/?[Aa]|不适用"),
    ),
    (ValueStatus.PLACEHOLDER, re.compile(r"[*＊]{1,}|[×xX]{2,}(?:[.][×xX]+)?(?:万?元)?|□+|○+")),
    (ValueStatus.DECLARED_ZERO, re.compile(r"\s*(?:无|没有|未发生|未安排)\s*")),
)

_SHAPE = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)?(?:\.([0-9]+))?")
_SIGNED = re.compile(
    r"¥?[ ]*(?P<sign>[-+]|负)?[ ]*¥?[ ]*(?P<body>[0-9.,][0-9.,\s]*?)[ ]*(?P<suffix>[^0-9.,\s()-][^0-9()]*)?"
)
_BRACKETED = re.compile(r"¥?[ ]*\([ ]*(?P<inside>[^()+-]*)\)[ ]*(?P<suffix>[^0-9()\s-]*)")
_TWO_SCOPES = re.compile(r"(?P<first>[^()]*[0-9][^()]*)\(\s*(?P<second>[^()]*[0-9][^()]*)\)")
_MONEY_SUFFIX = {**UNITS, "万": 10_000, "亿": 100_000_000}
_CLASSIFIER = re.compile(r"(?P<ten_thousand>万)?(?:" + "|".join(CLASSIFIERS) + ")?")


@dataclass(frozen=True, slots=True)
class _Number:
    """One printed number: its digits, and the words behind it."""

    number: Decimal
    decimals: int
    suffix: str
    repaired: bool


@lru_cache(maxsize=65536)
def parse_amount(text: str, type: ValueType, factor: int | None) -> Amount:
    """What one cell states, where ``factor`` is yuan per printed unit of money (None: unknown; unused otherwise).

    A text that is not exactly one number (or one with a second scope in brackets) has status ``unreadable`` and no
    number. Cells of text and of codes get their status only.
    """
    clean = _clean(text)
    if (status := _status_of_word(clean)) is not None:
        return _without_number(status, type, factor)
    if type not in NUMERIC:
        return Amount(ValueStatus.PRINTED)
    clean = _clean(_NOTES_AROUND.sub("", text)) if not _has_area_unit(clean, type) else clean
    if (printed := _read_signed(clean)) is not None:
        return _amount(printed, type, factor)
    if match := _TWO_SCOPES.fullmatch(clean):
        return _two_scopes(match["first"].strip(), match["second"].strip(), type, factor)
    return Amount(ValueStatus.UNREADABLE)


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", text.translate(_WIDTHS)).strip()


def _has_area_unit(clean: str, type: ValueType) -> bool:
    """Whether the superscript belongs to the unit: 120m² is no 120m with a note."""
    return type in {ValueType.COUNT, ValueType.NUMBER} and clean.endswith("m²")


def _status_of_word(clean: str) -> ValueStatus | None:
    return next((status for status, form in _WORDS if form.fullmatch(clean)), None)


def _without_number(status: ValueStatus, type: ValueType, factor: int | None) -> Amount:
    """无 states zero where amounts stand, and is a word elsewhere."""
    if status is not ValueStatus.DECLARED_ZERO:
        return Amount(status)
    if type not in NUMERIC:
        return Amount(ValueStatus.PRINTED)
    value = None if type is ValueType.MONEY and factor is None else Decimal(0)
    return Amount(status, number=Decimal(0), value=value)


def _read_signed(clean: str) -> _Number | None:
    """The number with its sign. Brackets around the whole number mean a negative one."""
    if match := _BRACKETED.fullmatch(clean):
        inside = _SIGNED.fullmatch(match["inside"].strip())
        return None if inside is None or inside["sign"] else _number(inside, match["suffix"], negative=True)
    match = _SIGNED.fullmatch(clean)
    return None if match is None else _number(match, "", negative=match["sign"] in {"-", "负"})


def _number(match: re.Match[str], outer_suffix: str, *, negative: bool) -> _Number | None:
    suffix = "".join((match["suffix"] or "").split())
    if suffix and outer_suffix:
        return None
    digits, repaired = _join(match["body"], percent=(suffix or outer_suffix) in {"%", "‰"})
    shape = _SHAPE.fullmatch(digits)
    if not digits or shape is None:
        return None
    number = Decimal(digits.replace(",", ""))
    number = -number if negative and number else number
    return _Number(number, len(shape[1] or ""), suffix or outer_suffix, repaired)


_AROUND_POINT = re.compile(r"\s*([.,])\s*")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+\.[0-9]+")  # without a fraction 100 200 may be two numbers
_WRAPPED_FRACTION = re.compile(r"[0-9,]+\.[0-9]\n[0-9]")
_WRAPPED_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*,[0-9]{1,2}\n[0-9]{1,2}(?:,[0-9]{3})*(?:\.[0-9]+)?")


def _join(body: str, *, percent: bool) -> tuple[str, bool]:
    """The digits without the spaces inside, and whether joining them was a repair; empty when it would be a guess.

    A space beside a point or comma is spacing. Elsewhere two amounts may have fallen into one cell (``12.30 45.10``),
    so digits are joined only where they cannot be two numbers, or the shape says thousands, a cell so narrow that its
    number wraps (``376,936.6`` / ``0``), or letter-spacing (``8 0%``).
    """
    lines = "\n".join(" ".join(line.split()) for line in body.splitlines())
    joined = _AROUND_POINT.sub(r"\1", lines).strip()
    if not re.search(r"\s", joined):
        return joined, False
    digits = re.sub(r"\s", "", joined)
    tokens = body.split()
    spaced_out = all(len(token) == 1 for token in tokens) and (len(tokens) > 2 or percent)
    forms = (_THOUSANDS, _WRAPPED_FRACTION, _WRAPPED_GROUPS)
    if spaced_out or any(form.fullmatch(joined) for form in forms):
        return digits, True
    return "", False


def _amount(printed: _Number, type: ValueType, factor: int | None) -> Amount:
    unit = printed.suffix or None
    scale = _scale(printed.suffix, type, factor)
    if scale is None:
        return Amount(ValueStatus.UNREADABLE)
    if type is ValueType.INT and printed.decimals:
        return Amount(ValueStatus.UNREADABLE)
    status = ValueStatus.PRINTED if printed.number else ValueStatus.PRINTED_ZERO
    unknown = type is ValueType.MONEY and factor is None and unit is None
    value = None if unknown else printed.number * scale
    return Amount(status, printed.number, value, printed.decimals, None, unit, printed.repaired)


def _scale(suffix: str, type: ValueType, factor: int | None) -> Decimal | None:
    """Base units per printed unit; the unit in the cell beats the header's. None when the words do not fit the type."""
    if type is ValueType.MONEY:
        return Decimal(_MONEY_SUFFIX[suffix]) if suffix in _MONEY_SUFFIX else None if suffix else Decimal(factor or 1)
    if type is ValueType.PERCENT:
        return {"": Decimal(1), "%": Decimal(1), "‰": Decimal("0.1")}.get(suffix)
    if type is ValueType.SCORE:
        return Decimal(1) if suffix in {"", "分"} else None
    match = _CLASSIFIER.fullmatch(suffix)
    if match is None or suffix in {"%", "‰"}:
        return None
    return Decimal(10_000 if match["ten_thousand"] else 1)


def _two_scopes(first: str, second: str, type: ValueType, factor: int | None) -> Amount:
    """``3745（2177）``: one number and, in brackets, the same thing in another scope. Both must read."""
    numbers = _read_signed(first), _read_signed(second)
    if numbers[0] is None or numbers[1] is None:
        return Amount(ValueStatus.UNREADABLE)
    main, alt = (_amount(number, type, factor) for number in numbers if number is not None)
    if ValueStatus.UNREADABLE in {main.status, alt.status}:
        return Amount(ValueStatus.UNREADABLE)
    return Amount(
        main.status, main.number, main.value, main.decimals, alt.value, main.unit, main.repaired or alt.repaired
    )
