"""The texts of one page that a reader sees, upright, and why others were left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from extractors.formats.pdf.clips import Clips, without_clipped
from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Frame, moved_bounds
from extractors.formats.pdf.glyphs import read_glyphs
from extractors.formats.pdf.leftout import Piece, pieces_of_objects, pieces_of_runs
from extractors.formats.pdf.unseen import text_boxes, unseen_texts
from extractors.layout.ink import Run
from extractors.model import Box

SMALLEST = 0.001  # of the page's height: a text below is dust
READABLE = 1.0  # points: a text at least this high is printed, however high the sheet


@dataclass(frozen=True, slots=True)
class Texts:
    """Runs in the frame in which most text of the page stands upright; ``left_out`` counts pieces by reason.

    ``unmapped`` counts characters whose font does not say what they mean; ``pieces`` are the texts with digits among
    those left out.
    """

    upright: Frame
    runs: list[Run]
    unmapped: int
    left_out: Counter[str]
    pieces: list[Piece]


def read_texts(handles: tuple[int, int, int], drawing: Drawing, displayed: Frame) -> Texts:
    """The texts of a page; ``handles`` are those of the document, the page and its text page."""
    document, page, textpage = handles
    upright = displayed.turned(_reading_turns(drawing, displayed.turns))
    matrix = upright.matrix()
    objects = unseen_texts(document, page, drawing, displayed.width * displayed.height)
    unseen = set().union(*objects.values())
    glyphs = read_glyphs(textpage, matrix, unseen | _turned_otherwise(drawing, upright.turns))
    runs, clipped = without_clipped(glyphs, Clips(textpage, matrix, drawing))
    for turns in sorted(drawing.turns):
        if turns != upright.turns:
            runs += _turned_runs(textpage, upright, turns, unseen | _turned_otherwise(drawing, turns))
    seen, dust, off_page = _sifted(runs, upright)
    pieces = [*pieces_of_runs("clipped", clipped), *pieces_of_runs("hidden", dust)]
    if unseen:
        boxes = {handle: moved_bounds(box, matrix) for handle, box in text_boxes(drawing).items()}
        pieces += pieces_of_objects(objects, textpage, boxes)
    left_out = Counter({reason: len(handles) for reason, handles in objects.items()})
    left_out.update(hidden=len(dust), clipped=len(clipped) + len(off_page))
    return Texts(upright, seen, glyphs.unmapped, left_out, pieces)


def _sifted(runs: list[Run], frame: Frame) -> tuple[list[Run], list[Run], list[Run]]:
    """Runs that are seen, those too small to be, and those off the page."""
    on_page = [run for run in runs if _on_page(run, frame)]
    smallest = min(SMALLEST * frame.height, READABLE)
    seen = [run for run in on_page if run.bottom - run.top >= smallest]
    dust = [run for run in on_page if run.bottom - run.top < smallest] if len(seen) < len(on_page) else []
    off_page = [run for run in runs if not _on_page(run, frame)] if len(on_page) < len(runs) else []
    return seen, dust, off_page


def _reading_turns(drawing: Drawing, displayed: int) -> int:
    """How far the page must be turned for most of its text to stand upright."""
    if not drawing.turns:
        return displayed
    return max(drawing.turns, key=lambda turns: (drawing.turns[turns], turns == displayed))


def _turned_otherwise(drawing: Drawing, turns: int) -> set[int]:
    """Texts that do not stand upright when the page is turned so far."""
    if len(drawing.turns) < 2:
        return set()
    return {handle for handle in drawing.texts if drawing.directions.get(handle, 0) != turns}


def _turned_runs(textpage: int, upright: Frame, turns: int, skipped: Collection[int]) -> list[Run]:
    """Runs that stand on their side in the frame ``upright``, such as a label beside a table."""
    frame = upright.turned(turns)
    runs = []
    for run in read_glyphs(textpage, frame.matrix(), skipped).runs:
        box = frame.box_to(upright, Box(run.x0, run.top, run.x1, run.bottom))
        sides = [box.x0] * len(run.text), [box.x1] * len(run.text)
        runs.append(Run(run.text, box.x0, box.top, box.x1, box.bottom, *sides, (turns - upright.turns) % 4))
    return runs


def _on_page(run: Run, frame: Frame) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height
