"""The right side of a formula: numbers or marks, added, taken off, run through (``32+33+…+57``) or divided.

Reads damaged forms as well: superscripts, LaTeX, dots of any kind, brackets that are not closed, 十 for a plus sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

SignedMark = tuple[int, str]  # 1 or -1, and the number or mark of a line or column
LONGEST_RUN = 200  # numbers that … may stand for: no form has more lines

_SHORT = 4  # numbers that follow one another, written as 32..57
_CIRCLED = str.maketrans({chr(0x2460 + index): f"({index + 1})" for index in range(20)})
_LATEX = re.compile(r"\\(?:cdots|ldots|dots)")
_LATEX_REST = re.compile(r"\\(?:left|right|,|;|!)|[$^_{}]")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─━﹣－", "-") | dict.fromkeys("[［【", "(") | dict.fromkeys("]］】", ")"))
_DOTS = re.compile(r"[.·•⋯…・。]{2,}|[⋯…]|(?<=\+)[.·•・。](?=\+)|(?<=[\d行栏列])(?:至|到|~)(?=第?\d)")
_PLUS = re.compile(r"(?<=[\d)])十(?=[\d(])")
_MINUS = re.compile(r"(?<=[\d)])一(?=[\d(])")
_TOKEN = re.compile(r"(?P<mark>\d{1,3}|[A-Z])|(?P<sign>[+\-])|(?P<over>[/*])|(?P<dots>…)|(?P<open>\()|(?P<close>\))")
_PERCENT = re.compile(r"\*\(?100%?\)?$")


@dataclass(frozen=True, slots=True)
class Expression:
    """Signed marks to be summed, or, when ``is_ratio``, one over the other."""

    terms: tuple[SignedMark, ...]
    is_ratio: bool = False

    def __str__(self) -> str:
        """The same for every way to print it: ``32..57``, ``1+2-3``, ``B/A``."""
        return "/".join(mark for _, mark in self.terms) if self.is_ratio else _shortened(self.terms)


def plain(text: str) -> str:
    """The text in one width and without spaces, circled numbers in brackets, every sign in its plainest form."""
    text = unicodedata.normalize("NFKC", _LATEX.sub("…", text.translate(_CIRCLED)))
    text = "".join(_LATEX_REST.sub("", text).translate(_DASHES).replace("×", "*").replace("÷", "/").split())
    return _MINUS.sub("-", _PLUS.sub("+", _DOTS.sub("…", text)))


def parse_expression(text: str) -> Expression | None:
    """What a plain right side says; None for what is neither a sum nor a ratio of two, or repeats a mark."""
    text = _PERCENT.sub("", text)
    tokens = list(_TOKEN.finditer(text))
    if sum(len(token[0]) for token in tokens) < len(text):
        return None
    if any(token["over"] for token in tokens):
        return _ratio(tokens)
    terms = list(_sum(tokens))
    marks = [mark for _, mark in terms]
    return Expression(tuple(terms)) if marks and "" not in marks and len(set(marks)) == len(marks) else None


def _ratio(tokens: Iterable[re.Match[str]]) -> Expression | None:
    parts = [token[0] for token in tokens if not token["open"] and not token["close"]]
    if len(parts) != 3 or parts[1] != "/" or parts[0] == parts[2]:
        return None
    return Expression(((1, parts[0]), (1, parts[2])), is_ratio=True)


def _sum(tokens: Iterable[re.Match[str]]) -> Iterator[SignedMark]:
    """The terms in order, runs written out; an empty mark where the text is no sum."""
    outer, sign, last, dotted = [1], 1, "", False
    for token in tokens:
        if token["sign"]:
            sign = -1 if token[0] == "-" else 1
        elif token["open"]:
            outer.append(outer[-1] * sign)
            sign = 1
        elif token["close"]:
            outer = outer[:-1] or [1]
        elif token["dots"]:
            dotted = True
        else:
            yield from _run(last, token[0]) if dotted else ((outer[-1] * sign, token[0]),)
            last, dotted, sign = token[0], False, 1
    if dotted:
        yield 1, ""


def _run(first: str, last: str) -> Iterator[SignedMark]:
    """The numbers after the first up to the last; an empty mark where they do not ascend."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= LONGEST_RUN:
        yield from ((1, str(number)) for number in range(int(first) + 1, int(last) + 1))
    else:
        yield 1, ""


def _shortened(terms: tuple[SignedMark, ...]) -> str:
    """The terms as a sum, long runs of numbers by their ends."""
    parts: list[str] = []
    for _, run in groupby(enumerate(terms), _run_of):
        found = [term for _, term in run]
        if len(found) >= _SHORT:
            parts.append(f"+{found[0][1]}..{found[-1][1]}")
        else:
            parts += [f"{'-' if sign < 0 else '+'}{mark}" for sign, mark in found]
    return "".join(parts).removeprefix("+")


def _run_of(place: tuple[int, SignedMark]) -> tuple[int, int | str]:
    """The same for added numbers that follow one another, different for all others."""
    at, (sign, mark) = place
    return (1, int(mark) - at) if sign > 0 and mark.isdigit() else (-1 - at, mark)
