"""The database: SQLite in a file of our own, or PostgreSQL by its address. Opening it brings it to today's shape."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    ColumnElement,
    Double,
    Engine,
    bindparam,
    cast,
    create_engine,
    event,
    extract,
    func,
    make_url,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

BUSY = 30.0  # seconds to wait for another writer; each writes for milliseconds
LOCK_MIGRATE, LOCK_SUBMIT = 7_104_001, 7_104_002  # any numbers: names of advisory locks in PostgreSQL
WRITES, LASTS = "gongkai_writes", "gongkai_lasts"  # names of execution options

# Sessions are short, and no object in them is used after it was updated by a statement: nothing is to be kept in step.
_PLAIN: dict[str, Any] = {"expire_on_commit": False, "execution_options": {"synchronize_session": False}}


class Database:
    """Sessions on one database. Safe to use from several threads and processes."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._writer = self._engine.execution_options(**{WRITES: True, LASTS: True})
        self._noter = self._engine.execution_options(**{WRITES: True, LASTS: False})
        with self._writer.begin() as connection:
            self._lock(connection, LOCK_MIGRATE)
            _migrate(connection)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self._engine, **_PLAIN) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that writes; committed, and safe on disk, when the block ends."""
        with Session(self._writer, **_PLAIN) as session, session.begin():
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """A session that writes what may be lost with the power, though not with this process: who works on what.
        Others see it when the block ends; the disk is not waited for."""
        with Session(self._noter, **_PLAIN) as session, session.begin():
            if not self._is_sqlite:
                session.execute(text("SET LOCAL synchronous_commit TO off"))
            yield session

    def lock_submissions(self, session: Session) -> None:
        """Let no other process add jobs until this transaction ends; counts then are exact."""
        self._lock(session.connection(), LOCK_SUBMIT)

    def now(self) -> ColumnElement[float]:
        """The time by the database's clock: the hosts that share it need not agree on theirs."""
        if self._is_sqlite:
            return bindparam(None, callable_=time.time, type_=Double)  # asked each time that the statement is executed
        return cast(extract("epoch", func.clock_timestamp()), Double)

    def time(self, session: Session) -> float:
        """The same, as a number."""
        return time.time() if self._is_sqlite else float(session.scalar(select(self.now())) or 0)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _lock(self, connection: Connection, number: int) -> None:
        if not self._is_sqlite:  # there, a transaction that writes is alone anyway
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


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
