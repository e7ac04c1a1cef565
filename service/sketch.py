"""A page of a file that no library here draws (OFD), sketched from what was read of it: words, rules, shades.

Not what a viewer shows: colours, pictures and typefaces are left out. It is for seeing which words were read where.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from extractors.errors import TooLarge, Unreadable
from extractors.formats.ofd.book import opened
from extractors.formats.ofd.pages import read_page
from extractors.layout.ink import Run
from extractors.layout.paged import PageFailed, PageInk
from extractors.model import Box
from extractors.options import Limits

POINTS_PER_INCH = 72
MAX_PIXELS = 60_000_000  # an A0 poster at 110 dpi is 19 million; a page may claim to be kilometres wide
INK, RULE, SHADE, UNDRAWN = "black", "black", "#ECEFF1", "#B0BEC5"
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
FONT_FILES = (  # Chinese typefaces of Debian packages, the first that is there
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSerifCJK-Regular.ttc",
    "uming.ttc",
    "gbsn00lp.ttf",
    "DroidSansFallbackFull.ttf",
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def sketch_page(data: bytes, page: int, dpi: int) -> bytes:
    """A PNG of one page (from 1) of an OFD as displayed. Characters without a typeface here are drawn as boxes.

    Raises:
        Unreadable: the file cannot be opened, or has no such page.
        TooLarge: the image would have more than MAX_PIXELS.
    """
    book = opened(data, Limits())
    if not 1 <= page <= len(book.pages):
        raise Unreadable(f"there is no page {page}; the document has {len(book.pages)}", page=page)
    try:
        ink, _ = read_page(book, page)
    except PageFailed as error:
        raise Unreadable("the page cannot be loaded", page=page) from error
    return _png(ink, dpi / POINTS_PER_INCH)


def _png(ink: PageInk, scale: float) -> bytes:
    width, height = round(ink.displayed.width * scale), round(ink.displayed.height * scale)
    if width * height > MAX_PIXELS:
        raise TooLarge("page_too_large", "pixels", MAX_PIXELS, width * height)
    image = Image.new("RGB", (max(1, width), max(1, height)), "white")
    pen = ImageDraw.Draw(image)
    for shade in ink.rules.shades:
        pen.rectangle(_placed(ink, Box(*shade), scale), SHADE)
    for rule in ink.rules.horizontal:
        pen.line(_placed(ink, Box(rule.start, rule.at, rule.end, rule.at), scale), RULE)
    for rule in ink.rules.vertical:
        pen.line(_placed(ink, Box(rule.at, rule.start, rule.at, rule.end), scale), RULE)
    for run in ink.runs:
        _write(pen, ink, run, scale)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _write(pen: ImageDraw.ImageDraw, ink: PageInk, run: Run, scale: float) -> None:
    """The characters of a run, each upright in its box, whichever way the page was turned to read it."""
    for character, left, right in zip(run.text, run.lefts, run.rights, strict=True):
        x0, y0, x1, y1 = _placed(ink, Box(left, run.top, right, run.bottom), scale)
        font = _font(max(1, round(min(y1 - y0, max(x1 - x0, (y1 - y0) / 2) * 2))))
        if font is None and not character.isascii():
            pen.rectangle((x0, y0, x1, y1), None, UNDRAWN)
        elif not character.isspace():
            pen.text(((x0 + x1) / 2, (y0 + y1) / 2), character, INK, font or ImageFont.load_default(), "mm")


def _placed(ink: PageInk, box: Box, scale: float) -> tuple[float, float, float, float]:
    shown = ink.upright.box_to(ink.displayed, box)
    return shown.x0 * scale, shown.top * scale, shown.x1 * scale, shown.bottom * scale


@cache
def _font(size: int) -> Font | None:
    file = font_file()
    return ImageFont.truetype(str(file), size) if file is not None else None


@cache
def font_file() -> Path | None:
    """A Chinese typeface of this machine; None when there is none."""
    there = {path.name: path for folder in FONT_FOLDERS if folder.is_dir() for path in folder.rglob("*.tt[fc]")}
    return next((there[name] for name in FONT_FILES if name in there), None)
