"""The code of a number format (``#,##0.00_);[Red](#,##0.00)``) in its pieces. Knows no value.

``!`` is how Chinese Excel writes the escape ``\\``: ``0!.0,`` shows 123,456 as 12.3.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

GENERAL = "General"

_GENERAL = re.compile(r"g/通用格式|general", re.I)
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general)|(?P<exponent>E[+-])|(?P<meridian>AM/PM|A/P|上午/下午)|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+)"
    r"|(?P<mark>[0#?.,%@;/])|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    **{"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge},
    **{"=": operator.eq, "<>": operator.ne},
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: ``kind`` is literal, digit, point, comma, percent, text, general, exponent, slash, date, elapsed or
    meridian; ``text`` what it prints or which it is.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """The pieces that apply to some of the values; ``condition`` is the one it prints in brackets, if any."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        """Whether it has a piece of one of these kinds."""
        return any(piece.kind in kinds for piece in self.pieces)

    @property
    def literal(self) -> str:
        """All that it prints of itself."""
        return "".join(piece.text for piece in self.pieces if piece.kind == "literal")

    def holds_for(self, value: Decimal) -> bool:
        """Whether its condition holds; a section without one holds always."""
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a code, at least one."""
    found: list[Section] = []
    pieces: list[Piece] = []
    condition: tuple[str, Decimal] | None = None
    for match in _PIECE.finditer(_GENERAL.sub(GENERAL, code)):
        if match["mark"] == ";":
            found.append(Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif match["bracket"] is not None and (stated := _CONDITION.fullmatch(match["bracket"])):
            condition = (stated[1], Decimal(stated[2]))
        else:
            pieces += _pieces(match)
    return (*found, Section(tuple(pieces), condition))


_MARKS = {**dict.fromkeys("0#?", "digit"), ".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}


def _pieces(match: re.Match[str]) -> list[Piece]:
    """What one match means; colours and locales print nothing, a currency in brackets is printed: [$￥-804]."""
    group, text = match.lastgroup or "", match[match.lastgroup or 0]
    if group in ("quoted", "escaped", "other"):
        return [Piece("literal", text)]
    if group == "bracket":
        return _bracket(text)
    if group == "space":
        return [Piece("literal", " ")]
    if group == "mark":
        return [Piece(_MARKS[text], text)]
    return [] if group == "fill" else [Piece(group, text)]


def _bracket(text: str) -> list[Piece]:
    if text.startswith("$"):
        currency = text[1:].partition("-")[0]
        return [Piece("literal", currency)] if currency else []
    return [Piece("elapsed", text.lower())] if _ELAPSED.fullmatch(text) else []
