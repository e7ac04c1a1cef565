"""The texts of one page that a reader sees, upright, and why others were left out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from extractors.formats.pdf.clips import Clips, without_clipped
from extractors.formats.pdf.covers import covered_texts
from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.frame import Frame
from extractors.formats.pdf.glyphs import read_glyphs
from extractors.layout.ink import Run
from extractors.layout.words import line_box, line_text, lines_of


@dataclass(frozen=True, slots=True)
class Texts:
    """Runs in the frame in which most text of the page stands upright; ``left_out`` counts pieces by reason.

    ``unmapped`` counts characters whose font does not say what they mean.
    """

    upright: Frame
    runs: list[Run]
    unmapped: int
    left_out: dict[str, int]


def read_texts(handles: tuple[int, int, int], drawing: Drawing, displayed: Frame) -> Texts:
    """The texts of a page; ``handles`` are those of the document, the page and its text page."""
    document, page, textpage = handles
    upright = displayed.turned(_reading_turns(drawing, displayed.turns))
    matrix = upright.matrix()
    covered = covered_texts(document, page, drawing, displayed.width * displayed.height)
    unseen = drawing.hidden | drawing.slanted | covered
    glyphs = read_glyphs(textpage, matrix, unseen | _turned_otherwise(drawing, upright.turns))
    runs, clipped = without_clipped(glyphs, Clips(textpage, matrix, drawing.nested))
    for turns in sorted(drawing.turns):
        if turns != upright.turns:
            runs += _turned_lines(textpage, upright, turns, unseen | _turned_otherwise(drawing, turns))
    left_out = {"slanted": len(drawing.slanted), "hidden": len(drawing.hidden), "covered": len(covered)}
    seen = [run for run in runs if _on_page(run, upright)]
    cut_away = len(clipped) + len(runs) - len(seen)
    return Texts(upright, seen, glyphs.unmapped, {**left_out, "clipped": cut_away})


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


def _turned_lines(textpage: int, upright: Frame, turns: int, skipped: Collection[int]) -> list[Run]:
    """Lines that stand on their side in the frame ``upright``, such as a label beside a table; each is one run."""
    frame = upright.turned(turns)
    glyphs = read_glyphs(textpage, frame.matrix(), skipped)
    runs = []
    for line in lines_of(glyphs.runs):
        text = line_text(line) if line else ""
        if text:
            box = frame.box_to(upright, line_box(line))
            step = (box.x1 - box.x0) / len(text)
            edges = [box.x0 + step * place for place in range(len(text) + 1)]
            runs.append(Run(text, box.x0, box.top, box.x1, box.bottom, edges[:-1], edges[1:]))
    return runs


def _on_page(run: Run, frame: Frame) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height
