"""How many jobs one API key may have in the queue, on both databases; and what a database is brought to."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from service.errors import QueueFull, RateLimited
from service.jobs import ExtractJob
from service.states import JobState
from service.store.models import Base
from service.store.records import Answer, JobRecord, Original, Submission
from service.store.store import Store, open_store

SHA = "ab" * 32
ANSWER = Answer("cd" * 32, 99, "application/json")


def submit(store: Store, key: str, scope: str, most: int | None = 2, priority: int = 0) -> JobRecord:
    wanted = Submission(Original(SHA, 10), ExtractJob(), key, None, scope, priority, most)
    return store.jobs.submit(wanted, 100 if priority >= 0 else None, 1, lambda: None)


def test_a_key_has_so_many_jobs_at_once_and_another_key_is_not_concerned(store: Store) -> None:
    first = submit(store, "k0", "ann")
    submit(store, "k1", "ann")
    with pytest.raises(RateLimited) as refused:
        submit(store, "k2", "ann")
    failure = refused.value.failure
    assert (failure.code, failure.limit, failure.observed, refused.value.retry_after) == ("rate_limited", 2, 2, 1)
    assert submit(store, "k0", "ann").id == first.id
    assert submit(store, "k2", "bob").state is JobState.QUEUED
    for number in range(4):
        submit(store, f"n{number}", "", most=None)


def test_a_job_that_runs_counts_and_one_that_has_ended_does_not(store: Store) -> None:
    submit(store, "k0", "ann", most=1)
    job = store.jobs.claim("me", 60)
    assert job is not None
    with pytest.raises(RateLimited):
        submit(store, "k1", "ann", most=1)
    assert store.jobs.finish(job, "me", ANSWER, lambda: None)
    assert submit(store, "k1", "ann", most=1).state is JobState.QUEUED


def test_files_of_a_batch_are_not_counted(store: Store) -> None:
    for number in range(4):
        submit(store, f"b{number}", "ann", priority=-1)
    assert submit(store, "k0", "ann").state is JobState.QUEUED


def test_the_time_to_wait_is_that_until_one_of_its_own_ends(store: Store) -> None:
    submit(store, "k0", "ann")
    job = store.jobs.claim("me", 60)
    assert job is not None
    time.sleep(1.1)
    store.jobs.finish(job, "me", ANSWER, lambda: None)
    for number in range(1, 9):
        submit(store, f"o{number}", "bob", most=8)
    submit(store, "k1", "ann", most=1)
    with pytest.raises(RateLimited) as refused:
        submit(store, "k2", "ann", most=1)
    mean = store.workers.load().mean
    assert refused.value.retry_after == round(9 * mean) >= 9


def test_the_queue_is_full_for_a_key_that_has_room_of_its_own(store: Store) -> None:
    for number in range(3):
        submit(store, f"k{number}", "ann", most=9)
    wanted = Submission(Original(SHA, 10), ExtractJob(), "k9", None, "bob", 0, 9)
    with pytest.raises(QueueFull):
        store.jobs.submit(wanted, 2, 1, lambda: None)


def test_a_flood_over_two_processes_is_held_to_the_limit(
    store: Store, tmp_path: Path, database_url: str | None
) -> None:
    other = open_store(tmp_path, database_url)

    def try_it(number: int) -> bool:
        try:
            submit((store, other)[number % 2], f"k{number}", "ann", most=5)
        except RateLimited:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_it, range(40))) == 5
    other.close()


def test_a_new_database_has_the_tables_that_the_code_knows(store: Store) -> None:
    with store.database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_a_database_of_an_older_version_keeps_its_jobs(tmp_path: Path, database_url: str | None) -> None:
    store = open_store(tmp_path, database_url)
    job = submit(store, "k0", "")
    config = Config()
    config.set_main_option("script_location", "service.store:migrations")
    with store.database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
    with store.database.reading() as connection:
        assert "scope" not in {column["name"] for column in sa.inspect(connection).get_columns("jobs")}
    store.close()
    again = open_store(tmp_path, database_url)
    assert again.jobs.get(job.id) == job
    assert submit(again, "k1", "ann", most=1).state is JobState.QUEUED
    again.close()
