"""The image of a scanned OFD page: its pictures put where they stand, as the recognition of pages wants it."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image

from extractors.errors import DocumentError
from extractors.formats.ofd.book import Book
from extractors.formats.ofd.painting import Picture
from extractors.layout.frame import Frame
from extractors.ocr.pixels import Colour
from extractors.ocr.size import points_per_pixel

MOST_PIXELS = 60_000_000  # of one picture: an A3 sheet at 400 dpi has 31 million


def drawn(
    book: Book, frame: Frame, pictures: list[Picture], longest: float | None = None
) -> tuple[Colour, float] | None:
    """A page as displayed, of its pictures alone, and the size of a pixel in points; None when none can be drawn.

    It is as large as pages are read, or has ``longest`` pixels on its longer side.
    """
    size = frame.width, frame.height
    scale = points_per_pixel(*size) if longest is None else max(size) / longest
    sheet = Image.new("RGB", (max(1, round(frame.width / scale)), max(1, round(frame.height / scale))), "white")
    there = [_put(sheet, book, frame, picture, scale) for picture in pictures]
    return (np.asarray(sheet), scale) if any(there) else None


def _put(sheet: Image.Image, book: Book, frame: Frame, picture: Picture, scale: float) -> bool:
    left, low, right, high = picture.bounds
    size = round((right - left) / scale), round((high - low) / scale)
    image = _decoded(book, picture.part)
    if image is None or not (0 < size[0] <= 2 * sheet.width and 0 < size[1] <= 2 * sheet.height):
        return False
    sheet.paste(image.resize(size), (round(left / scale), round((frame.height - high) / scale)))
    return True


def _decoded(book: Book, part: str) -> Image.Image | None:
    """A picture; None when it is missing, broken, too large, or of a kind that Pillow does not know (JBIG2)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(book.package.part(part)))
            if image.width * image.height > MOST_PIXELS:
                return None
            return image.convert("RGB")
    except (DocumentError, KeyError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
