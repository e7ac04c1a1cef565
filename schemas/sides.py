"""Summaries that print their sides one above the other: income first, expenditure below it, in the same columns.

A line tells its side where only one side of the kind has it. What stands between the last line of the upper side and
the first of the lower belongs to the upper side while that has such a line (its total); a word such as 支出 begins the
lower side. Where neither tells, nothing is cut: a side that is guessed would make income of what was spent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from schemas.columnindex import ByIdentity
from schemas.frame import BodyRow, Frame
from schemas.kind import Kind
from schemas.lattice import is_numeric
from schemas.text import fold, strip_ordinal

_SEVERAL = 2  # lines of a side: one alone may be a word that both sides use
_HEADING = re.compile(r"(?:本年|部门|单位)?(收入|支出)(?:项目|部分|类|预算|决算|情况)?")
_INCOME, _EXPENDITURE = 0, 1
_HEADED = {"收入": _INCOME, "支出": _EXPENDITURE}


def lists_both_sides(col: int, frame: Frame, kind: Kind) -> bool:
    """Whether several rows of the column ``col`` are lines of income only, and several of expenditure only."""
    ours = [side for _, label in row_labels(col, frame) if (side := _side_of(label, kind)) is not None]
    return min(ours.count(_INCOME), ours.count(_EXPENDITURE)) >= _SEVERAL


def sides_apart(col: int, frame: Frame, kind: Kind) -> list[Frame]:
    """The frame cut into its upper and its lower side, by the lines that the column ``col`` names.

    The frame itself where it lists one side, or where it cannot be told where the lower one begins.
    """
    if not lists_both_sides(col, frame, kind):
        return [frame]
    labels = row_labels(col, frame)
    sides = {row: side for row, label in labels if (side := _side_of(label, kind)) is not None}
    upper = sides[min(sides)]
    last = max(row for row, side in sides.items() if side == upper)
    first = min(row for row, side in sides.items() if side != upper)
    between = [(row, label) for row, label in labels if last < row < first]
    cut = _cut(between, first, upper, kind) if last < first else None
    if cut is None:
        return [frame]
    return [_with(frame, [body for body in frame.body if (body.index < cut) is above]) for above in (True, False)]


def _side_of(label: str, kind: Kind) -> int | None:
    """The side that alone has a line of this label."""
    has = [label in lines for lines in _lines_of_sides(ByIdentity(kind))]
    return has.index(True) if sum(has) == 1 else None


def _cut(between: list[tuple[int, str]], first: int, upper: int, kind: Kind) -> int | None:
    """The first row of the lower side; None where it cannot be told."""
    known = _lines_of_sides(ByIdentity(kind))[upper]
    for row, label in between:
        heading = _HEADING.fullmatch(label)
        if heading and _HEADED[heading[1]] != upper:
            return row
        if label not in known:
            return None
    return first


def _with(frame: Frame, rows: list[BodyRow]) -> Frame:
    """The frame with these body rows, without headings (收入, 支出) and headers between them: they hold no number."""
    cover = frame.lattice.cover
    kept = [row for row in rows if any(is_numeric(cell.text) or not cell.text.strip() for cell in cover[row.index][1:])]
    return replace(frame, body=tuple(row for row in kept if not _is_heading(row, frame)))


def _is_heading(row: BodyRow, frame: Frame) -> bool:
    printed = frame.lattice.printed(row.index)
    return len(printed) == 1 and _HEADING.fullmatch(strip_ordinal(fold(printed[0].text))[0]) is not None


@lru_cache(maxsize=64)
def _lines_of_sides(kind: ByIdentity[Kind]) -> tuple[frozenset[str], frozenset[str]]:
    """The labels of all lines of income, and of all lines of expenditure however it is classified."""
    panels = {item.side for item in kind.thing.line_items if item.side is not None}
    income = {panel for panel in panels if panel.startswith("income")}
    first, second = (
        frozenset[str]().union(*(line_labels(panel, kind) for panel in side)) for side in (income, panels - income)
    )
    return first, second


@lru_cache(maxsize=256)
def line_labels(panel: str, kind: ByIdentity[Kind]) -> frozenset[str]:
    """The labels of a panel's lines, with and without their ordinals."""
    known = {fold(label) for item in kind.thing.line_items if item.side == panel for label in item.labels}
    return frozenset(known | {strip_ordinal(label)[0] for label in known})


def row_labels(col: int, frame: Frame) -> list[tuple[int, str]]:
    """Each body row that prints something in the column, with its label, folded and without its ordinal."""
    texts = ((row.index, frame.lattice.text(row.index, col)) for row in frame.body)
    return [(row, strip_ordinal(fold(text))[0]) for row, text in texts if text.strip()]
