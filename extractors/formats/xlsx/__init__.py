"""XLSX, read from its own XML. Knows how a workbook keeps its cells; knows nothing of what a table means."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.formats.xlsx.extract import extract


def recognises(data: bytes) -> bool:
    """Whether the bytes are an Excel or WPS package, also one that is cut off; a password hides what a file is."""
    return sniff.media_type(data) == sniff.XLSX


FORMAT = Format("xlsx", sniff.XLSX, frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".et"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
