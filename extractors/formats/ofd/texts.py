"""The characters of OFD text objects and the boxes of their glyphs.

An OFD states where each glyph begins and never how wide it is. Chinese is set in full squares; of other characters the
step to the next one is taken, as far as a glyph can be that wide.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from extractors.characters import unified
from extractors.formats.ofd.values import children, local, number, numbers, steps
from extractors.layout.frame import Bounds, Matrix

ASCENT = 0.88  # of the font size: how far above the baseline a Chinese glyph reaches
HALF = 0.5  # of the font size: a digit or letter beside Chinese
WIDEST_DIGIT = 0.6  # of the font size: a digit or a small sign; a letter may be as wide as high
UNKNOWN = "\ufffd"
_MEANINGLESS = str.maketrans({"¤": UNKNOWN} | {code: UNKNOWN for code in range(32) if chr(code) not in "\t\n\r"})
_EDGES = "\r\n\t"  # of a text: what a program that indents its XML puts around it
_MOST = 100_000  # characters of one page


@dataclass(slots=True)
class Letters:
    """Characters of a page in the order in which they are drawn, each with its box and the text it belongs to."""

    text: list[str] = field(default_factory=list)
    boxes: list[Bounds] = field(default_factory=list)  # left, low, right, high; y upwards
    owners: list[int] = field(default_factory=list)

    @property
    def too_many(self) -> bool:
        """Whether no page of tables has so many."""
        return len(self.text) > _MOST


@dataclass(frozen=True, slots=True)
class _Face:
    """How glyphs are set: their size, how much wider than high, turned by how much, in which direction they follow."""

    size: float
    stretch: float
    turned: float
    reads: float


def place(letters: Letters, one: etree._Element, owner: int, to_page: Matrix) -> bool:
    """Adds the characters of a text object; whether there were any."""
    before = len(letters.text)
    face = _face(one)
    x = y = 0.0
    for code in children(one, "TextCode"):
        x, y = _said(code, "X", x), _said(code, "Y", y)
        text = _characters(one, code)
        if text and not letters.too_many:
            _add(letters, text, _origins(code, text, (x, y), face), face, to_page)
    letters.owners += [owner] * (len(letters.text) - before)
    return len(letters.text) > before


def _face(one: etree._Element) -> _Face:
    return _Face(
        number(one, "Size", 0.0),
        number(one, "HScale", 1.0),
        number(one, "CharDirection", 0.0),
        number(one, "ReadDirection", 0.0),
    )


def _said(code: etree._Element, name: str, before: float) -> float:
    values = numbers(code.get(name))
    return values[0] if values else before


def _characters(one: etree._Element, code: etree._Element) -> str:
    """What a text says. Where glyphs are named by their numbers alone, programs write a sign that means nothing."""
    text = unified((code.text or "").strip(_EDGES))
    has_glyphs = any(local(other) == "CGTransform" for other in one)
    return text.translate(_MEANINGLESS) if has_glyphs else text


def _origins(code: etree._Element, text: str, at: tuple[float, float], face: _Face) -> list[tuple[float, float]]:
    """Where each glyph begins. Without any steps they follow each other as wide as they are."""
    count = len(text) - 1
    across, down = steps(code.get("DeltaX"), count), steps(code.get("DeltaY"), count)
    if count and not across and not down:
        cos, sin = math.cos(math.radians(face.reads)), math.sin(math.radians(face.reads))
        widths = [_usual(character) * face.size for character in text[:-1]]
        across, down = [width * cos for width in widths], [width * sin for width in widths]
    x, y = at
    origins = [at]
    for place_, _ in enumerate(text[1:]):
        x += across[place_] if across else 0.0
        y += down[place_] if down else 0.0
        origins.append((x, y))
    return origins


@cache
def _is_wide(character: str) -> bool:
    """Whether a Chinese font may set a character in a full square: also its dashes, quotation marks and signs."""
    return unicodedata.east_asian_width(character) in "WFA"


def _usual(character: str) -> float:
    return 1.0 if _is_wide(character) else HALF


def _add(letters: Letters, text: str, origins: list[tuple[float, float]], face: _Face, to_page: Matrix) -> None:
    cos, sin = math.cos(math.radians(face.turned)), math.sin(math.radians(face.turned))
    a, b, c, d, e, f = to_page
    right, up = (a * cos + c * sin, b * cos + d * sin), (c * cos - a * sin, d * cos - b * sin)
    above, below = -ASCENT * face.size, (1 - ASCENT) * face.size
    x_low, x_high = sorted((above * up[0], below * up[0]))
    y_low, y_high = sorted((above * up[1], below * up[1]))
    letters.text += text
    for (x, y), width in zip(origins, _widths(text, origins, face, (cos, sin)), strict=True):
        left, low = a * x + c * y + e, b * x + d * y + f
        across, along = width * right[0], width * right[1]
        letters.boxes.append(
            (
                left + x_low + (across if across < 0 else 0.0),
                low + y_low + (along if along < 0 else 0.0),
                left + x_high + (across if across > 0 else 0.0),
                low + y_high + (along if along > 0 else 0.0),
            )
        )


def _widths(
    text: str, origins: list[tuple[float, float]], face: _Face, direction: tuple[float, float]
) -> Iterator[float]:
    """How wide each glyph is, given the direction in which a glyph lies; the last as wide as a digit before it."""
    cos, sin = direction
    size, before = face.size * face.stretch, ""
    width = 0.0
    for index, character in enumerate(text):
        usual = _usual(character) * size
        step = 0.0
        if index + 1 < len(text):
            (x0, y0), (x1, y1) = origins[index], origins[index + 1]
            step = (x1 - x0) * cos + (y1 - y0) * sin
        if step > 0:
            widest = 1.0 if character.isalpha() else WIDEST_DIGIT
            width = min(step, max(usual, widest * size))
        elif not (before.isdigit() and character.isdigit()):
            width = usual
        before = character
        yield width
