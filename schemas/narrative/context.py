"""Where the reading of a document and of a paragraph stands: section, scope, whole, and what was named last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from schemas.narrative.facts import Fact, Subject
from schemas.narrative.headings import level_of, scope_of
from schemas.narrative.labels import Aspect
from schemas.narrative.numbers import Token
from schemas.narrative.paragraphs import Folded
from schemas.narrative.vocabulary import BUDGET, Term

#: The scope of parts whose whole has no name here: a unit of the department, one source of the money.
OPEN = "?"
_REGION = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:自治区|省|市|州)")
_AS_OF = re.compile(r"截至(20\d\d)年")
_WHOLES = {"three_public": "three_public.total"}  # of sections whose parts stand apart from their whole


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a number stands: its sentence, where its words begin, and the number itself."""

    folded: Folded
    sentence: int
    start: int
    token: Token

    @property
    def words(self) -> str:
        """The words before the number, as printed."""
        return (
            self.folded.words(self.start, self.token.start).lstrip("，,:：;；、 ")
            if self.start < self.token.start
            else ""
        )


Known = dict[tuple[Aspect, bool], Fact]  # what was said of a subject, by aspect and whether of the year before


@dataclass(slots=True)
class Context:
    """Where the reading of a document stands. ``amounts`` are the last ones by term; ``order`` counts paragraphs;
    ``as_of`` is the year of the day that the section speaks of (截至2025年12月31日). ``title``
    are the first lines of the document, none when no table can contradict the prose.
    """

    fiscal_year: int | None
    family: str | None
    scope: str | None = None
    head: Fact | None = None
    amounts: dict[str, Fact] = field(default_factory=dict)
    order: int = 0
    as_of: int | None = None
    title: tuple[str, ...] = ()
    headings: list[tuple[int, str, str | None]] = field(default_factory=list)

    @property
    def section(self) -> str:
        """The heading that the paragraph stands under."""
        return self.headings[-1][1] if self.headings else ""

    @property
    def is_budget(self) -> bool:
        """Whether the amounts of the document are those of a budget."""
        return self.family == BUDGET

    def enter_heading(self, folded: Folded) -> bool:
        """Whether the paragraph is a heading; if so, what follows stands under it."""
        level = level_of(folded)
        if level is None:
            return False
        self.headings = [one for one in self.headings if one[0] < level]
        scope = scope_of(folded.text) or (self.headings[-1][2] if self.headings else None)
        self.headings.append((level, folded.text, scope))
        self.scope, self.head, self.as_of = scope, None, None
        return True

    def enter_paragraph(self, folded: Folded) -> None:
        """A paragraph begins."""
        self.order += 1
        if "截至" in folded.text and (match := _AS_OF.search(folded.text)) is not None:
            self.as_of = int(match[1])

    def year_of(self, term: Term, *, prior: bool, said: int | None) -> int | None:
        """The year that a fact speaks of; ``said``: the one its own words name."""
        if term.stock:
            return self.as_of or (None if self.is_budget else self.fiscal_year)
        if self.fiscal_year is None:
            return None if prior else said
        return self.fiscal_year - 1 if prior else self.fiscal_year

    def remember(self, fact: Fact) -> None:
        """The amount as the last one of its term, and as the whole of what follows if it is one."""
        term = fact.subject.term
        self.amounts[term.id] = fact
        if term.head:
            self.head = fact
        if term.opens is not None:
            self.scope = term.opens

    def open_part(self) -> None:
        """What follows are parts of something that has no name here."""
        self.scope, self.head = OPEN, None

    def is_own(self, agency: str) -> bool:
        """Whether an agency named before an amount is the one whose disclosure it is, and not one of its units."""
        if not agency or not self.title or any(_is_short_for(agency, line) for line in self.title):
            return True
        local = _REGION.sub("", agency)  # 安徽省寿县文物保护中心 is the 寿县文物保护中心 of the title
        return local != agency and any(local in line for line in self.title)

    def whole(self) -> Fact | None:
        """What a share without a base is a share of."""
        return self.head or self.amounts.get(_WHOLES.get(self.scope or "", ""))

    def is_last_year(self, year: int) -> bool:
        """Whether it is the fiscal year before the document's."""
        return self.fiscal_year is not None and year == self.fiscal_year - 1


def _is_short_for(name: str, line: str) -> bool:
    """Whether a line prints all characters of a name in their order: 省检察院 is short for 江苏省人民检察院."""
    rest = iter(line)
    return all(char in rest for char in name)


@dataclass(slots=True)
class Course:
    """Where the reading of one paragraph stands. ``chunk`` begins after the last number or mark, ``clause`` after the
    last mark, ``sentence`` after the last full stop.

    ``aside``: an explanation, whose amounts are nobody's; ``compared``: the clause before said with what; ``unnamed``:
    the last amount had no known name; ``lost``: so had one in this sentence; ``words``: the last clause without number;
    ``years``: those that the sentence named last; ``budgeted``: which budget it speaks of, in a document of final
    amounts; ``rate``: a rate of completion that stands before its amounts.
    """

    folded: Folded
    subject: Subject | None = None
    known: Known = field(default_factory=dict)
    last: Fact | None = None
    sentence: int = 0
    clause: int = 0
    chunk: int = 0
    aside: bool = False
    compared: bool = False
    unnamed: bool = False
    words: str = ""
    rate: Spot | None = None
    lost: bool = False
    years: tuple[int, ...] = ()
    budgeted: Aspect | None = None
    outer: list[tuple[Subject | None, Known, Fact | None]] = field(default_factory=list)

    def text(self, token: Token) -> str:
        """The words before a number or a mark."""
        return self.folded.text[self.chunk : token.start]

    def enter(self, subject: Subject | None) -> None:
        """What follows is said of this subject."""
        self.subject, self.known, self.last, self.rate = subject, {}, None, None

    def begin_sentence(self, start: int) -> None:
        """After a full stop."""
        self.sentence, self.unnamed, self.lost, self.years = start, False, False, ()
        self.budgeted = None

    def lose(self) -> None:
        """An amount without a known name: nothing that follows is said of what was named before it."""
        self.enter(None)
        self.unnamed = self.lost = True

    def spot(self, token: Token) -> Spot:
        """Where a number of the paragraph stands."""
        return Spot(self.folded, self.sentence, self.chunk, token)

    @property
    def amount(self) -> Fact | None:
        """The amount of the subject, of this year."""
        return self.known.get((Aspect.AMOUNT, False))

    def open_bracket(self) -> None:
        """What stands in brackets is said of other things."""
        self.outer.append((self.subject, dict(self.known), self.last))

    def close_bracket(self) -> None:
        """After them it is said of the subject before."""
        if self.outer:
            self.subject, self.known, self.last = self.outer.pop()
