"""Pages without a text layer that says anything, read from their image, as long as there is an engine and a budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from extractors.layout.paged import PageInk, PageRead, laid_out, page_of
from extractors.layout.placed import displayed_notice
from extractors.model import Location, Notice, TextVerdict
from extractors.ocr.engine import Engine
from extractors.ocr.page import lay_out_displayed, lay_out_picture, recognised
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
        pictures = self._pictures(engine, ink, partial(_read_pages, engine, draw, ink.number)) if print_of else []
        if not pictures:
            return laid_out(ink)  # a photograph: that the page has no text layer stands
        said = [notice for notice in ink.notices if notice.code != "garbled_text"]  # its text is not needed any more
        said.insert(0, recognised(ink.number, engine))
        page = page_of(ink, recognised=True)
        if len(pictures) == 1:
            (picture,) = pictures
            return PageRead(page, lay_out_picture(picture, ink.number), [*said, *picture.notices], picture.placed)
        left, right = (lay_out_displayed(picture, ink.number) for picture in pictures)
        said += [displayed_notice(one, {ink.number: half.placed}) for half in pictures for one in half.notices]
        return PageRead(page, left, said, facing=right)

    def _beside(self, engine: Engine, ink: PageInk, draw: Draw) -> PageRead | None:
        """A page with text and with what only its picture shows; None when that is nothing."""
        from extractors.ocr.mixed import SEEN, beside, shows_more, without_own_print  # noqa: PLC0415 (loads OpenCV)

        def rest(longest: float | None) -> tuple[Colour, float] | None:
            drawn = draw(longest)
            return None if drawn is None else (without_own_print(ink, *drawn), drawn[1])

        seen = rest(SEEN)
        if seen is None or not shows_more(ink, *seen):
            return None
        pictures = self._pictures(engine, ink, partial(_read, engine, rest, ink.number))
        read = beside(ink, pictures[0]) if pictures else None
        return None if read is None else replace(read, notices=[recognised(ink.number, engine), *read.notices])

    def _pictures(self, engine: Engine, ink: PageInk, read: Callable[[], list[PictureInk]]) -> list[PictureInk]:
        """What the image of a page says; nothing when it may not or cannot be read."""
        refusal = self._refusal(engine, ink.number)
        if refusal is not None:
            ink.notices.append(refusal)
            return []
        self._read += 1
        if self._on_recognise:
            self._on_recognise(self._read)
        return [picture for picture in read() if picture.runs]

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


def _read(engine: Engine, draw: Draw, number: int) -> list[PictureInk]:
    """The image of a page as one picture."""
    from extractors.ocr.read import read_picture  # noqa: PLC0415 (loads OpenCV)

    drawn = draw(None)
    return [] if drawn is None else [read_picture(*drawn, engine, number)]


def _read_pages(engine: Engine, draw: Draw, number: int) -> list[PictureInk]:
    """The image of a page, as two pictures when it shows two pages beside each other."""
    from extractors.ocr.facing import gutter_of  # noqa: PLC0415 (loads OpenCV)
    from extractors.ocr.read import read_picture  # noqa: PLC0415

    drawn = draw(None)
    gutter = None if drawn is None else gutter_of(drawn[0])
    if drawn is None or gutter is None:
        return _read(engine, lambda _: drawn, number)
    picture, scale = drawn
    left, right = (
        read_picture(half.copy(), scale, engine, number) for half in (picture[:, :gutter], picture[:, gutter:])
    )
    return [left, right.shifted(gutter * scale)]


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
