"""Limits and thresholds of the extraction layer. Always handed in, never read from the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.ocr.engine import Engine


@dataclass(frozen=True, slots=True)
class Limits:
    """What a single document may cost. Exceeding one raises ``TooLarge``."""

    pages: int = 500
    recognised_pages: int = 100  # read from their images, seconds each; the rest of such pages is not read
    cells: int = 2_000_000
    columns: int = 1_000  # of one table in a format that states its tables
    unpacked_bytes: int = 500_000_000
    zip_ratio: int = 100  # unpacked : packed, of a whole package
    zip_entries: int = 10_000


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one extraction.

    ``pages`` restricts a paged format to these page numbers (1-based). ``on_page`` is told, before each page is read,
    its place among the pages to read (from 1) and how many they are. ``engine`` reads pages that are pictures; without
    one they are reported and not read. ``on_recognise`` is told, before each of these, how many they are so far.
    ``convert`` makes a DOCX of the bytes of a text document whose usual suffix it is told; None where no program can.
    """

    limits: Limits = field(default_factory=Limits)
    password: str | None = None
    pages: frozenset[int] | None = None
    on_page: Callable[[int, int], None] | None = None
    engine: Engine | None = None
    on_recognise: Callable[[int], None] | None = None
    convert: Callable[[bytes, str], bytes] | None = None
