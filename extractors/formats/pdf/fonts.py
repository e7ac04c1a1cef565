"""What pdfium is given for a font that a PDF names and does not embed: always the same, on every machine.

pdfium looks for such a font among those of the machine. Where it finds none, the text has no size: a word that stands
alone, and every line on its side, is left out of the page, and nobody is told. Where it finds one, the boxes of the
text depend on which. The widths of characters and what they mean are in the PDF; a font of one mark is enough.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pypdfium2 import raw

from extractors.formats.pdf.typeface import one_mark

CHINESE_JAPANESE_KOREAN = frozenset({128, 129, 134, 136})  # character sets; for all others pdfium has fonts of its own
HANDLE = 1  # of the one font there is
WHOLE_FILE = 0  # the table that stands for all of them

_FONT = one_mark()
_FIELDS = dict(raw.FPDF_SYSFONTINFO._fields_)


def _map_font(_self: Any, _weight: int, _italic: int, charset: int, *_wanted: Any) -> int | None:
    return HANDLE if charset in CHINESE_JAPANESE_KOREAN else None


def _font_data(_self: Any, _font: int, table: int, buffer: Any, size: int) -> int:
    if table != WHOLE_FILE:
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def _nothing(*_arguments: Any) -> int:
    return 0


def _handler() -> raw.FPDF_SYSFONTINFO:
    answers: dict[str, Callable[..., Any]] = {"MapFont": _map_font, "GetFontData": _font_data}
    handler = raw.FPDF_SYSFONTINFO(version=2)
    for name in ("MapFont", "GetFont", "GetFontData", "GetFaceName", "GetFontCharset", "DeleteFont", "Release"):
        setattr(handler, name, _FIELDS[name](answers.get(name, _nothing)))
    return handler


_OURS = _handler()  # pdfium keeps the address


@contextmanager
def fonts_of_no_machine() -> Iterator[None]:
    """Gives pdfium the font of one mark, then the fonts of the machine again, with which pages are drawn."""
    raw.FPDF_SetSystemFontInfo(_OURS)
    try:
        yield
    finally:
        raw.FPDF_SetSystemFontInfo(raw.FPDF_GetDefaultSystemFontInfo())
