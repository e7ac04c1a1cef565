"""Rows of an indicator table: levels from merged or blank cells, values by the columns of the head above them."""

from __future__ import annotations

from msgspec.structs import replace

from extractors.model import Cell
from schemas.forms.anatomy import Head, Slot
from schemas.forms.draft import Draft
from schemas.forms.values import indicator_value
from schemas.forms.vocabulary import bare, vocabulary, weight_of
from schemas.lattice import Lattice
from schemas.result import Indicator
from schemas.shapes.context import cell_id, one_line
from schemas.text import fold

_LEVELS = ("level1", "level2")
_PLAIN = ("completion_rate", "weight", "score", "deviation", "description", "activity", "is_core")


def read_indicator(draft: Draft, lattice: Lattice, row: int, head: Head, table: str) -> Indicator | None:
    """The indicator of a row, or None for a row that prints none."""
    cells = {slot.term.id: _cell(lattice, row, slot) for slot in head.slots}
    texts = {field: one_line(cell.text) for field, cell in cells.items()}
    own = [field for field, cell in cells.items() if cell.row == row and texts[field]]
    if not own or (all(field in _LEVELS for field in own) and not _is_slot(texts)):
        return None
    spanned = _carry(draft, cells, texts, row)
    level1 = draft.levels.get("level1")
    indicator = Indicator(
        level1=None if level1 is None else _without_weight(level1),
        level1_weight=None if level1 is None else weight_of(level1),
        level2=draft.levels.get("level2"),
        level3=texts.get("level3") or None,
        goal=draft.numbered[-1].index if draft.numbered else None,
        target=indicator_value(texts.get("target", ""), texts.get("nature"), texts.get("target_unit")),
        period_target=indicator_value(texts.get("period_target", "")),
        actual=indicator_value(texts.get("actual", "")),
        status="printed" if any(texts.get(field) for field in ("level3", "target", "actual", "score")) else "unused",
        from_span=spanned,
        page=_page(cells, row),
        cells=[cell_id(table, cell) for cell in dict.fromkeys(cells.values()) if cell.text.strip()],
    )
    return replace(indicator, **{field: texts.get(field) or None for field in _PLAIN})


def _cell(lattice: Lattice, row: int, slot: Slot) -> Cell:
    """The cell of a column in a row: the one that prints, when the head covers several grid columns."""
    covering = [lattice.cover[row][col] for col in range(slot.first, min(slot.last + 1, lattice.grid.n_cols))]
    return next((cell for cell in covering if cell.text.strip()), covering[0])


def _is_slot(texts: dict[str, str]) -> bool:
    """An unused slot of the form: its levels are printed, everything else is blank."""
    return "level2" in texts and bool(texts["level2"]) and not texts.get("level3")


def _carry(draft: Draft, cells: dict[str, Cell], texts: dict[str, str], row: int) -> bool:
    """Bring the levels up to this row; whether one of them was printed above it."""
    carried = False
    for at, field in enumerate(_LEVELS):
        if field not in cells:
            continue
        cell, text = cells[field], texts[field]
        same_as_upper = at > 0 and cells[_LEVELS[at - 1]] is cell if _LEVELS[at - 1] in cells else False
        if same_as_upper:
            draft.levels.pop(field, None)  # one cell for both levels: the upper one
        elif text:
            if field == "level1" and draft.levels.get("level1") not in (None, text):
                draft.levels.pop("level2", None)
            draft.levels[field] = text
            carried |= cell.row < row
        else:
            carried |= field in draft.levels
    return carried


def _without_weight(label: str) -> str:
    return bare(label) if weight_of(label) is not None else label


def _page(cells: dict[str, Cell], row: int) -> int | None:
    return next((cell.location.page for cell in cells.values() if cell.row == row and cell.text.strip()), None)


def is_tail(lattice: Lattice, row: int, head: Head) -> bool:
    """Whether a row under an indicator table ends it: its first text is a label of the tail."""
    printed = lattice.printed(row)
    if not printed or vocabulary().find("tail", printed[0].text) is None:
        return False
    level1 = head.slot("level1")
    in_first_column = level1 is None or printed[0].col <= level1.first
    return in_first_column and fold(printed[0].text) != "合计指标"
