"""A form while it is read: fields, funds, goals and indicators as they are found, over one or several grids."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import Cell, Location
from schemas.caption import PrintedUnit
from schemas.forms.anatomy import Head
from schemas.forms.funds import Fund
from schemas.forms.vocabulary import Term
from schemas.result import Indicator
from schemas.tables import SeenTable


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


@dataclass(slots=True)
class Draft:
    """One form. ``seen`` are its grids in printed order; ``head`` heads the indicator table that is being read."""

    seen: list[SeenTable]
    header: list[Found] = field(default_factory=list)
    funds: list[tuple[str, Fund]] = field(default_factory=list)
    goals: list[Found] = field(default_factory=list)
    numbered: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    tail: list[Found] = field(default_factory=list)
    head: Head | None = None
    levels: dict[str, str] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()  # ids of the indicator columns that the form prints
    unit: PrintedUnit | None = None
    listed: bool = False  # one row, or one block of rows, of a list of projects

    @property
    def table(self) -> str:
        """The id of its first grid."""
        return self.seen[0].id

    def text_of(self, field_id: str) -> str | None:
        """The text of a header field."""
        return next((found.text for found in self.header if found.term.id == field_id and found.text), None)

    def take(self, into: list[Found], found: Found) -> None:
        """Add a field unless it was read before (captions repeat what the grid prints)."""
        if not any(other.term.id == found.term.id and other.text for other in into):
            into.append(found)
