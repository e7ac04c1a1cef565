"""What a cell displays, and what is noticed about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractors.noticebook import NoticeBook
from extractors.sheets.codes import sections
from extractors.sheets.dates import is_date
from extractors.sheets.notices import Noticed
from extractors.sheets.numbers import displayed, displayed_text, general
from extractors.sheets.sheet import Entry, Position, Sheet, cell_name


@dataclass(slots=True)
class Display:
    """The values of one sheet as it displays them. Dates count from 1900, or from 1904."""

    sheet: Sheet
    book: NoticeBook
    since_1904: bool
    hides_zeros: bool = False

    def put(self, place: Position, entry: Entry) -> None:
        """Keeps what a cell displays, if that is anything."""
        if entry.text.strip():
            self.sheet.entries[place] = entry

    def number(self, place: Position, value: Decimal, code: str) -> None:
        """A number in the format ``code``."""
        if self.hides_zeros and not value:
            return
        shown = displayed(value, code, self.since_1904)
        if shown.scaled:
            self._notice(Noticed.SCALED_BY_FORMAT, place, f"{general(value)} → {shown.text}")
        if shown.unsigned:
            self._notice(Noticed.SIGN_NOT_DISPLAYED, place, shown.text)
        if value and not shown.text:
            self._notice(Noticed.HIDDEN_TEXT, place, general(value))
        self.put(place, Entry(shown.text, is_number=not is_date(sections(code)[0])))

    def text(self, place: Position, text: str, code: str) -> None:
        """A text in the format ``code``."""
        shown = displayed_text(text, code)
        if text.strip() and not shown:
            self._notice(Noticed.HIDDEN_TEXT, place, text)
        self.put(place, Entry(shown.strip("\n"), is_number=False))

    def truth(self, place: Position, value: bool) -> None:
        """A truth value."""
        self.put(place, Entry("TRUE" if value else "FALSE", is_number=False))

    def lost(self, place: Position) -> None:
        """A text that the workbook refers to and does not hold."""
        self._notice(Noticed.TEXT_UNDECODABLE, place, "")
        self.put(place, Entry("\N{REPLACEMENT CHARACTER}", is_number=False))

    def error(self, place: Position, text: str) -> None:
        """An error such as #REF!, which stands where a number should."""
        self._notice(Noticed.CELL_ERROR, place, text)
        self.put(place, Entry(text, is_number=True))

    def formula(self, place: Position, text: str) -> None:
        """A formula that was saved without its value: it is given itself, so that nobody takes the cell for blank."""
        self._notice(Noticed.FORMULA_WITHOUT_VALUE, place, text)
        self.put(place, Entry(text, is_number=True))

    def hidden(self) -> None:
        """A row or a column that displays something and is hidden."""
        name = self.sheet.name
        self.book.add(Noticed.HIDDEN_CELLS, self.sheet.place, name, apart=name)

    def _notice(self, code: Noticed, place: Position, what: str) -> None:
        self.book.add(code, self.sheet.where(*place), f"{self.sheet.name}!{cell_name(*place)} {what}")
