"""Marks that a file sets around its texts. They may say that what is read is not what is drawn."""

from __future__ import annotations

import ctypes

from extractors.formats.pdf import binding as pdfium

_REPLACEMENT = ctypes.create_string_buffer(b"ActualText")
_ENTRY = ctypes.addressof(_REPLACEMENT)


def is_replaced(handle: int) -> bool:
    """Whether the file states another text for this one; pdfium then gives that alone."""
    marks = (pdfium.get_mark(handle, index) for index in range(pdfium.count_marks(handle)))
    return any(pdfium.mark_entry_type(mark, _ENTRY) for mark in marks)
