"""DOC and WPS, the texts of Word 97 to 2003 and of WPS: read as the DOCX that a converter makes of them."""

from __future__ import annotations

from extractors import sniff
from extractors.conversion import StandIn, converted
from extractors.format import Format
from extractors.options import Options


def recognises(data: bytes) -> bool:
    """Whether the bytes are an OLE file that holds a text of Word or WPS."""
    return sniff.media_type(data) == sniff.DOC


def extract(data: bytes, options: Options) -> StandIn:
    """The DOCX that stands for it.

    Raises:
        ConverterMissing: there is no converter. Unreadable: it cannot read the bytes. ConversionTimeout: it is late.
    """
    return converted(data, ".doc", options)


FORMAT = Format("doc", sniff.DOC, frozenset({".doc", ".dot", ".wps", ".wpt"}), recognises, extract)
