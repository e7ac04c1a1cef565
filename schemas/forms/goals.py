"""Goals: what is to be reached and what was, in one text each, or numbered, each with a weight and its own table."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.model import Cell
from schemas.forms.anatomy import right_of
from schemas.forms.draft import Draft, Found, Goal
from schemas.forms.pairs import below, found_at
from schemas.forms.vocabulary import Term, goal_index, vocabulary, weight_of
from schemas.lattice import Lattice
from schemas.shapes.context import one_line

_EXPECTED = Term("goal_expected", "text")
_TITLE = re.compile(r"表\s*$")  # 项目绩效目标表 is the title of the form, and no goal
_LABEL = r"(?:年度)?(?:绩效)?目标\s*(?:\d{1,2}|[一二三四五六七八九十])"
_NUMBERED = re.compile(rf"\s*(?P<label>{_LABEL})\s*[:：](?P<text>.+)", re.DOTALL)


def read_goals(draft: Draft, lattice: Lattice, row: int, table: str) -> None:
    """Add the goals whose labels begin in a row to the draft."""
    for cell in lattice.printed(row):
        if (index := goal_index(cell.text)) is not None:
            value = _text(lattice, cell)
            _number(draft, index, cell, None if value is None else found_at(_EXPECTED, cell, value, table))
        elif (match := _NUMBERED.fullmatch(cell.text)) is not None:
            found = replace(found_at(_EXPECTED, cell, cell, table), label=match["label"], text=one_line(match["text"]))
            _number(draft, goal_index(match["label"]) or 0, cell, found)
        elif not _TITLE.search(cell.text) and (term := vocabulary().find("goals", cell.text)) is not None:
            value = _text(lattice, cell)
            if value is not None and _NUMBERED.fullmatch(value.text) is None:
                draft.take(draft.goals, found_at(term, cell, value, table))


def begins_with_goal(lattice: Lattice, row: int) -> bool:
    """Whether a row begins with a numbered goal."""
    printed = lattice.printed(row)
    return bool(printed) and goal_index(printed[0].text) is not None


def _number(draft: Draft, index: int, label: Cell, expected: Found | None) -> None:
    draft.numbered.append(Goal(index, weight_of(label.text), expected))
    draft.open_goals.append(index)
    if expected is not None:
        draft.take(draft.goals, expected)


def _text(lattice: Lattice, label: Cell) -> Cell | None:
    """The text of a goal: right of its label when that is a text, else under it."""
    right = right_of(lattice, label)
    if right is not None and right.text.strip() and not vocabulary().is_label(right.text) and right.row <= label.row:
        return right
    return below(lattice, label)
