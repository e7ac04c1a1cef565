"""Texts in colours that paper hardly shows: white ones, which nobody sees, and large pale ones, which are watermarks.

White letters on a dark head of a table are as good as any; what is dark below them must have been drawn before them.
"""

from __future__ import annotations

from statistics import median

from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Bounds

LARGE = 2.0  # times the height of the page's other texts: a pale text this large is a watermark


def white_on_white(drawing: Drawing, boxes: dict[int, Bounds]) -> set[int]:
    """White texts whose middle stands on nothing that was drawn before."""
    return {handle for handle in drawing.white if not _on_something(boxes[handle], drawing.texts[handle], drawing)}


def _on_something(box: Bounds, drawn: int, drawing: Drawing) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        order <= drawn and left <= x <= right and low <= y <= high
        for order, (left, low, right, high) in drawing.backdrops
    )


def watermarks(drawing: Drawing, boxes: dict[int, Bounds]) -> set[int]:
    """Pale texts that are large beside the others of the page."""
    heights = {handle: box[3] - box[1] for handle, box in boxes.items()}
    others = [height for handle, height in heights.items() if handle not in drawing.faint and height > 0]
    return {handle for handle in drawing.faint if others and heights[handle] > LARGE * median(others)}
