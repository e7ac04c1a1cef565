"""Tables that a document names and does not hold: in its contents, its attachments, or as a title over nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import Document, TextLine
from schemas.findings import finding
from schemas.kind import Catalogue
from schemas.result import Finding
from schemas.tables import ReadTable
from schemas.text import fold, strip_ordinal
from schemas.titles import match_title

_LEADER = re.compile(r"[.．…·。\s]{2,}[-—\d\s]*$")
_TABLE_NUMBER = re.compile(r"[(（](?:附?表|公开)\s*[\d一二三四五六七八九十]+\s*表?[)）]\s*$")
_LONGEST = 60  # characters: a title in a contents list; prose is longer
_CERTAIN = frozenset({"exact", "alias"})


def announced_but_missing(document: Document, tables: Sequence[ReadTable], catalogue: Catalogue) -> Iterator[Finding]:
    """A finding for each kind of table that a line names as a title and no grid was recognised as, once per kind."""
    known = {table.kind.id for table in tables if table.kind is not None}
    known |= {table.form_kind for table in tables if table.form_kind is not None}
    titles = {fold(table.seen.caption.title_text or "") for table in tables}
    parts = {id(line) for table in tables for line in _lines_of_title(table)}
    for line in document.lines:
        title = _bare_title(line)
        if title is None or fold(title) in titles or id(line) in parts:
            continue
        matches = match_title(title, catalogue.kinds, catalogue.lexicon)
        if matches and matches[0].method in _CERTAIN and matches[0].kind_id not in known:
            known |= {match.kind_id for match in matches if match.score == matches[0].score}
            yield finding("referenced_not_found", page=line.location.page, title=title)


def _lines_of_title(table: ReadTable) -> Iterator[TextLine]:
    """The lines over a table that its title begins or ends with: the halves of one broken in two are no titles."""
    title = fold(table.seen.caption.title_text or "")
    for line in table.seen.grid.above:
        text = fold(line.text)
        if text and (title.startswith(text) or title.endswith(text)):
            yield line


def _bare_title(line: TextLine) -> str | None:
    """The title that a line may announce, without its ordinal, dot leader, page number and table number."""
    if "表" not in line.text or len(line.text) > _LONGEST:
        return None
    text = _TABLE_NUMBER.sub("", _LEADER.sub("", line.text)).strip()
    rest = strip_ordinal(fold(text))[0]
    return rest if rest.endswith("表") else None
