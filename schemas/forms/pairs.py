"""Labels with their values: in neighbouring cells, under one another, in one cell, and in the lines around the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.model import Cell, Location
from schemas.caption import CaptionLine
from schemas.forms.anatomy import right_of
from schemas.forms.draft import Found
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.lattice import Lattice
from schemas.shapes.context import one_line
from schemas.text import fold

_YEAR_LINE = re.compile(r"^\(?((?:19|20)\d{2})年?度?\)?$")
_LABEL = r"[^\s:：,，;；。]{1,14}(?:[(（][^()（）]{1,8}[)）])?"
_PAIR = re.compile(rf"(?P<label>{_LABEL})\s*[:：][^\S\n]*(?P<value>.*?)(?=\s*{_LABEL}\s*[:：]|\n|$)")
_WHOLE = re.compile(rf"\s*(?P<label>{_LABEL})\s*[:：]\s*(?P<value>.+)", re.DOTALL)
_YEAR = Term("fiscal_year", "year")
_SHORT = 160  # characters: longer cells are texts in which a word before a colon is no label


def pairs_in_row(lattice: Lattice, row: int, block: Block, table: str) -> Iterator[Found]:
    """Each label of a block that begins in the row, with the text of the next cell, or the text behind it in it."""
    for cell in lattice.printed(row):
        term = vocabulary().find(block, cell.text)
        value = right_of(lattice, cell) if term is not None else None
        if term is None:
            yield from pairs_in_cell(cell, block, table)
        elif value is not None and not (value.text.strip() and vocabulary().is_label(value.text)):
            yield found_at(term, cell, value, table)


def found_at(term: Term, label: Cell, value: Cell, table: str) -> Found:
    """A label and the cell that holds its value."""
    return Found(term, one_line(label.text), one_line(value.text), value.location, table, value)


def below(lattice: Lattice, label: Cell) -> Cell | None:
    """The cell directly under a label, when it is one text and no label."""
    row = label.row + label.row_span
    if row >= lattice.grid.n_rows:
        return None
    cell = lattice.cover[row][label.col]
    is_text = cell.row == row and cell.text.strip() and not vocabulary().is_label(cell.text)
    return cell if is_text else None


def whole_pair(cell: Cell, block: Block) -> Found | None:
    """A cell that begins with a label of the block and goes on with its text (备注：1.…); None for any other cell."""
    match = _WHOLE.fullmatch(cell.text)
    term = None if match is None else vocabulary().find(block, match["label"])
    if match is None or term is None:
        return None
    return Found(term, match["label"].strip(), one_line(match["value"]), cell.location)


def pairs_in_cell(cell: Cell, block: Block, table: str) -> Iterator[Found]:
    """Labels of a block with their values, all in one cell: 填报人：张三 联系电话：8123456."""
    if len(cell.text) <= _SHORT:
        for term, label, value in _pairs(cell.text, block):
            yield Found(term, label, value, cell.location, table, cell)
    elif (whole := whole_pair(cell, block)) is not None and whole.term.type == "text":
        yield replace(whole, table=table, cell=cell)


def pairs_in_lines(lines: Iterator[CaptionLine]) -> Iterator[Found]:
    """Labels with a colon and their values in the lines around a grid, and a year that stands alone."""
    for line in lines:
        year = _YEAR_LINE.match(fold(line.text))
        if year is not None:
            yield Found(_YEAR, line.text.strip(), line.text.strip(), line.location)
        else:
            yield from (_in_line(line.location, *pair) for pair in _pairs(line.text, "header"))


def _in_line(location: Location, term: Term, label: str, value: str) -> Found:
    return Found(term, label, value, location)


def _pairs(text: str, block: Block) -> Iterator[tuple[Term, str, str]]:
    """Every label of a block with a colon behind it, and what stands behind the colon, if anything does."""
    for match in _PAIR.finditer(text):
        term = vocabulary().find(block, match["label"])
        if term is not None and match["value"].strip():
            yield term, match["label"].strip(), match["value"].strip()
