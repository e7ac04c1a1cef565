"""Which text lines belong to the page rather than to its content: page numbers and running heads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.model import Block, Grid, TextLine

_ORNAMENT = r"[\s\-—–－_―─~·•.,，、/|()（）〔〕第共页頁]*"
_COUNT = rf"{_ORNAMENT}(?:[Pp]age|of)?{_ORNAMENT}\d{{1,4}}{_ORNAMENT}"
_PAGE_NUMBER = re.compile(rf"{_COUNT}(?:{_COUNT})?")
_CONTINUED = re.compile(r"[（(\[]?(?:续上表|接上表|续上页|接上页|续表|续)[\d一二三四五六七八九十]*[）)\]]?")
SAME_PLACE = 2.0  # points: how far a running head may stand from where it stood on other pages
RUNNING_SHARE = 0.5  # of the pages: a line on so many, some of them without a table below it, is a running head
RUNNING_LEAST = 4  # pages


def is_page_number(line: TextLine) -> bool:
    """Whether a line is nothing but a page number and its ornaments, such as ``— 12 —`` or ``第3页 共9页``."""
    return bool(_PAGE_NUMBER.fullmatch(line.text))


def bare(text: str) -> str:
    """A title without spaces and marks of continuation, so that it compares with its first printing."""
    folded = "".join(text.split())
    return _CONTINUED.sub("", folded) if len(folded) <= 8 or "续" in folded[-8:] or "续" in folded[:4] else folded


def telling(lines: Sequence[TextLine], running: frozenset[str]) -> list[TextLine]:
    """The lines that say something of their own: no page numbers, running heads or bare marks of continuation."""
    return [line for line in lines if not is_page_number(line) and line.text not in running and bare(line.text)]


def running_heads(pages: Sequence[Sequence[Block]]) -> frozenset[str]:
    """Texts printed at the same height on most pages, pages without a table among them."""
    places: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for blocks in pages:
        tabled = any(isinstance(block, Grid) for block in blocks)
        for block in blocks:
            if isinstance(block, TextLine) and block.location.box is not None:
                places[block.text].append((block.location.box.top, tabled))
    least = max(RUNNING_LEAST, RUNNING_SHARE * len(pages))
    return frozenset(text for text, seen in places.items() if _runs_through(seen, least))


def _runs_through(seen: list[tuple[float, bool]], least: float) -> bool:
    if len(seen) < least or all(tabled for _, tabled in seen):
        return False
    middle = sorted(top for top, _ in seen)[len(seen) // 2]
    return sum(abs(top - middle) <= SAME_PLACE for top, _ in seen) >= least
