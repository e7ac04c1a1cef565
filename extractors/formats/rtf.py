"""RTF, rich text of any office program, often named .doc: read as the DOCX that a converter makes of it."""

from __future__ import annotations

from extractors import sniff
from extractors.conversion import StandIn, converted
from extractors.format import Format
from extractors.options import Options


def recognises(data: bytes) -> bool:
    """Whether the bytes begin as rich text does."""
    return sniff.media_type(data) == sniff.RTF


def extract(data: bytes, options: Options) -> StandIn:
    """The DOCX that stands for it.

    Raises:
        ConverterMissing: there is no converter. Unreadable: it cannot read the bytes. ConversionTimeout: it is late.
    """
    return converted(data, ".rtf", options)


FORMAT = Format("rtf", sniff.RTF, frozenset({".rtf"}), recognises, extract)
