"""What the readers of the profile share: mentions with their place, captions, and the words they are found by.

Knows how Chinese publishers label an agency or end a title. Knows no table and no code list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from extractors.model import Document, Grid, Location, TextLine
from schemas.result import Evidence, Finding, ProfileValue
from schemas.text import fold, is_chinese
from schemas.where import bbox_of, locator_of

T_co = TypeVar("T_co", covariant=True)

SHOWN_EVIDENCE = 5  # places listed per value; a caption may stand on two hundred pages
FORM_ROWS = 8  # rows at the head of a form in which it names its department
HEADER_ROWS = 5  # rows at the head of a table that may hold a header

ORGANISATION_END = (
    "(?:局|委|办|室|厅|院|校|学|中心|馆|所|站|台|队|会|处|部|署|社|团|园|政府|公司|宫|库|场|街道|镇|乡|联|协|科|基地|银行|海关"
    "|监狱)(?:机关|本级)?"
)
ORGANISATION = re.compile(rf"{ORGANISATION_END}(?:\([^()]{{1,12}}\))?$")


@dataclass(frozen=True, slots=True)
class TableCue:
    """What one grid turned out to be. All None for a grid that was not recognised and has no title."""

    kind: str | None = None
    family: str | None = None
    title: str | None = None
    location: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words at a place; ``text`` has lost the spaces that only set type."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Read(Generic[T_co]):
    """One statement of the profile: its value, where it was printed, and what is doubtful about it."""

    value: T_co | None = None
    evidence: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()

    def shown(self) -> list[Evidence]:
        """The evidence for the result: the first few places."""
        return [evidence_of(mention) for mention in self.evidence[:SHOWN_EVIDENCE]]

    def stated(self: Read[str] | Read[int]) -> ProfileValue:
        """The statement for the result."""
        return ProfileValue(value=self.value, evidence=self.shown())


def said(read: Read[str]) -> Mention | None:
    """The statement as words at the first place that it was read from."""
    return Mention(read.value, read.evidence[0].location) if read.value else None


def evidence_of(mention: Mention) -> Evidence:
    """The mention as evidence of the result."""
    place = mention.location
    return Evidence(mention.text, place.page, bbox_of(place), locator_of(place))


def tidy(text: str) -> str:
    """The text without the spaces beside Chinese characters, digits and brackets, which only set type."""
    words = text.split()
    out = words[0] if words else ""
    for word in words[1:]:
        latin = out[-1].isascii() and word[0].isascii() and out[-1].isalpha() and word[0].isalpha()
        out += f" {word}" if latin else word
    return out


def mention(line: TextLine) -> Mention:
    """The line as a mention."""
    return Mention(tidy(line.text), line.location)


def is_organisation(text: str) -> bool:
    """Whether the words end as the name of a public body does (医疗保障局, 事务中心, 财政局（本级）)."""
    folded = fold(text)
    words = 3 <= len(folded) <= 40 and is_chinese(folded[0]) and ":" not in folded
    return words and ORGANISATION.search(folded) is not None


def first_rows(grid: Grid, count: int) -> Iterator[tuple[TextLine, TextLine | None]]:
    """The printed cells of the first rows of every part, each with the printed cell to its right, as lines."""
    heads = {
        row for part in grid.parts for row in range(part.first_row, min(part.first_row + count, part.last_row + 1))
    }
    rows: dict[int, list[TextLine]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
        if cell.row in heads and cell.text.strip():
            rows.setdefault(cell.row, []).append(TextLine(cell.text, cell.location))
    for cells in rows.values():
        yield from zip(cells, [*cells[1:], None], strict=True)


def near_grids(document: Document) -> Iterator[TextLine]:
    """The lines that stand right above a grid or between its parts, where titles and captions are printed."""
    for grid in document.grids:
        yield from grid.above[-6:]
        yield from grid.between


def pages_are_whole(document: Document) -> bool:
    """Whether every page was read as text, so that what was not found is not there."""
    return all(page.status == "ok" and page.text in ("digital", "empty", "mixed") for page in document.pages)


def distinct(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions, each place once."""
    return tuple(dict.fromkeys(mentions))
