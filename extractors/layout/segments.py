"""Runs -> printed lines of segments: stretches of text that no gutter may cut. Knows no rules and no cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from extractors.layout.ink import Run
from extractors.layout.letters import unspaced, whole_numbers
from extractors.layout.words import is_cjk

SAME_BASELINE = 0.35  # of the glyph height: lines of a wrapped label beside an amount stand 0.6 off its middle
TEXT_GAP = 0.6  # of the glyph height: a wider gap parts two texts
CODE_GAP = 0.2  # the same after a code, or after an amount without its unit
AMOUNT_GAP = 0.15  # the same between two amounts
NEAR_GAP = 0.3  # the same between two texts where other lines have a gutter
SPREAD_GAP = 8.0  # the same between single Chinese characters, as of 合　　计
COUNTED = "年月日个项万亿元％%"  # what follows a number that is no code
LEADER = re.compile(r"(?:[.．·…‥・⋯┄┈]\s?){4,}|…{2,}")
WIDE_SPACE = re.compile(r"[ 　]{2,}")
AMOUNT = re.compile(r"[-−(（]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[%％)）]?")
NUMBER = re.compile(r"[-−(（]?\d+[%％)）]?")
DASH = re.compile(r"[-—–－─/]{1,3}")


class Kind(IntEnum):
    """What a segment may be, judged by its characters alone."""

    TEXT = 0
    DASH = 1
    NUMBER = 2  # digits alone: a code, a count, a year, a page number
    AMOUNT = 3  # with decimals or grouped thousands


def kind_of(text: str) -> Kind:
    """The kind of a segment's text."""
    bare = unspaced(text.strip())
    if AMOUNT.fullmatch(bare):
        return Kind.AMOUNT
    if NUMBER.fullmatch(bare):
        return Kind.NUMBER
    return Kind.DASH if DASH.fullmatch(bare) else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring runs of one line that belong together."""

    runs: tuple[Run, ...]
    kind: Kind

    @property
    def x0(self) -> float:
        """Left end."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.runs[-1].x1

    @property
    def centre(self) -> float:
        """Middle, across."""
        return (self.runs[0].x0 + self.runs[-1].x1) / 2

    @property
    def middle(self) -> float:
        """Height of the centre line of its first run."""
        first = self.runs[0]
        return (first.top + first.bottom) / 2

    @property
    def size(self) -> float:
        """Glyph height of its first run."""
        return self.runs[0].size

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(run.text for run in self.runs)

    @property
    def is_value(self) -> bool:
        """Whether it may stand in a column of amounts."""
        return self.kind is not Kind.TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """Segments on one baseline, left to right; ``sources`` are the runs that they and the leaders come from."""

    segments: tuple[Segment, ...]
    sources: tuple[Run, ...]
    middle: float
    size: float

    @property
    def x0(self) -> float:
        """Left end."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        """Its characters, segments apart."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def amounts(self) -> int:
        """Segments that are amounts."""
        return sum(segment.kind is Kind.AMOUNT for segment in self.segments)


def segment_lines(runs: Iterable[Run]) -> list[Line]:
    """The printed lines of a page, top to bottom, without dotted leaders."""
    lines: list[list[Run]] = []
    first: Run | None = None
    for run in sorted(runs, key=lambda run: (run.top + run.bottom, run.x0)):
        if first is not None and run.middle - first.middle <= SAME_BASELINE * min(first.size, run.size):
            lines[-1].append(run)
        else:
            lines.append([run])
            first = run
    made = (_line(line) for line in lines)
    return [line for line in made if line.segments]


def _line(runs: list[Run]) -> Line:
    runs.sort(key=lambda run: run.x0)
    pieces = [piece for run in whole_numbers(runs) for piece in _pieces(run)]
    groups: list[list[Run]] = []
    for piece in pieces:
        if groups and not _apart(groups[-1], piece):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    segments = tuple(Segment(tuple(group), kind_of("".join(run.text for run in group))) for group in groups)
    return Line(segments, tuple(runs), runs[0].middle, max(run.size for run in runs))


def _pieces(run: Run) -> Iterator[Run]:
    """The parts of a run between leaders and wide spaces, and its numbers when it is made of several."""
    if len(run.text) < 3:
        yield run
        return
    for start, stop in _stretches(run.text):
        yield run.cut(start, stop) if stop - start < len(run.text) else run


def _stretches(text: str) -> list[tuple[int, int]]:
    cuts = [match.span() for match in LEADER.finditer(text)] + [match.span() for match in WIDE_SPACE.finditer(text)]
    if not cuts and " " in text and all(kind_of(word) is Kind.AMOUNT for word in text.split()):
        cuts = [match.span() for match in re.finditer(" +", text)]
    found, start = [], 0
    for first, last in [*sorted(cuts), (len(text), len(text))]:
        if text[start:first].strip():
            found.append(_trimmed(text, start, first))
        start = max(start, last)
    return found


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while stop > start + 1 and text[stop - 1] in " 　":
        stop -= 1
    return start, stop


def _apart(group: Sequence[Run], piece: Run) -> bool:
    """Whether a gutter may run between the group and the piece to its right."""
    before = kind_of("".join(run.text for run in group))
    after = kind_of(piece.text)
    size = min(group[-1].size, piece.size)
    if all(len(run.text.strip()) == 1 and is_cjk(run.text[0]) for run in (*group, piece)):
        return piece.x0 - group[-1].x1 > SPREAD_GAP * size
    if before is Kind.AMOUNT and after is Kind.AMOUNT:
        gap = AMOUNT_GAP
    elif before in (Kind.NUMBER, Kind.AMOUNT) and after is Kind.TEXT and piece.text[0] not in COUNTED:
        gap = CODE_GAP
    else:
        gap = TEXT_GAP
    return piece.x0 - group[-1].x1 > gap * size


def parted(line: Line, columns: Sequence[tuple[float, float]]) -> Line:
    """The line with its segments cut where two neighbouring runs stand over two columns, given by their sides."""
    if all(len(segment.runs) == 1 for segment in line.segments):
        return line
    segments = tuple(piece for segment in line.segments for piece in _parts(segment, columns))
    return line if len(segments) == len(line.segments) else replace(line, segments=segments)


def _parts(segment: Segment, columns: Sequence[tuple[float, float]]) -> Iterator[Segment]:
    runs = segment.runs
    over = [next((i for i, (x0, x1) in enumerate(columns) if run.x0 < x1 and run.x1 > x0), None) for run in runs]
    start = 0
    for place, (before, after) in enumerate(pairwise(runs), 1):
        wide = after.x0 - before.x1 > NEAR_GAP * after.size
        if wide and None not in (over[place - 1], over[place]) and over[place - 1] != over[place]:
            yield Segment(runs[start:place], kind_of("".join(run.text for run in runs[start:place])))
            start = place
    yield Segment(runs[start:], kind_of("".join(run.text for run in runs[start:]))) if start else segment
