"""What is printed around a table: its title, number, unit, agency and notes.

Reads the lines above and below a grid and the band rows inside it, nearest first. Decides no kind: every kind whose
title fits is handed on, best first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractors.model import Location, TextLine
from schemas.amounts import UnitWord, find_unit, find_units
from schemas.frame import Frame
from schemas.kind import Catalogue
from schemas.text import fold
from schemas.titles import TitleMatch, TitleMethod, clean_title, find_table_number, match_title

_PAGE_NUMBER = re.compile(r"^[-—–\s第]*\d{1,4}[-—–\s页]*$")
_AGENCY = re.compile(
    r"(?:编制|填报|预算|公开|填制)?(?:部门|单位)(?:名称)?(?:[(（](?:部门|单位|盖章|公章|签章)[)）])?(?:名称)?\s*[:：]\s*(?P<name>[^:：]{2,40})"
)
_AFTER_AGENCY = re.compile(
    r"\s*(?:(?:金额)?单\s*位|(?:填报|编制|填制|填表|报送)?(?:日\s*期|时\s*间))\s*[:：].*$"
    r"|\s+\S{2,6}[:：].*$|\s{2,}.*$|\s+20\d{2}年.*$"
)
_NOTE_WORD = re.compile(r"^\(?(?:注|备注|说明|附注)(?:\d+)?[:.(、]")
_PART = re.compile(r"^第[一二三四五六七八九十]{1,3}(?:部分|章|节)")
_PROSE_END = re.compile(r"[。；，]$")
_TITLE_SHAPE = re.compile(r"(?:表|情况|明细|清单|一览|名单)(?:\(.{0,20}\))?$")
_SECTION = re.compile(r"^\(?[一二三四五六七八九十\d]{1,3}[)、.]")
_PROSE_LENGTH = 44  # characters folded; titles of fiscal tables stay below, wrapped prose does not
_TITLE_REACH = 8  # lines above a grid in which its title is looked for
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_PERIOD = re.compile(r"\((?:19|20)\d{2}年度?\)(?:\(\d{1,2}\))?")


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """One printed line that may be title, caption or note; ``inside`` the grid it is a band."""

    text: str
    location: Location
    inside: bool = False


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """A unit and where it was read. ``source``: the rank of the place in the unit ladder; ``proof`` where the table
    prints none, or two, and only this one agrees with the amounts of ``line``."""

    unit: UnitWord
    source: Literal["caption", "section", "header", "document", "proof"]
    line: CaptionLine


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands around one grid.

    ``matches``: kinds whose title fits, best first; ``conflict``: another unit of the same rank.
    """

    title: CaptionLine | None
    matches: tuple[TitleMatch, ...]
    number: str | None
    unit: PrintedUnit | None
    conflict: PrintedUnit | None
    agency: CaptionLine | None
    notes: tuple[str, ...]

    @property
    def title_text(self) -> str | None:
        """The title as printed, on one line."""
        return None if self.title is None else " ".join(self.title.text.split())

    @property
    def title_years(self) -> tuple[int, ...]:
        """The years that the title prints."""
        return () if self.title is None else tuple(int(year) for year in _YEAR.findall(fold(self.title.text)))


def read_caption(frame: Frame, catalogue: Catalogue) -> Caption:
    """Everything that the lines around a grid and the bands inside it say about it."""
    lines = list(_nearest_first(frame))
    near = lines[: _stop(lines)]
    title, matches = _find_title(near, frame.lattice.grid.location.page, catalogue)
    unit, conflict = _find_units(near, lines, frame)
    return Caption(
        title=title,
        matches=matches,
        number=next((number for line in near[:_TITLE_REACH] if (number := find_table_number(line.text))), None),
        unit=unit,
        conflict=conflict,
        agency=next((found for line in near if (found := _agency(line)) is not None), None),
        notes=_notes(frame),
    )


def _nearest_first(frame: Frame) -> Iterator[CaptionLine]:
    """Band lines from the lowest up, then the lines above the grid from the nearest up, page numbers left out."""
    for row in reversed(frame.bands):
        for cell in reversed(frame.lattice.printed(row)):
            for text in reversed(cell.text.splitlines()):
                yield CaptionLine(text, cell.location, inside=True)
    above = frame.lattice.grid.above
    page = frame.lattice.grid.location.page
    own = [line for line in above if line.location.page == page and not _PAGE_NUMBER.match(line.text)]
    if all(_is_caption_line(line.text) for line in own):
        own = list(above)  # a page break parted the title from the unit, or from the table
    for line in reversed(own):
        if line.text.strip() and not _PAGE_NUMBER.match(line.text):
            yield CaptionLine(line.text, line.location)


def _stop(lines: list[CaptionLine]) -> int:
    """How many of the lines belong to this table: up to the notes or the prose that stand before it."""
    for count, line in enumerate(lines):
        folded = fold(line.text)
        if not line.inside and (_NOTE_WORD.match(folded) or _is_prose(line.text, folded)):
            return count
    return len(lines)


def _is_prose(text: str, folded: str) -> bool:
    return len(folded) > _PROSE_LENGTH or bool(_PROSE_END.search(text.strip()))


def _find_title(
    lines: list[CaptionLine], page: int | None, catalogue: Catalogue
) -> tuple[CaptionLine | None, tuple[TitleMatch, ...]]:
    """The nearest line that is a title, with the kinds it names; else the nearest that looks like one, with none.

    Nearest, not best: a list of all tables above the first of them names other tables to the letter.
    """
    for at, line in enumerate(lines[:_TITLE_REACH]):
        upper = lines[at + 1] if at + 1 < min(len(lines), _TITLE_REACH) else None
        title, found = _title_at(line, upper, catalogue)
        if found and _is_listed(line, upper, page, catalogue):
            return None, ()
        if found:
            return _with_period(title, lines), found
    guess = next((line for line in lines[:_TITLE_REACH] if _looks_like_title(line.text)), None)
    return (None if guess is None else _with_period(guess, lines)), ()


def _is_listed(line: CaptionLine, upper: CaptionLine | None, page: int | None, catalogue: Catalogue) -> bool:
    """Whether a title on an earlier page is the last of a list of titles: contents, that name every table."""
    if line.location.page == page or upper is None:
        return False
    return bool(match_title(upper.text, catalogue.kinds, catalogue.lexicon))


def _title_at(
    line: CaptionLine, upper: CaptionLine | None, catalogue: Catalogue
) -> tuple[CaptionLine, tuple[TitleMatch, ...]]:
    """The title that ends with a line: the line itself, or with the line above it where a known title runs over both.

    一般公共预算财政拨款 / 支出决算表 is not the table of all expenditure.
    """
    alone = tuple(match_title(line.text, catalogue.kinds, catalogue.lexicon))
    if upper is None or _is_caption_line(line.text) or _is_caption_line(upper.text):
        return line, alone
    both = CaptionLine(upper.text + line.text, upper.location, upper.inside)
    found = tuple(match_title(both.text, catalogue.kinds, catalogue.lexicon))
    runs_over = bool(found) and len(clean_title(found[0].title)) > len(clean_title(line.text))
    if found and (not alone or (runs_over and found[0].method is not TitleMethod.FUZZY)):
        return both, found
    return line, alone


def _with_period(title: CaptionLine, lines: list[CaptionLine]) -> CaptionLine:
    """The title with the period and number that stand in brackets on the line beneath it: （2019年度）（1）."""
    for lower, upper in pairwise(lines):
        if upper is title and _PERIOD.fullmatch(fold(lower.text)):
            return CaptionLine(f"{upper.text} {lower.text}", upper.location, upper.inside)
    return title


def _is_caption_line(text: str) -> bool:
    return find_unit(text) is not None or _AGENCY.search(text) is not None or find_table_number(text) == text.strip()


def _looks_like_title(text: str) -> bool:
    if _is_caption_line(text) and not _TITLE_SHAPE.search(fold(text)):
        return False
    return bool(_TITLE_SHAPE.search(fold(clean_title(text)))) and find_table_number(text) != text.strip()


def _find_units(
    near: list[CaptionLine], lines: list[CaptionLine], frame: Frame
) -> tuple[PrintedUnit | None, PrintedUnit | None]:
    """The unit of the captions, else of the section heading above; and a caption of a later part that differs."""
    between = (CaptionLine(line.text, line.location) for line in frame.lattice.grid.between)
    printed = [*_nearest_unit(near, "caption"), *_units(between, "caption")]
    if not printed:
        headings = (line for line in lines[len(near) :] if _SECTION.match(fold(line.text)))
        printed = _nearest_unit(headings, "section")
    if not printed:
        return None, None
    return printed[0], next((unit for unit in printed if unit.unit.factor != printed[0].unit.factor), None)


def _nearest_unit(lines: Iterable[CaptionLine], source: Literal["caption", "section"]) -> list[PrintedUnit]:
    """The unit of the first line that names any; none when that line names two that differ."""
    first = next((line for line in lines if find_units(line.text)), None)
    return [] if first is None else _units([first], source)


def _units(lines: Iterable[CaptionLine], source: Literal["caption", "section"]) -> list[PrintedUnit]:
    return [PrintedUnit(unit, source, line) for line in lines if (unit := find_unit(line.text)) is not None]


def _agency(line: CaptionLine) -> CaptionLine | None:
    match = _AGENCY.search(line.text)
    if match is None:
        return None
    name = _AFTER_AGENCY.sub("", line.text[match.start("name") :]).strip()
    if len(fold(name)) < 2 or find_unit(f"单位:{name}") is not None:
        return None
    return CaptionLine(name, line.location, line.inside)


def _notes(frame: Frame) -> tuple[str, ...]:
    """The note rows of the grid and the lines under its last part, up to the next heading or title."""
    inside = [cell.text for row in frame.notes for cell in frame.lattice.printed(row)]
    return (*inside, *_notes_below(frame.lattice.grid.below))


def _notes_below(lines: tuple[TextLine, ...]) -> Iterator[str]:
    """The notes with the lines they wrap onto, up to the next heading, title or table number.

    注：1.… is followed by its own 2.…, which is no heading.
    """
    begun, count = False, 0
    for line in lines:
        folded = fold(line.text)
        if _PAGE_NUMBER.match(line.text) or not folded:
            continue
        if _NOTE_WORD.match(folded) or "本表" in folded or _FORMULA.search(folded):
            begun = True
        elif not begun or (_ends_notes(line.text, folded) and not 0 < count == _number(folded) - 1):
            return
        count = _number(folded) or count
        yield line.text


def _number(folded: str) -> int:
    """The number of a note; 0 when it has none."""
    match = _NUMBERED.match(folded)
    return 0 if match is None else int(match[1])


def _ends_notes(text: str, folded: str) -> bool:
    """Whether a line is no rest of a note: a heading, a title, a table number."""
    is_title = bool(_SECTION.match(folded) or _PART.match(folded) or _TITLE_SHAPE.search(folded))
    return is_title or find_table_number(text) == text.strip()


_FORMULA = re.compile(r"\d{1,3}[行栏列](?:次|各[行栏列])*=\(?第?[\d+\-(]")
_NUMBERED = re.compile(r"(?:\(?(?:注|备注|说明|附注)\)?[:.]?)?\(?(\d{1,2})[.、)](?!\d)")
