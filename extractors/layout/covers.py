"""Texts that nobody sees because something white is drawn over them later.

Whoever edits a title in a finished file covers the old one with a white rectangle or a white picture; the old title
would stand among the lines above its table, and make two tables one or one table two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractors.layout.frame import Bounds
from extractors.layout.painted import Painted

COVERED = 0.8  # of a text's box


class TextsBelow:
    """The texts of a page by the height of their middles."""

    def __init__(self, painted: Painted, boxes: dict[int, Bounds]) -> None:
        middles = (((box[1] + box[3]) / 2, painted.texts[text], text, box) for text, box in boxes.items())
        self._texts = sorted(middles)
        self._middles = [middle for middle, *_ in self._texts]

    def under(self, cover: Bounds, order: int) -> list[int]:
        """Texts that ``cover`` hides; ``order`` is how many were drawn before it."""
        near = self._texts[bisect_left(self._middles, cover[1]) : bisect_right(self._middles, cover[3])]
        return [text for _, drawn, text, box in near if drawn < order and _share(box, cover) >= COVERED]


def covered_by_rectangles(painted: Painted, texts: TextsBelow) -> set[int]:
    """Texts below white rectangles."""
    return {text for order, cover in painted.covers for text in texts.under(cover, order)}


def _share(box: Bounds, cover: Bounds) -> float:
    width = min(box[2], cover[2]) - max(box[0], cover[0])
    height = min(box[3], cover[3]) - max(box[1], cover[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0
