"""The database: SQLite in a file of our own, or PostgreSQL by its address. Opening it brings it to today's shape."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    ColumnElement,
    Double,
    Engine,
    and_,
    bindparam,
    cast,
    create_engine,
    event,
    extract,
    func,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection

BUSY = 30.0  # seconds to wait for another writer; each writes for milliseconds
LOCK_MIGRATE, LOCK_SUBMIT = 7_104_001, 7_104_002  # any numbers: names of advisory locks in PostgreSQL
WRITES, LASTS = "gongkai_writes", "gongkai_lasts"  # names of execution options


class Database:
    """Transactions on one database. Safe to use from several threads and processes.

    Rows are read and written by statements, most of them put together once, and never as objects that are kept in
    step with the database: for what one job needs, that took twice as long.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._writer = self._engine.execution_options(**{WRITES: True, LASTS: True})
        self._noter = self._engine.execution_options(**{WRITES: True, LASTS: False})
        # SQLite lets one write at a time, and who finds it busy sleeps for milliseconds before the next look; who waits
        # for another thread of ours is woken when that is done.
        self._turn: AbstractContextManager[Any] = threading.Lock() if self._is_sqlite else nullcontext()
        with self._writer.begin() as connection:
            self._lock(connection, LOCK_MIGRATE)
            _migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; committed, and safe on disk, when the block ends."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """A transaction that writes what may be lost with the power, though not with this process: who works on what.
        Others see it when the block ends; the disk is not waited for."""
        with self._turn, self._noter.begin() as connection:
            if not self._is_sqlite:
                connection.execute(text("SET LOCAL synchronous_commit TO off"))
            yield connection

    def lock_submissions(self, connection: Connection) -> None:
        """Let no other process add jobs until this transaction ends; counts then are exact."""
        self._lock(connection, LOCK_SUBMIT)

    def now(self) -> ColumnElement[float]:
        """The time by the database's clock: the hosts that share it need not agree on theirs."""
        if self._is_sqlite:
            return bindparam(None, callable_=time.time, type_=Double)  # asked each time that the statement is executed
        return cast(extract("epoch", func.clock_timestamp()), Double)

    def time(self, connection: Connection) -> float:
        """The same, as a number."""
        return time.time() if self._is_sqlite else float(connection.scalar(select(self.now())) or 0)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _lock(self, connection: Connection, number: int) -> None:
        if not self._is_sqlite:  # there, a transaction that writes is alone anyway
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


class KeepRow:
    """Writes rows of a table down: the one of these ``names`` if there is one, else a new one. Put together once."""

    def __init__(self, table: Any, *names: str) -> None:
        self._names = {name: f"known_{name}" for name in names}
        known = and_(*(getattr(table, name) == bindparam(known) for name, known in self._names.items()))
        self._update, self._insert = update(table).where(known), insert(table)

    def __call__(
        self, connection: Connection, row: Mapping[str, Any], only_new: Mapping[str, Any] | None = None
    ) -> None:
        """``only_new``: what an old row keeps."""
        values = {name: value for name, value in row.items() if name not in self._names}
        known = {known: row[name] for name, known in self._names.items()}
        if not connection.execute(self._update, values | known).rowcount:
            connection.execute(self._insert, {**row, **(only_new or {})})


def sqlite_url(path: Path) -> str:
    """The address of a database in a file."""
    return f"sqlite:///{path}"


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=30)
    engine = create_engine(parsed, connect_args={"timeout": BUSY}, pool_size=10, max_overflow=30)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, not by the driver
    for setting in ("journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(WRITES):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if options[LASTS] else 'NORMAL'}")
    # A transaction that reads first and writes later would fail when another wrote between; so it says so at once.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "service.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
