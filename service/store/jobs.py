"""Jobs in the database: submitted once, claimed once, leased, taken over, finished once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Double, and_, bindparam, insert, or_, select, update
from sqlalchemy.engine import Connection, CursorResult, Row
from sqlalchemy.sql.dml import ReturningUpdate

from service.errors import Failure, IdempotencyConflict, QueueFull, RateLimited
from service.states import ACTIVE, ANSWERED, MAX_ATTEMPTS, POISON, JobState, before, seconds_to_wait
from service.store.database import Database, KeepRow
from service.store.models import DocumentRow, IdempotencyRow, JobRow, ResultRow
from service.store.records import (
    FAILURE,
    REQUEST,
    Answer,
    Claim,
    Ended,
    JobRecord,
    Original,
    ResultRecord,
    Submission,
    asked_of,
    job_of,
)
from service.store.workers import LoadQuery

# Keeps bytes. Called within the transaction that writes down that they are there, so that nothing that lets go of old
# bytes comes between; quick when they had been kept before.
Keep = Callable[[], object]

_NAMED = select(IdempotencyRow).where(
    IdempotencyRow.scope == bindparam("scope"), IdempotencyRow.name == bindparam("name")
)
_THESE = select(JobRow).where(JobRow.id.in_(bindparam("ids", expanding=True)))
_OF_KEY = select(JobRow).where(JobRow.key == bindparam("key")).order_by(JobRow.created_at.desc()).limit(1)
_LATEST = (
    select(JobRow)
    .where(JobRow.sha256 == bindparam("sha256"), JobRow.asked == bindparam("asked"))
    .order_by(JobRow.created_at.desc())
    .limit(1)
)
_HELD = and_(
    JobRow.id == bindparam("held"), JobRow.owner == bindparam("holder"), JobRow.state == JobState.RUNNING.value
)
_ADD = insert(JobRow)
_KEEP_DOCUMENT = KeepRow(DocumentRow, "sha256")
_KEEP_NAME = KeepRow(IdempotencyRow, "scope", "name")
_KEEP_RESULT = KeepRow(ResultRow, "key")
_IS_OF_TYPE = (
    update(DocumentRow).where(DocumentRow.sha256 == bindparam("document")).values(media_type=bindparam("type"))
)
_PROGRESS = update(JobRow).where(_HELD)
_MINE = select(JobRow.id).where(
    JobRow.id.in_(bindparam("ids", expanding=True)),
    JobRow.owner == bindparam("owner"),
    JobRow.state == JobState.RUNNING,
)


class JobStore:
    """The queue. Every method is one transaction; when it returns, what it did is on disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._load = LoadQuery(database)
        self._claimed = _claimed(database.now())
        self._waiting = select(JobRow.id).where(_claimable(database.now())).limit(1)
        self._ended = _ended(database.now())

    def find(self, submission: Submission, limit: int | None, slots: int) -> JobRecord | None:
        """The job that answers a submission already: the same one, running or done, or one that must not run again.
        None when ``submit`` would make one, as far as can be told before the work of a submission is done.

        Raises:
            IdempotencyConflict, RateLimited, QueueFull: as ``submit``.
        """
        with self._database.reading() as connection:
            job = _find(connection, submission)
            if job is None:
                self._refuse_a_crowd(connection, submission, limit, slots)
            return job

    def submit(
        self, submission: Submission, limit: int | None, slots: int, keep: Keep, claim: Claim | None = None
    ) -> JobRecord:
        """The job that answers a submission: one that is there already, or a new one, whose original ``keep`` keeps.

        ``limit`` is how many may wait beside those that ``slots`` workers run; None for no limit. With a ``claim``, a
        new job waits for nobody: it is running.

        Raises:
            IdempotencyConflict: its name stands for something else.
            RateLimited: too many of its scope wait or run.
            QueueFull: too many wait.
        """
        with self._database.writing() as connection:
            self._database.lock_submissions(connection)
            job = _find(connection, submission)
            if job is None:
                self._refuse_a_crowd(connection, submission, limit, slots)
                keep()
                job = self._insert(connection, submission, claim)
            _remember(connection, submission, job)
            return job

    def get(self, job_id: str) -> JobRecord | None:
        """The job of an id."""
        return self.get_all([job_id]).get(job_id)

    def get_all(self, ids: Iterable[str]) -> Mapping[str, JobRecord]:
        """The jobs of these ids, as far as they are there."""
        with self._database.reading() as connection:
            return {row.id: _record(row) for row in connection.execute(_THESE, {"ids": list(ids)})}

    def latest(self, sha256: str, asked: str) -> JobRecord | None:
        """The newest job that was asked this of a document."""
        with self._database.reading() as connection:
            row = connection.execute(_LATEST, {"sha256": sha256, "asked": asked}).first()
            return _record(row) if row is not None else None

    def claim(self, owner: str, lease: float) -> JobRecord | None:
        """The next job, now running and leased to ``owner`` for ``lease`` seconds; no other process gets it too."""
        asked = {"owner": owner, "lease": lease}
        with self._database.noting() as connection:
            row = connection.execute(self._claimed, asked).first()
            return _record(row) if row is not None else None

    def anything_to_claim(self) -> bool:
        """Whether ``claim`` would find something; costs no write."""
        with self._database.reading() as connection:
            return connection.scalar(self._waiting) is not None

    def renew(self, owner: str, ids: Iterable[str], lease: float) -> None:
        """Keep those of these jobs that ``owner`` still holds for another ``lease`` seconds."""
        held = update(JobRow).where(JobRow.id.in_(ids), JobRow.owner == owner, JobRow.state == JobState.RUNNING)
        with self._database.noting() as connection:
            connection.execute(held.values(lease_until=self._database.now() + lease))

    def progress(self, owner: str, told: Mapping[str, tuple[int, int]]) -> None:
        """Write down the page and the number of pages that jobs of ``owner`` have come to."""
        with self._database.noting() as connection:
            for job_id, (page, pages) in told.items():
                at = {"held": job_id, "holder": owner, "page": page, "pages": pages}
                connection.execute(_PROGRESS, at)

    def taken_away(self, owner: str, ids: Iterable[str]) -> set[str]:
        """Those of these jobs that ``owner`` runs no longer: cancelled, or taken over by another."""
        wanted = set(ids)
        asked = {"ids": list(wanted), "owner": owner}
        with self._database.reading() as connection:
            return wanted - set(connection.scalars(_MINE, asked))

    def finish(self, job: JobRecord, owner: str, outcome: Answer | Failure, keep: Keep) -> Ended | None:
        """End a job with its answer, whose bytes ``keep`` keeps, or with why there is none.

        None when the job is no longer the owner's.
        """
        if isinstance(outcome, Failure):
            state, failure = JobState.FAILED, msgspec.json.encode(outcome)
        else:
            state, failure = (JobState.PARTIAL if outcome.partial else JobState.SUCCEEDED), None
        ended = {"held": job.id, "holder": owner, "state": state, "failure": failure}
        with self._database.writing() as connection:
            self._database.lock_submissions(connection)
            row = connection.execute(self._ended, ended).first()
            if row is None:
                return None
            if isinstance(outcome, Failure):
                return Ended(_record(row))
            keep()
            return Ended(_record(row), self._keep(connection, job, outcome))

    def release(self, job: JobRecord, owner: str) -> None:
        """Put a job back: its document was not to blame."""
        with self._database.noting() as connection:
            back = update(JobRow).where(_HELD).values(**_BACK, attempts=JobRow.attempts - 1)
            connection.execute(back, {"held": job.id, "holder": owner})

    def release_all(self, owner: str) -> int:
        """Put back all jobs of an owner that is gone; how many they were."""
        held = update(JobRow).where(JobRow.owner == owner, JobRow.state == JobState.RUNNING)
        with self._database.noting() as connection:
            return connection.execute(held.where(JobRow.attempts < MAX_ATTEMPTS).values(**_BACK)).rowcount

    def give_up(self, failure: Failure) -> int:
        """End jobs whose service died under them time and again; how many they were."""
        now = self._database.now()
        dead = and_(JobRow.state == JobState.RUNNING, JobRow.lease_until < now, JobRow.attempts >= MAX_ATTEMPTS)
        ended = {"state": JobState.FAILED, "failure": msgspec.json.encode(failure), "finished_at": now, "owner": None}
        with self._database.writing() as connection:
            return connection.execute(update(JobRow).where(dead).values(**ended)).rowcount

    def cancel(self, job_id: str) -> JobRecord | None:
        """The job, cancelled unless it had ended before; its worker finds out by ``taken_away``."""
        cancelled = update(JobRow).where(JobRow.id == job_id, JobRow.state.in_(before(JobState.CANCELLED)))
        values = {"state": JobState.CANCELLED, "finished_at": self._database.now(), "owner": None, "lease_until": None}
        with self._database.writing() as connection:
            connection.execute(cancelled.values(**values))
        return self.get(job_id)

    def owners(self) -> set[str]:
        """Who holds a job now."""
        held = select(JobRow.owner).where(JobRow.state == JobState.RUNNING, JobRow.owner.is_not(None)).distinct()
        with self._database.reading() as connection:
            return {owner for owner in connection.scalars(held) if owner is not None}

    def _refuse_a_crowd(self, connection: Connection, submission: Submission, limit: int | None, slots: int) -> None:
        if limit is None:
            return
        most = submission.most
        load = self._load(connection, submission.scope if most is not None else None)
        inside, slots = load.queued + load.running, max(slots, load.slots)
        if most is not None and load.own >= most:  # one of its own ends, on the average, after as many of the others
            others = (inside - load.own) // max(1, load.own)
            raise RateLimited(most, load.own, seconds_to_wait(others, load.mean, slots))
        if inside >= slots + limit:
            raise QueueFull(limit, seconds_to_wait(inside - slots, load.mean, slots))

    def _insert(self, connection: Connection, submission: Submission, claim: Claim | None) -> JobRecord:
        now = self._database.time(connection)
        job = job_of(submission, now, running=claim is not None)
        written = {
            "id": job.id,
            "key": job.key,
            "sha256": job.sha256,
            "asked": asked_of(job.request),
            "request": msgspec.json.encode(job.request),
            "state": job.state,
            "priority": submission.priority,
            "scope": submission.scope,
            "attempts": job.attempts,
            "created_at": now,
            "started_at": job.started_at,
            "owner": None if claim is None else claim.owner,
            "lease_until": None if claim is None else now + claim.lease,
        }
        _add_document(connection, submission.original, now)
        connection.execute(_ADD, written)
        return job

    def _keep(self, connection: Connection, job: JobRecord, answer: Answer) -> ResultRecord:
        now, asked = self._database.time(connection), asked_of(job.request)
        kept = ResultRecord(job.key, job.sha256, answer.blob, answer.bytes, answer.media_type, answer.partial, now)
        _KEEP_RESULT(connection, asdict(kept) | {"asked": asked})
        if answer.document_type is not None:
            connection.execute(_IS_OF_TYPE, {"document": job.sha256, "type": answer.document_type})
        return kept


_BACK: dict[str, Any] = {"state": JobState.QUEUED, "owner": None, "lease_until": None, "page": None, "pages": None}


def _claimed(now: ColumnElement[float]) -> ReturningUpdate[JobRow]:
    """The statement that takes the next job, for ``owner`` and ``lease`` seconds."""
    waiting = select(JobRow.id).where(_claimable(now)).order_by(JobRow.priority.desc(), JobRow.created_at)
    mine = {
        "state": JobState.RUNNING,
        "owner": bindparam("owner"),
        "lease_until": now + bindparam("lease", type_=Double),
        "attempts": JobRow.attempts + 1,
        "started_at": now,
        "page": None,
        "pages": None,
    }
    first = waiting.limit(1).with_for_update(skip_locked=True).scalar_subquery()
    return update(JobRow).where(JobRow.id == first).values(mine).returning(JobRow)


def _claimable(now: ColumnElement[float]) -> ColumnElement[bool]:
    abandoned = and_(JobRow.state == JobState.RUNNING, JobRow.lease_until < now, JobRow.attempts < MAX_ATTEMPTS)
    return or_(JobRow.state == JobState.QUEUED, abandoned)


def _ended(now: ColumnElement[float]) -> ReturningUpdate[JobRow]:
    """The statement that ends a job, ``held`` by ``holder``, in a ``state`` and with a ``failure``, or none."""
    end = {"state": bindparam("state"), "failure": bindparam("failure"), "finished_at": now}
    return update(JobRow).where(_HELD).values({**end, "owner": None, "lease_until": None}).returning(JobRow)


def _add_document(connection: Connection, original: Original, now: float) -> None:
    """A document that had expired is there again."""
    there = {"sha256": original.sha256, "bytes": original.bytes}
    _KEEP_DOCUMENT(connection, there, {"filename": original.filename, "created_at": now})


def _remember(connection: Connection, submission: Submission, job: JobRecord) -> None:
    if submission.name is not None:
        stands_for = {"key": submission.key, "job": job.id, "created_at": job.created_at}
        _KEEP_NAME(connection, {"scope": submission.scope, "name": submission.name} | stands_for)


def _find(connection: Connection, submission: Submission) -> JobRecord | None:
    name = {"scope": submission.scope, "name": submission.name}
    named = connection.execute(_NAMED, name).first() if submission.name is not None else None
    if named is not None:
        if named.key != submission.key:
            raise IdempotencyConflict
        job = _only(connection.execute(_THESE, {"ids": [named.job]}))
        if job is not None and job.state != JobState.EXPIRED:
            return job
    job = _only(connection.execute(_OF_KEY, {"key": submission.key}))
    return job if job is not None and _serves(job) else None


def _serves(job: JobRecord) -> bool:
    """Whether a job answers everyone who asks the same."""
    poison = job.failure is not None and job.failure.code in POISON
    return job.state in ACTIVE | ANSWERED or (job.state is JobState.FAILED and poison)


def _only(found: CursorResult[Any]) -> JobRecord | None:
    row = found.first()
    return _record(row) if row is not None else None


def _record(row: Row[Any]) -> JobRecord:
    return JobRecord(
        id=row.id,
        key=row.key,
        sha256=row.sha256,
        request=REQUEST.decode(row.request),
        state=JobState(row.state),
        attempts=row.attempts,
        page=row.page,
        pages=row.pages,
        failure=FAILURE.decode(row.failure) if row.failure is not None else None,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
