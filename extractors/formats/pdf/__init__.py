"""PDF with a text layer. Knows pdfium; knows nothing of what a table means.

pdfium must only be called from one thread of a process: run several processes, never several threads.
"""

from __future__ import annotations

from extractors.format import Format
from extractors.formats.pdf.document import extract
from extractors.formats.pdf.source import recognises

FORMAT = Format("pdf", "application/pdf", frozenset({".pdf"}), recognises, extract)

__all__ = ["FORMAT", "extract", "recognises"]
