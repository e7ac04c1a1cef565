"""Forms out of grids: a grid begins a form, goes on with the one before it, or is none.

Rows are read from the top: head with fund rows and goals, then indicator tables, then total and texts. A second head
in the same frame begins the next form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.model import Cell
from schemas.caption import CaptionLine, PrintedUnit
from schemas.forms.anatomy import Head, Slot, heads_of, right_of
from schemas.forms.draft import Draft, Goal
from schemas.forms.funds import Region, read_funds
from schemas.forms.pairs import below, found_at, pairs_in_lines, pairs_in_row
from schemas.forms.rows import is_tail, read_indicator
from schemas.forms.vocabulary import Term, goal_index, vocabulary, weight_of
from schemas.lattice import Lattice, is_numeric
from schemas.shapes.context import one_line
from schemas.tables import SeenTable
from schemas.units import find_unit

_SUBJECTS = frozenset({"project_name", "department_name"})
_AMOUNT_FIELD = "initial_budget"  # the phase of an amount beside 年度预算资金总额, which prints none
_ENOUGH_LABELS = 3  # labels of head, funds and goals that make a frame without an indicator table a form


def build(seen: SeenTable, open_form: Draft | None) -> list[Draft]:
    """The forms of one grid. The first may be ``open_form`` itself, when the grid goes on with it; empty when none."""
    lattice = seen.frame.lattice
    heads = {head.row: head for head in heads_of(lattice)}
    if not heads and open_form is not None and (head := _continued_head(seen, open_form)) is not None:
        open_form.seen.append(seen)
        _read_rows(open_form, seen, range(lattice.grid.n_rows), {}, head)
        return [open_form]
    if not _is_form(lattice, heads):
        return []
    return [_read_form(seen, rows, heads) for rows in _forms_in(lattice, heads)]


def _is_form(lattice: Lattice, heads: dict[int, Head]) -> bool:
    """Whether the grid is a form: an indicator table under a head, or enough labels of a head alone."""
    top = min(heads, default=lattice.grid.n_rows)
    labels = {
        term.id
        for row in range(top)
        for cell in lattice.printed(row)
        for block in ("header", "goals")
        if (term := vocabulary().find(block, cell.text)) is not None and _has_value(lattice, cell)
    }
    if heads:
        return top > 0 or bool(labels)
    return len(labels) >= _ENOUGH_LABELS and bool(labels & _SUBJECTS)


def _has_value(lattice: Lattice, label: Cell) -> bool:
    """Whether the cell right of a label may hold its value: in a table's header another label stands there."""
    right = right_of(lattice, label)
    return right is not None and not vocabulary().is_label(right.text)


def _forms_in(lattice: Lattice, heads: dict[int, Head]) -> Iterator[range]:
    """The row ranges of the forms that share one frame: each begins with the name of its project or department."""
    first_head = min(heads, default=lattice.grid.n_rows)
    starts = [0]
    for row in range(first_head + 1, lattice.grid.n_rows):
        printed = lattice.printed(row)
        term = vocabulary().find("header", printed[0].text) if printed else None
        if term is not None and term.id == "project_name" and row not in heads:
            starts.append(row)
    return (range(start, end) for start, end in zip(starts, [*starts[1:], lattice.grid.n_rows], strict=True))


def _continued_head(seen: SeenTable, form: Draft) -> Head | None:
    """The head of the open form moved onto the columns of a grid that goes on without one; None when they differ."""
    if form.head is None or not _follows(form.seen[-1], seen):
        return None
    lattice = seen.frame.lattice
    starts = sorted({cell.col for cell in lattice.grid.cells})
    if len(starts) != len(form.head.starts):
        return None
    ends = [*(start - 1 for start in starts[1:]), lattice.grid.n_cols - 1]
    place = dict(zip(form.head.starts, zip(starts, ends, strict=True), strict=True))
    slots = tuple(Slot(*place[slot.first], slot.term) for slot in form.head.slots)
    return Head(-1, slots, tuple(starts))


def _follows(before: SeenTable, after: SeenTable) -> bool:
    """Whether one grid stands right after the other: on the same or the next page, with no other title between."""
    last, first = before.grid.parts[-1].location.page, after.grid.parts[0].location.page
    near = last is None or first is None or first - last in (0, 1)
    titles = {title for title in (before.caption.title_text, after.caption.title_text) if title}
    return near and len(titles) <= 1 and after.caption.agency is None


def _read_form(seen: SeenTable, rows: range, heads: dict[int, Head]) -> Draft:
    draft = Draft([seen])
    top = min((row for row in heads if row in rows), default=rows.stop)
    _read_top(draft, seen, range(rows.start, top))
    if rows.start == 0:
        for found in pairs_in_lines(_lines_around(seen)):
            draft.take(draft.header, found)
    _read_rows(draft, seen, range(top, rows.stop), heads, None)
    draft.columns = frozenset(slot.term.id for row, head in heads.items() if row in rows for slot in head.slots)
    if top == rows.stop:
        _read_tail(draft, seen, range(rows.start, rows.stop))
    return draft


def _lines_around(seen: SeenTable) -> Iterator[CaptionLine]:
    """The lines that caption the grid, nearest first."""
    page = seen.grid.location.page
    for line in reversed(seen.grid.above):
        if line.location.page == page:
            yield CaptionLine(line.text, line.location)
            if seen.caption.title is not None and line.text == seen.caption.title.text:
                return


def _read_top(draft: Draft, seen: SeenTable, rows: range) -> None:
    """Head fields, fund block and goals: everything above the first indicator table."""
    lattice = seen.frame.lattice
    for row in rows:
        for found in pairs_in_row(lattice, row, "header", seen.id):
            draft.take(draft.header, found)
        _read_goals(draft, seen, row)
    region = Region(lattice, rows.start, rows.stop)
    if region.labels():
        draft.unit = form_unit(seen, rows)
        funds = read_funds(region, _AMOUNT_FIELD, factor_of(draft.unit))
        draft.funds += [(seen.id, fund) for fund in funds]


def form_unit(seen: SeenTable, rows: range) -> PrintedUnit | None:
    """The unit of the amounts of these rows: of a label among them (项目资金（万元）), else of the caption."""
    lattice = seen.frame.lattice
    labels = (cell for row in rows for cell in lattice.printed(row) if not is_numeric(cell.text))
    for cell in labels:
        unit = find_unit(one_line(cell.text)) if len(cell.text) < 40 else None
        if unit is not None:
            return PrintedUnit(unit, "header", CaptionLine(one_line(cell.text), cell.location, inside=True))
    return seen.caption.unit


def factor_of(unit: PrintedUnit | None) -> int | None:
    """Yuan per printed unit; None when none is printed."""
    return None if unit is None else unit.unit.factor


def _read_goals(draft: Draft, seen: SeenTable, row: int) -> None:
    lattice = seen.frame.lattice
    for cell in lattice.printed(row):
        index = goal_index(cell.text)
        value = _goal_text(lattice, cell)
        if index is not None:
            expected = None if value is None else found_at(Term("goal_expected", "text"), cell, value, seen.id)
            draft.numbered.append(Goal(index, weight_of(cell.text), expected))
            if expected is not None:
                draft.take(draft.goals, expected)
            continue
        term = vocabulary().find("goals", cell.text)
        if term is not None and value is not None:
            draft.take(draft.goals, found_at(term, cell, value, seen.id))


def _goal_text(lattice: Lattice, label: Cell) -> Cell | None:
    """The text of a goal: right of its label when that is a text, else under it."""
    right = right_of(lattice, label)
    if right is not None and right.text.strip() and not vocabulary().is_label(right.text) and right.row <= label.row:
        return right
    return below(lattice, label)


def _read_rows(draft: Draft, seen: SeenTable, rows: range, heads: dict[int, Head], head: Head | None) -> None:
    """Indicator tables, goals between them, and what follows the last."""
    lattice = seen.frame.lattice
    for row in rows:
        if row in heads:
            draft.head = head = heads[row]
            draft.levels = {}
        elif head is None:
            continue
        elif _is_goal_row(lattice, row):
            _read_goals(draft, seen, row)
        elif is_tail(lattice, row, head):
            _read_tail(draft, seen, range(row, rows.stop))
            return
        elif (indicator := read_indicator(draft, lattice, row, head, seen.id)) is not None:
            draft.indicators.append(indicator)


def _is_goal_row(lattice: Lattice, row: int) -> bool:
    printed = lattice.printed(row)
    return bool(printed) and goal_index(printed[0].text) is not None


def _read_tail(draft: Draft, seen: SeenTable, rows: range) -> None:
    """Total, grade, texts and signatures: labels with the text to their right, scores also further right."""
    lattice = seen.frame.lattice
    for row in rows:
        for cell in lattice.printed(row):
            term = vocabulary().find("tail", cell.text)
            value = None if term is None else _tail_value(lattice, cell, term)
            if term is not None and value is not None:
                draft.take(draft.tail, found_at(term, cell, value, seen.id))


def _tail_value(lattice: Lattice, label: Cell, term: Term) -> Cell | None:
    right = right_of(lattice, label)
    if term.type != "score":
        return right
    cells: Sequence[Cell] = [cell for cell in lattice.across(label.row) if cell.col > label.col]
    numbers = [cell for cell in cells if is_numeric(cell.text)]
    return numbers[-1] if numbers else right
