"""Text objects of a PDF with digits that were left out, so that none inside a table is lost unsaid."""

from __future__ import annotations

from array import array

from extractors.formats.pdf import binding as pdfium
from extractors.layout.frame import Bounds
from extractors.layout.leftout import Piece
from extractors.layout.words import has_digit

LONGEST = 1000  # characters of one text object


def pieces_of_objects(objects: dict[str, set[int]], textpage: int, boxes: dict[int, Bounds]) -> list[Piece]:
    """Those of the text objects, given by reason, that hold digits. ``boxes`` are in the frame of the page's runs."""
    texts = ((reason, handle, _text(handle, textpage)) for reason, handles in objects.items() for handle in handles)
    return [Piece(reason, text, boxes[handle]) for reason, handle, text in texts if has_digit(text)]


def _text(handle: int, textpage: int) -> str:
    buffer = array("H", bytes(2 * LONGEST))
    size = pdfium.object_text(handle, textpage, buffer.buffer_info()[0], 2 * LONGEST)
    return buffer.tobytes()[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()
