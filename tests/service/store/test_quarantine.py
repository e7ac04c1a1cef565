"""Quarantine, on both databases: what ended its process twice is known to whoever opens the database later."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service.errors import Failure, NotReady, ServiceError
from service.isolation.bounds import Bounds
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner
from service.store.database import Database
from service.store.quarantine import QuarantineStore
from service.store.store import Store, open_store

CRASH = Failure("worker_crashed", "signal SIGSEGV", "文件无法处理", page=4)
LATER = Failure("document_timeout", "60 s")


def test_what_is_in_quarantine_is_found_by_its_key_after_a_restart(
    store: Store, database_url: str | None, tmp_path: Path
) -> None:
    store.quarantine.add("k" * 200, CRASH)
    again = open_store(tmp_path, database_url)
    assert (again.quarantine.find("k" * 200), again.quarantine.find("other")) == (CRASH, None)
    again.close()


def test_the_last_reason_counts(store: Store) -> None:
    store.quarantine.add("k", CRASH)
    store.quarantine.add("k", LATER)
    assert store.quarantine.find("k") == LATER


def test_the_oldest_are_forgotten(store: Store) -> None:
    quarantine = QuarantineStore(store.database, most=2)
    for key in ("c", "b", "a"):
        quarantine.add(key, CRASH)
    assert [quarantine.find(key) for key in ("c", "b", "a")] == [None, CRASH, CRASH]


def test_a_document_that_kills_two_processes_is_given_none_by_a_service_that_starts_again(
    store: Store, database_url: str | None, tmp_path: Path
) -> None:
    order = b"count-and-die " + str(tmp_path / "deaths").encode()
    for version, deaths in (("1", b"xx"), ("1", b"xx"), ("2", b"xxxx")):
        opened = open_store(tmp_path, database_url)
        runner = ProcessRunner(
            PoolSize(1),
            Bounds(sealed=False),
            starter="tests.service.handlers:start",
            version=version,
            quarantine=opened.quarantine,
        )
        with pytest.raises(ServiceError) as raised:
            runner.run(ExtractJob(), order)
        runner.close()
        opened.close()
        assert (raised.value.failure.code, (tmp_path / "deaths").read_bytes()) == ("worker_crashed", deaths)


def test_a_database_that_is_away_is_not_the_fault_of_the_document(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_database: Database) -> Session:
        raise OperationalError("", None, ConnectionError())

    monkeypatch.setattr(Database, "reading", away)
    monkeypatch.setattr(Database, "writing", away)
    with pytest.raises(NotReady):
        store.quarantine.find("k")
    with pytest.raises(NotReady):
        store.quarantine.add("k", CRASH)
