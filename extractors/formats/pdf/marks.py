"""Marks that a file sets around its texts. They may say that what is read is not what is seen."""

from __future__ import annotations

import ctypes

from extractors.formats.pdf import binding as pdfium

LAYER = "OC"
_name = ctypes.create_string_buffer(2 * 64)
_size = ctypes.c_ulong()
_REPLACEMENT = ctypes.create_string_buffer(b"ActualText")
_NAME, _SIZE, _ENTRY = ctypes.addressof(_name), ctypes.addressof(_size), ctypes.addressof(_REPLACEMENT)


def marks_of(handle: int) -> tuple[bool, bool]:
    """Whether a text belongs to a layer, which may be switched off, and whether another text is stated for it.

    pdfium tells neither the state of a layer nor the text that is drawn where another is stated.
    """
    marks = [pdfium.get_mark(handle, index) for index in range(pdfium.count_marks(handle))]
    return any(_is_layer(mark) for mark in marks), any(pdfium.mark_entry_type(mark, _ENTRY) for mark in marks)


def _is_layer(mark: int) -> bool:
    if not pdfium.mark_name(mark, _NAME, len(_name), _SIZE):
        return False
    return _name.raw[: max(_size.value - 2, 0)].decode("utf-16-le", "replace") == LAYER
