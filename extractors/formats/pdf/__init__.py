"""PDF with a text layer. Knows pdfium; knows nothing of what a table means.

pdfium must only be called from one thread of a process: run several processes, never several threads. It is loaded by
the first extraction, not by importing this package.
"""

from __future__ import annotations

from extractors.format import Format
from extractors.formats.pdf.recognise import recognises
from extractors.model import Document
from extractors.options import Options


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    from extractors.formats.pdf import document  # noqa: PLC0415 (loads pdfium: in the process that extracts only)

    return document.read(data, options)


FORMAT = Format("pdf", "application/pdf", frozenset({".pdf"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
