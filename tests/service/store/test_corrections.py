"""What people said of documents, on both databases: every line once, in one order, for ever."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from schemas.review.log import Said
from schemas.review.operations import Op
from service.errors import PreconditionFailed
from service.jobs import ExtractJob
from service.store.records import Answer, Original, Submission
from service.store.store import Store, open_store

SHA, OTHER = "ab" * 32, "cd" * 32


def said(new: str, target: str = "t01.r1.c1") -> Said:
    return Said(Op.SET_TEXT, target, "709.41", new, "a\x00b 扫描", "0.1", "ef" * 32, "12" * 16)


@pytest.fixture(autouse=True)
def _documents(store: Store) -> None:
    for sha256 in (SHA, OTHER):
        store.jobs.submit(Submission(Original(sha256, 10), ExtractJob(), sha256), None, 1, lambda: None)


def test_lines_come_back_as_they_were_written_in_their_order(store: Store) -> None:
    begun = time.time()
    first = store.corrections.add(SHA, "ann", said("1"))
    region = Said(Op.IGNORE_REGION, "p1", None, [0.0, 1.5, 2.0, 3.0], "stamp", "0.1", "ef" * 32, "12" * 16)
    second = store.corrections.add(SHA, None, region)
    assert store.corrections.log(SHA) == [first, second]
    assert [(entry.number, entry.who) for entry in (first, second)] == [(1, "ann"), (2, None)]
    assert (first.said, second.said) == (said("1"), region)
    assert begun - 60 < first.made_at <= second.made_at < begun + 60
    assert store.corrections.log(OTHER) == []
    store.corrections.add(OTHER, None, said("1"))
    assert store.corrections.documents("", 9) == [SHA, OTHER]
    assert (store.corrections.documents("", 1), store.corrections.documents(SHA, 9)) == ([SHA], [OTHER])


def test_a_line_that_is_sent_again_is_the_one_that_is_there(store: Store) -> None:
    first = store.corrections.add(SHA, "ann", said("1"))
    assert store.corrections.add(SHA, "ann", said("1"), after=0) == first
    assert store.corrections.add(SHA, "bob", said("1")).number == 2
    assert store.corrections.add(SHA, "ann", said("1")).number == 3


def test_who_knows_of_fewer_lines_than_there_are_is_refused(store: Store) -> None:
    store.corrections.add(SHA, "ann", said("1"), after=0)
    with pytest.raises(PreconditionFailed):
        store.corrections.add(SHA, "bob", said("2"), after=0)
    assert store.corrections.add(SHA, "bob", said("2"), after=1).number == 2


def test_many_writers_leave_no_gap_and_one_of_those_who_saw_the_same_wins(
    store: Store, tmp_path: Path, database_url: str | None
) -> None:
    other = open_store(tmp_path, database_url)

    def write(number: int) -> bool:
        try:
            (store, other)[number % 2].corrections.add(SHA, f"k{number}", said(str(number)), after=0)
        except PreconditionFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write, range(16))) == 1
        list(pool.map(lambda number: other.corrections.add(SHA, None, said(f"n{number}")), range(20)))
    assert [entry.number for entry in store.corrections.log(SHA)] == list(range(1, 22))
    other.close()


def test_they_are_kept_when_results_are_let_go_of(store: Store) -> None:
    job = store.jobs.claim("me", 60)
    assert job is not None
    assert store.jobs.finish(job, "me", Answer("ef" * 32, 9, "application/json"), lambda: None)
    store.corrections.add(SHA, "ann", said("1"))
    time.sleep(0.05)
    removed: list[str] = []
    store.results.expire(0.01, removed.append)
    assert removed == ["ef" * 32, SHA]
    assert store.results.result(job.key) is None
    assert len(store.corrections.log(SHA)) == 1
