"""Corrections and reviews of documents, whatever the door: what is said is held against the newest result, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from schemas.kind import Catalogue
from schemas.review.log import Decision, Entry, Newest, Review, Said, Standing, of_document, review_of, standings
from schemas.review.operations import BadValue, Op, examine, fingerprint
from schemas.review.spots import Spots, UnknownTarget, Value
from service.desk import Desk
from service.errors import InvalidRequest, NotFound, PreconditionFailed, ServiceError, TargetUnknown
from service.export.pieces import whole
from service.jobs import ExtractJob


class Judged(NamedTuple):
    """One entry, and how it stands."""

    entry: Entry
    standing: Standing


class Log(NamedTuple):
    """All that was said of a document, and the newest result that it is held against; None when there is none."""

    entries: Sequence[Entry]
    newest: Newest | None

    @property
    def result(self) -> str | None:
        """The newest result, by its hash."""
        return self.newest.result if self.newest is not None else None

    @property
    def tag(self) -> str:
        """The state that a writer has seen: how many lines, and beside which result."""
        return f'"{len(self.entries)}-{(self.result or "none")[:16]}"'

    @property
    def judged(self) -> list[Judged]:
        """Every entry with its standing."""
        return [Judged(*pair) for pair in zip(self.entries, standings(self.entries, self.newest), strict=True)]

    @property
    def review(self) -> Review:
        """How the document stands."""
        return review_of(self.entries, self.newest)


class About(NamedTuple):
    """Who speaks of which document, as read in which way; ``match`` is their ``If-Match``, if they sent one."""

    sha256: str
    asked: ExtractJob
    who: str | None = None
    match: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """Takes corrections and decisions. The results stay what was read."""

    desk: Desk
    catalogue: Catalogue

    def log(self, about: About) -> Log:
        """What was said of a document; kept also where its result is not any more. Raises NotFound."""
        if self.desk.store.results.document(about.sha256) is None:
            raise NotFound
        try:
            log = self._against_the_result(about)
            if log.newest is not None and any(entry.said.result != log.result for entry in log.entries):
                log.newest.spots()  # now: its bytes may be lost
            return log
        except ServiceError:
            return Log(self.desk.store.corrections.log(about.sha256), None)

    def logs(self, after: str, many: int, asked: ExtractJob) -> list[tuple[str, Log]]:
        """The logs of the documents of which anything was said, in the order of their hashes, beyond one of them."""
        found = self.desk.store.corrections.documents(after, many)
        return [(sha256, self.log(About(sha256, asked))) for sha256 in found]

    def correct(self, about: About, op: Op, target: str, new: Value, why: str) -> tuple[Log, int]:
        """The log, with one correction more, and its number.

        Raises:
            TargetUnknown, InvalidRequest: it cannot be said of the newest result.
            PreconditionFailed: it rests on an older state.
            ServiceError: there is no result.
        """
        log, spots = self._with_the_result(about)
        try:
            spot = examine(op, target, new, spots, self.catalogue)
        except UnknownTarget as error:
            raise TargetUnknown(str(error)) from error
        except BadValue as error:
            raise InvalidRequest(str(error)) from error
        return self._add(about, log, Said(op, target, spot.old, new, why, *_made_on(log, spots), fingerprint(op, spot)))

    def decide(self, about: About, decision: Decision, reasons: Sequence[str]) -> Log:
        """The log, with one decision over the whole document more. Raises as ``correct``."""
        if decision is Decision.NEEDS_REVIEW and not reasons:
            raise InvalidRequest("reasons: what is to be looked at again must be said")
        log, spots = self._with_the_result(about)
        old, why = log.review.state.value, "\n".join(" ".join(reason.split()) for reason in reasons)
        seen = of_document(spots)
        return self._add(about, log, Said(Op(decision), "document", old, None, why, *_made_on(log, spots), seen))[0]

    def _with_the_result(self, about: About) -> tuple[Log, Spots]:
        """Raises a ServiceError that says why there is no result."""
        log = self._against_the_result(about)
        assert log.newest is not None
        return log, log.newest.spots()

    def _against_the_result(self, about: About) -> Log:
        found = self.desk.latest(about.sha256, about.asked)
        spots = cache(lambda: Spots(whole(found.read())))
        return Log(self.desk.store.corrections.log(about.sha256), Newest(found.record.blob, spots))

    def _add(self, about: About, log: Log, said: Said) -> tuple[Log, int]:
        if about.match is not None and not _matches(about.match, log.tag):
            raise PreconditionFailed
        after = len(log.entries) if about.match is not None else None
        entry = self.desk.store.corrections.add(about.sha256, about.who, said, after)
        return log._replace(entries=self.desk.store.corrections.log(about.sha256)), entry.number


def _made_on(log: Log, spots: Spots) -> tuple[str, str]:
    """The version and the hash of the result that is spoken of."""
    return spots.result.provenance.pipeline, log.result or ""


def _matches(match: str, tag: str) -> bool:
    return match.strip() == "*" or tag in [part.strip() for part in match.split(",")]
