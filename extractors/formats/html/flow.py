"""The flow of text: pieces of text become lines, as a browser collapses and breaks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.formats.html.context import Context
from extractors.formats.html.elements import HEADINGS
from extractors.layout.ink import Rule

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_BREAKS = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Line:
    """One printed line, or one heading. ``linked`` says that all of it is a link."""

    text: str
    context: Context
    linked: bool = False


@dataclass(slots=True)
class Placed:
    """What an element with coordinates of its own prints there. Coordinates count from where the sheet begins."""

    x: float
    y: float
    line: Line | None
    horizontal: list[Rule]
    vertical: list[Rule]
    turned: bool  # rotated or scaled: its text does not stand where its coordinates say

    @property
    def text(self) -> str:
        """What it prints; empty for rules alone."""
        return self.line.text if self.line else ""


@dataclass(slots=True)
class Sheet:
    """A page of placed text; ``width`` and ``height`` are at least as large as what stands on it."""

    width: float
    height: float
    placed: list[Placed]


@dataclass(slots=True)
class TableCell:
    """One cell of a data table, its place in the grid, and its text."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str


@dataclass(slots=True)
class Table:
    """A data table. ``nested`` are those in its cells, in order, each after the one that holds it."""

    n_rows: int
    n_cols: int
    cells: list[TableCell]
    bare_head: bool  # it holds nothing but a head
    nested: list[Nested] = field(default_factory=list)


@dataclass(slots=True)
class Nested:
    """A table in the cell of another, with the lines of that cell before and after it."""

    table: Table
    parent: Table
    row: int
    col: int
    above: list[Line]
    below: list[Line]


Item = Line | Table | Placed | Sheet


@dataclass(slots=True)
class Flow:
    """Builds the lines of one container: of the page, of a cell, of a placed element."""

    items: list[Item] = field(default_factory=list)
    marker: str = ""  # the number of a list item whose text has not begun
    placed: list[int] = field(default_factory=list)  # where elements with coordinates stand that are on no sheet yet
    holds_placed: bool = False
    _pieces: list[str] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _context: Context = Context()  # noqa: RUF009 - a NamedTuple cannot change
    _unlinked: bool = False
    _linked: bool = False

    def text(self, text: str, context: Context, linked: bool = False) -> None:
        """Goes on with the current line. White space collapses unless the context preserves it."""
        if context.preserved:
            first, *others = _BREAKS.split(text)
            self._append(first, context, linked)
            for other in others:
                self.line_break()
                self._append(other, context, linked)
            return
        collapsed = _SPACES.sub(" ", text)
        if not self._pieces or self._pieces[-1][-1] == " ":
            collapsed = collapsed.removeprefix(" ")
        self._append(collapsed, context, linked)

    def _append(self, text: str, context: Context, linked: bool) -> None:
        if not text:
            return
        if text.strip():
            if not (self._linked or self._unlinked):
                self._context = context
            if self.marker:
                text, self.marker = self.marker + text, ""
            if linked:
                self._linked = True
            else:
                self._unlinked = True
        self._pieces.append(text)

    def line_break(self) -> None:
        """Ends the line, not the paragraph."""
        self._lines.append("".join(self._pieces).rstrip(" "))
        self._pieces.clear()

    def flatten(self) -> None:
        """What was placed and stands on no sheet becomes a line in the order of the file."""
        lines = ((item.line if isinstance(item, Placed) else item) for item in self.items)
        self.items = [item for item in lines if item is not None]

    def end(self) -> None:
        """Ends the paragraph, where a block begins or ends."""
        if not self._pieces and not self._lines:
            return
        self.line_break()
        texts = [text for text in self._lines if text.strip()]
        if texts and self._context.style in HEADINGS:
            texts = ["\n".join(texts)]
        linked = self._linked and not self._unlinked
        self.items += [Line(text, self._context, linked) for text in texts]
        self._lines.clear()
        self._linked = self._unlinked = False


def lines_of(items: list[Item]) -> list[Line]:
    """The lines among the items."""
    return [item for item in items if isinstance(item, Line)]
