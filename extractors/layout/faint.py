"""Texts in colours that paper hardly shows: white ones, which nobody sees, and large pale ones, which are watermarks.

White letters on a dark head of a table are as good as any; what is dark below them must have been drawn before them.
"""

from __future__ import annotations

from statistics import median

from extractors.layout.frame import Bounds
from extractors.layout.painted import Painted

LARGE = 2.0  # times the height of the page's other texts: a pale text this large is a watermark


def white_on_white(painted: Painted, boxes: dict[int, Bounds]) -> set[int]:
    """White texts whose middle stands on nothing that was drawn before."""
    return {handle for handle in painted.white if not _on_something(boxes[handle], painted.texts[handle], painted)}


def _on_something(box: Bounds, drawn: int, painted: Painted) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        order <= drawn and left <= x <= right and low <= y <= high
        for order, (left, low, right, high) in painted.backdrops
    )


def watermarks(painted: Painted, boxes: dict[int, Bounds]) -> set[int]:
    """Pale texts that are large beside the others of the page."""
    heights = {handle: box[3] - box[1] for handle, box in boxes.items()}
    others = [height for handle, height in heights.items() if handle not in painted.faint and height > 0]
    return {handle for handle in painted.faint if others and heights[handle] > LARGE * median(others)}
