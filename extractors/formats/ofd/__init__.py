"""OFD (GB/T 33190): pages of placed text and drawn lines in a ZIP of XML. Knows nothing of what a table means."""

from __future__ import annotations

from extractors import sniff
from extractors.format import Format
from extractors.formats.ofd.document import extract


def recognises(data: bytes) -> bool:
    """Whether the bytes are an OFD package, also one that is cut off."""
    return sniff.media_type(data) == sniff.OFD


FORMAT = Format("ofd", sniff.OFD, frozenset({".ofd"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
