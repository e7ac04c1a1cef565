"""The records of a workbook through xlrd: values with their formats, rules, merged and hidden cells."""

from __future__ import annotations

import io
import struct
from decimal import Decimal

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.formatting import XFBorder
from xlrd.sheet import Sheet as Records

from extractors.budget import CellBudget
from extractors.errors import Encrypted, Unreadable
from extractors.noticebook import NoticeBook
from extractors.sheets.builtin import LOCAL
from extractors.sheets.codes import GENERAL
from extractors.sheets.display import Display
from extractors.sheets.notices import Noticed
from extractors.sheets.sheet import BOTTOM, LEFT, RIGHT, TOP, Area, Sheet

# what xlrd lets through when a record is not what it should be
BROKEN = (
    *(xlrd.XLRDError, CompDocError, struct.error, LookupError, ValueError, AssertionError, TypeError, AttributeError),
    *(ArithmeticError, NameError, EOFError, NotImplementedError, RecursionError, OSError),
)
_UNICODE = 80  # the version from which texts are not in a code page
_WESTERN = (None, 367, 1252)  # what programs name as code page without having asked for it


def sheets_of(data: bytes, book: NoticeBook, budget: CellBudget) -> list[Sheet]:
    """The sheets of a workbook, hidden ones last.

    Raises:
        Unreadable: xlrd cannot read it. Encrypted: it has a password. TooLarge: it holds more cells than are read.
    """
    try:
        workbook = _opened(data)
        found = [_Reader(workbook, records, book, budget).read() for records in workbook.sheets()]
    except BROKEN as error:
        if "encrypted" in str(error):
            raise Encrypted from error
        raise Unreadable(f"the XLS is broken or cut off ({error})") from error
    hidden = [records.visibility != 0 for records in workbook.sheets()]
    for sheet, is_hidden in zip(found, hidden, strict=True):
        if is_hidden and sheet.entries:
            book.add(Noticed.HIDDEN_SHEET, sheet.place, sheet.name, apart=sheet.name)
    order = sorted(range(len(found)), key=lambda at: hidden[at])
    return [found[at] for at in order]


def _opened(data: bytes) -> Book:
    """The workbook. Old ones of Chinese offices keep their texts in GBK, also when they name no code page for it."""
    workbook = _open(data, None)
    if workbook.biff_version < _UNICODE and workbook.codepage in _WESTERN:
        return _open(data, "gb18030")
    return workbook


def _open(data: bytes, encoding: str | None) -> Book:
    return xlrd.open_workbook(
        file_contents=data,
        logfile=io.StringIO(),
        encoding_override=encoding,
        formatting_info=True,
        ragged_rows=True,
        ignore_workbook_corruption=True,
    )


class _Reader:
    """One sheet, cell by cell."""

    def __init__(self, workbook: Book, records: Records, book: NoticeBook, budget: CellBudget) -> None:
        self._workbook, self._records, self._budget = workbook, records, budget
        self._sheet = Sheet(records.name)
        self._display = Display(self._sheet, book, bool(workbook.datemode), not records.show_zero_values)
        self._looks = [(self._code(xf.format_key), _rules(xf.border)) for xf in workbook.xf_list]

    def read(self) -> Sheet:
        """The sheet. Rules are kept up to the last row that displays something."""
        records = self._records
        self._budget.check(sum(records.row_len(row) for row in range(records.nrows)))
        hidden_cols = {col for col, info in records.colinfo_map.items() if info.hidden}
        hidden_rows = {row for row, info in records.rowinfo_map.items() if info.hidden}
        for row in range(records.nrows):
            for col in range(records.row_len(row)):
                self._cell(row, col)
                if (row in hidden_rows or col in hidden_cols) and (row, col) in self._sheet.entries:
                    self._display.hidden()
        last = max((row for row, _ in self._sheet.entries), default=-1)
        self._sheet.rules = {place: rules for place, rules in self._sheet.rules.items() if place[0] <= last + 1}
        self._sheet.merges = [Area(top, left, below - 1, right - 1) for top, below, left, right in records.merged_cells]
        return self._sheet

    def _code(self, key: int) -> str:
        known = self._workbook.format_map.get(key)
        return LOCAL.get(key) or (known.format_str if known is not None else GENERAL)

    def _cell(self, row: int, col: int) -> None:
        place = (row, col)
        kind, value = self._records.cell_type(row, col), self._records.cell_value(row, col)
        index = self._records.cell_xf_index(row, col)
        code, rules = self._looks[index] if index < len(self._looks) else (GENERAL, 0)
        if rules:
            self._sheet.rules[place] = rules
        match kind:
            case xlrd.XL_CELL_TEXT:
                self._display.text(place, value.replace("\r\n", "\n").replace("\r", "\n"), code)
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                self._display.number(place, Decimal(repr(value)), code)
            case xlrd.XL_CELL_BOOLEAN:
                self._display.truth(place, bool(value))
            case xlrd.XL_CELL_ERROR:
                self._display.error(place, xlrd.error_text_from_code.get(value, "#N/A"))


def _rules(border: XFBorder) -> int:
    sides = (
        *((border.left_line_style, LEFT), (border.right_line_style, RIGHT)),
        *((border.top_line_style, TOP), (border.bottom_line_style, BOTTOM)),
    )
    return sum(side for style, side in sides if style)
