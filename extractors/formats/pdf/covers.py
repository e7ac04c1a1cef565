"""Texts that nobody sees because something white is drawn over them later.

Whoever edits a title in a finished PDF covers the old one with a white rectangle or a white picture; the old title
would stand among the lines above its table, and make two tables one or one table two.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Bounds

COVERED = 0.8  # of a text's box
WHITE = 250  # of 255, in each colour
SAMPLES = 2_000  # pixels looked at in a picture
LARGE = 0.4  # of the page: a picture this large over text is a scan above its own text layer


def covered_texts(document: int, page: int, drawing: Drawing, text_boxes: dict[int, Bounds], area: float) -> set[int]:
    """Handles of the text objects of a page (of ``area`` square points) that are covered by something white."""
    if not text_boxes:
        return set()
    boxes = sorted(((box[1] + box[3]) / 2, drawing.texts[handle], handle, box) for handle, box in text_boxes.items())
    middles = [middle for middle, *_ in boxes]
    covered: set[int] = set()
    for order, cover in drawing.covers:
        covered.update(_below(cover, order, boxes, middles))
    for order, handle, cover in drawing.pictures:
        if (cover[2] - cover[0]) * (cover[3] - cover[1]) < LARGE * area:
            below = _below(cover, order, boxes, middles)
            if below and _is_white(document, page, handle):
                covered.update(below)
    return covered


_Box = tuple[float, int, int, Bounds]  # height of its middle, order of drawing, handle, bounds


def _below(cover: Bounds, order: int, boxes: list[_Box], middles: list[float]) -> list[int]:
    """Texts drawn before the cover that it hides."""
    near = boxes[bisect_left(middles, cover[1]) : bisect_right(middles, cover[3])]
    return [handle for _, drawn, handle, box in near if drawn < order and _share(box, cover) >= COVERED]


def _share(box: Bounds, cover: Bounds) -> float:
    width = min(box[2], cover[2]) - max(box[0], cover[0])
    height = min(box[3], cover[3]) - max(box[1], cover[1])
    whole = (box[2] - box[0]) * (box[3] - box[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def _is_white(document: int, page: int, handle: int) -> bool:
    """Whether a picture, as the page shows it, is white and opaque wherever it is looked at."""
    bitmap = pdfium.rendered_picture(document, page, handle)
    if not bitmap:
        return False
    try:
        size = pdfium.bitmap_stride(bitmap) * pdfium.bitmap_height(bitmap)
        pixels = ctypes.string_at(pdfium.bitmap_buffer(bitmap), size)
    finally:
        pdfium.destroy_bitmap(bitmap)
    step = max(size // 4 // SAMPLES, 1) * 4
    return size > 0 and all(min(pixels[place : place + 4]) >= WHITE for place in range(0, size - 3, step))
