"""The letters of a seal that stand upright: 财务专用章 below the star, and its number. Those around it are slanted."""

from __future__ import annotations

import math

from extractors.layout.frame import Bounds
from extractors.layout.painted import Painted


def letters_of_seals(painted: Painted, boxes: dict[int, Bounds]) -> set[int]:
    """Red texts whose middle stands inside a red ring as large as a seal."""
    return {handle for handle in painted.red if any(_stands_in(boxes[handle], ring) for ring in painted.rings)}


def _stands_in(box: Bounds, ring: Bounds) -> bool:
    x, y = (box[0] + box[2] - ring[0] - ring[2]) / 2, (box[1] + box[3] - ring[1] - ring[3]) / 2
    return math.hypot(x, y) < (ring[2] - ring[0]) / 2
