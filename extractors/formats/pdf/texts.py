"""The texts of one page that a reader sees, upright, and why others were left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from extractors.formats.pdf import binding as pdfium
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

FAR_AWAY = 1e6  # points: off every page


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
    objects = unseen_texts(document, page, drawing, displayed.width * displayed.height)
    unseen = set().union(*objects.values())
    pieces: list[Piece] = []
    if unseen:
        matrix = upright.matrix()
        boxes = {handle: moved_bounds(box, matrix) for handle, box in text_boxes(drawing).items()}
        pieces = pieces_of_objects(objects, textpage, boxes)
    with _apart(page, textpage, unseen - drawing.slanted) as seen:
        texts = _seen_texts(seen, drawing, upright, unseen)
    left_out = Counter({reason: len(handles) for reason, handles in objects.items()})
    return replace(texts, left_out=left_out + texts.left_out, pieces=[*texts.pieces, *pieces])


@contextmanager
def _apart(page: int, textpage: int, unseen: set[int]) -> Iterator[int]:
    """A text page of what is seen alone.

    Of two equal characters at one place pdfium keeps the first: below an amount in white, 30.01 would lose its point.
    """
    apart = 0
    if unseen:
        for handle in unseen:
            pdfium.move_object(handle, 1.0, 0.0, 0.0, 1.0, FAR_AWAY, FAR_AWAY)
        apart = pdfium.load_text(page)
    try:
        yield apart or textpage
    finally:
        if apart:
            pdfium.close_text(apart)


def _seen_texts(textpage: int, drawing: Drawing, upright: Frame, unseen: set[int]) -> Texts:
    """The texts without the objects in ``unseen``."""
    matrix = upright.matrix()
    glyphs = read_glyphs(textpage, matrix, unseen | drawing.turned_otherwise(upright.turns))
    runs, clipped = without_clipped(glyphs, Clips(textpage, matrix, drawing).of)
    for turns in sorted(drawing.turns):
        if turns != upright.turns:
            frame = upright.turned(turns)
            aside = read_glyphs(textpage, frame.matrix(), unseen | drawing.turned_otherwise(turns))
            runs += laid_on_side(aside.runs, frame, upright)
    seen, dust, off_page = sifted(runs, upright)
    pieces = [*pieces_of_runs("clipped", clipped), *pieces_of_runs("hidden", dust)]
    left_out = Counter(hidden=len(dust), clipped=len(clipped) + len(off_page))
    return Texts(upright, seen, glyphs.unmapped, left_out, pieces)
