"""Picture files: a scan or a photograph of pages, as JPEG, PNG, TIFF (with several pages), BMP or WebP."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.model import Document
from extractors.options import Options

MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp"})
SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".bmp", ".webp"})
BMP_HEADERS = frozenset(
    {12, 40, 52, 56, 64, 108, 124}
)  # bytes: what a second header of a BMP may have; BM alone is text


def recognises(data: bytes) -> bool:
    """Whether the bytes are a picture that may show pages."""
    kind = sniff.media_type(data)
    if kind == "image/bmp":
        return int.from_bytes(data[14:18], "little") in BMP_HEADERS
    return kind in MEDIA_TYPES


def extract(data: bytes, options: Options) -> Document:
    """The document that a picture shows. Without an engine its pages are reported and not read.

    Raises:
        DocumentError: it cannot be opened, or goes beyond a limit.
    """
    from extractors.formats.image.pages import read  # noqa: PLC0415 (loads Pillow: in the process that extracts only)

    return read(data, options)


FORMAT = Format("image", "image/*", SUFFIXES, recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
