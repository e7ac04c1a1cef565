"""The formulas of one table, and what they call its columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.columns import LogicalColumn
from schemas.frame import Frame
from schemas.printed.expression import Expression, SignedMark
from schemas.printed.footnotes import parse_footnotes
from schemas.printed.formula import Axis, PrintedFormula, each_once
from schemas.printed.headers import HeaderMark, parse_header

Marks = Mapping[int, HeaderMark]  # by the first grid column of a logical column


@dataclass(frozen=True, slots=True)
class Printed:
    """The formulas that a table prints, each once, and what they call each grid column that has a number or mark."""

    formulas: tuple[PrintedFormula, ...]
    columns: Mapping[int, str]


def formulas_of(frame: Frame, columns: Sequence[LogicalColumn], notes: Sequence[str]) -> Printed:
    """What the row of column numbers, the header cells and the lines under a table say about its sums.

    Where a row numbers the columns, its numbers name them; else the marks in the header cells do.
    """
    numbered = dict(_numbered(frame, columns))
    marked = dict(_marked(columns))
    computed = [(col, one) for marks in (numbered, marked) for col, one in marks.items() if one.right is not None]
    names = {col: one.mark for col, one in (numbered or marked).items() if one.mark is not None}
    for col, one in computed:
        names.setdefault(col, f"({one.right})")  # 执行率（B/A） has no mark of its own
    aliases = {one.mark: names[col] for col, one in marked.items() if one.mark is not None and col in names}
    found = [*_in_headers(computed, names, aliases), *parse_footnotes(notes)]
    every = {index: names[one.index] for one in columns if one.index in names for index in one.indices}
    return Printed(each_once(found), every)


def _numbered(frame: Frame, columns: Sequence[LogicalColumn]) -> Iterator[tuple[int, HeaderMark]]:
    """What the row of column numbers prints over each column."""
    if frame.numbers is None:
        return
    owners = {index: column.index for column in columns for index in column.indices}
    for cell in frame.lattice.printed(frame.numbers):
        mark = parse_header(cell.text)
        if mark is not None and mark.mark is not None:
            yield owners[cell.col], mark


def _marked(columns: Sequence[LogicalColumn]) -> Iterator[tuple[int, HeaderMark]]:
    """What the lowest header label of each column says."""
    for column in columns:
        mark = parse_header(column.labels[-1]) if column.labels else None
        if mark is not None:
            yield column.index, mark


def _in_headers(
    computed: Sequence[tuple[int, HeaderMark]], names: Mapping[int, str], aliases: Mapping[str, str]
) -> Iterator[PrintedFormula]:
    """The formulas of header cells and of the row of numbers, of which every term names a column."""
    known = frozenset(names.values())
    for col, one in computed:
        if one.right is None:
            continue
        terms: list[SignedMark] = [(sign, aliases.get(mark, mark)) for sign, mark in one.right.terms]
        marks = {mark for _, mark in terms}
        if marks <= known and names[col] not in marks and len(marks) == len(terms):
            right = Expression(tuple(terms), one.right.is_ratio)
            yield PrintedFormula(Axis.COLUMN, names[col], right, one.text)
