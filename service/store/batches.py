"""Files that were sent together."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.engine import Row

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
        with self._database.writing() as connection:
            batch = BatchRecord(uuid.uuid4().hex, self._database.time(connection), items)
            connection.execute(insert(BatchRow), {"id": batch.id, "created_at": batch.created_at})
            if items:
                rows = [_row(batch.id, position, item) for position, item in enumerate(items)]
                connection.execute(insert(BatchItemRow), rows)
            return batch

    def get(self, batch_id: str) -> BatchRecord | None:
        """The batch of an id."""
        rows = select(BatchItemRow).where(BatchItemRow.batch == batch_id).order_by(BatchItemRow.position)
        with self._database.reading() as connection:
            created_at = connection.scalar(select(BatchRow.created_at).where(BatchRow.id == batch_id))
            if created_at is None:
                return None
            return BatchRecord(batch_id, created_at, [_item(row) for row in connection.execute(rows)])


def _row(batch: str, position: int, item: BatchItem) -> dict[str, Any]:
    failure = msgspec.json.encode(item.failure) if item.failure is not None else None
    where = {"batch": batch, "position": position}
    return where | {"name": item.name, "inside": item.inside, "job": item.job, "failure": failure}


def _item(row: Row[Any]) -> BatchItem:
    failure = FAILURE.decode(row.failure) if row.failure is not None else None
    return BatchItem(row.name, row.inside, row.job, failure)
