"""Texts of a page that a reader does not see, or does not read as part of it: whole text objects, by reason."""

from __future__ import annotations

import ctypes

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.covers import covered_texts
from extractors.formats.pdf.drawing import Drawing
from extractors.layout.faint import watermarks, white_on_white
from extractors.layout.frame import IDENTITY, Bounds, moved_bounds
from extractors.layout.seals import letters_of_seals

_floats = (ctypes.c_float * 4)()
_CORNERS = tuple(ctypes.addressof(_floats) + 4 * place for place in range(4))


def unseen_texts(document: int, page: int, drawing: Drawing, area: float) -> dict[str, set[int]]:
    """Handles of the texts that are not seen on a page of ``area`` square points, by reason; none has two.

    Boxes are asked for only where they matter.
    """
    is_sealed = drawing.rings and drawing.red
    if not (drawing.covers or drawing.pictures or drawing.white or drawing.faint or is_sealed):
        return {"slanted": drawing.slanted, "hidden": drawing.hidden}
    boxes = text_boxes(drawing)
    hidden = drawing.hidden | white_on_white(drawing, boxes)
    marks = drawing.slanted | (watermarks(drawing, boxes) - hidden)
    seals = letters_of_seals(drawing, boxes) - hidden - marks
    covered = covered_texts(document, page, drawing, boxes, area) - hidden - marks - seals
    return {"slanted": marks, "hidden": hidden, "seal": seals, "covered": covered}


def text_boxes(drawing: Drawing) -> dict[int, Bounds]:
    """The box of every text object of a page, in the page's own space."""
    boxes = {}
    for handle in drawing.texts:
        pdfium.object_bounds(handle, *_CORNERS)
        own = _floats[0], _floats[1], _floats[2], _floats[3]
        boxes[handle] = moved_bounds(own, drawing.nested.get(handle, IDENTITY))
    return boxes
