"""XLS (BIFF5, BIFF8), the workbook of Excel 95 to 2003 and of WPS: ``.xls``, ``.et``."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.formats.xls.extract import extract


def recognises(data: bytes) -> bool:
    """Whether the bytes are an OLE file that holds a workbook; a web page named .xls is none."""
    return sniff.media_type(data) == sniff.XLS


FORMAT = Format("xls", sniff.XLS, frozenset({".xls", ".xlt", ".et", ".ett"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
