"""The events of the parser -> the flow of a page: lines, tables and placed text in the order of the file.

The parser builds no tree and nothing here recurses: a page nested ten thousand elements deep, as unclosed tags make it,
costs what its length costs. Scripts are dropped unread, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from extractors.budget import CellBudget
from extractors.errors import Unreadable
from extractors.formats.html import placed
from extractors.formats.html.context import Context, within
from extractors.formats.html.css import Declarations, Styles, has_border, is_hidden, is_struck, points
from extractors.formats.html.elements import STRUCK, UNPRINTED, Kind, kind_of
from extractors.formats.html.flow import Flow, lines_of
from extractors.formats.html.grids import as_table
from extractors.formats.html.links import Links, is_attachment
from extractors.formats.html.lists import Numbered
from extractors.formats.html.notices import Noticed
from extractors.formats.html.purpose import in_place, is_data
from extractors.formats.html.tables import BODY, SECTIONS, TableDraft, lattice
from extractors.formats.html.unprinted import Unprinted
from extractors.noticebook import NoticeBook

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
DEEPEST = 50_000  # elements in each other: tags that were never closed make hundreds, and browsers stop at 512
_ALWAYS_SHOWN = frozenset({"html", "body"})  # pages hide themselves until their script has run
_EMBEDDED = frozenset({"iframe", "frame", "object", "embed"})
_VALUED_INPUTS = frozenset({"", "text", "number", "date", "month", "tel", "url", "email"})
Attributes = Mapping[str, str]


class _Frame:
    """What to go back to when an element ends."""

    __slots__ = ("closing", "context", "flow", "place")

    def __init__(self, context: Context, flow: Flow, place: placed.Place | None) -> None:
        self.context, self.flow, self.place = context, flow, place
        self.closing: list[Callable[[], None]] = []


class Reader:
    """A parser target: feed it the events of one page, then take ``flow``, ``links`` and ``title``."""

    def __init__(self, styles: Styles, book: NoticeBook, budget: CellBudget) -> None:
        self.flow = Flow()
        self.links = Links()
        self.title = ""
        self.h1: list[str] = []
        self.budget = budget
        self._styles, self._book = styles, book
        self._current, self._context = self.flow, Context()
        self._place: placed.Place | None = None
        self._stack: list[_Frame] = []
        self._tables: list[TableDraft] = []
        self._lists: list[Numbered | None] = []
        self._unprinted = Unprinted()
        self._why_unprinted = Noticed.HIDDEN_TEXT
        self._title: list[str] | None = None

    # --- events

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._unprinted:
            self._unprinted.start(tag)
            return
        attributes = dict(attributes)  # the mapping that the parser hands over is slow to ask
        declared = self._styles.of(tag, attributes)
        if self._left_out(tag, attributes, declared):
            return
        frame = _Frame(self._context, self._current, self._place)
        self._stack.append(frame)
        if len(self._stack) > DEEPEST:
            raise Unreadable(f"the page nests more than {DEEPEST} elements in each other")
        kind = kind_of(tag, declared.get("display"))
        self._context = within(self._context, tag, kind, declared)
        if "position" in declared or tag == "body":
            self._position(frame, kind, declared)
        opened = _KINDS.get(kind)
        if opened:
            opened(self, frame, tag, attributes, declared)
        special = _TAGS.get(tag)
        if special:
            special(self, frame, attributes, declared)

    def end(self, tag: str) -> None:  # noqa: ARG002 - the parser closes what it opened, in order
        """The element that began last ends."""
        if self._unprinted:
            text = self._unprinted.end()
            if text:
                self._book.add(self._why_unprinted, None, text)
            return
        if self._stack:
            frame = self._stack.pop()
            for close in reversed(frame.closing):
                close()
            self._context, self._current, self._place = frame.context, frame.flow, frame.place

    def data(self, text: str) -> None:
        """Text, whole or in pieces."""
        if self._unprinted:
            self._unprinted.data(text)
        elif self._title is not None:
            self._title.append(text)
        else:
            self._print(text.translate(_INVISIBLE) if not text.isascii() else text)

    def close(self) -> Reader:
        """The page ends; a page that was cut off ends here too."""
        while self._stack:
            self.end("")
        self._leave(self.flow)
        return self

    # --- text

    def _left_out(self, tag: str, attributes: Attributes, declared: Declarations) -> bool:
        """Leaves out an element that is not printed, and says whether it did. What is struck out too: ``100``, struck
        out before ``200`` would read 100200.
        """
        hidden = (is_hidden(declared) or "hidden" in attributes) and tag not in _ALWAYS_SHOWN
        struck = tag in STRUCK or is_struck(declared)
        unchosen = tag == "option" and "selected" not in attributes  # a list of choices prints the chosen one only
        if not (hidden or struck or unchosen or tag in UNPRINTED):
            return False
        if tag in _EMBEDDED and not hidden:
            self._embedded(tag, attributes)
        self._why_unprinted = Noticed.HIDDEN_TEXT if hidden else Noticed.STRUCK_TEXT
        self._unprinted.start(tag, never_printed=unchosen)
        return True

    def _print(self, text: str) -> None:
        if self._context.raised:  # a note mark or a power must not read as a digit of the number before it
            text = text.translate(_RAISED)
        linked = self.links.is_open
        if linked:
            self.links.text(text)
        self._current.text(text, self._context, linked)

    def _embedded(self, tag: str, attributes: Attributes) -> None:
        """What a page embeds is a link; an inner frame is worth a word only when it shows a file."""
        source = attributes.get("src") or attributes.get("data") or ""
        if source:
            self.links.add(attributes.get("title", ""), source)
            if tag != "iframe" or is_attachment("", source):
                self._book.add(Noticed.EMBEDDED_OBJECT, None, source)

    # --- what elements do

    def _block(self, frame: _Frame, *_: object) -> None:
        self._current.end()
        frame.closing.append(self._current.end)

    def _first_heading(self, frame: _Frame, *_: object) -> None:
        frame.closing.insert(0, partial(self._take_heading, self._current, len(self._current.items)))

    def _take_heading(self, flow: Flow, before: int) -> None:
        self.h1 += [line.text for line in lines_of(flow.items[before:])]

    def _table(self, frame: _Frame, _: str, attributes: Attributes, declared: Declarations) -> None:
        self._current.end()
        self.links.close()
        border = attributes.get("border")
        drawn = (border is not None and border.strip() not in ("0", "0px")) or has_border(declared)
        draft = TableDraft(attributes.get("role", "").strip().lower(), drawn)
        self._tables.append(draft)
        frame.closing.append(partial(self._finish_table, draft, self._current))
        self._current, self._place = draft.stray, None

    def _table_around(self) -> TableDraft | None:
        """The table whose rows and cells may begin here; None within a cell, whatever a style sheet makes of it."""
        table = self._tables[-1] if self._tables else None
        return table if table is not None and table.stray is self._current else None

    def _section(self, frame: _Frame, tag: str, _: Attributes, declared: Declarations) -> None:
        table = self._table_around()
        if table is None:
            self._block(frame)
            return
        table.begin_section(SECTIONS.get(tag, SECTIONS.get(declared.get("display", ""), BODY)))
        frame.closing.append(table.end_section)

    def _row(self, frame: _Frame, *_: object) -> None:
        table = self._table_around()
        if table is None:
            self._block(frame)
            return
        table.begin_row()
        frame.closing.append(table.end_row)

    def _cell(self, frame: _Frame, tag: str, attributes: Attributes, declared: Declarations) -> None:
        table = self._table_around()
        if table is None:
            self._block(frame)
            return
        cell = table.cell(tag, attributes, has_border(declared))
        self.budget.check_columns(table.cells_in_row)
        self._enter(frame, cell.flow)

    def _caption(self, frame: _Frame, *_: object) -> None:
        table = self._table_around()
        if table is None:
            self._block(frame)
            return
        caption = Flow()
        table.captions.append(caption)
        self._enter(frame, caption)

    def _enter(self, frame: _Frame, flow: Flow) -> None:
        """Text goes to a container of its own until the element ends."""
        self._current, self._place = flow, None
        frame.closing.append(partial(self._leave, flow))

    def _leave(self, flow: Flow) -> None:
        """A container ends."""
        flow.end()
        if flow.holds_placed:
            placed.settle(flow, 0, placed.UNSIZED, self._book)
            flow.flatten()

    def _finish_table(self, draft: TableDraft, parent: Flow) -> None:
        self._tables.pop()
        self._leave(draft.stray)
        parent.items += draft.stray.items
        for caption in draft.captions:
            parent.items += caption.items
        shape = lattice(draft, self.budget)
        if not is_data(draft, shape):
            parent.items += in_place(shape)
            return
        self.budget.spend(shape.n_rows * shape.n_cols)
        table = as_table(draft, shape)
        if shape.shifted:
            self._book.add(Noticed.CELLS_OVERLAP, None, next((cell.text for cell in table.cells if cell.text), ""))
        parent.items.append(table)

    def _position(self, frame: _Frame, kind: Kind, declared: Declarations) -> None:
        """An element with coordinates places its lines; one that others' coordinates count from holds a sheet."""
        position = declared.get("position", "relative")
        x, y = points(declared.get("left")), points(declared.get("top"))
        flow = self._current
        if position == "absolute" and x is not None and y is not None:
            flow.end()
            self._place = placed.begin(flow, (x, y), frame.place, declared)
            frame.closing.append(partial(placed.finish, flow, self._place, frame.place))
        elif position != "static":
            size = points(declared.get("width")), points(declared.get("height"))
            self._place = None
            frame.closing.append(partial(placed.settle, flow, len(flow.items), size, self._book))
            if kind is not Kind.INLINE:
                self._block(frame)

    def _ordered(self, frame: _Frame, attributes: Attributes, declared: Declarations) -> None:
        self._lists.append(Numbered(attributes, declared))
        frame.closing.append(self._end_list)

    def _unordered(self, frame: _Frame, *_: object) -> None:
        self._lists.append(None)
        frame.closing.append(self._end_list)

    def _end_list(self) -> None:
        self._lists.pop()

    def _item(self, frame: _Frame, attributes: Attributes, declared: Declarations) -> None:
        numbered = self._lists[-1] if self._lists else None
        flow = self._current
        flow.marker = numbered.marker(attributes, declared) if numbered else ""
        frame.closing.append(partial(setattr, flow, "marker", ""))

    def _break(self, *_: object) -> None:
        self._current.line_break()

    def _anchor(self, frame: _Frame, attributes: Attributes, *_: object) -> None:
        href = attributes.get("href")
        if href is not None and not self.links.is_open:
            self.links.open(href, attributes.get("title", ""))
            frame.closing.append(self.links.close)

    def _area(self, _: _Frame, attributes: Attributes, *__: object) -> None:
        self.links.add(attributes.get("alt", ""), attributes.get("href", ""))

    def _base(self, _: _Frame, attributes: Attributes, *__: object) -> None:
        self.links.set_base(attributes.get("href", ""))

    def _begin_title(self, frame: _Frame, *_: object) -> None:
        if self._title is None:
            self._title = []
            frame.closing.append(self._end_title)

    def _end_title(self) -> None:
        self.title = self.title or " ".join("".join(self._title or ()).split())
        self._title = None

    def _input(self, _: _Frame, attributes: Attributes, *__: object) -> None:
        kind = attributes.get("type", "").strip().lower()
        if kind in ("checkbox", "radio"):
            self._print("☑" if "checked" in attributes else "☐")
        elif kind in _VALUED_INPUTS:
            self._print(attributes.get("value", ""))


_KINDS: dict[Kind, Callable[..., None]] = {
    Kind.BLOCK: Reader._block,
    Kind.TABLE: Reader._table,
    Kind.SECTION: Reader._section,
    Kind.ROW: Reader._row,
    Kind.CELL: Reader._cell,
    Kind.CAPTION: Reader._caption,
}
_TAGS: dict[str, Callable[..., None]] = {
    "a": Reader._anchor,
    "area": Reader._area,
    "base": Reader._base,
    "br": Reader._break,
    "h1": Reader._first_heading,
    "input": Reader._input,
    "li": Reader._item,
    "ol": Reader._ordered,
    "ul": Reader._unordered,
    "title": Reader._begin_title,
}
