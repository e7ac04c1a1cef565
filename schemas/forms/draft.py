"""A form while it is read: fields, funds, goals and indicators as they are found, over one or several grids."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Cell, Location
from schemas.forms.anatomy import Head
from schemas.forms.funds import Fund
from schemas.forms.region import BlockUnit
from schemas.forms.vocabulary import Term
from schemas.result import Indicator
from schemas.seen import SeenTable

PERSONAL = frozenset({"person", "phone"})


@dataclass(frozen=True, slots=True)
class Found:
    """A labelled text. ``cell`` is None for a text in a line outside the grid."""

    term: Term
    label: str
    text: str
    location: Location
    table: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """One numbered goal."""

    index: int
    weight: str | None
    expected: Found | None


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the year: its texts by their field, its amounts, and the cells it was read from."""

    texts: dict[str, str]
    amounts: tuple[Fund, ...]
    cells: tuple[Cell, ...]
    table: str


@dataclass(slots=True)
class Draft:
    """One form. ``seen`` are its grids in printed order; ``head`` heads the indicator table that is being read.

    ``goal`` is the numbered goal over that table.
    """

    seen: list[SeenTable]
    header: list[Found] = field(default_factory=list)
    funds: list[tuple[str, Fund]] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    goals: list[Found] = field(default_factory=list)
    numbered: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    tail: list[Found] = field(default_factory=list)
    head: Head | None = None
    goal: int | None = None
    open_goals: list[int] = field(default_factory=list)  # numbered since the last header of an indicator table
    levels: dict[str, str] = field(default_factory=dict)
    fresh: bool = True  # no indicator was read yet since the table or the page began
    blank: dict[str, Cell] = field(default_factory=dict)  # level -> the blank cell that stands for the level above it
    waiting: dict[str, list[int]] = field(default_factory=dict)  # level -> indicators whose cell for it was cut off
    columns: set[str] = field(default_factory=set)  # ids of the indicator columns that the form prints
    unit: BlockUnit | None = None  # printed in a label of the fund block
    mended: bool = False  # a text of it is put together from both sides of a page break
    listed: bool = False  # one row, or one block of rows, of a list of projects
    personal: list[Found] = field(default_factory=list)  # every name and telephone number, also of a field read before

    @property
    def table(self) -> str:
        """The id of its first grid."""
        return self.seen[0].id

    @property
    def is_totalled(self) -> bool:
        """Whether its total was read: no indicator follows it."""
        return any(found.term.id == "total_score" and found.text for found in self.tail)

    def text_of(self, field_id: str) -> str | None:
        """The text of a header field."""
        return next((found.text for found in self.header if found.term.id == field_id and found.text), None)

    def take(self, into: list[Found], found: Found) -> None:
        """Add a field unless it was read before (captions repeat what the grid prints)."""
        if found.term.type in PERSONAL and found.text:
            self.personal.append(found)
        if not any(other.term.id == found.term.id and other.text for other in into):
            into.append(found)
