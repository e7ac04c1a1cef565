"""Whether bytes are a PDF. Loads nothing, so that a process that only recognises files never loads pdfium."""

from __future__ import annotations

HEAD = 1024  # bytes: how far into a file its header may stand


def recognises(data: bytes) -> bool:
    """Whether the bytes are a PDF: ``%PDF-`` within the first 1024 bytes."""
    return b"%PDF-" in data[:HEAD]
