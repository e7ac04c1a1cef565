"""Tables as text: commas or tabs between the cells (CSV, TSV), also in a file that is named .xls."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from extractors import sniff
from extractors.budget import CellBudget
from extractors.errors import Unreadable
from extractors.format import Format
from extractors.model import Document
from extractors.options import Options
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import Noticed, notice_book
from extractors.sheets.sheet import Entry, Sheet

MEDIA_TYPE = "text/csv"

_WINDOW = 65_536  # bytes that are looked at to tell a table from prose
_DELIMITERS = ("\t", ",")
_FEWEST_ROWS, _FEWEST_CELLS = 2, 6
_SHARE = 0.8  # of the rows with several cells have the same number of them; prose has commas at random
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?")
_AS_TEXT = re.compile(r'="([^"]*)"')  # how a number is kept from being taken for one: ="0301"


def recognises(data: bytes) -> bool:
    """Whether a plain text is clearly a table: its rows have the same number of cells."""
    if sniff.media_type(data[:_WINDOW]) != sniff.TEXT:
        return False
    text, _ = decoded(data[:_WINDOW], whole=False)
    return delimiter_of(text.rpartition("\n")[0] if len(data) > _WINDOW else text) is not None


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print: one sheet, whose lines and tables are told as those of any sheet.

    Raises:
        Unreadable: no rows with cells between commas or tabs. TooLarge: it goes beyond a limit.
    """
    text, lost = decoded(data)
    delimiter = delimiter_of(text)
    if delimiter is None:
        raise Unreadable("the text has no rows with cells between commas or tabs")
    book = notice_book()
    if lost:
        book.add(Noticed.TEXT_UNDECODABLE, None, count=lost)
    budget = CellBudget(options.limits.cells, options.limits.columns)
    try:
        sheet = _sheet(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), budget)
    except csv.Error as error:
        raise Unreadable(f"the rows of the text cannot be told apart ({error})") from error
    return Document("csv", MEDIA_TYPE, (), blocks_of([sheet], budget, book), book.notices())


def decoded(data: bytes, *, whole: bool = True) -> tuple[str, int]:
    """The text, and how many of its characters do not decode. UTF-16 with a mark, UTF-8, else GB18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = codecs.getincrementaldecoder("utf-16")("replace").decode(data, final=whole)
    else:
        try:
            text = codecs.getincrementaldecoder("utf-8-sig")("strict").decode(data, final=False)
        except UnicodeDecodeError:
            text = codecs.getincrementaldecoder("gb18030")("replace").decode(data, final=whole)
    return text, text.count("\N{REPLACEMENT CHARACTER}")


def delimiter_of(text: str) -> str | None:
    """What parts the cells; None when the text is no table."""
    return next((delimiter for delimiter in _DELIMITERS if _parts_cells(text, delimiter)), None)


def _parts_cells(text: str, delimiter: str) -> bool:
    """Whether most rows have the same number of cells, and numbers or three columns stand in them."""
    try:
        rows = list(csv.reader(io.StringIO(text[:_WINDOW], newline=""), delimiter=delimiter))
    except csv.Error:
        return False
    several = [row for row in rows if len(row) > 1]
    cells = [cell for row in several for cell in row if cell.strip()]
    if len(several) < _FEWEST_ROWS or len(cells) < _FEWEST_CELLS:
        return False
    width, count = Counter(map(len, several)).most_common(1)[0]
    is_even = count >= _SHARE * len(several) and len(several) * 2 > sum(map(bool, rows))
    return is_even and (width > 2 or any(_NUMBER.fullmatch(cell.strip()) for cell in cells))


def _sheet(rows: Iterable[list[str]], budget: CellBudget) -> Sheet:
    sheet = Sheet("")
    for row, cells in enumerate(rows):
        budget.check(len(sheet.entries) + len(cells))
        for col, cell in enumerate(cells):
            text = _AS_TEXT.sub(r"\1", cell).strip()
            if text:
                sheet.entries[row, col] = Entry(text, _NUMBER.fullmatch(text) is not None)
    return sheet


FORMAT = Format("csv", MEDIA_TYPE, frozenset({".csv", ".tsv"}), recognises, extract)
