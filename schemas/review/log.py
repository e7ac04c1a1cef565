"""The log of what people said of one document, held against its newest result: what applies, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from schemas.review.operations import KINDS, Op, fingerprint
from schemas.review.spots import Place, Spots, UnknownTarget, Value


class Decision(StrEnum):
    """What a review of a whole document comes to."""

    ACCEPT = "accept"
    NEEDS_REVIEW = "needs_review"


class Standing(StrEnum):
    """How an entry stands. ``stale``: the newest result shows something else there; ``replaced``: a later entry says
    the same kind of thing of the same spot; ``unchecked``: there is no result to hold it against."""

    APPLIES = "applies"
    STALE = "stale"
    REPLACED = "replaced"
    UNCHECKED = "unchecked"


class ReviewState(StrEnum):
    """How the review of a document stands: apart from its job, whose end is the beginning of this."""

    UNREVIEWED = "unreviewed"
    NEEDS_REVIEW = "needs_review"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"


class Said(msgspec.Struct, frozen=True):
    """What somebody says of a spot: a correction, or a decision over the whole ``document``.

    ``old`` is what the result showed there, whose hash is ``result`` and whose version ``pipeline``; ``fingerprint`` is
    of what stood around. ``why`` has the reasons of a decision in lines.
    """

    op: Op
    target: str
    old: Value
    new: Value
    why: str
    pipeline: str
    result: str
    fingerprint: str

    @property
    def is_decision(self) -> bool:
        """Whether it is over the whole document."""
        return self.target == Place.DOCUMENT


class Entry(NamedTuple):
    """One line of a log. ``number`` counts from 1, ``made_at`` is in seconds since 1970, ``who`` the name of a key."""

    number: int
    who: str | None
    made_at: float
    said: Said


class Review(NamedTuple):
    """How a document stands, with the reasons for a second look, the entry that decided it last, and how many
    corrections apply."""

    state: ReviewState
    reasons: Sequence[str]
    last: Entry | None
    corrections: int


class Newest(NamedTuple):
    """The newest result by its hash, and its spots: asked for only when a line was said of another result."""

    result: str
    spots: Callable[[], Spots]


def of_document(spots: Spots) -> str:
    """The fingerprint of a decision: of all that a reviewer has seen."""
    return spots.find(Place.DOCUMENT).fingerprint(with_reading=True)


def standings(entries: Sequence[Entry], newest: Newest | None) -> list[Standing]:
    """How each entry stands beside the newest result; None when there is none."""
    last = {_about(entry.said): entry.number for entry in entries}
    return [_standing(entry, last[_about(entry.said)], newest) for entry in entries]


def review_of(entries: Sequence[Entry], newest: Newest | None) -> Review:
    """How a document stands: what is stale asks for a second look, until the document as it is now is accepted."""
    judged = list(zip(entries, standings(entries, newest), strict=True))
    last, how = next((one for one in reversed(judged) if one[0].said.is_decision), (None, None))
    settled = last.number if last is not None and how is Standing.APPLIES and last.said.op is Op.ACCEPT else 0
    old = [entry.said for entry, how in judged if how is Standing.STALE and entry.number > settled]
    stale = [f"stale: {said.op} {said.target}" for said in old]
    asked = last.said.why.splitlines() if last is not None and last.said.op is Op.NEEDS_REVIEW else None
    applied = [entry for entry, how in judged if how is Standing.APPLIES and _corrects(entry)]
    reasons = [*(asked or ()), *stale]
    state = _state(reasons, last, [entry for entry in entries if _corrects(entry)])
    return Review(state, reasons, last, len(applied))


def _state(reasons: Sequence[str], last: Entry | None, corrections: Sequence[Entry]) -> ReviewState:
    if reasons:
        return ReviewState.NEEDS_REVIEW
    if last is not None and not any(entry.number > last.number for entry in corrections):
        return ReviewState.ACCEPTED
    return ReviewState.CORRECTED if corrections else ReviewState.UNREVIEWED


def _about(said: Said) -> tuple[str, str]:
    """What two entries share of which the later takes the place of the earlier. A region is one of many on its page; a
    cell or table is accepted or rejected or corrected, each for itself; there is one decision at a time."""
    if said.is_decision:
        return "decision", said.target
    if said.op is Op.IGNORE_REGION:
        return said.op, f"{said.target} {said.new}"
    if said.op is Op.REJECT_TABLE or (said.op is Op.ACCEPT and "." not in said.target):
        return "table", said.target
    return said.op, said.target


def _standing(entry: Entry, last: int, newest: Newest | None) -> Standing:
    if entry.number != last:
        return Standing.REPLACED
    if newest is None:
        return Standing.UNCHECKED
    said = entry.said
    same = said.result == newest.result or _fingerprint_now(said, newest.spots()) == said.fingerprint
    return Standing.APPLIES if same else Standing.STALE


def _fingerprint_now(said: Said, spots: Spots) -> str | None:
    if said.is_decision:
        return of_document(spots) if said.op is Op.ACCEPT else said.fingerprint
    try:
        spot = spots.find(said.target)
    except UnknownTarget:
        return None
    return fingerprint(said.op, spot) if spot.place in KINDS[said.op].places else None


def _corrects(entry: Entry) -> bool:
    return not entry.said.is_decision and entry.said.op is not Op.ACCEPT
