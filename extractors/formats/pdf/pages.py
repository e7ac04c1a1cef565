"""One page of a PDF -> runs, rules and a verdict on its text. Reads each page once and closes it."""

from __future__ import annotations

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.drawing import read_drawing
from extractors.formats.pdf.texts import read_texts
from extractors.formats.pdf.verdict import notices_on
from extractors.layout.frame import Frame
from extractors.layout.paged import MAX_SIDE, PageFailed, PageInk
from extractors.layout.painted import rules_in
from extractors.layout.verdict import is_pictured, verdict_on
from extractors.model import TextVerdict

MOST_CHARACTERS = 100_000  # of one page: an A3 sheet full of the smallest print has a quarter of that


def read_page(document: int, number: int) -> PageInk:
    """The ink of page ``number`` (from 1).

    Raises:
        PageFailed: pdfium cannot load it, or its size or the number of its characters is absurd.
    """
    page = pdfium.load_page(document, number - 1)
    if not page:
        raise PageFailed(f"page {number} cannot be loaded")
    try:
        displayed = _displayed(page, number)
        textpage = pdfium.load_text(page)
        if not textpage:
            raise PageFailed(f"the text of page {number} cannot be loaded")
        try:
            if pdfium.count_chars(textpage) > MOST_CHARACTERS:
                raise PageFailed(f"page {number} has more than {MOST_CHARACTERS} characters")
            return _read((document, page, textpage), displayed, number)
        finally:
            pdfium.close_text(textpage)
    finally:
        pdfium.close_page(page)


def _displayed(page: int, number: int) -> Frame:
    left, bottom, right, top = pdfium.page_bounds(page)
    if not (0 < right - left <= MAX_SIDE and 0 < top - bottom <= MAX_SIDE):
        raise PageFailed(f"page {number} is {right - left:g} by {top - bottom:g} points")
    return Frame(pdfium.page_rotation(page) % 4, left, bottom, right, top)


def _read(handles: tuple[int, int, int], displayed: Frame, number: int) -> PageInk:
    drawing = read_drawing(handles[1])
    texts = read_texts(handles, drawing, displayed)
    upright = texts.upright
    rules = rules_in(drawing, upright.matrix(), upright.width, upright.height)
    verdict = verdict_on(texts.runs, drawing.images, displayed)
    notices = notices_on(verdict, texts, drawing, number)
    runs = [] if verdict is TextVerdict.GARBLED else texts.runs
    seen = drawing.replaced, is_pictured(drawing.images, displayed)
    return PageInk(number, displayed, upright, runs, rules, verdict, notices, texts.pieces, *seen)
