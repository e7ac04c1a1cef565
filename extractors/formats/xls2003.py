"""The XML of Excel 2003, which reporting systems write into files that are named .xls."""

from __future__ import annotations

import re
from decimal import Decimal

from lxml import etree

from extractors import sniff
from extractors.budget import CellBudget
from extractors.errors import Unreadable
from extractors.format import Format
from extractors.model import Document
from extractors.noticebook import NoticeBook
from extractors.options import Options
from extractors.package import parse_xml
from extractors.sheets.codes import GENERAL
from extractors.sheets.display import Display
from extractors.sheets.grids import blocks_of
from extractors.sheets.notices import Noticed, notice_book
from extractors.sheets.sheet import BOTTOM, LEFT, RIGHT, TOP, Area, Sheet

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding=[\"'](gb2312|gbk)[\"'][^>]*\?>", re.I)
_NUMBER = re.compile(r"[-+]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,3})?")
_SIDES = {"Left": LEFT, "Right": RIGHT, "Top": TOP, "Bottom": BOTTOM}
_NAMED = {  # formats that are named rather than written out
    **{
        "General Number": GENERAL,
        "Fixed": "0.00",
        "Standard": "#,##0.00",
        "Percent": "0.00%",
        "Scientific": "0.00E+00",
    },
    **{"Currency": '"¥"#,##0.00', "Short Date": "yyyy/m/d", "Long Date": 'yyyy"年"m"月"d"日"'},
}
_FARTHEST, _COLUMNS = 1_048_576, 16_384  # rows and columns of a sheet

_Styles = dict[str, tuple[str, int]]


def recognises(data: bytes) -> bool:
    """Whether the bytes say that they are a workbook as XML."""
    return sniff.media_type(data) == sniff.XLS2003


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. It has no pages; hidden sheets come last.

    Raises:
        Unreadable: it is no well-formed XML, or no workbook. ForbiddenXml: it declares a document type.
        TooLarge: it goes beyond a limit.
    """
    root = parse_xml(_in_utf8(data), "the workbook")
    if root.tag != f"{_SS}Workbook":
        raise Unreadable("the XML says that it is a workbook, and holds none")
    book = notice_book()
    budget = CellBudget(options.limits.cells, options.limits.columns)
    styles = _styles(root)
    sheets = [_Reader(element, styles, book, budget).read() for element in root.iterchildren(f"{_SS}Worksheet")]
    sheets.sort(key=lambda read: read[1])
    for sheet, is_hidden in sheets:
        if is_hidden and sheet.entries:
            book.add(Noticed.HIDDEN_SHEET, sheet.place, sheet.name, apart=sheet.name)
    blocks = blocks_of((sheet for sheet, _ in sheets), budget, book)
    return Document("xls2003", sniff.XLS2003, (), blocks, book.notices())


def _in_utf8(data: bytes) -> bytes:
    """What is declared gb2312 often holds characters of its larger successors, at which a parser would stop."""
    declared = _DECLARED.match(data)
    return data if declared is None else data[declared.end() :].decode("gb18030", "replace").encode()


def _styles(root: etree._Element) -> _Styles:
    """Number format and ruled sides of each style; what a style leaves out it has of its parent."""
    styles: _Styles = {}
    for style in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        code, rules = styles.get(style.get(f"{_SS}Parent", "Default"), (GENERAL, 0))
        number = style.find(f"{_SS}NumberFormat")
        if number is not None:
            stated = number.get(f"{_SS}Format", GENERAL)
            code = _NAMED.get(stated, stated)
        borders = style.find(f"{_SS}Borders")
        if borders is not None:
            rules = sum({_SIDES.get(one.get(f"{_SS}Position", ""), 0) for one in borders if one.get(f"{_SS}LineStyle")})
        styles[style.get(f"{_SS}ID", "")] = (code, rules)
    return styles


class _Reader:
    """One sheet."""

    def __init__(self, element: etree._Element, styles: _Styles, book: NoticeBook, budget: CellBudget) -> None:
        self._element, self._styles, self._budget = element, styles, budget
        self._sheet = Sheet(element.get(f"{_SS}Name", ""))
        self._display = Display(self._sheet, book, since_1904=False)
        self._hidden_cols: set[int] = set()

    def read(self) -> tuple[Sheet, bool]:
        """The sheet, and whether it is hidden."""
        table = self._element.find(f"{_SS}Table")
        if table is not None:
            self._columns(table)
            at = -1
            for row in table.iterchildren(f"{_SS}Row"):
                at = _place(row, at)
                self._row(row, at)
                self._budget.check(len(self._sheet.entries))
        last = max((row for row, _ in self._sheet.entries), default=-1)
        self._sheet.rules = {place: rules for place, rules in self._sheet.rules.items() if place[0] <= last + 1}
        return self._sheet, self._element.findtext(f".//{_VISIBLE}") in ("SheetHidden", "SheetVeryHidden")

    def _columns(self, table: etree._Element) -> None:
        at = -1
        for column in table.iterchildren(f"{_SS}Column"):
            at = _place(column, at)
            span = min(_number(column, "Span"), _COLUMNS)
            if column.get(f"{_SS}Hidden") == "1":
                self._hidden_cols |= set(range(at, at + span + 1))
            at += span

    def _row(self, row: etree._Element, at: int) -> None:
        col = -1
        is_hidden = row.get(f"{_SS}Hidden") == "1"
        for cell in row.iterchildren(f"{_SS}Cell"):
            col = _place(cell, col)
            across, down = min(_number(cell, "MergeAcross"), _COLUMNS), _number(cell, "MergeDown")
            code, rules = self._styles.get(cell.get(f"{_SS}StyleID", "Default"), (GENERAL, 0))
            if across or down:
                self._sheet.merges.append(Area(at, col, at + down, col + across))
            if rules:
                self._budget.check(len(self._sheet.rules) + across)
                self._sheet.rules |= {(at, one): rules for one in range(col, col + across + 1)}
            self._content((at, col), cell, code)
            if (is_hidden or col in self._hidden_cols) and (at, col) in self._sheet.entries:
                self._display.hidden()
            col += across

    def _content(self, place: tuple[int, int], cell: etree._Element, code: str) -> None:
        data = cell.find(f"{_SS}Data")
        text = "" if data is None else "".join(map(str, data.itertext()))
        kind = "" if data is None else data.get(f"{_SS}Type", "String")
        if not text:
            if cell.get(f"{_SS}Formula"):
                self._display.formula(place, cell.get(f"{_SS}Formula", ""))
        elif kind == "Number" and _NUMBER.fullmatch(text):
            self._display.number(place, Decimal(text), code)
        elif kind == "Error":
            self._display.error(place, text)
        elif kind == "Boolean":
            self._display.truth(place, text != "0")
        else:
            self._display.text(place, text.removesuffix("T00:00:00.000") if kind == "DateTime" else text, code)


def _place(element: etree._Element, before: int) -> int:
    """Where a row, column or cell stands: after the one before, unless it says otherwise."""
    stated = _number(element, "Index")
    return stated - 1 if stated > before + 1 else before + 1


def _number(element: etree._Element, name: str) -> int:
    text = element.get(_SS + name, "")
    return min(int(text), _FARTHEST) if text.isdecimal() and len(text) < 9 else 0


FORMAT = Format("xls2003", sniff.XLS2003, frozenset({".xls"}), recognises, extract)
