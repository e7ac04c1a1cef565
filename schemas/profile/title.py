"""The document's own title: joined when it is broken over lines, never a line of the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import Document, TextLine
from schemas.findings import finding
from schemas.profile.cues import Mention, Read, TableCue, mention, tidy
from schemas.profile.front import Front
from schemas.text import fold

_TITLE_LINES = 4  # lines that a title is broken over at most
_TITLE_LENGTH = (5, 80)  # characters folded

_END = re.compile(
    r"""(?:预算|决算|预决算|自评|绩效评价|公开|说明|报告|报表|情况|表|公告|通知|办法|细则|方案|意见|规定|决定|函|协议|合同|摘要
    |目录|公报|规划|计划|要点|总结|解读|批复|全文|材料|招标文件|采购文件|磋商文件|条例|草案|一览|清单|模板|样式)
    (?:书|书面)?(?:\((?!不)[^()]{1,20}\)|(?:19|20)\d{2}年度?)*$""",
    re.VERBOSE,
)
_CONTINUES = re.compile(
    r"^(?:信息|情况|编制)?(?:公开|说明|报告|报表|草案|编制说明|情况说明|公开说明|公开报告|文本|表|摘要|全文)?(?:\([^()]{1,12}\))?$"
)
_TABLE_TITLE = re.compile(r"(?:表|清单|一览)(?:\([^()]*\))*$")


def read_title(document: Document, front: Front, tables: Sequence[TableCue]) -> Read[str]:
    """The title, or None with a finding when the document begins with a table or with text."""
    table_titles = {fold(cue.title) for cue in tables if cue.title}
    lines = (
        [line for line in front.lines if fold(line.text) not in table_titles] if len(table_titles) > 1 else front.lines
    )
    for candidates in (_headings_one(lines), lines, front.running):
        found = _shortest_run(candidates)
        if found and not (front.above_grid and _is_title_of_one_table(found, document, candidates)):
            return Read(_joined(found), tuple(map(mention, found)))
    return Read(findings=(finding("title_unknown"),))


def _headings_one(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines that a web page itself calls its heading: its navigation and its window title stand before them."""
    return [line for line in lines if line.style == "h1"]


def _shortest_run(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The first lines that end together as a title does, from the earliest line on; empty when none do."""
    start, end = next(((start, end) for start in range(len(lines)) for end in _ends(lines, start)), (0, 0))
    while 0 < end < len(lines) and _CONTINUES.match(fold(lines[end].text)):
        end += 1
    return lines[start:end]


def _ends(lines: Sequence[TextLine], start: int) -> Iterator[int]:
    for end in range(start + 1, min(start + _TITLE_LINES, len(lines)) + 1):
        joined = fold(_joined(lines[start:end]))
        if _TITLE_LENGTH[0] <= len(joined) <= _TITLE_LENGTH[1] and _END.search(joined):
            yield end


def _joined(lines: Sequence[TextLine]) -> str:
    return tidy(" ".join(line.text for line in lines))


def _is_title_of_one_table(found: Sequence[TextLine], document: Document, lines: Sequence[TextLine]) -> bool:
    """Whether the lines are the title of the first of several tables, not of the document.

    A file that is one form (部门整体绩效自评表) has that form's title for its own.
    """
    if not _TABLE_TITLE.search(fold(_joined(found))) or len(found) < len(lines):
        return False
    titles = {fold(line.text) for grid in document.grids for line in grid.above if _TABLE_TITLE.search(fold(line.text))}
    return len(titles) > 1


def headings(document: Document) -> Iterator[Mention]:
    """The section headings that name a part of the document: 第二部分 2019年度部门决算表."""
    for line in document.lines:
        if _PART.match(fold(line.text)):
            yield mention(line)


_PART = re.compile(r"^第[一二三四五六七八九十1-9]{1,2}部分.{2,50}$")
