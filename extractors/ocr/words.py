"""What an engine says of a line -> runs with a place for every character, parted where the print is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.layout.ink import Run
from extractors.layout.words import is_cjk
from extractors.ocr.engine import Area, Words
from extractors.ocr.pixels import Mask

PARTED = 0.6, 1.0  # of the line's height: a wider gap parts two runs; the same beside a character in a full square
SQUARE = 0.8  # of the line's height: how wide a character is at least that is set in a full square
AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|-?\d+\.\d\d")
GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})*[.,]\d\d")  # whatever its marks
SPACED = 1.3  # of the line's height: how far apart the characters of one amount may stand
FLAT = 0.15  # of its width: a dash is no higher, the numeral 一 is
SPACE = " \u3000"
MARKS = frozenset("：:（）()、，。；《》“”—-")  # how sure these are says nothing of what is printed


def runs_of(area: Area, words: Words, pad: int, ink: Mask) -> Iterator[tuple[Run, float]]:
    """The runs of one line in pixels, and how sure the least sure letter or digit of each is.

    ``pad`` is how much paper the picture that was read had around the line.
    """
    left, top, right, bottom = area
    words = replace(words, text=_with_marks(words.text))
    if words.text == "一" and bottom - top <= FLAT * (right - left):
        words = replace(words, text="—")
    columns = np.asarray(ink[top:bottom, left:right].any(axis=0))
    centres = [min(max(centre - pad, 0.0), right - left) for centre in words.centres]
    edges = [0.0, *((before + after) / 2 for before, after in pairwise(centres)), float(right - left)]
    sides = [_ink_between(columns, start, end) for start, end in pairwise(edges)]
    sides = _squared(words.text, sides, float(bottom - top))
    for group in _groups(words.text, sides, float(bottom - top)):
        text = "".join(words.text[place] for place in group)
        lefts = [left + sides[place][0] for place in group]
        rights = [left + sides[place][1] for place in group]
        run = Run(text, lefts[0], float(top), rights[-1], float(bottom), lefts, rights)
        sure = [words.confidences[place] for place in group if words.text[place] not in MARKS]
        yield run, min(sure or [words.confidences[place] for place in group])


def _with_marks(text: str) -> str:
    """The text, the marks of an amount as they must be: small ones are read for each other, but groups of three digits
    have commas before them, and two digits at the end a point."""
    if not GROUPED.fullmatch(text):
        return text
    *whole, cents = re.split("[.,]", text)
    return f"{','.join(whole)}.{cents}"


def _ink_between(columns: Mask, start: float, end: float) -> tuple[float, float]:
    """The first and the last column with ink of a stretch; the stretch itself when it has none."""
    first, last = int(start), max(int(start) + 1, int(np.ceil(end)))
    inked = np.flatnonzero(columns[first:last])
    if not inked.size:
        return start, end
    return float(first + inked[0]), float(first + inked[-1] + 1)


def _squared(text: str, sides: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """The sides, those of full-width commas and brackets as wide as their squares, unless the next character begins."""
    starts = [*(start for start, _ in sides[1:]), sides[-1][1]] if sides else []
    return [
        (start, max(end, min(start + SQUARE * height, following))) if is_cjk(character) else (start, end)
        for character, (start, end), following in zip(text, sides, starts, strict=True)
    ]


def _groups(text: str, sides: Sequence[tuple[float, float]], height: float) -> Iterator[list[int]]:
    """The places of characters that stand together; spaces belong to none, for the gap says how wide they are."""
    printed = [place for place, character in enumerate(text) if character not in SPACE]
    gaps = [sides[after][0] - sides[before][1] for before, after in pairwise(printed)]
    if AMOUNT.fullmatch("".join(text[place] for place in printed)) and max(gaps) <= SPACED * height:
        yield printed  # an amount set with wide spaces; two amounts side by side never read as one
        return
    group: list[int] = []
    for place, character in enumerate(text):
        if character in SPACE:
            continue
        wide = PARTED[bool(group) and (is_cjk(character) or is_cjk(text[group[-1]]))] * height
        if group and sides[place][0] - sides[group[-1]][1] > wide:
            yield group
            group = []
        group.append(place)
    if group:
        yield group
