"""The numbers that a browser prints before the items of an ordered list."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.formats.html.css import Declarations
from extractors.numerals import BRANCHES, CHINESE, FORMAL, FORMAL_TRADITIONAL, STEMS, roman, spelled

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_SPELLED = {
    "cjk-ideographic": CHINESE,
    "simp-chinese-informal": CHINESE,
    "trad-chinese-informal": CHINESE,
    "simp-chinese-formal": FORMAL,
    "trad-chinese-formal": FORMAL_TRADITIONAL,
}
_UNNUMBERED = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})


class Numbered:
    """One ordered list: counts its items."""

    def __init__(self, attributes: Mapping[str, str], declared: Declarations) -> None:
        self._next = _number(attributes.get("start"), 1)
        self._style = _style(attributes, declared) or "decimal"

    def marker(self, attributes: Mapping[str, str], declared: Declarations) -> str:
        """What is printed before the next item; empty when nothing is."""
        number = _number(attributes.get("value"), self._next)
        self._next = number + 1
        return marker(number, _style(attributes, declared) or self._style)


def _number(text: str | None, otherwise: int) -> int:
    stripped = (text or "").strip()
    return int(stripped) if stripped.removeprefix("-").isdecimal() and len(stripped) < 7 else otherwise


def _style(attributes: Mapping[str, str], declared: Declarations) -> str | None:
    stated = declared.get("list-style-type")
    if stated:
        return stated
    short = [word for word in declared.get("list-style", "").split() if word not in ("inside", "outside")]
    return short[0] if short else _TYPES.get(attributes.get("type", "").strip())


def marker(number: int, style: str) -> str:
    """The number and its mark, for example ``3. `` or ``三、``; an unknown style counts in digits, as browsers do."""
    if style in _UNNUMBERED:
        return ""
    if style in _SPELLED:
        return spelled(number, _SPELLED[style]) + "、"
    if style in ("cjk-heavenly-stem", "cjk-earthly-branch") and number > 0:
        characters = STEMS if style == "cjk-heavenly-stem" else BRANCHES
        return (characters[number - 1] if number <= len(characters) else str(number)) + "、"
    if style == "cjk-decimal":
        return str(number).translate(str.maketrans("0123456789", "〇一二三四五六七八九")) + "、"
    return _latin(number, style) + ". "


def _latin(number: int, style: str) -> str:
    if number > 0 and style in ("lower-roman", "upper-roman") and number < 4_000:
        return roman(number).lower() if style == "lower-roman" else roman(number)
    if number > 0 and style in ("lower-alpha", "lower-latin"):
        return _letters(number)
    if number > 0 and style in ("upper-alpha", "upper-latin"):
        return _letters(number).upper()
    return f"{number:02d}" if style == "decimal-leading-zero" else str(number)


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
