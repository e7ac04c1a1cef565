"""Files that were sent together."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from service.errors import Failure
from service.store.database import Database
from service.store.models import BatchItemRow, BatchRow
from service.store.records import FAILURE


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One file: its job, or why there is none. ``inside`` is its path in the archive that it came in."""

    name: str | None
    inside: str | None
    job: str | None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch, its files in their order."""

    id: str
    created_at: float
    items: Sequence[BatchItem]


class BatchStore:
    """All batches. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, items: Sequence[BatchItem]) -> BatchRecord:
        """A new batch."""
        with self._database.writing() as session:
            now = self._database.time(session)
            batch = BatchRow(id=uuid.uuid4().hex, created_at=now)
            session.add(batch)
            session.flush()
            session.add_all(_row(batch.id, position, item) for position, item in enumerate(items))
            return BatchRecord(batch.id, now, items)

    def get(self, batch_id: str) -> BatchRecord | None:
        """The batch of an id."""
        rows = select(BatchItemRow).where(BatchItemRow.batch == batch_id).order_by(BatchItemRow.position)
        with self._database.reading() as session:
            batch = session.get(BatchRow, batch_id)
            if batch is None:
                return None
            return BatchRecord(batch.id, batch.created_at, [_item(row) for row in session.scalars(rows)])


def _row(batch: str, position: int, item: BatchItem) -> BatchItemRow:
    failure = msgspec.json.encode(item.failure) if item.failure is not None else None
    return BatchItemRow(
        batch=batch, position=position, name=item.name, inside=item.inside, job=item.job, failure=failure
    )


def _item(row: BatchItemRow) -> BatchItem:
    failure = FAILURE.decode(row.failure) if row.failure is not None else None
    return BatchItem(row.name, row.inside, row.job, failure)
