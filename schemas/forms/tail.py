"""What follows the indicators: total, grade, texts, signatures."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Cell
from schemas.forms.anatomy import right_of
from schemas.forms.draft import Draft
from schemas.forms.pairs import below, found_at, pairs_in_cell, whole_pair
from schemas.forms.vocabulary import vocabulary
from schemas.lattice import Lattice, is_numeric
from schemas.seen import SeenTable


def read_tail(draft: Draft, seen: SeenTable, rows: range) -> None:
    """Labels with the text to their right, under them or in their own cell; scores also further right."""
    lattice = seen.frame.lattice
    for row in rows:
        for cell in lattice.printed(row):
            term = vocabulary().find("tail", cell.text)
            if term is None:
                _read_cell(draft, cell, seen.id)
                continue
            value = _score(draft, lattice, cell) if term.type == "score" else _text(lattice, cell)
            if value is not None:
                draft.take(draft.tail, found_at(term, cell, value, seen.id))


def _read_cell(draft: Draft, cell: Cell, table: str) -> None:
    """A cell that holds label and text at once: one long text, or several short pairs (填报人：… 电话：…)."""
    whole = whole_pair(cell, "tail")
    if whole is not None and whole.term.type == "text":
        draft.take(draft.tail, replace(whole, table=table, cell=cell))
        return
    for found in pairs_in_cell(cell, "tail", table):
        draft.take(draft.tail, found)


def _text(lattice: Lattice, label: Cell) -> Cell | None:
    """The text of a label: to its right, or under it when the label fills its row."""
    right = right_of(lattice, label)
    if right is None:
        return below(lattice, label)
    return None if right.text.strip() and vocabulary().is_label(right.text) else right


def _score(draft: Draft, lattice: Lattice, label: Cell) -> Cell | None:
    """The total: the number in the column of scores, else the last one; never the sum of the weights."""
    numbers = [cell for cell in lattice.across(label.row) if cell.col > label.col and is_numeric(cell.text)]
    scored = [cell for cell in numbers if _stands_in(draft, cell, "score")]
    free = [cell for cell in numbers if not _stands_in(draft, cell, "weight")]
    return next(reversed(scored or free), None) or (None if numbers else right_of(lattice, label))


def _stands_in(draft: Draft, cell: Cell, field: str) -> bool:
    slot = None if draft.head is None else draft.head.slot(field)
    return slot is not None and slot.covers(cell)
