"""Saved web pages: what a browser prints of them, without scripts or network. Knows nothing of what a table means."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.formats.html.extract import extract


def recognises(data: bytes) -> bool:
    """Whether the bytes are a web page, whatever they are named: some offices export pages as ``.xls`` or ``.doc``."""
    return sniff.media_type(data) == sniff.HTML


FORMAT = Format("html", sniff.HTML, frozenset({".html", ".htm", ".shtml", ".xhtml", ".xht"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
