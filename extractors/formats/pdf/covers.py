"""Texts of a PDF page that nobody sees because something white is drawn over them later: a rectangle or a picture."""

from __future__ import annotations

import ctypes

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.drawing import Drawing
from extractors.layout.covers import TextsBelow, covered_by_rectangles
from extractors.layout.frame import Bounds

WHITE = 250  # of 255, in each colour
SAMPLES = 2_000  # pixels looked at in a picture
LARGE = 0.4  # of the page: a picture this large over text is a scan above its own text layer


def covered_texts(document: int, page: int, drawing: Drawing, text_boxes: dict[int, Bounds], area: float) -> set[int]:
    """Handles of the text objects of a page (of ``area`` square points) that are covered by something white."""
    if not text_boxes:
        return set()
    texts = TextsBelow(drawing, text_boxes)
    covered = covered_by_rectangles(drawing, texts)
    for order, handle, cover in drawing.pictures:
        if (cover[2] - cover[0]) * (cover[3] - cover[1]) < LARGE * area:
            below = texts.under(cover, order)
            if below and _is_white(document, page, handle):
                covered.update(below)
    return covered


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
