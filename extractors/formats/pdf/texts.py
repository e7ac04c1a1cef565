"""The texts of one page that a reader sees, upright, and why others were left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extractors.formats.pdf.clips import Clips
from extractors.formats.pdf.drawing import Drawing
from extractors.formats.pdf.glyphs import read_glyphs
from extractors.formats.pdf.leftout import pieces_of_objects
from extractors.formats.pdf.unseen import text_boxes, unseen_texts
from extractors.layout.clipping import without_clipped
from extractors.layout.frame import Frame, moved_bounds
from extractors.layout.glyphs import laid_on_side
from extractors.layout.ink import Run
from extractors.layout.leftout import Piece, pieces_of_runs
from extractors.layout.seen import sifted


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
    upright = displayed.turned(drawing.reading_turns(displayed.turns))
    matrix = upright.matrix()
    objects = unseen_texts(document, page, drawing, displayed.width * displayed.height)
    unseen = set().union(*objects.values())
    glyphs = read_glyphs(textpage, matrix, unseen | drawing.turned_otherwise(upright.turns))
    runs, clipped = without_clipped(glyphs, Clips(textpage, matrix, drawing).of)
    for turns in sorted(drawing.turns):
        if turns != upright.turns:
            frame = upright.turned(turns)
            aside = read_glyphs(textpage, frame.matrix(), unseen | drawing.turned_otherwise(turns))
            runs += laid_on_side(aside.runs, frame, upright)
    seen, dust, off_page = sifted(runs, upright)
    pieces = [*pieces_of_runs("clipped", clipped), *pieces_of_runs("hidden", dust)]
    if unseen:
        boxes = {handle: moved_bounds(box, matrix) for handle, box in text_boxes(drawing).items()}
        pieces += pieces_of_objects(objects, textpage, boxes)
    left_out = Counter({reason: len(handles) for reason, handles in objects.items()})
    left_out.update(hidden=len(dust), clipped=len(clipped) + len(off_page))
    return Texts(upright, seen, glyphs.unmapped, left_out, pieces)
