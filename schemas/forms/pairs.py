"""Labels with their values: in neighbouring cells, under one another, and in the lines around the grid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Cell
from schemas.caption import CaptionLine
from schemas.forms.anatomy import right_of
from schemas.forms.draft import Found
from schemas.forms.vocabulary import Block, Term, vocabulary
from schemas.lattice import Lattice
from schemas.shapes.context import one_line
from schemas.text import fold

_YEAR_LINE = re.compile(r"^\(?((?:19|20)\d{2})年?度?\)?$")
_LABEL = r"[^\s:：,，;；]{2,12}(?:[(（][^()（）]{1,8}[)）])?"
_PAIR = re.compile(rf"(?P<label>{_LABEL})\s*[:：]\s*(?P<value>.*?)(?=\s*[^\s:：]{{2,12}}\s*[:：]|$)")
_YEAR = Term("fiscal_year", "year")


def pairs_in_row(lattice: Lattice, row: int, block: Block, table: str) -> Iterator[Found]:
    """Each label of a block that begins in the row, with the text of the cell to its right."""
    for cell in lattice.printed(row):
        term = vocabulary().find(block, cell.text)
        value = right_of(lattice, cell) if term is not None else None
        if term is None or value is None or (value.text.strip() and vocabulary().is_label(value.text)):
            continue
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


def pairs_in_lines(lines: Iterator[CaptionLine]) -> Iterator[Found]:
    """Labels with a colon and their values in the lines around a grid, and a year that stands alone."""
    for line in lines:
        year = _YEAR_LINE.match(fold(line.text))
        if year is not None:
            yield Found(_YEAR, line.text.strip(), line.text.strip(), line.location)
            continue
        for match in _PAIR.finditer(line.text):
            term = vocabulary().find("header", match["label"])
            if term is not None and match["value"].strip():
                yield Found(term, match["label"], match["value"].strip(), line.location)
