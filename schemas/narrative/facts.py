"""Facts of the prose: what one number in a sentence states, and what the sentence says about several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractors.model import Location
from schemas.narrative.labels import Aspect
from schemas.narrative.vocabulary import Term


@dataclass(frozen=True, slots=True)
class Subject:
    """What an amount is stated of. ``terms`` are the things it may be, the likeliest first; several when the scope is
    open. ``certain``: the words leave no other reading, so a table may contradict it.
    """

    terms: tuple[Term, ...]
    certain: bool

    @property
    def term(self) -> Term:
        """The likeliest."""
        return self.terms[0]


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """One number of the prose. ``value`` in yuan, percent or pieces; ``step`` is one unit of its last printed decimal.

    ``year`` is the year it speaks of, None when nothing tells it; ``owner`` the amount that a share or a change belongs
    to.
    """

    number: int
    subject: Subject
    aspect: Aspect
    value: Decimal
    step: Decimal
    unit: str  # CNY | percent | count
    sentence: str
    label: str
    section: str
    place: Location
    order: int
    prior: bool = False
    year: int | None = None
    owner: Fact | None = None
    name: str | None = None  # of the project, the use, the equipment

    @property
    def id(self) -> str:
        """The id that checks name it by."""
        return f"n{self.number:03d}"


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` is ``rate`` percent of ``base``: an amount of the prose, or what a term of the tables says."""

    part: Fact
    rate: Fact
    base: Fact | None
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """``amount`` is ``change`` more than before, which is ``rate`` percent; or ``before`` is stated itself."""

    amount: Fact
    rate: Fact
    change: Fact | None
    before: Fact | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """``amount`` is ``rate`` percent of ``budget``."""

    amount: Fact
    rate: Fact
    budget: Fact


@dataclass(frozen=True, slots=True)
class Sum:
    """``parts`` printed behind ``total`` add up to it."""

    rule: str
    total: Fact
    parts: tuple[Fact, ...]
    complete: bool = True  # False where the parts may be some of them only: they may not be more than the total


Relation = Share | Growth | Completion | Sum


@dataclass(slots=True)
class Notes:
    """What a reader of the prose writes down."""

    facts: list[Fact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
