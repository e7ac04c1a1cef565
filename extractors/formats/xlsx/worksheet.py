"""One worksheet part -> a Sheet. Read as a stream: a sheet may state a million rows that hold nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from lxml import etree

from extractors.budget import CellBudget
from extractors.errors import Unreadable
from extractors.formats.xlsx import names as n
from extractors.formats.xlsx.strings import text_of, unescaped
from extractors.formats.xlsx.styles import PLAIN, CellFormat
from extractors.noticebook import NoticeBook
from extractors.sheets.display import Display
from extractors.sheets.notices import Noticed
from extractors.sheets.sheet import Area, Position, Sheet, position_of

_NUMBER = re.compile(r"[-+]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,3})?")
_COLUMNS = 16_384  # of a sheet
_BLANK_ROWS = 40  # ruled rows without a text that are kept between two with one; tables end before so many


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook share."""

    texts: list[str]
    formats: list[CellFormat]
    since_1904: bool
    book: NoticeBook
    budget: CellBudget


class WorksheetReader:
    """Reads one sheet. ``draws`` says afterwards whether a drawing lies over it."""

    def __init__(self, name: str, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheet = Sheet(name)
        self._display = Display(self._sheet, workbook.book, workbook.since_1904)
        self._row = self._col = -1
        self._blank_rules: dict[Position, int] = {}
        self._blank_rows = 0
        self._hidden_cols: set[int] = set()
        self.draws = False

    def read(self, raw: bytes) -> Sheet:
        """The sheet that a part of a package holds.

        Raises:
            Unreadable: it is no well-formed XML. TooLarge: it holds more cells than are read.
        """
        tags = (n.ROW, n.COL, n.VIEW, n.MERGE, n.DRAWING, n.OLE_OBJECT)
        steps = {
            **{n.ROW: self._read_row, n.COL: self._read_col, n.VIEW: self._read_view, n.MERGE: self._read_merge},
            **{n.DRAWING: self._read_drawing, n.OLE_OBJECT: self._read_object},
        }
        events = etree.iterparse(
            BytesIO(raw),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
        )
        try:
            for _, element in events:
                steps[element.tag](element)
                element.clear()
                while (before := element.getprevious()) is not None:
                    del element.getparent()[0]
                    del before
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable(f"the sheet {self._sheet.name} is no well-formed XML ({error})") from error
        return self._sheet

    # --- the sheet

    def _read_view(self, element: etree._Element) -> None:
        self._display.hides_zeros = element.get("showZeros") in ("0", "false")

    def _read_col(self, element: etree._Element) -> None:
        """Columns are stated before the cells; those behind the last that a table may have are none of ours."""
        first, last = element.get("min", ""), element.get("max", "")
        if _is_on(element, "hidden") and first.isdecimal() and last.isdecimal():
            self._hidden_cols |= set(range(int(first) - 1, min(int(last), _COLUMNS)))

    def _read_merge(self, element: etree._Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        start, end = position_of(first), position_of(last)
        if start is not None and end is not None:
            self._workbook.budget.check(len(self._sheet.merges))
            self._sheet.merges.append(Area(*start, *end))

    def _read_drawing(self, _: etree._Element) -> None:
        self.draws = True

    def _read_object(self, element: etree._Element) -> None:
        self._workbook.book.add(Noticed.EMBEDDED_OBJECT, self._sheet.place, element.get("progId", "?"))

    # --- rows and cells

    def _read_row(self, element: etree._Element) -> None:
        """Rows and cells that do not say where they stand follow the one before them."""
        stated = element.get("r", "")
        self._row = int(stated) - 1 if stated.isdecimal() and 0 < len(stated) < 8 else self._row + 1
        self._col = -1
        before = len(self._sheet.entries)
        rules: dict[Position, int] = {}
        for cell in element.iterchildren(n.CELL):
            self._read_cell(cell, rules)
        if len(self._sheet.entries) == before:
            self._keep_blank(rules)
            return
        if _is_on(element, "hidden"):
            self._display.hidden()
        self._sheet.rules |= self._blank_rules
        self._sheet.rules |= rules
        self._blank_rules, self._blank_rows = {}, 0
        self._workbook.budget.check(max(len(self._sheet.entries), len(self._sheet.rules)))

    def _keep_blank(self, rules: dict[Position, int]) -> None:
        """The rules of rows without a text, until a row with one shows that they lie within a table.

        Those of the first are kept: beneath a head it is the row of a table that was left blank.
        """
        self._blank_rows += 1
        if self._blank_rows == 1:
            self._sheet.rules |= rules
        self._blank_rules = self._blank_rules | rules if self._blank_rows <= _BLANK_ROWS else {}

    def _read_cell(self, cell: etree._Element, rules: dict[Position, int]) -> None:
        stated = position_of(cell.get("r", ""))
        self._col = stated[1] if stated is not None else self._col + 1
        place = (self._row, self._col)
        style, formats = cell.get("s", ""), self._workbook.formats
        cell_format = formats[int(style)] if style.isdecimal() and int(style) < len(formats) else PLAIN
        if cell_format.rules:
            rules[place] = cell_format.rules
        if len(cell):
            self._read_content(place, cell, cell_format.code)
            if self._col in self._hidden_cols and place in self._sheet.entries:
                self._display.hidden()

    def _read_content(self, place: Position, cell: etree._Element, code: str) -> None:
        children = {child.tag: child for child in cell}
        value = children[n.VALUE].text if n.VALUE in children else None
        if n.INLINE in children:
            self._display.text(place, text_of(children[n.INLINE]), code)
        elif value:
            self._read_value(place, cell.get("t", "n"), value, code)
        elif n.FORMULA in children and (n.VALUE not in children or cell.get("t") != "str"):
            self._display.formula(place, "=" + (children[n.FORMULA].text or ""))

    def _read_value(self, place: Position, kind: str, value: str, code: str) -> None:
        texts = self._workbook.texts
        if kind == "s":
            known = value.isdecimal() and int(value) < len(texts)
            self._display.text(place, texts[int(value)], code) if known else self._display.lost(place)
        elif kind == "b":
            self._display.truth(place, value != "0")
        elif kind == "e":
            self._display.error(place, value)
        elif kind == "n" and _NUMBER.fullmatch(value):
            self._display.number(place, Decimal(value), code)
        else:
            self._display.text(place, unescaped(value), code)


def _is_on(element: etree._Element, name: str) -> bool:
    return element.get(name) in ("1", "true")
