"""From the bytes of an XLS to a Document, sheet by sheet."""

from __future__ import annotations

from extractors.budget import CellBudget
from extractors.formats.xls.records import sheets_of
from extractors.model import Document
from extractors.options import Options
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import notice_book
from extractors.sniff import XLS


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. It has no pages; hidden sheets come last. Macros and links are left alone.

    Raises:
        Unreadable: the workbook is broken. Encrypted: it opens with a password only. TooLarge: it goes beyond a limit.
    """
    book = notice_book()
    budget = CellBudget(options.limits.cells, options.limits.columns)
    sheets = sheets_of(data, book, budget)
    return Document("xls", XLS, (), blocks_of(sheets, budget, book), book.notices())
