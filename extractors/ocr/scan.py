"""Pages without a text layer that says anything, read from their image, as long as there is an engine and a budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from extractors.layout.paged import PageInk, PageRead, laid_out, page_of
from extractors.model import Location, Notice, TextVerdict
from extractors.ocr.engine import Engine
from extractors.ocr.page import lay_out_picture, recognised
from extractors.options import Options

if TYPE_CHECKING:
    from extractors.ocr.ink import PictureInk
    from extractors.ocr.pixels import Colour

UNREAD = frozenset({TextVerdict.SCANNED, TextVerdict.GARBLED})

# The page as displayed and points per pixel; None: it cannot be drawn. It has so many pixels on its longer side, or is
# as large as pages are read.
Draw = Callable[[float | None], "tuple[Colour, float] | None"]


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
        refusal = self._refusal(self._engine, ink.number)
        if refusal is not None:
            ink.notices.append(refusal)
            return None
        if not _is_printed(draw):
            return None  # no engine is loaded for it
        self._read += 1
        if self._on_recognise:
            self._on_recognise(self._read)
        read = _read(self._engine, draw, ink.number)
        if read is None or not read.runs:
            return None  # a photograph: that the page has no text layer stands
        said = [notice for notice in ink.notices if notice.code != "garbled_text"]  # its text is not needed any more
        read.notices[:0] = [recognised(ink.number, self._engine), *said]
        return read

    def _refusal(self, engine: Engine, number: int) -> Notice | None:
        """Why a picture may not be read, if it may not."""
        if self._read >= self._most:
            return _beyond(self._most, number)
        return None if engine.has_room() else _without_room(number)


def _is_printed(draw: Draw) -> bool:
    from extractors.ocr.seen import SMALL, has_ink  # noqa: PLC0415 (loads NumPy: for pictures only)

    small = draw(SMALL)
    return small is not None and has_ink(small[0])


def _read(engine: Engine, draw: Draw, number: int) -> PictureInk | None:
    picture = draw(None)
    if picture is None:
        return None
    from extractors.ocr.read import read_picture  # noqa: PLC0415 (loads OpenCV)

    return read_picture(*picture, engine, number)


def _without_room(number: int) -> Notice:
    text = f"page {number} was not read: its process may not take the memory that reading an image needs"
    text_zh = f"第{number}页未读取：进程内存上限不足以识别图像"
    return Notice("recognition_without_room", text, text_zh, Location(number))


def _beyond(most: int, number: int) -> Notice:
    text = f"page {number} was not read: {most} pages of the document were read from their images, which is the limit"
    text_zh = f"第{number}页未读取：按图像识别的页数已达上限{most}页"
    return Notice("recognition_limit", text, text_zh, Location(number))
