"""The whole of a PDF -> Document: its pages one after the other, from their text layer or from their image."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.formats.pdf.pages import read_page
from extractors.formats.pdf.source import Source, opened
from extractors.layout.frame import Frame
from extractors.layout.paged import PageInk, PageRead, Pages, read_pages
from extractors.model import Document, Notice
from extractors.ocr.scan import Draw, Recogniser
from extractors.options import Options

if TYPE_CHECKING:
    from extractors.ocr.pixels import Colour

_LAYERS_UNREAD = Notice(
    "text_in_layer",
    "the file has layers, and which of them are switched off could not be told: all were read",
    "文件含图层，无法判断哪些图层已关闭，已全部读取",
)


def read(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    recogniser = Recogniser(options)
    with opened(data, options) as source:
        pages = Pages(source.pages, lambda number: _read_page(recogniser, source, number), source.size)
        document = read_pages("pdf", "application/pdf", pages, options)
        return replace(document, notices=(*document.notices, _LAYERS_UNREAD)) if source.layers_unread else document


def _read_page(recogniser: Recogniser, source: Source, number: int) -> PageRead:
    document, ink = _ink(source, number)
    return recogniser.read(ink, _image(document, number, ink.displayed))


def _ink(source: Source, number: int) -> tuple[int, PageInk]:
    """The handle to read a page from, and its ink: what it draws, also where the file states something else for it."""
    document = source.handle()
    ink = read_page(document, number)
    if not ink.replaced:
        return document, ink
    document = source.drawn_handle()
    return document, read_page(document, number)


def _image(document: int, number: int, displayed: Frame) -> Draw:
    def draw(longest: float | None) -> tuple[Colour, float] | None:
        from extractors.formats.pdf.picture import drawn  # noqa: PLC0415 (loads NumPy: for such pages only)

        return drawn(document, number, displayed, longest)

    return draw
