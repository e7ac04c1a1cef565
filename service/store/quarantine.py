"""Files that ended the process that read them, remembered by the database: a service that starts again knows them."""

from __future__ import annotations

import msgspec
from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

from service.errors import Failure, NotReady
from service.store.database import Database, KeepRow
from service.store.models import QuarantineRow

_MOST = 10_000
_KEEP = KeepRow(QuarantineRow, "key")
_FIND = select(QuarantineRow.failure).where(QuarantineRow.key == bindparam("key"))


class QuarantineStore:
    """A ``service.isolation.quarantine.Quarantine``, shared by all processes on one database.

    The oldest are forgotten beyond ``most``. Both methods raise NotReady when the database is away.
    """

    def __init__(self, database: Database, most: int = _MOST) -> None:
        self._database, self._most = database, most

    def find(self, key: str) -> Failure | None:
        """Why the file is refused; None when it is not."""
        try:
            with self._database.reading() as connection:
                failure = connection.scalar(_FIND, {"key": key})
        except OperationalError as error:  # no fault of the document: its job waits for the database
            raise NotReady("the database is away") from error
        return None if failure is None else msgspec.json.decode(failure, type=Failure)

    def add(self, key: str, failure: Failure) -> None:
        """Refuse the file from now on, for this reason."""
        try:
            with self._database.writing() as connection:
                now = self._database.time(connection)
                _KEEP(connection, {"key": key, "failure": msgspec.json.encode(failure), "created_at": now})
                self._forget(connection)
        except OperationalError as error:
            raise NotReady("the database is away") from error

    def _forget(self, connection: Connection) -> None:
        """Take away those that are too many."""
        newest = select(QuarantineRow.key).order_by(QuarantineRow.created_at.desc()).limit(self._most)
        connection.execute(delete(QuarantineRow).where(QuarantineRow.key.not_in(newest)))
