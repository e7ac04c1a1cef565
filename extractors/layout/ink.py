"""What a page reader hands to the layout: runs of characters and rules. Geometry only; nothing of any file format.

All coordinates are points in one upright frame, origin top left, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Run(NamedTuple):
    """Characters drawn next to each other on one baseline. ``lefts`` and ``rights`` hold one entry per character.

    ``turns`` is by how many quarters the page must be turned clockwise for the text to stand upright.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    lefts: list[float]
    rights: list[float]
    turns: int = 0

    @property
    def size(self) -> float:
        """Height of the glyph boxes, near the font size."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Height of the centre line."""
        return (self.top + self.bottom) / 2

    def cut(self, start: int, stop: int) -> Run:
        """The characters from ``start`` up to ``stop``."""
        lefts, rights = self.lefts[start:stop], self.rights[start:stop]
        return Run(self.text[start:stop], lefts[0], self.top, rights[-1], self.bottom, lefts, rights, self.turns)

    def upright(self) -> Run:
        """The run on a page turned so that it stands upright, around the origin; its characters equally wide."""
        x0, top, x1, bottom = self.x0, self.top, self.x1, self.bottom
        for _ in range(self.turns):
            x0, top, x1, bottom = -bottom, x0, -top, x1
        step = (x1 - x0) / len(self.text)
        edges = [x0 + step * place for place in range(len(self.text) + 1)]
        return Run(self.text, x0, top, x1, bottom, edges[:-1], edges[1:])


class Rule(NamedTuple):
    """One straight rule: ``at`` is its y when horizontal, its x when vertical; it runs from ``start`` to ``end``."""

    at: float
    start: float
    end: float


class Shade(NamedTuple):
    """A filled rectangle without an outline: the background of a cell, of a paragraph, or part of a chart."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one page, as drawn, and its shaded rectangles, whose sides are rules where no others are drawn.

    ``pale_horizontal`` and ``pale_vertical`` are rules as white as paper: seen on a shade, or not seen at all.
    """

    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    pale_horizontal: list[Rule] = field(default_factory=list)
    pale_vertical: list[Rule] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.horizontal, self.vertical, self.shades, self.pale_horizontal, self.pale_vertical))
