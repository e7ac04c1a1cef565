"""Pictures of pages drawn with rules and words, and an engine that knows what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from extractors.ocr.engine import Area, Words
from extractors.ocr.pixels import Colour, Grey

DPI = 200.0
POINTS = 72.0 / DPI
GLYPH = 24  # pixels high, and the width of a character
BLACK = 0


@dataclass
class Sheet:
    """White paper. A word is drawn as boxes, one for each character, with a notch below; its grey tells which word."""

    width: int = 1654
    height: int = 2339
    words: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.picture: Colour = np.full((self.height, self.width, 3), 255, np.uint8)

    def rule(self, start: tuple[int, int], end: tuple[int, int], thick: int = 3, grey: int = BLACK) -> None:
        cv2.line(self.picture, start, end, (grey, grey, grey), thick)

    def grid(self, xs: Sequence[int], ys: Sequence[int], thick: int = 3, grey: int = BLACK) -> None:
        for x in xs:
            self.rule((x, ys[0]), (x, ys[-1]), thick, grey)
        for y in ys:
            self.rule((xs[0], y), (xs[-1], y), thick, grey)

    def word(self, x: int, y: int, text: str) -> None:
        """``text`` with its top left corner at a point."""
        shade = 4 * len(self.words)
        self.words[shade] = text
        for place in range(len(text)):
            left = x + place * GLYPH
            cv2.rectangle(self.picture, (left, y), (left + GLYPH - 6, y + GLYPH), (shade, shade, shade), -1)
            self.picture[y + GLYPH - 4 : y + GLYPH + 1, left + 6 : left + 13] = 255


@dataclass
class FakeEngine:
    """Finds dark areas, and reads each as the word that was drawn in its grey; without being sure, upside down."""

    words: dict[int, str]
    reads: int = 0
    blind: frozenset[str] = frozenset()  # words that it does not find
    joins: int = 13  # pixels: gaps within what it takes for one line

    name = "fake"
    version = "1"

    def has_room(self) -> bool:
        return True

    def find(self, picture: Grey) -> list[Area]:
        ink = np.where(picture < 100, 255, 0).astype(np.uint8)
        thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        words = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
        lines = cv2.morphologyEx(words, cv2.MORPH_CLOSE, np.ones((3, self.joins), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        areas = [(x - 2, y - 2, x + w + 2, y + h + 2) for x, y, w, h, _ in stats[1:count].tolist()]
        return [area for area in areas if self._word(picture, area) not in self.blind]

    def read(self, pictures: Sequence[Grey]) -> list[Words]:
        self.reads += len(pictures)
        return [self._words(picture) for picture in pictures]

    def _word(self, picture: Grey, area: Area) -> str:
        left, top, right, bottom = (max(0, side) for side in area)
        return self._words(picture[top:bottom, left:right]).text

    def _words(self, picture: Grey) -> Words:
        inked = np.where(picture < 100, 255, 0).astype(np.uint8)
        solid = cv2.morphologyEx(inked, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        count, marks, stats, centres = cv2.connectedComponentsWithStats(solid)
        found = sorted((centres[mark][0], mark) for mark in range(1, count) if stats[mark][4] > 100)
        text, places = "", []
        told: dict[int, int] = {}
        for x, mark in found:
            shade = round(float(np.median(picture[marks == mark])) / 4) * 4
            word = self.words.get(shade, "?")
            place = told.get(shade, 0)
            told[shade] = place + 1
            text += word[place] if place < len(word) else "?"
            places.append(float(x))
        rows, columns = np.flatnonzero(solid.any(axis=1)), solid.any(axis=0)
        under, over = ((inked[y][columns] > 0).sum() for y in (_near(rows, -1, inked), _near(rows, 0, inked)))
        below = under >= over
        return Words(text, tuple(places), tuple(0.99 if below else 0.6 for _ in places))


def _near(rows: np.ndarray, end: int, inked: np.ndarray) -> int:
    """The row two beyond one end of the solid ones: there letters have their legs, or nothing."""
    if not rows.size:
        return 0
    return max(int(rows[0]) - 2, 0) if end == 0 else min(int(rows[-1]) + 2, len(inked) - 1)
