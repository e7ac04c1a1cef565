"""Rows of an indicator table: levels from merged or blank cells, values by the columns of the head above them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec.structs import replace

from extractors.model import Cell
from schemas.forms.anatomy import Head, Slot
from schemas.forms.draft import Draft
from schemas.forms.levels import split_levels
from schemas.forms.pairs import whole_pair
from schemas.forms.values import indicator_value
from schemas.forms.vocabulary import bare, vocabulary, weight_of
from schemas.lattice import Lattice
from schemas.result import Indicator
from schemas.shapes.context import cell_id, one_line

_LEVELS = ("level1", "level2")
_NAMES = ("level3", "level4")
_VALUES = ("target", "actual", "score")
_TEMPLATE = re.compile(r"(?:指标\s*\d{1,2}\s*[:：]?|[…．.·]+)+")
_PLAIN = ("completion_rate", "weight", "score", "deviation", "description", "activity", "is_core")


@dataclass(frozen=True, slots=True)
class _Row:
    """One grid row under a head: the cell of each column, and its text on one line."""

    index: int
    cells: dict[str, Cell]
    texts: dict[str, str]

    def begins(self, field: str) -> bool:
        """Whether the cell of a column begins in this row and prints something."""
        return field in self.cells and self.cells[field].row == self.index and bool(self.texts[field])


def read_indicator(draft: Draft, lattice: Lattice, row: int, head: Head, table: str) -> None:
    """Add the indicator that a row prints to the draft; a row that prints only levels sets them for those below."""
    line = _row(lattice, row, head)
    own = [field for field in line.cells if line.begins(field)]
    if not own or _crosses(line):
        return
    carried, cut_off = _carry(draft, lattice, line)
    levels_only = all(field in _LEVELS for field in own)
    if levels_only and not line.begins("level2"):
        return
    if not levels_only:
        _drop_heading(draft, line)
    for field in cut_off:
        draft.waiting.setdefault(field, []).append(len(draft.indicators))
    draft.indicators.append(_indicator(draft, line, _others(lattice, row, head), carried, table))
    draft.fresh = False


def _row(lattice: Lattice, row: int, head: Head) -> _Row:
    cells = {slot.term.id: _cell(lattice, row, slot) for slot in head.slots}
    return _Row(row, cells, {field: one_line(cell.text) for field, cell in cells.items()})


def _cell(lattice: Lattice, row: int, slot: Slot) -> Cell:
    """The cell of a column in a row: the one that prints, when the head covers several grid columns."""
    covering = [lattice.cover[row][col] for col in range(slot.first, min(slot.last + 1, lattice.grid.n_cols))]
    return next((cell for cell in covering if cell.text.strip()), covering[0])


def _crosses(line: _Row) -> bool:
    """Whether one cell covers levels and values at once: a heading, a note or a signature, no indicator."""
    levels = {id(line.cells[field]) for field in (*_LEVELS, "level3") if field in line.cells}
    return any(id(line.cells[field]) in levels for field in _VALUES if field in line.cells)


def _carry(draft: Draft, lattice: Lattice, line: _Row) -> tuple[bool, list[str]]:
    """Bring the levels up to this row: whether one of them was printed above it, and which may be printed below."""
    carried, cut_off = False, []
    fields = (*_LEVELS, "level3") if "level4" in line.cells else _LEVELS
    for at, field in enumerate(fields):
        if field not in line.cells:
            continue
        cell, text = line.cells[field], line.texts[field]
        if at > 0 and line.cells.get(fields[at - 1]) is cell:
            draft.levels.pop(field, None)  # one cell for both levels: the upper one
        elif text:
            _set(draft, fields[at:], text)
            if draft.fresh and cell.row == line.index:
                _name_waiting(draft, field, text)
            carried |= cell.row < line.index
        elif _goes_down(draft, field, cell, line.index):
            carried |= field in draft.levels
        else:
            draft.levels.pop(field, None)
            cut_off += [field] if _ends_part(lattice, cell) else []
    if draft.fresh:
        draft.waiting = {}
    return carried, cut_off


def _set(draft: Draft, fields: tuple[str, ...], text: str) -> None:
    """A level that is printed; another name of it ends the levels under it."""
    if draft.levels.get(fields[0]) != text:
        for lower in fields[1:]:
            draft.levels.pop(lower, None)
    draft.levels[fields[0]] = text


def _goes_down(draft: Draft, field: str, cell: Cell, row: int) -> bool:
    """Whether a blank cell stands for the level above it: a cell of one row, or the first one after a page break.

    A cell that is drawn over several rows in the middle of a page and prints nothing is a level without a name.
    """
    if cell.row_span == 1 or (draft.fresh and cell.row == row):
        draft.blank[field] = cell
    return draft.blank.get(field) is cell


def _ends_part(lattice: Lattice, cell: Cell) -> bool:
    """Whether a cell reaches the end of its page: its name may be printed in the part on the next one."""
    return any(part.last_row == cell.row + cell.row_span - 1 for part in lattice.grid.parts)


def _name_waiting(draft: Draft, field: str, text: str) -> None:
    """Give the level that a page begins with to the indicators before it whose cell for it was cut off blank."""
    for at in draft.waiting.get(field, []):
        named = draft.indicators[at]
        if field == "level1":
            weight = weight_of(text)
            named = replace(named, level1=_without_weight(text), level1_weight=weight, from_span=True)
        else:
            named = replace(named, level2=text, from_span=True)
        draft.indicators[at] = named


def _drop_heading(draft: Draft, line: _Row) -> None:
    """Take back the unused slot above a row whose own level cell is blank: it was a heading over this row, as lists
    print levels and indicators each in a row of their own."""
    last = draft.indicators[-1] if draft.indicators else None
    blank = "level2" in line.cells and not line.texts["level2"]
    if last is not None and last.status == "unused" and blank and last.level2 == draft.levels.get("level2"):
        draft.indicators.pop()


def _indicator(draft: Draft, line: _Row, others: dict[str, str], carried: bool, table: str) -> Indicator:
    texts, level1 = line.texts, draft.levels.get("level1")
    names = {field: texts.get(field) or None for field in _NAMES}
    if "level4" in line.cells:
        names["level3"] = draft.levels.get("level3")
    level2 = draft.levels.get("level2")
    if level1 is None and level2 is None and names["level3"] is not None:
        level1, level2, names["level3"] = split_levels(names["level3"])
    return Indicator(
        level1=None if level1 is None else _without_weight(level1),
        level1_weight=None if level1 is None else weight_of(level1),
        level2=level2,
        **names,
        goal=draft.goal,
        target=indicator_value(texts.get("target", ""), texts.get("nature"), texts.get("target_unit")),
        period_target=indicator_value(texts.get("period_target", "")),
        actual=indicator_value(texts.get("actual", "")),
        **{field: texts.get(field) or None for field in _PLAIN},
        status="printed" if _is_filled(texts) else "unused",
        from_span=carried or any(line.cells[field].row < line.index for field in _NAMES if field in line.cells),
        page=next((cell.location.page for cell in line.cells.values() if cell.row == line.index), None),
        cells=[cell_id(table, cell) for cell in dict.fromkeys(line.cells.values()) if cell.text.strip()],
        others=others,
    )


def _is_filled(texts: dict[str, str]) -> bool:
    """Whether somebody filled the row: a name that the template prints (指标1：, ……) is none."""
    names = [texts[field] for field in _NAMES if texts.get(field)]
    return any(texts.get(field) for field in _VALUES) or any(not _TEMPLATE.fullmatch(name) for name in names)


def _others(lattice: Lattice, row: int, head: Head) -> dict[str, str]:
    """What the columns print that the vocabulary lacks, by their label."""
    cells = {slot.label: _cell(lattice, row, slot) for slot in head.others}
    return {label: one_line(cell.text) for label, cell in cells.items() if cell.text.strip() and cell.row == row}


def _without_weight(label: str) -> str:
    return bare(label) if weight_of(label) is not None else label


def is_tail(lattice: Lattice, row: int, head: Head) -> bool:
    """Whether a row under an indicator table ends it: its first text is a label of the tail, perhaps with its text."""
    printed = lattice.printed(row)
    if not printed:
        return False
    first = printed[0]
    named = vocabulary().find("tail", first.text) is not None or whole_pair(first, "tail") is not None
    level1 = head.slot("level1")
    return named and (level1 is None or first.col <= level1.first)
