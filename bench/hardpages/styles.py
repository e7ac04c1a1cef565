"""Ways to draw a table, and the sizes of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from bench.hardpages.content import Shape


class Style(Enum):
    """How a table is drawn; the value is its name in the results."""

    LINES = "lines"
    RECTANGLES = "hairline rectangles"
    DOUBLE = "double rules"
    BROKEN = "broken rules"
    JITTER = "rules that miss each other"
    CELLS = "a border per cell, with gaps"
    WHITE = "white rules on grey"
    SHADED = "shaded cells, no rules"
    WHITE_FRAMED = "white rules in a black frame"
    ORNATE = "a decorative frame"
    PHANTOM = "an empty column at the side"
    BOLD = "text drawn twice and more"
    SPACED = "spaced digits"
    SHUFFLED = "text drawn out of order"
    HIDDEN = "hidden, white and off-page text"
    UPENDED = "labels that run down"
    WATERMARK = "a watermark over cells"
    SEAL = "a seal over cells"
    OVERFLOW = "text that runs over its cell, or is clipped"
    NESTED = "a table in a cell"
    FORMS = "scaled forms in forms"
    LAID = "laid on its side"
    OFFSET = "a page box that begins elsewhere"
    SEVERAL = "a frame that holds several"
    ABREAST = "two side by side in one frame"
    THREE_LINE = "three lines"
    HORIZONTAL = "horizontal rules only"
    FRAME = "outer frame only"
    HEAD = "header ruled, body not"
    ZEBRA = "shaded bands"
    SPACE = "white space only"
    LEADERS = "dotted leaders"
    WORDS = "words alone"
    LETTERS = "no rules, letter by letter in any order"
    SPACED_BARE = "no rules, spaced digits"

    @property
    def ruled(self) -> bool:
        """Whether the drawing shows every side of every cell."""
        return self not in UNRULED

    @property
    def shape(self) -> Shape:
        """What tables of this style may hold."""
        if self.ruled:
            most_rows = 7 if self is Style.SEVERAL else 16
            if self is Style.OVERFLOW:  # into the amount beside it
                return Shape(most_rows, label=(7.5, 11), extras=False)
            upended = self is Style.UPENDED
            return Shape(most_rows, merged_body=True, upended=upended, largest=self._largest)
        if self is Style.LEADERS:
            return Shape(most_rows=12, amounts=(1, 2), deep_head=False, wraps=False, extras=False)
        extras = self is not Style.SPACED_BARE  # codes would be wider than their column
        return Shape(most_rows=14, worded=self is Style.WORDS, extras=extras, largest=self._largest)

    @property
    def _largest(self) -> int:
        return 9_999 if self in SPACED else 999_999


UNRULED = frozenset(
    {
        Style.THREE_LINE,
        Style.HORIZONTAL,
        Style.FRAME,
        Style.HEAD,
        Style.ZEBRA,
        Style.SPACE,
        Style.LEADERS,
        Style.WORDS,
        Style.LETTERS,
        Style.SPACED_BARE,
    }
)
SPACED = frozenset({Style.SPACED, Style.SPACED_BARE})
GROUNDED = frozenset({Style.WHITE, Style.SHADED, Style.WHITE_FRAMED})  # cells on grey


@dataclass(frozen=True, slots=True)
class Setting:
    """Sizes of one table: font, line height over font size, points between a cell's side and its text."""

    size: float
    leading: float
    pad: float
    across: float  # the same at the left and right sides


def setting(rng: Random, style: Style) -> Setting:
    """Random sizes."""
    down = rng.uniform(1.5, 5.0) if style.ruled else rng.uniform(2.5, 5.0)
    return Setting(rng.choice([8.0, 9.0, 10.0]), 1.2, down, rng.uniform(2.5, 4.0) if style.ruled else 4.0)
