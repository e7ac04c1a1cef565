"""Documents that came in and the answers to what was asked of them; and how both are let go of after a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from service.states import ACTIVE, FINAL, JobState
from service.store.database import Database
from service.store.models import DocumentRow, IdempotencyRow, JobRow, ResultRow
from service.store.records import DocumentRecord, ResultRecord


class ResultStore:
    """What is known of documents. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def document(self, sha256: str) -> DocumentRecord | None:
        """What is known of a file by the hash of its bytes."""
        with self._database.reading() as session:
            row = session.get(DocumentRow, sha256)
            if row is None:
                return None
            return DocumentRecord(row.sha256, row.bytes, row.media_type, row.filename, row.created_at)

    def result(self, key: str) -> ResultRecord | None:
        """The answer to all jobs of a key."""
        with self._database.reading() as session:
            row = session.get(ResultRow, key)
            return _record(row) if row is not None else None

    def latest(self, sha256: str, asked: str) -> ResultRecord | None:
        """The newest answer to what was asked of a document."""
        wanted = select(ResultRow).where(ResultRow.sha256 == sha256, ResultRow.asked == asked)
        with self._database.reading() as session:
            row = session.scalar(wanted.order_by(ResultRow.created_at.desc()).limit(1))
            return _record(row) if row is not None else None

    def forget(self, key: str) -> None:
        """The answer to a key is not there any more: its jobs have expired, and a new one may be made."""
        with self._database.writing() as session:
            _forget(session, [key])

    def expire(self, age: float, remove: Callable[[str], None], many: int = 100) -> None:
        """Let go of what is older than ``age`` seconds: results, and originals that nothing needs.

        ``remove`` takes their bytes away; at most ``many`` at a time.
        """
        with self._database.writing() as session:
            self._database.lock_submissions(session)
            before = self._database.now() - age
            old = session.scalars(select(ResultRow).where(ResultRow.created_at < before).limit(many)).all()
            blobs = {row.blob for row in old}
            _forget(session, [row.key for row in old])
            ended = update(JobRow).where(JobRow.state.in_(FINAL - {JobState.EXPIRED}), JobRow.finished_at < before)
            session.execute(ended.values(state=JobState.EXPIRED))
            session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < before))
            kept = set(session.scalars(select(ResultRow.blob).where(ResultRow.blob.in_(blobs))))
            for sha256 in sorted(blobs - kept) + self._unneeded_originals(session, age, many):
                remove(sha256)

    def _unneeded_originals(self, session: Session, age: float, many: int) -> list[str]:
        """Documents without a result and without a job that is not expired; their rows stay, so that 410 can be said.

        A row is marked by its size: -1 once the bytes are gone.
        """
        used = select(JobRow.sha256).where(JobRow.state != JobState.EXPIRED)
        old = select(DocumentRow.sha256).where(DocumentRow.created_at < self._database.now() - age)
        free = old.where(DocumentRow.bytes >= 0, DocumentRow.sha256.not_in(used)).limit(many)
        found = list(session.scalars(free.where(DocumentRow.sha256.not_in(select(ResultRow.sha256)))))
        session.execute(update(DocumentRow).where(DocumentRow.sha256.in_(found)).values(bytes=-1))
        return found


def _forget(session: Session, keys: Iterable[str]) -> None:
    keys = list(keys)
    session.execute(delete(ResultRow).where(ResultRow.key.in_(keys)))
    ended = update(JobRow).where(JobRow.key.in_(keys), JobRow.state.not_in(ACTIVE))
    session.execute(ended.values(state=JobState.EXPIRED))


def _record(row: ResultRow) -> ResultRecord:
    return ResultRecord(row.key, row.sha256, row.blob, row.bytes, row.media_type, row.partial, row.created_at)
