"""Characters with their boxes, in the order in which they are drawn -> runs."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.layout.frame import Boxes, Frame
from extractors.layout.ink import Run
from extractors.model import Box

RUN_GAP = 0.2  # of the glyph height: characters further apart on one line belong to different runs
STEP_BACK = 0.15  # of the glyph height: numbers of two cells may overlap; a character that begins further left of
# the end of the last one begins a new run
SAME_BASELINE = 0.15  # of the glyph height
SAME_HEIGHT = 0.25  # of the glyph height: glyphs of one run come from fonts of like measures


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page, in the order in which they are drawn.

    ``members`` holds, for each run, the indices of its characters; ``unmapped`` counts characters whose font does
    not say what they mean, which read U+FFFD.
    """

    runs: list[Run]
    members: list[list[int]]
    unmapped: int


def glyphs_of(text: str, groups: list[list[int]], boxes: Boxes, unmapped: int) -> Glyphs:
    """The runs of these groups of characters, without those of spaces alone."""
    runs = [_run(text, group, boxes) for group in groups]
    kept = [place for place, run in enumerate(runs) if not run.text.isspace()]
    return Glyphs([runs[place] for place in kept], [groups[place] for place in kept], unmapped)


def grouped(text: str, indices: list[int], boxes: Boxes) -> list[list[int]]:
    """The characters of each run, in the order in which they are drawn."""
    x0s, tops, x1s, bottoms = boxes
    groups: list[list[int]] = []
    group: list[int] = []
    right = last_top = last_bottom = low = high = 0.0
    for index in indices:
        left, top, bottom = x0s[index], tops[index], bottoms[index]
        if text[index] == " " and x1s[index] <= left:
            continue  # a space that pdfium adds between words
        if low <= left - right <= high and (
            (top == last_top and bottom == last_bottom) or _on_one_line(top, bottom, last_top, last_bottom)
        ):
            group.append(index)
        else:
            group = [index]
            groups.append(group)
        if top != last_top or bottom != last_bottom:
            last_top, last_bottom = top, bottom
            low, high = STEP_BACK * (top - bottom), RUN_GAP * (bottom - top)
        right = x1s[index]
    return groups


def _on_one_line(top: float, bottom: float, last_top: float, last_bottom: float) -> bool:
    height = last_bottom - last_top
    shift = abs(top + bottom - last_top - last_bottom) / 2
    return shift <= SAME_BASELINE * height and abs(bottom - top - height) <= SAME_HEIGHT * height


def _run(text: str, group: list[int], boxes: Boxes) -> Run:
    x0s, tops, x1s, bottoms = boxes
    first, last = group[0], group[-1]
    if last - first + 1 == len(group):
        letters, lefts, rights = text[first : last + 1], x0s[first : last + 1], x1s[first : last + 1]
    else:
        letters = "".join([text[index] for index in group])
        lefts, rights = [x0s[index] for index in group], [x1s[index] for index in group]
    return Run(letters, lefts[0], tops[first], rights[-1], bottoms[first], lefts, rights)


def laid_on_side(runs: list[Run], frame: Frame, upright: Frame) -> list[Run]:
    """Runs of ``frame`` as they stand, on their side, in the frame ``upright``, such as a label beside a table."""
    laid = []
    for run in runs:
        box = frame.box_to(upright, Box(run.x0, run.top, run.x1, run.bottom))
        sides = [box.x0] * len(run.text), [box.x1] * len(run.text)
        laid.append(Run(run.text, box.x0, box.top, box.x1, box.bottom, *sides, (frame.turns - upright.turns) % 4))
    return laid
