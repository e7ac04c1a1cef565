"""Opens a PDF: recognises it, maps what pdfium says to our errors, keeps the bytes alive while pages are read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2  # noqa: F401  (starts the library)
from pypdfium2 import raw

from extractors.errors import EmptyFile, Encrypted, TooLarge, Unreadable
from extractors.options import Options

HEAD = 1024  # bytes: how far into a file its header may stand


def recognises(data: bytes) -> bool:
    """Whether the bytes are a PDF: ``%PDF-`` within the first 1024 bytes."""
    return b"%PDF-" in data[:HEAD]


@contextmanager
def opened(data: bytes, options: Options) -> Iterator[tuple[int, int]]:
    """The handle of the document and its number of pages; closed at the end.

    Raises:
        EmptyFile, Unreadable, Encrypted, TooLarge: when there is no document to read.
    """
    if not data:
        raise EmptyFile
    if not recognises(data):
        raise Unreadable("there is no PDF header in the first 1024 bytes")
    handle = _load(data, None) or (_load(data, options.password) if _wants_password() else 0)
    if not handle:
        if _wants_password():
            raise Encrypted
        raise Unreadable("the structure of the PDF is broken or cut off")
    try:
        count = raw.FPDF_GetPageCount(handle)
        if count > options.limits.pages:
            raise TooLarge("too_many_pages", "pages", options.limits.pages, count)
        if count < 1:
            raise Unreadable("the PDF has no pages")
        yield ctypes.cast(handle, ctypes.c_void_p).value or 0, count
    finally:
        raw.FPDF_CloseDocument(handle)


def _load(data: bytes, password: str | None) -> raw.FPDF_DOCUMENT:
    secret = password.encode() + b"\0" if password is not None else None
    return raw.FPDF_LoadMemDocument64(data, len(data), secret)


def _wants_password() -> bool:
    return bool(raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD)
