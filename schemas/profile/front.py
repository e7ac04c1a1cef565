"""The front of a document: the lines before its contents, its first section and its first table.

Knows what a cover prints beside the title (page numbers, dates, file numbers, captions) and takes it away.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from extractors.model import Document, Grid, TextLine
from schemas.text import fold

_FRONT_LINES = 16  # a cover has at most a dozen lines; after that it is running text
_PROSE = 60  # characters of one printed line that only running text reaches
_RUNNING = 3  # pages on which the same line makes it a running header

_NOISE = re.compile(
    r"""^(?:
        [-·.]?\d{1,4}[-·.]?                                  # page numbers
      | 第\d+页.*
      | (?:19|20)\d{2}[年.\-/]\d{1,2}[月.\-/]?(?:\d{1,2}日?)? # a date
      | [二〇○零一三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月.*
      | (?:发布|公开|报告|印发)?(?:时间|日期):.*
      | .{0,14}\((?:19|20)\d{2}\)\d+号.*                     # a file number
      | 附件?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[:.]?
      | (?:公开|预算公开|决算公开|预算|决算|财决|附)?表?\d{1,2}(?:-\d{1,2})?表? | 附表\d*   # a table's number
      | .{4,30}(?:局|府|室|委|会|厅)文件                      # a letterhead
      | [A-Z]{2,8}[-A-Z0-9]{4,20}                            # a register number
      | (?:您)?当?前?(?:的)?位置:?.*
      | >>.* | 首页.*>.*
      | \(?字体.*
    )$""",
    re.VERBOSE,
)
_STOP = re.compile(
    r"^(?:目录|目次|第[一二三四五六七八九十1-9]部分.*|[一二三四五六七八九十]、.*|\([一二三四五六七八九十]\).*|1[.、].+)$"
)
_ATTACHMENT = re.compile(r"^附(?:件|表)(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[:.]?$")
_CAPTION = re.compile(r"^[\u4e00-\u9fff()/]{2,16}[:：]")


@dataclass(frozen=True, slots=True)
class Front:
    """The lines of the front in reading order: candidates for the title, and captions (预算单位：…).

    ``running`` are lines of the front that other pages print too: a second choice for the title. ``above_grid`` says
    that a table follows at once, so that the last of the lines may be that table's title.
    """

    lines: tuple[TextLine, ...]
    captions: tuple[TextLine, ...]
    running: tuple[TextLine, ...]
    above_grid: bool


def front_of(document: Document) -> Front:
    """The front of the document; empty when it begins with a table, a section or running text."""
    repeated = running_lines(document)
    lines: list[TextLine] = []
    captions: list[TextLine] = []
    running: list[TextLine] = []
    above_grid = False
    for block in document.blocks:
        if isinstance(block, Grid):
            above_grid = _same_page(lines, block)
            break
        text = fold(block.text)
        if _ends_front(text, lines) or len(lines) + len(captions) >= _FRONT_LINES:
            break
        if not text or _NOISE.match(text):
            continue
        taken = running if text in repeated else captions if is_caption(block.text) else lines
        taken.append(block)
    return Front(tuple(lines), tuple(captions), tuple(running), above_grid)


def is_caption(text: str) -> bool:
    """Whether the line is a label and a value (预算单位：…), not a title."""
    squeezed = "".join(text.split())
    return _CAPTION.match(squeezed) is not None


def running_lines(document: Document) -> frozenset[str]:
    """The folded lines that are printed on several pages: headers and footers, never the title itself."""
    pages: dict[str, set[int]] = {}
    for line in document.lines:
        if line.location.page is not None:
            pages.setdefault(fold(line.text), set()).add(line.location.page)
    counted = Counter({text: len(found) for text, found in pages.items()})
    return frozenset(text for text, count in counted.items() if count >= _RUNNING)


def _ends_front(text: str, lines: list[TextLine]) -> bool:
    if _STOP.match(text) or (lines and _ATTACHMENT.match(text)):
        return True
    return len(text) > _PROSE or (len(text) > 20 and text[-1] in ".;,")


def _same_page(lines: list[TextLine], grid: Grid) -> bool:
    """Whether the front stands on the page of the grid; a file without pages has its lines right above it."""
    return not lines or lines[-1].location.page == grid.location.page
