"""What people said of documents: lines that are added, and never changed or taken away, not even with the results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, select
from sqlalchemy.engine import Connection, Row

from schemas.review.log import Entry, Said
from service.errors import PreconditionFailed
from service.store.database import Database
from service.store.models import CorrectionRow, DocumentRow

_SAID = msgspec.json.Decoder(Said)
_LOG = select(CorrectionRow).where(CorrectionRow.sha256 == bindparam("sha256")).order_by(CorrectionRow.number)
# Who adds a line has the document to himself until it is there: numbers have no gaps, and none is given twice. Jobs
# that come in meanwhile only want the row to stay.
_HOLD = select(DocumentRow.sha256).where(DocumentRow.sha256 == bindparam("sha256")).with_for_update(key_share=True)
_ADD = insert(CorrectionRow)
_DOCUMENTS = (
    select(CorrectionRow.sha256)
    .where(CorrectionRow.sha256 > bindparam("after"), CorrectionRow.number == 1)
    .order_by(CorrectionRow.sha256)
    .limit(bindparam("many"))
)


class CorrectionStore:
    """The log of each document. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def log(self, sha256: str) -> Sequence[Entry]:
        """All that was said of a document, in its order."""
        with self._database.reading() as connection:
            return _log(connection, sha256)

    def documents(self, after: str, many: int) -> Sequence[str]:
        """The documents of which anything was said, by their hashes, beyond ``after``."""
        with self._database.reading() as connection:
            return list(connection.scalars(_DOCUMENTS, {"after": after, "many": many}))

    def add(self, sha256: str, who: str | None, said: Said, after: int | None = None) -> Entry:
        """One more line. Where the last one is the same already, as when an answer got lost, it is that one.

        ``after``: the number of the last line that the writer knows of; None when that does not matter.

        Raises:
            PreconditionFailed: there are others behind it.
        """
        with self._database.writing() as connection:
            connection.execute(_HOLD, {"sha256": sha256})
            log = _log(connection, sha256)
            if log and (log[-1].who, log[-1].said) == (who, said):
                return log[-1]
            if after is not None and after != len(log):
                raise PreconditionFailed
            entry = Entry(len(log) + 1, who, self._database.time(connection), said)
            written = {"number": entry.number, "who": who, "made_at": entry.made_at, "said": msgspec.json.encode(said)}
            connection.execute(_ADD, {"sha256": sha256} | written)
            return entry


def _log(connection: Connection, sha256: str) -> list[Entry]:
    return [_entry(row) for row in connection.execute(_LOG, {"sha256": sha256})]


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.number, row.who, row.made_at, _SAID.decode(row.said))
