"""Forms out of grids: a grid begins a form, goes on with the one before it, or is none.

Rows are read from the top: head with fund rows, tasks and goals, then indicator tables, then total and texts. A second
head in the same frame begins the next form; a head that is printed again on the next page goes on with the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from schemas.caption import CaptionLine
from schemas.forms.anatomy import Head, Slot, heads_of, right_of
from schemas.forms.draft import Draft
from schemas.forms.funds import read_funds
from schemas.forms.goals import begins_with_goal, read_goals
from schemas.forms.packed import indicators_of, is_packed_label
from schemas.forms.pairs import pairs_in_lines, pairs_in_row
from schemas.forms.region import Region
from schemas.forms.rows import is_tail, read_indicator
from schemas.forms.tail import read_tail
from schemas.forms.tasks import find_tasks, read_tasks
from schemas.forms.vocabulary import Block, vocabulary
from schemas.lattice import Lattice
from schemas.seen import SeenTable
from schemas.shapes.context import cell_id
from schemas.text import fold

_SUBJECTS = frozenset({"project_name", "department_name"})
_GOALS = frozenset({"goal_expected", "goal_actual", "goal_period", "goal_adjusted"})
_ENOUGH_LABELS = 3  # labels of head, funds and goals that make a frame without an indicator table a form
_SHORT_TEXT = 12  # characters: a label beside the label of the indicator block is shorter, prose is not
_FORM_TITLES = ("绩效目标", "自评表", "绩效自评", "绩效评价表", "目标表")


def build(seen: SeenTable, open_form: Draft | None) -> list[Draft]:
    """The forms of one grid. The first is ``open_form`` itself when the grid goes on with it; empty when none."""
    lattice = seen.frame.lattice
    heads = {head.row: head for head in heads_of(lattice)}
    starts = _starts(lattice, heads)
    drafts: list[Draft] = []
    rest = range(starts[0] if starts else lattice.grid.n_rows)
    if open_form is not None and rest and _goes_on(open_form, seen, rest, heads):
        drafts.append(open_form)
    elif not (heads or starts) or not _is_form(seen, heads):
        return []
    elif rest:
        starts = [0, *starts[1:]]  # bands over the first label belong to the first form
    own = pairwise([*starts, lattice.grid.n_rows])
    return drafts + [_read_form(seen, range(start, end), heads) for start, end in own]


def _starts(lattice: Lattice, heads: dict[int, Head]) -> list[int]:
    """The rows in which forms begin: with the name of a project or department, and after a form an own table."""
    starts: list[int] = []
    table_since = True
    for row in range(lattice.grid.n_rows):
        if row in heads:
            table_since = True
        elif table_since and _names_subject(lattice, row, first_form=not starts):
            starts.append(_first_label(lattice, row, heads) if starts else row)
            table_since = False
    return starts


def _first_label(lattice: Lattice, row: int, heads: dict[int, Head]) -> int:
    """The first of the rows of labels that end in ``row``: 部门名称 may stand over 项目名称."""
    while row - 1 not in heads and (printed := lattice.printed(row - 1)):
        first = printed[0].text
        if vocabulary().find("header", first) is None or vocabulary().find("tail", first) is not None:
            break
        row -= 1
    return row


def _names_subject(lattice: Lattice, row: int, *, first_form: bool) -> bool:
    printed = (cell for cell in lattice.printed(row) if not vocabulary().is_section(cell.text))
    first = next(printed, None)
    term = None if first is None else vocabulary().find("header", first.text)
    wanted = _SUBJECTS if first_form else {"project_name"}
    return term is not None and term.id in wanted


def _is_form(seen: SeenTable, heads: dict[int, Head]) -> bool:
    """Whether the grid is a form: an indicator table under a head of labels, one under the title of a form, or enough
    labels of a head alone."""
    lattice = seen.frame.lattice
    title = fold(seen.caption.title_text or "")
    labels = _labels(lattice, range(min(heads, default=lattice.grid.n_rows)))
    if not heads:
        is_performance = bool(labels & _GOALS) or "绩效" in title
        return len(labels) >= _ENOUGH_LABELS and bool(labels & _SUBJECTS) and is_performance
    states_values = any({"target", "actual"} & set(head.fields) for head in heads.values())
    return bool(labels) or (states_values and any(word in title for word in _FORM_TITLES))


def _labels(lattice: Lattice, rows: range) -> set[str]:
    """The head fields and goals that these rows label, where a value may stand beside the label."""
    blocks: tuple[Block, ...] = ("header", "goals")
    found = {found.term.id for row in rows for found in pairs_in_row(lattice, row, "header", "")}
    for row in rows:
        for cell in lattice.printed(row):
            terms = (vocabulary().find(block, cell.text) for block in blocks)
            right = right_of(lattice, cell)
            if right is not None and not vocabulary().is_label(right.text):
                found |= {term.id for term in terms if term is not None}
    return found


def _goes_on(form: Draft, seen: SeenTable, rows: range, heads: dict[int, Head]) -> bool:
    """Read rows on as part of a form that began on a grid before; False, and nothing read, when they are no part."""
    lattice = seen.frame.lattice
    if not _follows(form.seen[-1], seen):
        return False
    own = [row for row in heads if row in rows]
    if form.head is not None and is_tail(lattice, 0, form.head):
        form.seen.append(seen)
        read_tail(form, seen, rows)
        return True
    head = None if form.head is None else _moved(form.head, lattice)
    if form.is_totalled or not (own or head):
        return False
    form.seen.append(seen)
    if form.head is None:
        _read_top(form, seen, range(own[0]))
    _read_rows(form, seen, rows, heads, head)
    return True


def _moved(head: Head, lattice: Lattice) -> Head | None:
    """A head moved onto the columns of a grid that goes on without one; None when their numbers differ."""
    starts = sorted({cell.col for cell in lattice.grid.cells})
    if len(starts) != len(head.starts):
        return None
    ends = [*(start - 1 for start in starts[1:]), lattice.grid.n_cols - 1]
    place = dict(zip(head.starts, zip(starts, ends, strict=True), strict=True))

    def moved(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        return tuple(Slot(*place[slot.first], slot.term, slot.label) for slot in slots if slot.first in place)

    return Head(-1, -1, moved(head.slots), moved(head.others), tuple(starts))


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
    if top == rows.stop:
        read_tail(draft, seen, rows)
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
    """Head fields, fund block, tasks and goals: everything above the first indicator table."""
    lattice = seen.frame.lattice
    tasks = find_tasks(lattice, rows)
    skip = frozenset[int]() if tasks is None else tasks.rows
    factor = None if seen.caption.unit is None else seen.caption.unit.unit.factor
    region = Region(lattice, rows.start, rows.stop, factor, skip)
    for row in region.rows():
        for found in pairs_in_row(lattice, row, "header", seen.id):
            draft.take(draft.header, found)
        read_goals(draft, lattice, row, seen.id)
        _read_packed(draft, lattice, row, seen.id)
    draft.funds += [(seen.id, fund) for fund in read_funds(region)]
    draft.unit = draft.unit or next(iter(region.units()), None)
    if tasks is not None:
        read_tasks(draft, tasks, region, seen.id)


def _read_packed(draft: Draft, lattice: Lattice, row: int, table: str) -> None:
    """Indicators that are one text beside the label of their block, in a form without an indicator table."""
    for cell in lattice.printed(row):
        value = right_of(lattice, cell) if is_packed_label(cell.text) else None
        if value is not None and value.row == row and len(value.text) > _SHORT_TEXT:
            draft.indicators += indicators_of(value.text, value.location.page, cell_id(table, value))


def _read_rows(draft: Draft, seen: SeenTable, rows: range, heads: dict[int, Head], head: Head | None) -> None:
    """Indicator tables, goals between them, and what follows the last."""
    lattice = seen.frame.lattice
    begins = {part.first_row for part in seen.grid.parts}
    for row in rows:
        draft.fresh |= row in begins
        if row in heads:
            head = heads[row]
            _begin_table(draft, head)
        elif head is None or row <= head.last:
            continue
        elif begins_with_goal(lattice, row):
            read_goals(draft, lattice, row, seen.id)
        elif is_tail(lattice, row, head):
            read_tail(draft, seen, range(row, rows.stop))
            return
        else:
            read_indicator(draft, lattice, row, head, seen.id)


def _begin_table(draft: Draft, head: Head) -> None:
    """A header row: of a new table, under a goal of its own perhaps, or printed again on the next page."""
    is_new = draft.open_goals or draft.head is None or draft.head.fields != head.fields
    if is_new:
        draft.goal = draft.open_goals[0] if len(draft.open_goals) == 1 else None
        draft.levels = {}
    draft.open_goals = []
    draft.fresh = True
    draft.head = head
    draft.columns |= set(head.fields)
