"""A number as its sheet displays it: digits, grouping, decimals, percent, scaling by thousands. Decimal throughout.

A sheet keeps binary fractions. Their first fifteen digits are what was entered and what the program itself shows;
beyond them 0.1 + 0.2 is 0.30000000000000004.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from extractors.sheets.codes import Piece, Section, sections
from extractors.sheets.dates import dated, is_date

_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_PLAIN = (Decimal("1e-9"), Decimal("1e15"))  # numbers outside are displayed with an exponent
_NEGATIVE = ("-", "−", "(", "（", "负", "△", "▲")


@dataclass(frozen=True, slots=True)
class Displayed:
    """The text of a value. ``scaled``: the format divides it (``0!.0,``); ``unsigned``: the format shows a
    negative number without a sign, in a colour at most; the sign is put before it.
    """

    text: str
    scaled: bool = False
    unsigned: bool = False


@lru_cache(maxsize=65536)
def displayed(value: Decimal, code: str, since_1904: bool = False) -> Displayed:
    """``value`` in the number format ``code``; dates count from 1900, or from 1904 where the workbook says so."""
    value = _DIGITS.plus(value)
    section, magnitude, sign = _chosen(value, sections(code))
    if is_date(section):
        return Displayed(dated(value, section, since_1904) or general(value))
    text, scaled = _filled(magnitude, section)
    if value < 0 and not sign and text.strip() and not any(mark in section.literal for mark in _NEGATIVE):
        return Displayed("-" + text.strip(), scaled, unsigned=True)
    return Displayed((sign + text).strip(), scaled)


def displayed_text(text: str, code: str) -> str:
    """A text in the number format ``code``: ``;;;`` hides it, a section with ``@`` prints it between its literals."""
    found = sections(code)
    section = found[3] if len(found) > 3 else found[-1]
    if len(found) < 4 and not section.has("text"):
        return text
    return "".join(text if piece.kind == "text" else piece.text for piece in section.pieces).strip(" ")


def general(value: Decimal) -> str:
    """The number without a format: all its digits, no exponent where it can be written without."""
    value = _DIGITS.plus(value)
    if value and not _PLAIN[0] <= abs(value) < _PLAIN[1]:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def _chosen(value: Decimal, found: tuple[Section, ...]) -> tuple[Section, Decimal, str]:
    """The section for the value, the number that it shows, and the sign that is shown without being asked for."""
    numeric = found[:3]
    if any(section.condition for section in numeric):
        section = next((one for one in numeric if one.holds_for(value)), numeric[-1])
        own_sign = section.condition is not None and section.condition[0] in ("<", "<=") and section.condition[1] <= 0
        return section, abs(value), "-" if value < 0 and not own_sign else ""
    if value < 0 and len(numeric) > 1:
        return numeric[1], abs(value), ""
    if not value and len(numeric) > 2:
        return numeric[2], value, ""
    return numeric[0], abs(value), "-" if value < 0 else ""


def _filled(value: Decimal, section: Section) -> tuple[str, bool]:
    """The text of a number that is not negative, and whether the section divides it."""
    pieces = section.pieces
    if section.has("general", "text"):
        return "".join(_general_piece(value, piece) for piece in pieces), False
    places = [at for at, piece in enumerate(pieces) if piece.kind == "digit"]
    if not places:
        return "".join("%" if piece.kind == "percent" else piece.text for piece in pieces), False
    if section.has("slash"):
        return general(value), False  # a fraction: 1/4
    point = next((at for at, piece in enumerate(pieces) if piece.kind == "point"), len(pieces))
    end = next((at for at, piece in enumerate(pieces) if piece.kind == "exponent"), len(pieces))
    whole = [at for at in places if at < min(point, end)]
    decimals = [at for at in places if point < at < end]
    if end < len(pieces):
        return _scientific(value, len(decimals)), False
    scale = sum(_commas_behind(pieces, ends[-1]) for ends in (whole, decimals) if ends)
    grouped = bool(whole) and any(piece.kind == "comma" for piece in pieces[whole[0] : whole[-1]])
    value = value.scaleb(2 * sum(piece.kind == "percent" for piece in pieces) - 3 * scale, _WIDE)
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), context=_WIDE)
    integer, _, fraction = f"{rounded:f}".partition(".")
    shown = _whole_digits(pieces, whole, integer.lstrip("0"), grouped) | _fraction_digits(pieces, decimals, fraction)
    if not any(shown[at].strip() for at in decimals):
        shown[point] = ""
    elif not whole:
        shown[point] = integer.lstrip("0") + "."  # .00 shows 12.30 all the same
    return "".join(shown.get(at, _outside(piece)) for at, piece in enumerate(pieces)), bool(scale) or _draws_point(
        pieces, whole
    )


def _general_piece(value: Decimal, piece: Piece) -> str:
    if piece.kind in ("general", "text"):
        return general(value)
    return piece.text if piece.kind == "literal" else ""


def _outside(piece: Piece) -> str:
    return "" if piece.kind == "comma" else piece.text


def _commas_behind(pieces: tuple[Piece, ...], last: int) -> int:
    """By how many thousands the commas behind the last digit divide."""
    return sum(1 for _ in itertools.takewhile(lambda piece: piece.kind == "comma", pieces[last + 1 :]))


def _draws_point(pieces: tuple[Piece, ...], whole: list[int]) -> bool:
    """Whether a point is drawn between the digits of a whole number: 0!.0000 shows 12345678 as 1234.5678."""
    inner = pieces[whole[0] : whole[-1]] if whole else ()
    return any(piece.kind == "literal" and "." in piece.text for piece in inner)


def _whole_digits(pieces: tuple[Piece, ...], whole: list[int], digits: str, grouped: bool) -> dict[int, str]:
    """What each place before the point shows; the first one shows all digits that are left."""
    shown: dict[int, str] = {}
    count = 0
    for at in reversed(whole):
        taken = digits if at == whole[0] else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        if not taken:
            taken = {"0": "0", "?": " "}.get(pieces[at].text, "")
        text = ""
        for digit in reversed(taken):
            text = digit + ("," if grouped and digit != " " and count and count % 3 == 0 else "") + text
            count += 1
        shown[at] = text
    return shown


def _fraction_digits(pieces: tuple[Piece, ...], decimals: list[int], fraction: str) -> dict[int, str]:
    """What each place behind the point shows; zeros at the end only where the format asks for them."""
    shown: dict[int, str] = {}
    needed = len(fraction.rstrip("0"))
    for place in range(len(decimals) - 1, -1, -1):
        at = decimals[place]
        if pieces[at].text == "0":
            needed = max(needed, place + 1)
        shown[at] = fraction[place] if place < needed else " " * (pieces[at].text == "?")
    return shown


def _scientific(value: Decimal, decimals: int) -> str:
    mantissa, _, exponent = f"{value:.{decimals}E}".partition("E")
    return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
