"""Tells data tables from tables that only arrange a page: navigation, frames, a caption beside a unit."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from extractors.formats.html.elements import HEADINGS
from extractors.formats.html.flow import Item, Line, Sheet, Table, lines_of
from extractors.formats.html.tables import CellDraft, Lattice, TableDraft

_NUMBER = re.compile(r"[-−–+(（]?[¥￥]?\d[\d,，]*(?:\.\d+)?[)）]?[%％]?")
_LAYOUT_ROLES, _DATA_ROLES = frozenset({"presentation", "none"}), frozenset({"grid", "table", "treegrid"})
_ARTICLE_LINES, _ARTICLE_SHARE = 8, 0.6  # a cell of so many lines, and so much of the text, is the page's article
_PLAIN_PER_FRAME = 4  # cells of a data table for each that holds a table, where no border is drawn
_ONE_ROW_COLUMNS = 3  # a row alone, drawn and with numbers or all head, is what is left of a table cut in two


class _Content(NamedTuple):
    """What one cell that prints something holds."""

    row: int
    length: int
    lines: int
    frame: bool  # a table, or a heading among other lines, stands in it
    menu: bool  # nothing but links
    number: bool
    sheet: bool = False  # a page of placed text stands in it


def is_data(draft: TableDraft, shape: Lattice) -> bool:
    """Whether the cells of the table are data."""
    contents = [found for slot in shape.slots if slot.draft and (found := _content(slot.row, slot.draft))]
    if draft.role in _LAYOUT_ROLES or any(content.sheet for content in contents):
        return False
    numbers = sum(content.number for content in contents)
    drawn = (
        draft.drawn or draft.role in _DATA_ROLES or any(slot.draft and _is_drawn(slot.draft) for slot in shape.slots)
    )
    if shape.n_rows > 1 and shape.n_cols > 1:
        return _holds_data(contents, numbers, drawn)
    heads = all(slot.draft is None or slot.draft.is_head for slot in shape.slots)
    telling = drawn and (numbers > 1 or heads) and not any(one.frame or one.menu for one in contents)
    return shape.n_cols >= _ONE_ROW_COLUMNS and telling


def _is_drawn(cell: CellDraft) -> bool:
    return cell.drawn or cell.is_head


def _holds_data(contents: list[_Content], numbers: int, drawn: bool) -> bool:
    whole = sum(content.length for content in contents)
    framing = [content.frame or (not drawn and _is_article(content, whole)) for content in contents]
    frames = sum(framing)
    plain = [one for one, frame in zip(contents, framing, strict=True) if not frame and not one.menu]
    if frames:
        room = len(plain) > frames if drawn else len(plain) >= _PLAIN_PER_FRAME * frames
        return room and (drawn or numbers > 1) and len({content.row for content in plain}) > 1
    if drawn:
        return len(plain) > 0 and len(contents) > 1
    return len(plain) > 0 and (numbers > 1 or _full_rows(contents) > 1)


def _is_article(content: _Content, whole: int) -> bool:
    return content.lines >= _ARTICLE_LINES and content.length > _ARTICLE_SHARE * whole


def _full_rows(contents: list[_Content]) -> int:
    """Rows with more than one cell that prints something."""
    return sum(count > 1 for count in Counter(content.row for content in contents).values())


def _content(row: int, cell: CellDraft) -> _Content | None:
    items = cell.flow.items
    if not items:
        return None
    if len(items) == 1 and isinstance(items[0], Line):
        return _line_content(row, items[0])
    lines = lines_of(items)
    holds = any(isinstance(item, Table) for item in items)
    frame = holds or any(line.context.style in HEADINGS for line in lines)
    menu = not holds and all(line.linked for line in lines)
    sheet = any(isinstance(item, Sheet) for item in items)
    return _Content(row, sum(len(line.text) for line in lines), len(lines), frame, menu, False, sheet)


def _line_content(row: int, line: Line) -> _Content:
    number = is_number(line.text)
    return _Content(row, len(line.text), 1, False, line.linked and not number, number)


def is_number(text: str) -> bool:
    """Whether the text is one number, as amounts and percentages are printed."""
    return bool(_NUMBER.fullmatch(text.strip()))


_SHORT = 40  # characters: a longer text beside another is a column of a page, not part of one line


def in_place(shape: Lattice) -> list[Item]:
    """What a layout table holds, row by row. Short texts beside each other, such as a caption and a unit, are one line,
    as they are printed.
    """
    rows: dict[int, list[list[Item]]] = {}
    for slot in shape.slots:
        if slot.draft and slot.draft.flow.items:
            rows.setdefault(slot.row, []).append(slot.draft.flow.items)
    items: list[Item] = []
    for row in sorted(rows):
        line = _beside(rows[row])
        items += [line] if line else [item for cell in rows[row] for item in cell]
    return items


def _beside(cells: list[list[Item]]) -> Line | None:
    """The line that the cells of a row make; None when one holds more than a short text."""
    lines = [item for cell in cells for item in cell if isinstance(item, Line)]
    if any(len(cell) > 1 for cell in cells) or len(lines) < len(cells) or len(cells) < 2:
        return None
    if any(len(line.text) > _SHORT or line.context.style in HEADINGS for line in lines):
        return None
    text = " ".join(line.text.strip() for line in lines)
    return Line(text, lines[0].context, all(line.linked for line in lines))
