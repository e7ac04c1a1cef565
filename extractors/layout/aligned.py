"""Cuts texts of two columns that nearly touch, where other lines show that one column ends or the next begins.

Amounts of neighbouring columns, or a list of codes with their names, may stand so close that they are drawn as one
text. Where most lines have a text that begins at one place behind another, a column begins there; where most have an
amount that ends at one place, a column ends there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.layout.ink import Run
from extractors.layout.segments import AMOUNT, Kind, Line, Segment, kind_of
from extractors.layout.words import NUMERIC

SAME_PLACE = 1.0  # points: how far starts, or ends, of one column differ
MOST = 0.4  # of the lines with amounts show it
LEAST = 4  # lines
RULE_GAP = 0.05  # of the glyph height: a gap between two texts is wider


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where columns begin behind others, and where columns of amounts end before others; sorted."""

    starts: list[float]
    ends: list[float]


def cuts_of(valued: Sequence[Line]) -> Cuts:
    """The places that most lines with amounts show."""
    least = max(LEAST, MOST * len(valued))
    inner = [[one.x0 for one in line.segments[1:] if one.kind is not Kind.AMOUNT] for line in valued]
    amounts = [[one.x1 for one in line.segments[:-1] if AMOUNT.fullmatch(one.text.strip())] for line in valued]
    return Cuts(_frequent(inner, least), _frequent(amounts, least))


def _frequent(lines: Sequence[Sequence[float]], least: float) -> list[float]:
    """Places, in the middle of those that differ little, at which so many of the lines have one."""
    places = sorted(place for line in lines for place in line)
    found: list[float] = []
    first = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or places[index] - places[first] > 2 * SAME_PLACE:
            if index - first >= least:
                found.append(places[(first + index) // 2])
            first = index
    return found


def cut_at(line: Line, cuts: Cuts) -> Line:
    """The line with its segments cut where columns begin or end."""
    if not cuts.starts and not cuts.ends:
        return line
    if not any(_within(cuts.starts, one) or _within(cuts.ends, one) for one in line.segments):
        return line
    segments = tuple(piece for segment in line.segments for piece in _pieces(segment, cuts))
    return line if len(segments) == len(line.segments) else replace(line, segments=segments)


def _pieces(segment: Segment, cuts: Cuts) -> Iterator[Segment]:
    starts, ends = _within(cuts.starts, segment), _within(cuts.ends, segment)
    if not starts and not ends:
        yield segment
        return
    group: list[Run] = []
    for piece in (piece for run in segment.runs for piece in _cut(run, starts, ends)):
        if group and (_near(starts, piece.x0) or _is_amount_to(group, ends)):
            yield _segment(group)
            group = []
        group.append(piece)
    yield _segment(group)


def _within(places: list[float], segment: Segment) -> list[float]:
    room = 0.5 * segment.size
    return places[bisect_right(places, segment.x0 + room) : bisect_left(places, segment.x1 - room)]


def _cut(run: Run, starts: Sequence[float], ends: Sequence[float]) -> Iterator[Run]:
    """The run, cut before characters that begin a column and behind amounts that end one."""
    gaps = [after - before for before, after in zip(run.rights, run.lefts[1:], strict=False)]
    start = 0
    for place in range(1, len(run.text)):
        begins = _near(starts, run.lefts[place])
        ends_here = _near(ends, run.rights[place - 1]) and AMOUNT.fullmatch(run.text[start:place].strip())
        if (begins or ends_here) and _is_gap(run, place, gaps):
            yield run.cut(start, place)
            start = place
    yield run.cut(start, len(run.text)) if start else run


def _is_gap(run: Run, place: int, gaps: Sequence[float]) -> bool:
    """Whether a run may be cut before a character: there is a gap, none is wider, and in a number none nearly so."""
    others = max((gap for number, gap in enumerate(gaps, 1) if number != place), default=0.0)
    if run.text[place - 1] in NUMERIC and run.text[place] in NUMERIC:
        others *= 1.5
    return gaps[place - 1] > RULE_GAP * run.size and gaps[place - 1] >= others


def _is_amount_to(group: Iterable[Run], ends: Sequence[float]) -> bool:
    runs = list(group)
    return _near(ends, runs[-1].x1) and AMOUNT.fullmatch("".join(run.text for run in runs).strip()) is not None


def _near(places: Sequence[float], at: float) -> bool:
    place = bisect_left(places, at - SAME_PLACE)
    return place < len(places) and places[place] <= at + SAME_PLACE


def _segment(group: Sequence[Run]) -> Segment:
    return Segment(tuple(group), kind_of("".join(run.text for run in group)))
