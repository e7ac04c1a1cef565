"""Which of several candidates is the value of an agency, a year and an item, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

DOUBTFUL = frozenset({"C", "D"})
READ = frozenset({"printed", "printed_zero", "declared_zero"})


class Status(StrEnum):
    """What is known of one value of a panel."""

    OK = "ok"  # read, of grade A or B
    DOUBTFUL = "doubtful"  # read, of grade C or D
    CONFLICT = "conflict"  # documents of the same standing print different values
    SEVERAL_ROWS = "several_rows"  # the table has several rows for the item: by unit, or by a second class
    BLANK = "blank"  # the cell is empty: not zero
    UNREAD = "unread"  # something is printed and is no amount


@dataclass(frozen=True, slots=True)
class Candidate:
    """One observation that may be the value. ``rank`` counts its source from 0, the canonical one; ``value`` is exact
    and in base units."""

    document: str
    observation_id: str
    rank: int
    from_prose: bool
    value: str | None
    value_status: str
    grade: str | None
    label: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The value that was chosen; ``others`` print another one with the same right."""

    chosen: Candidate
    status: Status
    others: tuple[Candidate, ...]
    documents: int

    @property
    def value(self) -> str | None:
        """The exact value; None where there is none that one could name."""
        return None if self.status in (Status.SEVERAL_ROWS, Status.BLANK, Status.UNREAD) else self.chosen.value


Standing = tuple[bool, int]  # from prose, rank of the source


def best_source(candidates: Iterable[Candidate]) -> Standing | None:
    """The source that answers best for an agency and year, of those that give a value at all: all its items are taken
    from this one, since another table would add lines of its own."""
    return min(((one.from_prose, one.rank) for one in candidates if one.value_status in READ), default=None)


def choose(candidates: Sequence[Candidate]) -> Choice:
    """One of at least one. A value that is read goes before a blank; a table before prose; the canonical source before
    its fallbacks; a better grade before a worse one; and of equals, the document with the smaller hash.
    """
    ordered = sorted(candidates, key=_order)
    first = ordered[0]
    peers = [one for one in ordered if _standing(one) == _standing(first)]
    same_document = [one for one in peers if one.document == first.document]
    others = tuple(one for one in peers if _number(one) != _number(first))
    status = _status(first, others, several=len({_number(one) for one in same_document}) > 1)
    return Choice(first, status, others, len({one.document for one in candidates}))


def _order(one: Candidate) -> tuple[bool, bool, int, str, str, str]:
    return (*_standing(one), one.grade or "Z", one.document, one.observation_id)


def _standing(one: Candidate) -> tuple[bool, bool, int]:
    return (one.value_status not in READ, one.from_prose, one.rank)


def _number(one: Candidate) -> str | None:
    return one.value and (one.value.rstrip("0").rstrip(".") if "." in one.value else one.value)


def _status(first: Candidate, others: Sequence[Candidate], *, several: bool) -> Status:
    if first.value_status not in READ or first.value is None:
        return Status.BLANK if first.value_status in ("blank", "not_applicable", "placeholder") else Status.UNREAD
    if several:
        return Status.SEVERAL_ROWS
    if others:
        return Status.CONFLICT
    return Status.DOUBTFUL if first.grade in DOUBTFUL or first.grade is None else Status.OK
