"""Leaves out characters that a clip path hides.

Spreadsheets draw the whole text of a cell that is too small for it, on every page that the cell touches, and clip it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.layout.frame import Bounds
from extractors.layout.glyphs import Glyphs
from extractors.layout.ink import Run

SEEN = 0.8  # of its height: a line of which less is left stands where its rest is seen
HIDDEN = 0.2  # of its box: a character of which less is left by its clip cannot be read on paper


def common(boxes: list[Bounds]) -> Bounds:
    """What is inside all of the boxes."""
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return max(lefts), max(lows), min(rights), min(highs)


def _hidden(run: Run, place: int, clip: Bounds | None) -> bool:
    if clip is None:
        return False
    width, height = run.rights[place] - run.lefts[place], run.bottom - run.top
    shown_width = min(run.rights[place], clip[2]) - max(run.lefts[place], clip[0])
    shown_height = min(run.bottom, clip[3]) - max(run.top, clip[1])
    return min(shown_width, shown_height) <= 0 or shown_width * shown_height < HIDDEN * width * height


def without_clipped(glyphs: Glyphs, clip_of: Callable[[int], Bounds | None]) -> tuple[list[Run], list[Run]]:
    """The runs without what their clips hide, and the hidden pieces. ``clip_of`` tells the clip of a character.

    A run whose first character shows is kept whole: a number that runs over the side of its cell is still that number.
    A line cut off above or below keeps the height that shows, so that it counts as standing where it is seen.
    """
    shown: list[Run] = []
    hidden: list[Run] = []
    for run, members in zip(glyphs.runs, glyphs.members, strict=True):
        clip = clip_of(members[0])
        if clip is None or _holds(clip, run):
            shown.append(run)
            continue
        clips = [clip_of(index) for index in members]
        for start, stop in _stretches(clips):  # texts of two cells that touch where one of them is cut off
            piece = run.cut(start, stop) if stop - start < len(clips) else run
            _sort(piece, clips[start], shown, hidden)
    return shown, hidden


def _sort(run: Run, clip: Bounds | None, shown: list[Run], hidden: list[Run]) -> None:
    if clip is None or not _hidden(run, 0, clip):
        shown.append(run if clip is None else _cut_off(run, clip))
        return
    flags = [_hidden(run, place, clip) for place in range(len(run.text))]
    for start, stop in _stretches(flags):
        (hidden if flags[start] else shown).append(run.cut(start, stop))


def _holds(clip: Bounds, run: Run) -> bool:
    """Whether nothing of a run is clipped away, as is so of nearly all."""
    return clip[0] <= run.x0 and run.x1 <= clip[2] and clip[1] <= run.top and run.bottom <= clip[3]


def _cut_off(run: Run, clip: Bounds) -> Run:
    if clip[1] <= run.top and clip[3] >= run.bottom:
        return run
    top, bottom = max(run.top, clip[1]), min(run.bottom, clip[3])
    return run._replace(top=top, bottom=bottom) if bottom - top < SEEN * run.size else run


def _stretches(values: Sequence[object]) -> list[tuple[int, int]]:
    """Where the same value stands for several characters in a row."""
    starts = [place for place in range(len(values)) if place == 0 or values[place] != values[place - 1]]
    return list(zip(starts, [*starts[1:], len(values)], strict=True))
