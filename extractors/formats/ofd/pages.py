"""One page of an OFD, with the templates it is printed on -> runs, rules and a verdict on its text."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from extractors.formats.ofd.book import Book, PageSource, Resources, add_resources, located, page_root, page_size
from extractors.formats.ofd.painting import Painter, Painting, Picture, base_matrix
from extractors.formats.ofd.texts import UNKNOWN
from extractors.formats.ofd.values import POINTS, Quad, child, children
from extractors.layout.clipping import without_clipped
from extractors.layout.covers import TextsBelow, covered_by_rectangles
from extractors.layout.faint import watermarks, white_on_white
from extractors.layout.frame import Bounds, Frame, in_frame, moved_bounds
from extractors.layout.glyphs import Glyphs, glyphs_of, grouped, laid_on_side
from extractors.layout.ink import Run
from extractors.layout.leftout import Piece, pieces_of_runs
from extractors.layout.paged import MAX_SIDE, PageFailed, PageInk
from extractors.layout.painted import rules_in
from extractors.layout.seals import letters_of_seals
from extractors.layout.seen import sifted
from extractors.layout.verdict import (
    garbled_notice,
    is_pictured,
    left_out_notices,
    too_large_notice,
    unmapped_notice,
    verdict_on,
)
from extractors.layout.words import has_digit
from extractors.model import Notice, TextVerdict

_ORDER = {"Background": 1, "Body": 2, "Foreground": 3}  # of layers; templates below and above them


def size_of(book: Book, number: int) -> tuple[float, float]:
    """Width and height of page ``number`` (from 1) in points; as its document states it, when the page is broken."""
    source = book.pages[number - 1]
    root = page_root(book, source.part)
    _, _, width, height = _sheet(root, source) if root is not None else source.size
    return round(width * POINTS, 2), round(height * POINTS, 2)


def read_page(book: Book, number: int) -> tuple[PageInk, list[Picture]]:
    """The ink of page ``number`` (from 1), and the pictures on it.

    Raises:
        PageFailed: it is missing or broken, or its size or the number of its characters is absurd.
    """
    source = book.pages[number - 1]
    root = page_root(book, source.part)
    if root is None:
        raise PageFailed(f"page {number} is missing or broken")
    sheet = _sheet(root, source)
    width, height = sheet[2] * POINTS, sheet[3] * POINTS
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise PageFailed(f"page {number} is {width:g} by {height:g} points")
    painter = Painter(_resources(book, root, source), base_matrix(sheet))
    for layer in _layers(book, root, source):
        painter.layer(layer)
    if painter.painting.letters.too_many:
        raise PageFailed(f"page {number} has too many characters")
    return _ink(painter.painting, Frame(0, 0.0, 0.0, width, height), number), painter.painting.pictures


def _sheet(root: etree._Element, source: PageSource) -> Quad:
    return page_size(child(root, "Area")) or source.size


def _resources(book: Book, root: etree._Element, source: PageSource) -> Resources:
    """Those of the document, and those that the page has for itself."""
    named = children(root, "PageRes")
    if not named:
        return source.resources
    found = Resources(dict(source.resources.parameters), dict(source.resources.graphics), dict(source.resources.images))
    for one in named:
        part = located(book.package, source.part, one.text or "")
        if (listed := book.optional(part)) is not None:
            add_resources(book, part, listed, found)
    return found


def _layers(book: Book, root: etree._Element, source: PageSource) -> list[etree._Element]:
    """The layers of a page and of its templates, in the order in which they are drawn."""
    layers = [(_ORDER.get(layer.get("Type", "Body"), 2), layer) for layer in _own_layers(root)]
    known: dict[str, etree._Element | None] = {}  # a template may be named a thousand times
    for template in children(root, "Template"):
        part = source.templates.get(template.get("TemplateID", ""), "")
        if part not in known:
            known[part] = page_root(book, part)
        order = 4 if template.get("ZOrder") == "Foreground" else 0
        layers += [(order, layer) for layer in _own_layers(known[part])]
    return [layer for _, layer in sorted(layers, key=lambda one: one[0])]


def _own_layers(root: etree._Element | None) -> list[etree._Element]:
    return [layer for content in children(root, "Content") for layer in children(content, "Layer")]


def _ink(painting: Painting, displayed: Frame, number: int) -> PageInk:
    upright = displayed.turned(painting.reading_turns(0))
    unseen = _unseen(painting)
    skipped = set().union(*unseen.values())
    glyphs = _glyphs(painting, upright, skipped | painting.turned_otherwise(upright.turns))
    matrix = upright.matrix()
    clips = {text: moved_bounds(clip, matrix) for text, clip in painting.clips.items()}
    owners = painting.letters.owners
    runs, clipped = without_clipped(glyphs, lambda index: clips.get(owners[index]))
    for turns in sorted(painting.turns):
        if turns != upright.turns:
            frame = upright.turned(turns)
            runs += laid_on_side(
                _glyphs(painting, frame, skipped | painting.turned_otherwise(turns)).runs, frame, upright
            )
    seen, dust, off_page = sifted(runs, upright)
    verdict = verdict_on(seen, painting.images, displayed)
    left_out = Counter({reason: len(texts) for reason, texts in unseen.items()})
    left_out.update(hidden=len(dust), clipped=len(clipped) + len(off_page))
    pieces = [*pieces_of_runs("clipped", clipped), *pieces_of_runs("hidden", dust), *_pieces(painting, unseen, upright)]
    rules = rules_in(painting, matrix, upright.width, upright.height)
    printed: list[Run] = [] if verdict is TextVerdict.GARBLED else seen
    notices = _notices(painting, verdict, seen, left_out, number)
    pictured = is_pictured(painting.images, displayed)
    return PageInk(number, displayed, upright, printed, rules, verdict, notices, pieces, pictured=pictured)


def _unseen(painting: Painting) -> dict[str, set[int]]:
    """Texts that are not seen, by reason; none has two."""
    is_sealed = painting.rings and painting.red
    if not (painting.covers or painting.white or painting.faint or is_sealed):
        return {"slanted": painting.slanted, "hidden": painting.hidden}
    boxes = _text_boxes(painting)
    hidden = painting.hidden | white_on_white(painting, boxes)
    marks = painting.slanted | (watermarks(painting, boxes) - hidden)
    seals = letters_of_seals(painting, boxes) - hidden - marks
    covered = covered_by_rectangles(painting, TextsBelow(painting, boxes)) - hidden - marks - seals
    return {"slanted": marks, "hidden": hidden, "seal": seals, "covered": covered}


def _text_boxes(painting: Painting) -> dict[int, Bounds]:
    boxes: dict[int, Bounds] = {}
    for owner, (x0, y0, x1, y1) in zip(painting.letters.owners, painting.letters.boxes, strict=True):
        a, b, c, d = boxes.get(owner, (x0, y0, x1, y1))
        boxes[owner] = (min(a, x0), min(b, y0), max(c, x1), max(d, y1))
    return boxes


def _glyphs(painting: Painting, frame: Frame, skipped: set[int]) -> Glyphs:
    """The runs of a page in a frame, without the texts in ``skipped``."""
    letters = painting.letters
    if not letters.text:
        return Glyphs([], [], 0)
    lefts, lows, rights, highs = (list(side) for side in zip(*letters.boxes, strict=True))
    boxes = in_frame((lefts, highs, rights, lows), frame.matrix())
    indices = [index for index, owner in enumerate(letters.owners) if owner not in skipped]
    text = "".join(letters.text)
    return glyphs_of(text, grouped(text, indices, boxes), boxes, 0)


def _pieces(painting: Painting, unseen: dict[str, set[int]], upright: Frame) -> list[Piece]:
    """What is not seen and has digits."""
    if not any(unseen.values()):
        return []
    boxes, matrix = _text_boxes(painting), upright.matrix()
    words: dict[int, str] = {}
    for owner, letter in zip(painting.letters.owners, painting.letters.text, strict=True):
        words[owner] = words.get(owner, "") + letter
    return [
        Piece(reason, words[text], moved_bounds(boxes[text], matrix))
        for reason, texts in unseen.items()
        for text in sorted(texts)
        if has_digit(words[text])
    ]


def _notices(
    painting: Painting, verdict: TextVerdict, runs: list[Run], left_out: Counter[str], number: int
) -> list[Notice]:
    notices = left_out_notices(left_out, number)
    if painting.too_many:
        notices.append(too_large_notice(number))
    unmapped = sum(run.text.count(UNKNOWN) for run in runs)
    if verdict is TextVerdict.GARBLED:
        notices.append(garbled_notice(number))
    elif unmapped:
        notices.append(unmapped_notice(unmapped, number))
    return notices
