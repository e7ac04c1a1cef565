"""DOCX, read from its own XML. Knows what Word prints of it; knows nothing of what a table means."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.formats.docx.extract import extract


def recognises(data: bytes) -> bool:
    """Whether the bytes are a Word package, also one that is cut off; a password hides what a file is."""
    return sniff.media_type(data) == sniff.DOCX


FORMAT = Format("docx", sniff.DOCX, frozenset({".docx", ".docm", ".dotx", ".dotm"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
