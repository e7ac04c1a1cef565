"""Both databases, each empty for every test."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from service.store.store import Store, open_store
from tests.servers import postgres_server


@pytest.fixture(name="postgres", scope="session")
def _postgres() -> Iterator[str]:
    """The address of a PostgreSQL server. Its folder has a short path, as that of a socket must be."""
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True) as folder,
        postgres_server(Path(folder)) as url,
    ):
        yield url


@pytest.fixture(name="database_url", params=["sqlite", "postgres"])
def _database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str | None:
    """The address of an empty database; None is SQLite in the store's own folder."""
    if request.param == "sqlite":
        return None
    server: str = request.getfixturevalue("postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return server


@pytest.fixture(name="store")
def _store(database_url: str | None, tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path, database_url)
    yield store
    store.close()
