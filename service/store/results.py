"""Documents that came in and the answers to what was asked of them; and how both are let go of after a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection, Row

from service.states import ACTIVE, FINAL, JobState
from service.store.database import Database
from service.store.models import DocumentRow, IdempotencyRow, JobRow, ResultRow
from service.store.records import DocumentRecord, ResultRecord

_DOCUMENT = select(DocumentRow).where(DocumentRow.sha256 == bindparam("sha256"))
_RESULT = select(ResultRow).where(ResultRow.key == bindparam("key"))
_LATEST = (
    select(ResultRow)
    .where(ResultRow.sha256 == bindparam("sha256"), ResultRow.asked == bindparam("asked"))
    .order_by(ResultRow.created_at.desc())
    .limit(1)
)


class ResultStore:
    """What is known of documents. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def document(self, sha256: str) -> DocumentRecord | None:
        """What is known of a file by the hash of its bytes."""
        with self._database.reading() as connection:
            row = connection.execute(_DOCUMENT, {"sha256": sha256}).first()
            if row is None:
                return None
            return DocumentRecord(row.sha256, row.bytes, row.media_type, row.filename, row.created_at)

    def result(self, key: str) -> ResultRecord | None:
        """The answer to all jobs of a key."""
        with self._database.reading() as connection:
            row = connection.execute(_RESULT, {"key": key}).first()
            return _record(row) if row is not None else None

    def latest(self, sha256: str, asked: str) -> ResultRecord | None:
        """The newest answer to what was asked of a document."""
        with self._database.reading() as connection:
            row = connection.execute(_LATEST, {"sha256": sha256, "asked": asked}).first()
            return _record(row) if row is not None else None

    def forget(self, key: str) -> None:
        """The answer to a key is not there any more: its jobs have expired, and a new one may be made."""
        with self._database.writing() as connection:
            _forget(connection, [key])

    def expire(self, age: float, remove: Callable[[str], None], many: int = 100) -> None:
        """Let go of what is older than ``age`` seconds: results, and originals that nothing needs.

        ``remove`` takes their bytes away; at most ``many`` at a time.
        """
        with self._database.writing() as connection:
            self._database.lock_submissions(connection)
            before = self._database.now() - age
            aged = select(ResultRow.key, ResultRow.blob).where(ResultRow.created_at < before).limit(many)
            old = connection.execute(aged).all()
            blobs = {row.blob for row in old}
            _forget(connection, [row.key for row in old])
            ended = update(JobRow).where(JobRow.state.in_(FINAL - {JobState.EXPIRED}), JobRow.finished_at < before)
            connection.execute(ended.values(state=JobState.EXPIRED))
            connection.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < before))
            kept = set(connection.scalars(select(ResultRow.blob).where(ResultRow.blob.in_(blobs))))
            for sha256 in sorted(blobs - kept) + self._unneeded_originals(connection, age, many):
                remove(sha256)

    def _unneeded_originals(self, connection: Connection, age: float, many: int) -> list[str]:
        """Documents without a result and without a job that is not expired; their rows stay, so that 410 can be said.

        A row is marked by its size: -1 once the bytes are gone.
        """
        used = select(JobRow.sha256).where(JobRow.state != JobState.EXPIRED)
        old = select(DocumentRow.sha256).where(DocumentRow.created_at < self._database.now() - age)
        free = old.where(DocumentRow.bytes >= 0, DocumentRow.sha256.not_in(used)).limit(many)
        found = list(connection.scalars(free.where(DocumentRow.sha256.not_in(select(ResultRow.sha256)))))
        connection.execute(update(DocumentRow).where(DocumentRow.sha256.in_(found)).values(bytes=-1))
        return found


def _forget(connection: Connection, keys: Iterable[str]) -> None:
    keys = list(keys)
    connection.execute(delete(ResultRow).where(ResultRow.key.in_(keys)))
    ended = update(JobRow).where(JobRow.key.in_(keys), JobRow.state.not_in(ACTIVE))
    connection.execute(ended.values(state=JobState.EXPIRED))


def _record(row: Row[Any]) -> ResultRecord:
    return ResultRecord(row.key, row.sha256, row.blob, row.bytes, row.media_type, row.partial, row.created_at)
