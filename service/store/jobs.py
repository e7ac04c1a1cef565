"""Jobs in the database: submitted once, claimed once, leased, taken over, finished once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Double, and_, bindparam, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from service.errors import Failure, IdempotencyConflict, QueueFull
from service.states import ACTIVE, ANSWERED, MAX_ATTEMPTS, POISON, JobState, before, seconds_to_wait
from service.store.database import Database
from service.store.models import DocumentRow, IdempotencyRow, JobRow, ResultRow
from service.store.records import FAILURE, REQUEST, Answer, JobRecord, Submission, asked_of
from service.store.workers import LoadQuery

# Keeps bytes. Called within the transaction that writes down that they are there, so that nothing that lets go of old
# bytes comes between; quick when they had been kept before.
Keep = Callable[[], object]


class JobStore:
    """The queue. Every method is one transaction; when it returns, what it did is on disk."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._load = LoadQuery(database)
        self._claimed = _claimed(database.now())

    def find(self, submission: Submission) -> JobRecord | None:
        """The job that answers a submission already: the same one, running or done, or one that must not run again.

        Raises:
            IdempotencyConflict: its name stands for something else.
        """
        with self._database.reading() as session:
            found = _find(session, submission)
            return _record(found) if found is not None else None

    def submit(self, submission: Submission, limit: int | None, slots: int, keep: Keep) -> JobRecord:
        """The job that answers a submission: one that is there already, or a new one, whose original ``keep`` keeps.

        ``limit`` is how many may wait beside those that ``slots`` workers run; None for no limit.

        Raises:
            IdempotencyConflict: its name stands for something else.
            QueueFull: too many wait.
        """
        with self._database.writing() as session:
            self._database.lock_submissions(session)
            job = _find(session, submission)
            if job is None:
                self._refuse_a_crowd(session, limit, slots)
                keep()
                job = self._insert(session, submission)
            self._remember(session, submission, job)
            return _record(job)

    def refuse_a_crowd(self, limit: int | None, slots: int) -> None:
        """Look before the work of a submission is done whether it would be refused. Raises QueueFull."""
        with self._database.reading() as session:
            self._refuse_a_crowd(session, limit, slots)

    def get(self, job_id: str) -> JobRecord | None:
        """The job of an id."""
        return self.get_all([job_id]).get(job_id)

    def get_all(self, ids: Iterable[str]) -> Mapping[str, JobRecord]:
        """The jobs of these ids, as far as they are there."""
        with self._database.reading() as session:
            return {row.id: _record(row) for row in session.scalars(select(JobRow).where(JobRow.id.in_(ids)))}

    def latest(self, sha256: str, asked: str) -> JobRecord | None:
        """The newest job that was asked this of a document."""
        wanted = select(JobRow).where(JobRow.sha256 == sha256, JobRow.asked == asked)
        with self._database.reading() as session:
            row = session.scalar(wanted.order_by(JobRow.created_at.desc()).limit(1))
            return _record(row) if row is not None else None

    def claim(self, owner: str, lease: float) -> JobRecord | None:
        """The next job, now running and leased to ``owner`` for ``lease`` seconds; no other process gets it too."""
        asked = {"owner": owner, "lease": lease}
        with self._database.noting() as session:
            row = session.scalar(self._claimed, asked)
            return _record(row) if row is not None else None

    def anything_to_claim(self) -> bool:
        """Whether ``claim`` would find something; costs no write."""
        with self._database.reading() as session:
            return session.scalar(select(JobRow.id).where(_claimable(self._database.now())).limit(1)) is not None

    def renew(self, owner: str, ids: Iterable[str], lease: float) -> None:
        """Keep those of these jobs that ``owner`` still holds for another ``lease`` seconds."""
        held = update(JobRow).where(JobRow.id.in_(ids), JobRow.owner == owner, JobRow.state == JobState.RUNNING)
        with self._database.noting() as session:
            session.execute(held.values(lease_until=self._database.now() + lease))

    def progress(self, owner: str, told: Mapping[str, tuple[int, int]]) -> None:
        """Write down the page and the number of pages that jobs of ``owner`` have come to."""
        with self._database.noting() as session:
            for job_id, (page, pages) in told.items():
                session.execute(_held(job_id, owner).values(page=page, pages=pages))

    def taken_away(self, owner: str, ids: Iterable[str]) -> set[str]:
        """Those of these jobs that ``owner`` runs no longer: cancelled, or taken over by another."""
        wanted = set(ids)
        mine = select(JobRow.id).where(JobRow.id.in_(wanted), JobRow.owner == owner, JobRow.state == JobState.RUNNING)
        with self._database.reading() as session:
            return wanted - set(session.scalars(mine))

    def finish(self, job: JobRecord, owner: str, outcome: Answer | Failure, keep: Keep) -> bool:
        """End a job with its answer, whose bytes ``keep`` keeps, or with why there is none.

        False when the job is no longer the owner's.
        """
        if isinstance(outcome, Failure):
            state, failure = JobState.FAILED, msgspec.json.encode(outcome)
        else:
            state, failure = (JobState.PARTIAL if outcome.partial else JobState.SUCCEEDED), None
        with self._database.writing() as session:
            self._database.lock_submissions(session)
            ended = _held(job.id, owner).values(
                state=state, failure=failure, finished_at=self._database.now(), owner=None, lease_until=None
            )
            if not _hit(session.execute(ended)):
                return False
            if isinstance(outcome, Answer):
                keep()
                self._keep(session, job, outcome)
            return True

    def release(self, job: JobRecord, owner: str) -> None:
        """Put a job back: its document was not to blame."""
        with self._database.noting() as session:
            session.execute(_held(job.id, owner).values(**_BACK, attempts=JobRow.attempts - 1))

    def release_all(self, owner: str) -> int:
        """Put back all jobs of an owner that is gone; how many they were."""
        held = update(JobRow).where(JobRow.owner == owner, JobRow.state == JobState.RUNNING)
        with self._database.noting() as session:
            return _hit(session.execute(held.where(JobRow.attempts < MAX_ATTEMPTS).values(**_BACK)))

    def give_up(self, failure: Failure) -> int:
        """End jobs whose service died under them time and again; how many they were."""
        now = self._database.now()
        dead = and_(JobRow.state == JobState.RUNNING, JobRow.lease_until < now, JobRow.attempts >= MAX_ATTEMPTS)
        ended = {"state": JobState.FAILED, "failure": msgspec.json.encode(failure), "finished_at": now, "owner": None}
        with self._database.writing() as session:
            return _hit(session.execute(update(JobRow).where(dead).values(**ended)))

    def cancel(self, job_id: str) -> JobRecord | None:
        """The job, cancelled unless it had ended before; its worker finds out by ``taken_away``."""
        cancelled = update(JobRow).where(JobRow.id == job_id, JobRow.state.in_(before(JobState.CANCELLED)))
        values = {"state": JobState.CANCELLED, "finished_at": self._database.now(), "owner": None, "lease_until": None}
        with self._database.writing() as session:
            session.execute(cancelled.values(**values))
        return self.get(job_id)

    def owners(self) -> set[str]:
        """Who holds a job now."""
        held = select(JobRow.owner).where(JobRow.state == JobState.RUNNING, JobRow.owner.is_not(None)).distinct()
        with self._database.reading() as session:
            return {owner for owner in session.scalars(held) if owner is not None}

    def _refuse_a_crowd(self, session: Session, limit: int | None, slots: int) -> None:
        if limit is None:
            return
        load = self._load(session)
        inside, slots = load.queued + load.running, max(slots, load.slots)
        if inside >= slots + limit:
            raise QueueFull(limit, seconds_to_wait(inside - slots, load.mean, slots))

    def _insert(self, session: Session, submission: Submission) -> JobRow:
        original, now = submission.original, self._database.time(session)
        document = session.get(DocumentRow, original.sha256) or DocumentRow(
            sha256=original.sha256, filename=original.filename, created_at=now
        )
        document.bytes = original.bytes  # a document that had expired is there again
        session.add(document)
        session.flush()
        job = JobRow(
            id=uuid.uuid4().hex,
            key=submission.key,
            sha256=original.sha256,
            asked=asked_of(submission.request),
            request=msgspec.json.encode(submission.request),
            state=JobState.QUEUED,
            priority=submission.priority,
            attempts=0,
            created_at=now,
        )
        session.add(job)
        return job

    def _remember(self, session: Session, submission: Submission, job: JobRow) -> None:
        if submission.name is not None:
            row = IdempotencyRow(scope=submission.scope, name=submission.name, key=submission.key, job=job.id)
            row.created_at = job.created_at
            session.merge(row)

    def _keep(self, session: Session, job: JobRecord, answer: Answer) -> None:
        session.merge(
            ResultRow(
                key=job.key,
                sha256=job.sha256,
                asked=asked_of(job.request),
                blob=answer.blob,
                bytes=answer.bytes,
                media_type=answer.media_type,
                partial=answer.partial,
                created_at=self._database.time(session),
            )
        )
        if answer.document_type is not None:
            document = update(DocumentRow).where(DocumentRow.sha256 == job.sha256)
            session.execute(document.values(media_type=answer.document_type))


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


def _held(job_id: str, owner: str) -> Any:
    return update(JobRow).where(JobRow.id == job_id, JobRow.owner == owner, JobRow.state == JobState.RUNNING)


def _hit(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount


def _find(session: Session, submission: Submission) -> JobRow | None:
    named = session.get(IdempotencyRow, (submission.scope, submission.name)) if submission.name is not None else None
    if named is not None:
        if named.key != submission.key:
            raise IdempotencyConflict
        job = session.get(JobRow, named.job)
        if job is not None and job.state != JobState.EXPIRED:
            return job
    latest = select(JobRow).where(JobRow.key == submission.key).order_by(JobRow.created_at.desc()).limit(1)
    job = session.scalar(latest)
    return job if job is not None and _serves(_record(job)) else None


def _serves(job: JobRecord) -> bool:
    """Whether a job answers everyone who asks the same."""
    poison = job.failure is not None and job.failure.code in POISON
    return job.state in ACTIVE | ANSWERED or (job.state is JobState.FAILED and poison)


def _record(row: JobRow) -> JobRecord:
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
