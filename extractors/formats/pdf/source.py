"""Opens a PDF: maps what pdfium says to our errors, keeps the bytes alive while pages are read."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pypdfium2  # noqa: F401  (starts the library)
from pypdfium2 import raw

from extractors.errors import EmptyFile, Encrypted, TooLarge, Unreadable
from extractors.formats.pdf.fonts import fonts_of_no_machine
from extractors.formats.pdf.inflation import Stream, mentions, refuse_bombs, streams
from extractors.formats.pdf.nesting import refuse_nests
from extractors.formats.pdf.recognise import recognises
from extractors.options import Limits, Options

REOPEN = 100  # pages
LAYERS = b"/OCProperties"  # where the catalogue of a file names its layers


class Source:
    """An open PDF. pdfium keeps every object it ever parsed until a file is closed, hence the reopening."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self._data = data
        self._password = password
        self._pages_read = 0
        self._handle = _load(data, password)
        self._drawn: raw.FPDF_DOCUMENT | None = None
        self.pages: int = raw.FPDF_GetPageCount(self._handle)
        self.layers_unread = False

    def handle(self) -> int:
        """The handle for reading one more page; handles given before may be closed."""
        self._pages_read += 1
        if self._pages_read % REOPEN == 0:
            raw.FPDF_CloseDocument(self._handle)
            self._handle = _load(self._data, self._password)
        return _address(self._handle)

    def hide_layers(self) -> None:
        """From now on the file is read without what its layers do not show; where that cannot be told, it is noted."""
        from extractors.formats.pdf import rewriting  # noqa: PLC0415  loads a library that few files need

        try:
            data = rewriting.without_hidden_layers(self._data, self._password)
        except rewriting.NotRewritten:
            self.layers_unread = True
            return
        if data is not self._data:
            raw.FPDF_CloseDocument(self._handle)
            self._data, self._password = data, None
            self._handle = _load(data, None)

    def drawn_handle(self) -> int:
        """A handle for the pages with the text that they draw, where the file states another one for it."""
        from extractors.formats.pdf import rewriting  # noqa: PLC0415

        if self._drawn is None:
            try:
                data = rewriting.with_drawn_text(self._data, self._password)
            except rewriting.NotRewritten:
                return self.handle()
            self._drawn_data, self._drawn = data, _load(data, None)
        return _address(self._drawn)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 1) as displayed, without reading it; 0 when it is broken."""
        size = raw.FS_SIZEF()
        raw.FPDF_GetPageSizeByIndexF(self._handle, number - 1, size)
        return round(size.width, 2), round(size.height, 2)

    def close(self) -> None:
        """Frees what pdfium holds of the file."""
        raw.FPDF_CloseDocument(self._handle)
        if self._drawn is not None:
            raw.FPDF_CloseDocument(self._drawn)


@contextmanager
def opened(data: bytes, options: Options) -> Iterator[Source]:
    """The open file, closed at the end.

    Raises:
        EmptyFile, Unreadable, Encrypted, TooLarge: when there is no document to read.
    """
    if not data:
        raise EmptyFile
    if not recognises(data):
        raise Unreadable("there is no PDF header in the first 1024 bytes")
    found = refuse_hostile(data, options.limits)
    with fonts_of_no_machine(), closing(_open(data, options.password)) as source:
        if source.pages > options.limits.pages:
            raise TooLarge("too_many_pages", "pages", options.limits.pages, source.pages)
        if source.pages < 1:
            raise Unreadable("the PDF has no pages")
        if mentions(data, found, LAYERS):
            source.hide_layers()
        yield source


def refuse_hostile(data: bytes, limits: Limits) -> list[Stream]:
    """The streams of the file, when what it unpacks to and draws can be borne.

    Raises:
        TooLarge: it cannot.
    """
    found = list(streams(data))
    refuse_bombs(data, found, limits)
    refuse_nests(data, found)
    return found


def _open(data: bytes, password: str | None) -> Source:
    """Without a password first: most files that are encrypted open with the empty one."""
    try:
        return Source(data, None)
    except Encrypted:
        if password is None:
            raise
        try:
            return Source(data, password)
        except Encrypted as error:
            raise Encrypted(given=True) from error


def _address(handle: raw.FPDF_DOCUMENT) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _load(data: bytes, password: str | None) -> raw.FPDF_DOCUMENT:
    secret = password.encode() + b"\0" if password is not None else None
    handle = raw.FPDF_LoadMemDocument64(data, len(data), secret)
    if handle:
        return handle
    if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
        raise Encrypted
    raise Unreadable("the structure of the PDF is broken or cut off")
