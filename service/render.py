"""A page as an image: a PDF drawn by pdfium, an OFD sketched. In a worker process only: pdfium bears one thread."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from PIL import Image

from extractors import sniff
from extractors.errors import TooLarge, Unreadable
from extractors.formats.image.pages import picture_of
from extractors.formats.pdf.source import refuse_hostile
from extractors.ocr.size import page_size
from extractors.options import Limits
from service.sketch import MAX_PIXELS, POINTS_PER_INCH, sketch_page


def render_page(data: bytes, page: int, dpi: int) -> bytes:
    """A PNG of one page (from 1) as displayed.

    Raises:
        Unreadable: the file cannot be opened, or has no such page.
        TooLarge: the image would have more than MAX_PIXELS, or a stream inflates without end.
    """
    media_type = sniff.media_type(data)
    if media_type.startswith("image/"):
        return _scaled(picture_of(data, page), dpi)
    if media_type == sniff.OFD:
        return sketch_page(data, page, dpi)
    refuse_hostile(data, Limits())
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(f"no pages can be drawn: {error}") from error
    try:
        if not 1 <= page <= len(pdf):
            raise Unreadable(f"there is no page {page}; the document has {len(pdf)}", page=page)
        return _png(_loaded(pdf, page), dpi)
    finally:
        pdf.close()


def _scaled(picture: Image.Image, dpi: int) -> bytes:
    """A picture of a page as large as that page is at ``dpi``."""
    width, height = page_size(picture.width, picture.height, picture.info.get("dpi"))
    size = round(width * dpi / POINTS_PER_INCH), round(height * dpi / POINTS_PER_INCH)
    out = io.BytesIO()
    picture.resize(size, reducing_gap=2.0).save(out, "PNG")
    return out.getvalue()


def _loaded(pdf: pdfium.PdfDocument, page: int) -> pdfium.PdfPage:
    try:
        loaded = pdf[page - 1]
    except pdfium.PdfiumError as error:
        raise Unreadable("the page cannot be loaded", page=page) from error
    left, bottom, right, top = loaded.get_bbox()
    if left >= right or bottom >= top:
        raise Unreadable("nothing of the page is shown", page=page)
    return loaded


def _png(page: pdfium.PdfPage, dpi: int) -> bytes:
    scale = dpi / POINTS_PER_INCH
    pixels = round(page.get_width() * scale) * round(page.get_height() * scale)
    if pixels > MAX_PIXELS:
        raise TooLarge("page_too_large", "pixels", MAX_PIXELS, pixels)
    bitmap = page.render(scale=scale)
    out = io.BytesIO()
    bitmap.to_pil().save(out, "PNG")
    page.close()
    return out.getvalue()
