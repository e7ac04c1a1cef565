"""Pages without a text layer that says anything, read from their image, as long as there is an engine and a budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
        """A page, from its image when its text says nothing or not all; ``draw`` makes the image, which is costly."""
        if self._engine is not None and ink.verdict in UNREAD:
            return self._whole(self._engine, ink, draw)
        if self._engine is not None and ink.pictured:
            return self._beside(self._engine, ink, draw) or laid_out(ink)
        return laid_out(ink)

    def _whole(self, engine: Engine, ink: PageInk, draw: Draw) -> PageRead:
        """A page that is a picture; as it is when its image may not or cannot be read."""
        print_of = _print_of(draw)
        if print_of is None:
            return laid_out(replace(ink, verdict=TextVerdict.EMPTY, notices=[*ink.notices, _blank(ink.number)]))
        picture = self._picture(engine, ink, draw) if print_of else None
        if picture is None:
            return laid_out(ink)  # a photograph: that the page has no text layer stands
        said = [notice for notice in ink.notices if notice.code != "garbled_text"]  # its text is not needed any more
        picture.notices[:0] = [recognised(ink.number, engine), *said]
        page = page_of(ink, recognised=True)
        return PageRead(page, lay_out_picture(picture, ink.number), picture.notices, picture.placed)

    def _beside(self, engine: Engine, ink: PageInk, draw: Draw) -> PageRead | None:
        """A page with text and with what only its picture shows; None when that is nothing."""
        from extractors.ocr.mixed import SEEN, beside, shows_more, without_own_print  # noqa: PLC0415 (loads OpenCV)

        def rest(longest: float | None) -> tuple[Colour, float] | None:
            drawn = draw(longest)
            return None if drawn is None else (without_own_print(ink, *drawn), drawn[1])

        seen = rest(SEEN)
        if seen is None or not shows_more(ink, *seen):
            return None
        picture = self._picture(engine, ink, rest)
        read = None if picture is None else beside(ink, picture)
        return None if read is None else replace(read, notices=[recognised(ink.number, engine), *read.notices])

    def _picture(self, engine: Engine, ink: PageInk, draw: Draw) -> PictureInk | None:
        """What the image of a page says; None when it may not or cannot be read, or says nothing."""
        refusal = self._refusal(engine, ink.number)
        if refusal is not None:
            ink.notices.append(refusal)
            return None
        self._read += 1
        if self._on_recognise:
            self._on_recognise(self._read)
        read = _read(engine, draw, ink.number)
        return None if read is None or not read.runs else read

    def _refusal(self, engine: Engine, number: int) -> Notice | None:
        """Why a picture may not be read, if it may not."""
        if self._read >= self._most:
            return _beyond(self._most, number)
        return None if engine.has_room() else _without_room(number)


def _print_of(draw: Draw) -> bool | None:
    """Whether a page shows print; None when it is blank."""
    from extractors.ocr.seen import SMALL, has_ink, is_blank  # noqa: PLC0415 (loads NumPy: for pictures only)

    small = draw(SMALL)
    if small is not None and is_blank(small[0]):
        return None
    return small is not None and has_ink(small[0])


def _read(engine: Engine, draw: Draw, number: int) -> PictureInk | None:
    picture = draw(None)
    if picture is None:
        return None
    from extractors.ocr.read import read_picture  # noqa: PLC0415 (loads OpenCV)

    return read_picture(*picture, engine, number)


def _blank(number: int) -> Notice:
    text, text_zh = f"page {number} is an image on which nothing is printed", f"第{number}页为空白扫描页"
    return Notice("page_blank", text, text_zh, Location(number))


def _without_room(number: int) -> Notice:
    text = f"page {number} was not read: its process may not take the memory that reading an image needs"
    text_zh = f"第{number}页未读取：进程内存上限不足以识别图像"
    return Notice("recognition_without_room", text, text_zh, Location(number))


def _beyond(most: int, number: int) -> Notice:
    text = f"page {number} was not read: {most} pages of the document were read from their images, which is the limit"
    text_zh = f"第{number}页未读取：按图像识别的页数已达上限{most}页"
    return Notice("recognition_limit", text, text_zh, Location(number))
