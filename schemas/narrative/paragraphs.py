"""Paragraphs: the printed lines of the prose put together again, and a folded text that knows where it was printed.

Knows lines and boxes, and no word of the prose. A page of a PDF prints one line after the other; what tells that a
paragraph goes on is its left edge (the first line of a Chinese paragraph is indented) and that the line before it is
full. Titles, page numbers and tables are no part of any paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from extractors.model import Box, Document, Grid, Location, TextLine

INDENT = 0.8  # of a line's height: more to the right of the page's left edge is a new paragraph
FULL = 2.5  # of a line's height: a line that ends so near the right edge is full
LONGEST_NUMBER = 16  # characters of a page number with its ornaments
SIZE = 0.3  # of a line's size: a title differs by more
SPACING = 3.4  # of a line's height from top to top: more is a gap between paragraphs

_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?[-—–\s]*")
_ORDINAL = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]|\d{1,2}[.、．](?!\d)|第[一二三四五六七八九十]+部分)"
)
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+部分)[^，,。：:；;]*"
)
_ENDS = "。；：！？;:"
_GONE = "\x7f"  # in place of a character that prints nothing in a folded text
_OPENING, _CLOSING = '“‘"《（(', '”’"》）)'
BREAK = "\x1f"  # between digits that a space or a line break separates: never one number

_SAME = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("\"'“”„‟‘’「」『』《》〈〉\u00a0\u2002\u2003\u2009\u202f\u3000 \t\r\n\u200b\ufeff", _GONE),
        **dict(zip("（）％：；﹣－．∶﹙﹚", "()%:;--.:()", strict=True)),
    }
)
_WORDS_IN_BRACKETS = re.compile(r"\((?![一二三四五六七八九十]{1,3}\))([^()\d%,，;。:]{1,12})\)")
_LEVEL = re.compile(r"\((\d{0,3})(类|款|项)\)")
_BOTH = (("收、支", f"收{_GONE}支"), ("收入、支出", f"收入{_GONE}支出"), ("收支、", f"收支{_GONE}"))
_SPACE_BETWEEN_DIGITS = re.compile(r"(?<=[\d.,])[ \u00a0\u2002\u2003\u2009\u202f\u3000\t\r\n]+(?=\d)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its lines, and the text as printed (line breaks taken out)."""

    lines: tuple[TextLine, ...]

    @property
    def printed(self) -> str:
        """The text with a line feed where a line ends."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Folded:
    """A paragraph as it is read: no spaces and quotes, one width of digits and brackets, brackets round words dropped.

    ``marked`` is the text with a mark wherever a printed character was dropped.
    """

    text: str
    marked: str
    lines: tuple[TextLine, ...]

    def words(self, start: int, end: int) -> str:
        """What is printed from ``start`` to ``end``, with the quotes and brackets around it, lines joined."""
        origins = _origins(self.marked)
        printed = "\n".join(line.text for line in self.lines)
        first, last = origins[start], origins[end - 1] + 1
        while first and self.marked[first - 1] == _GONE and printed[first - 1] in _OPENING:
            first -= 1
        while last < len(printed) and self.marked[last] == _GONE and printed[last] in _CLOSING:
            last += 1
        return printed[first:last].replace("\n", "").strip()

    def place(self, start: int, end: int) -> Location:
        """Where that is printed: the lines it stands on, or those of the page on which it ends."""
        origins = _origins(self.marked)
        starts = tuple(accumulate((len(line.text) + 1 for line in self.lines[:-1]), initial=0))
        first = bisect_right(starts, origins[start]) - 1
        last = bisect_right(starts, origins[end - 1]) - 1
        return _union([line.location for line in self.lines[first : last + 1]])


@lru_cache(maxsize=16)
def _origins(marked: str) -> tuple[int, ...]:
    return tuple([place for place, char in enumerate(marked) if char != _GONE])


def _union(places: Sequence[Location]) -> Location:
    last = places[-1]
    boxes = [place.box for place in places if place.page == last.page and place.box is not None]
    if not boxes:
        return last
    box = Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
    return Location(last.page, box, last.path)


def fold_paragraph(paragraph: Paragraph) -> Folded:
    """The paragraph as it is read."""
    printed = paragraph.printed
    text = _SPACE_BETWEEN_DIGITS.sub(lambda match: BREAK + _GONE * (len(match[0]) - 1), printed).translate(_SAME)
    text = _LEVEL.sub(lambda match: f"〔{match[1]}{match[2]}〕", text)
    text = _WORDS_IN_BRACKETS.sub(lambda match: f"{_GONE}{match[1]}{_GONE}", text)
    for words, joined in _BOTH:
        text = text.replace(words, joined)
    return Folded(text.replace(_GONE, ""), text, paragraph.lines)


def paragraphs_of(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of a document, in reading order. A paragraph may run over a page break, never over a table."""
    edges = _edges(document.lines)
    run: list[TextLine] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            if run:
                yield Paragraph(tuple(run))
            run = []
        elif not block.text or (len(block.text) <= LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(block.text)):
            continue
        else:
            if run and not _goes_on(run[-1], block, edges):
                yield Paragraph(tuple(run))
                run = []
            run.append(block)
    if run:
        yield Paragraph(tuple(run))


def _edges(lines: Iterable[TextLine]) -> Mapping[int, tuple[float, float]]:
    """The left and the right edge of the text on each page, from its longer lines."""
    boxes: dict[int, list[Box]] = {}
    for line in lines:
        place = line.location
        if place.page is not None and place.box is not None:
            boxes.setdefault(place.page, []).append(place.box)
    edges: dict[int, tuple[float, float]] = {}
    for page, found in boxes.items():
        half = max(box.x1 - box.x0 for box in found) / 2
        wide = [box for box in found if box.x1 - box.x0 >= half]
        edges[page] = (min(box.x0 for box in wide), max(box.x1 for box in wide))
    return edges


def _goes_on(before: TextLine, line: TextLine, edges: Mapping[int, tuple[float, float]]) -> bool:
    """Whether ``line`` continues the paragraph that ``before`` is part of."""
    first, second = before.location, line.location
    if first.box is None or second.box is None or first.page is None or second.page is None:
        return False
    if line.text[0] in "\u3000 " or _is_indented(second.box, edges[second.page]):
        return False
    height = first.box.bottom - first.box.top
    is_near = 0 < second.box.top - first.box.top <= SPACING * height
    if not _same_size(before, line) or not (is_near if first.page == second.page else second.page == first.page + 1):
        return False
    is_full = first.box.x1 >= edges[first.page][1] - FULL * height
    is_open = before.text.rstrip()[-1:] not in _ENDS
    if _ORDINAL.match(line.text):
        return is_full and is_open
    return is_full or (is_open and not _HEADING.fullmatch(before.text))


def _is_indented(box: Box, edges: tuple[float, float]) -> bool:
    return box.x0 > edges[0] + INDENT * (box.bottom - box.top)


def _same_size(before: TextLine, line: TextLine) -> bool:
    """Lines of digits alone are less high than others, so sizes differ a little within a paragraph."""
    return before.size is None or line.size is None or abs(before.size - line.size) <= SIZE * before.size
