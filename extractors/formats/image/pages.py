"""A picture file -> Document: each picture in it is a page."""

from __future__ import annotations

import io
import warnings
from functools import partial

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors import sniff
from extractors.errors import TooLarge, Unreadable
from extractors.layout.frame import Frame
from extractors.layout.ink import Rules
from extractors.layout.paged import PageFailed, PageInk, PageRead, Pages, read_pages
from extractors.model import Document, TextVerdict
from extractors.ocr.pixels import Colour
from extractors.ocr.scan import Recogniser
from extractors.ocr.size import page_size, points_per_pixel
from extractors.options import Options

KINDS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
MOST_PIXELS = 100_000_000  # of one picture: a sheet of A3 at 600 dpi has 70 million
BROKEN = (OSError, ValueError, SyntaxError, EOFError)  # what Pillow raises


def read(data: bytes, options: Options) -> Document:
    """The document that a picture file shows.

    Raises:
        Unreadable: it cannot be opened.
        TooLarge: it has too many pages, pixels or cells.
    """
    opened = _opened(data)
    count = getattr(opened, "n_frames", 1)
    if count > options.limits.pages:
        raise TooLarge("too_many_pages", "pages", options.limits.pages, count)
    pages = Pages(count, partial(_read_page, Recogniser(options), opened), lambda _number: (0.0, 0.0))
    return read_pages("image", sniff.media_type(data), pages, options)


def _read_page(recogniser: Recogniser, opened: Image.Image, number: int) -> PageRead:
    try:
        picture = _frame(opened, number)
    except BROKEN as error:
        raise PageFailed(f"picture {number} of the file cannot be read: {error}") from error
    size = page_size(picture.width, picture.height, picture.info.get("dpi"))
    frame = Frame(0, 0.0, 0.0, *size)
    ink = PageInk(number, frame, frame, [], Rules(), TextVerdict.SCANNED, [], [])
    return recogniser.read(ink, partial(_drawn, picture, size))


def picture_of(data: bytes, number: int) -> Image.Image:
    """The picture of page ``number`` (from 1), the right way up.

    Raises:
        Unreadable: the file is broken, or has no such page.
        TooLarge: it has too many pixels.
    """
    try:
        return _frame(_opened(data), number)
    except BROKEN as error:
        raise Unreadable(f"page {number} cannot be drawn: {error}", page=number) from error


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():  # of many pixels: we count them ourselves
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(data), formats=KINDS)
    except Image.DecompressionBombError as error:
        raise TooLarge("page_too_large", "pixels", MOST_PIXELS, 2 * MOST_PIXELS) from error
    except (UnidentifiedImageError, *BROKEN) as error:
        raise Unreadable("the picture is broken or cut off") from error


def _frame(opened: Image.Image, number: int) -> Image.Image:
    """One picture of the file, the right way up, on white where it is transparent.

    Raises:
        TooLarge: it has too many pixels.
    """
    opened.seek(number - 1)
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        raise TooLarge("page_too_large", "pixels", MOST_PIXELS, pixels)
    dpi = opened.info.get("dpi")
    upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    frame = upright.convert("RGB")
    frame.info["dpi"] = dpi
    return frame


def _drawn(picture: Image.Image, size: tuple[float, float], longest: float | None) -> tuple[Colour, float]:
    """The picture as large as pages are read, or with so many pixels on its longer side."""
    scale = points_per_pixel(*size) if longest is None else max(size) / longest
    width, height = max(1, round(size[0] / scale)), max(1, round(size[1] / scale))
    return np.asarray(picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)), scale
