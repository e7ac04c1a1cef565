"""What was read off a picture, handed to the layout. Loads nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.layout.ink import Rules, Run
from extractors.model import Box, Notice

Way = tuple[float, ...]  # nine numbers, row by row: the projective map of a plane


@dataclass(frozen=True, slots=True)
class PictureInk:
    """What a picture of a page says, in points of the straightened picture, ``width`` by ``height``.

    ``confidences`` holds one entry for each run, that of its least sure character. ``way`` leads from these points to
    those of the page as displayed; the notices speak of the straightened picture too.
    """

    width: float
    height: float
    runs: list[Run]
    confidences: list[float]
    rules: Rules
    way: Way
    notices: list[Notice]

    def placed(self, box: Box) -> Box:
        """Where the page displays what stands in ``box``."""
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom))
        ends = [self._moved(x, y) for x, y in corners]
        xs, ys = [x for x, _ in ends], [y for _, y in ends]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))

    def shifted(self, right: float) -> PictureInk:
        """The same of a picture that is a part of its page, so far from its left side."""
        a, b, c, d, e, f, g, h, i = self.way
        return replace(self, way=(a + right * g, b + right * h, c + right * i, d, e, f, g, h, i))

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.way
        depth = g * x + h * y + i
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth
