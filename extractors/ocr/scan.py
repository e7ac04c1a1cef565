"""Pages without a text layer that says anything, read from their image, as long as there is an engine and a budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors.layout.paged import PageInk, PageRead, laid_out, page_of
from extractors.model import Location, Notice, TextVerdict
from extractors.ocr.page import lay_out_picture, recognised
from extractors.options import Options

if TYPE_CHECKING:
    from extractors.ocr.ink import PictureInk
    from extractors.ocr.pixels import Colour

UNREAD = frozenset({TextVerdict.SCANNED, TextVerdict.GARBLED})

Draw = Callable[[], "tuple[Colour, float] | None"]  # the page as displayed, points per pixel; None: it cannot be


class Recogniser:
    """Reads the pictures of one document and counts them."""

    def __init__(self, options: Options) -> None:
        self._engine = options.engine
        self._most = options.limits.recognised_pages
        self._on_recognise = options.on_recognise
        self._read = 0

    def read(self, ink: PageInk, draw: Draw) -> PageRead:
        """A page, from its image when its text says nothing; ``draw`` makes the image, which is costly."""
        picture = self._picture(ink, draw)
        if picture is None:
            return laid_out(ink)
        page = page_of(ink, recognised=True)
        return PageRead(page, lay_out_picture(picture, ink.number), picture.notices, picture.placed)

    def _picture(self, ink: PageInk, draw: Draw) -> PictureInk | None:
        """What the image of a page says; None when the page has text, or its image may not or cannot be read."""
        if self._engine is None or ink.verdict not in UNREAD:
            return None
        if self._read >= self._most:
            ink.notices.append(_beyond(self._most, ink.number))
            return None
        from extractors.ocr.read import read_picture  # noqa: PLC0415 (loads OpenCV: for such pages only)

        self._read += 1
        if self._on_recognise:
            self._on_recognise(self._read)
        drawn = draw()
        if drawn is None:
            return None
        read = read_picture(*drawn, self._engine, ink.number)
        if not read.runs:
            return None  # a photograph: that the page has no text layer stands
        said = [notice for notice in ink.notices if notice.code != "garbled_text"]  # its text is not needed any more
        read.notices[:0] = [recognised(ink.number, self._engine), *said]
        return read


def _beyond(most: int, number: int) -> Notice:
    text = (
        f"page {number} was not read: {most} pages of the document had been read from their images, which is the limit"
    )
    text_zh = f"第{number}页未读取：按图像识别的页数已达上限{most}页"
    return Notice("recognition_limit", text, text_zh, Location(number))
