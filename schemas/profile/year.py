"""The fiscal year: from the title, the cover, the tables' titles, the section headings, then the header labels.

Never from a date of publication, a file number or running text: a disclosure names last year in every sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.model import Document
from schemas.findings import finding
from schemas.profile.cues import HEADER_ROWS, Mention, Read, TableCue, first_rows, mention, near_grids, tidy
from schemas.profile.front import Front
from schemas.profile.title import headings
from schemas.result import Finding
from schemas.text import fold

_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))
_WRITTEN = re.compile(r"([一二][〇○零一二三四五六七八九0]{3})(?=年)")
_RANGE = re.compile(r"20\d{2}年?度?[-~至到—](?:20)?\d{2}年?")
_DATE = re.compile(r"20\d{2}[年.\-/]\d{1,2}[月.\-/]")
_FILE_NUMBER = re.compile(r"\(20\d{2}\)(?:第?\d+号)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|\)|(?:部门|单位)?(?:预算|决算))")
_CAPTION_YEAR = re.compile(r"年度:(20\d{2})(?!\d)")
_PERIOD = re.compile(r"^\(?(?:20\d{2}|[一二][〇○零一二三四五六七八九0]{3})年度?\)?(?:\(\d+\))?$")
_TITLE_OF_TABLE = re.compile(r"^.{4,60}(?:表|情况)(?:\([^()]*\))*$")
_TITLE_IN_GRID = re.compile(r"^.{4,60}(?:预算|决算|收支|支出|收入|经费|情况|自评|目标).{0,12}表(?:\([^()]*\))*$")
_HEADER = re.compile(r"^(20\d{2})年?度?(?:年初|调整|调整后|部门)?(?:预算|决算|执行)(?:数|金额|情况|支出)?")


def years_in(text: str) -> tuple[int, ...]:
    """The years that words print as a period: 2022年度, 二〇二二年, (2022). No dates, no ranges, no file numbers."""
    folded = _WRITTEN.sub(lambda match: "".join(_DIGITS.get(char, char) for char in match[1]), fold(text))
    for pattern in (_RANGE, _DATE, _FILE_NUMBER):
        folded = pattern.sub("·", folded)
    found = [*_YEAR.findall(folded), *_CAPTION_YEAR.findall(folded)]
    return tuple(dict.fromkeys(int(year) for year in found))


def read_year(document: Document, front: Front, tables: Sequence[TableCue], title: Mention | None) -> Read[int]:
    """The fiscal year, from the strongest place that prints one; None when places of that strength disagree."""
    printed = [_dated(places) for places in _places(document, front, tables, title)]
    votes = next((found for found in printed if found), {})
    if not votes:
        votes = _by_headers(document)
    if not votes:
        return Read(findings=(finding("fiscal_year_unknown"),))
    year = _majority(votes)
    others = {other: places for found in printed for other, places in found.items() if other != year}
    findings = _conflict(year, votes, others, printed)
    return Read(year, votes[year] if year else tuple(place for places in votes.values() for place in places), findings)


def _places(
    document: Document, front: Front, tables: Sequence[TableCue], title: Mention | None
) -> Iterator[Iterator[Mention]]:
    """The places that print the year, the strongest first."""
    yield iter([title] if title else [])
    yield (mention(line) for line in [*front.captions, *front.lines])
    yield _table_titles(document, tables)
    yield headings(document)


def _table_titles(document: Document, tables: Sequence[TableCue]) -> Iterator[Mention]:
    """Titles of tables and the periods beside them: 2022年度支出决算表, （2019年度）."""
    for cue in tables:
        if cue.title:
            yield Mention(tidy(cue.title), cue.location)
    for line in near_grids(document):
        folded = fold(line.text)
        if _PERIOD.match(folded) or _TITLE_OF_TABLE.match(folded):
            yield mention(line)
    for grid in document.grids:
        for cell, _ in first_rows(grid, 2):
            if _PERIOD.match(fold(cell.text)) or _TITLE_IN_GRID.match(fold(cell.text)):
                yield mention(cell)


def _dated(places: Iterator[Mention]) -> dict[int, tuple[Mention, ...]]:
    """Year -> the places that print it and no other year."""
    found: dict[int, list[Mention]] = {}
    for place in places:
        years = years_in(place.text)
        if len(years) == 1:
            found.setdefault(years[0], []).append(place)
    return {year: tuple(dict.fromkeys(mentions)) for year, mentions in found.items()}


def _by_headers(document: Document) -> dict[int, tuple[Mention, ...]]:
    """The latest year whose budget or final account a header names; the years before it are there to compare."""
    found: dict[int, list[Mention]] = {}
    for grid in document.grids:
        for cell, _ in first_rows(grid, HEADER_ROWS):
            match = _HEADER.match(fold(cell.text))
            if match:
                found.setdefault(int(match[1]), []).append(mention(cell))
    return {max(found): tuple(found[max(found)])} if found else {}


def _majority(votes: dict[int, tuple[Mention, ...]]) -> int | None:
    """The year of more than half of the places; None when no year has it."""
    counted = Counter({year: len(places) for year, places in votes.items()})
    year, count = counted.most_common(1)[0]
    return year if count * 2 > counted.total() else None


def _conflict(
    year: int | None,
    votes: dict[int, tuple[Mention, ...]],
    others: dict[int, tuple[Mention, ...]],
    printed: Sequence[dict[int, tuple[Mention, ...]]],
) -> tuple[Finding, ...]:
    """A finding when places of one strength disagree, or when most places of a weaker one name another year."""
    weaker = [majority for found in printed if found and (majority := _majority(found)) is not None]
    if len(votes) == 1 and all(other == year for other in weaker):
        return ()
    years = "、".join(str(other) for other in sorted({*votes, *others}))
    page = next((place.location.page for places in others.values() for place in places), None)
    return (finding("fiscal_year_conflict", page=page, years=years, taken="-" if year is None else year),)
