"""Is it a table? What lines with amounts must show before they are read as the rows of one. Precision comes first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.layout.gutters import Column
from extractors.layout.ink import Rules
from extractors.layout.segments import Kind, Line

PROSE = 24  # glyph heights: a lone segment as wide is a line of prose
WIDE = 0.85  # of the table's width: how much of it a rule or a shade must span to bound or part it
HALF_LINE = 0.8  # of the glyph height: lines nearer than this stand beside each other
DENSE = 0.6  # of the lines with amounts fill all columns; others have names over two lines
REACH = 6  # lines above a table in which its caption or unit stands
UNIT = re.compile(r"[（(]?(?:金额)?单位\s*[:：]\s*(?:人民币)?[百千万亿]*元[）)]?")  # of the amounts of a table
CAPTION = re.compile(
    r"(?:单位|部门)(?:名称)?(?:[（(][^）)]*[）)])?\s*[:：]|^[（(]?(?:金额)?单位\s*(?:人民币)?[百千万亿]*元|^附?表\s*[\d一二三四五六七八九十]"
    r"|^公开\d*表|表(?:[（(]续[)）])?$|^注|。"
)


@dataclass(frozen=True, slots=True)
class Walls:
    """Heights at which rules, and rules or the sides of shades, span a table from side to side."""

    rules: list[float]
    all: list[float]


def walls_between(rules: Rules, x0: float, x1: float) -> Walls:
    """The walls of a table that reaches from ``x0`` to ``x1``; ``rules`` are joined."""
    need = WIDE * (x1 - x0)
    drawn = [rule.at for rule in rules.horizontal if min(rule.end, x1) - max(rule.start, x0) >= need]
    wide = [shade for shade in rules.shades if min(shade.x1, x1) - max(shade.x0, x0) >= need]
    sides = (y for shade in wide for y in (shade.top, shade.bottom))
    return Walls(sorted(drawn), sorted({*drawn, *sides}))


def is_foreign(line: Line) -> bool:
    """Whether a line stands in no table: a caption, a note, prose."""
    if CAPTION.search(line.text):
        return True
    return len(line.segments) == 1 and line.x1 - line.x0 > PROSE * line.size


def valued_lines(lines: Sequence[Line]) -> list[Line]:
    """Those of the lines that have an amount of their own, beside something else."""
    return [line for line in lines if line.amounts and len(line.segments) > 1]


def pitch_of(lines: Sequence[Line]) -> float:
    """The least distance of two lines with amounts, of those that do not stand beside each other; infinite for one."""
    steps = ((after.middle - before.middle, after.size) for before, after in pairwise(valued_lines(lines)))
    return min((step for step, size in steps if step > HALF_LINE * size), default=float("inf"))


def is_table(
    lines: Sequence[Line],
    places: tuple[int, int, int],
    columns: Sequence[Column],
    walls: Walls,
    *,
    going_on: bool = False,
) -> bool:
    """Whether there is evidence enough that the lines are rows of a table.

    ``going_on``: whether the columns are those of a table of the page before is seen later, and is the evidence.
    """
    top, first, stop = places
    valued = valued_lines(lines[first:stop])
    numeric = [column for column in columns if column.numeric]
    aligned = [values for values in _values(numeric, valued) if _is_aligned(values, len(valued))]
    labelled = sum(_is_labelled(lines, place) for place in range(first, stop) if valued_lines(lines[place : place + 1]))
    if not aligned or labelled < 0.6 * len(valued):
        return False
    headed = _is_headed(lines[top:first], numeric)
    if going_on:
        return headed or len(columns) > 2
    captioned = any(CAPTION.search(line.text) for line in lines[max(top - REACH, 0) : top])
    ruled = sum(lines[max(top - 1, 0)].middle < wall < lines[stop - 1].middle + 40 for wall in walls.all) > 1
    broad = len(columns) > 2 and len(aligned) > 1 and len(valued) > 3
    if not headed:
        shown = top == 0 or captioned or ruled
        return shown and ((broad and len(valued) > 4) or _is_dense(columns, valued))
    told = any(UNIT.search(line.text) for line in lines[max(top - 2, 0) : top])
    if len(valued) == 1:
        return (ruled or (told and len(numeric) > 2)) and len(columns) > 2
    shown = captioned or ruled or top == 0  # at the top of a page it may go on from the page before
    return broad or (shown and (told or len(columns) > 2 or _filled(lines[first:stop], numeric) > 2))


def _filled(lines: Sequence[Line], numeric: Sequence[Column]) -> int:
    """Lines with something in a column of amounts, be it a dash, and something else."""
    return sum(
        len(line.segments) > 1
        and any(s.is_value and column.x0 <= s.centre <= column.x1 for s in line.segments for column in numeric)
        for line in lines
    )


def _is_labelled(lines: Sequence[Line], place: int) -> bool:
    """Whether words begin a line of amounts, or one half above or below it, as those of a label over two lines do."""
    line = lines[place]
    near = (*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2])
    return (
        line.segments[0].kind is Kind.TEXT
        or len(line.segments) > 2
        or any(
            other.segments[0].kind is Kind.TEXT
            and other.x0 < line.x0
            and abs(other.middle - line.middle) < HALF_LINE * line.size
            for other in near
        )
    )


def _is_dense(columns: Sequence[Column], valued: Sequence[Line]) -> bool:
    """Whether many lines fill nearly all of several columns, as those of a list that goes on from the page before."""
    full = sum(len(line.segments) >= min(len(columns), max(len(columns) - 1, 3)) for line in valued)
    return len(columns) > 2 and len(valued) > 7 and full >= DENSE * len(valued)


def _is_headed(head: Sequence[Line], numeric: Sequence[Column]) -> bool:
    """Whether words stand over most columns of amounts."""
    words = [s for line in head for s in line.segments if s.kind is Kind.TEXT]
    over = sum(any(s.x0 < column.x1 and s.x1 > column.x0 for s in words) for column in numeric)
    return over > 0 and over >= 0.5 * len(numeric)


def _values(columns: Sequence[Column], lines: Sequence[Line]) -> list[list[tuple[float, float, float]]]:
    """For each column the ends, starts and centres of what may be an amount in it; columns stand in order."""
    lefts = [column.x0 for column in columns]
    found: list[list[tuple[float, float, float]]] = [[] for _ in columns]
    for line in lines:
        for segment in line.segments:
            centre = segment.centre
            place = bisect_right(lefts, centre) - 1
            if place >= 0 and centre <= columns[place].x1 and segment.is_value:
                found[place].append((segment.x1, segment.x0, centre))
    return found


def _is_aligned(values: Sequence[tuple[float, float, float]], lines: int) -> bool:
    """Whether the amounts of a column end, begin or centre at one place."""
    if not values or (lines > 1 and len(values) < 2):
        return False
    return any(_most_near(sorted(way)) >= 0.7 * len(values) for way in zip(*values, strict=True))


def _most_near(values: Sequence[float]) -> int:
    """How many values, sorted, stand within two points of one another at most."""
    most = start = 0
    for index, value in enumerate(values):
        while value - values[start] > 2.0:
            start += 1
        most = max(most, index - start + 1)
    return most
