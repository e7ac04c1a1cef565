"""The queue, on both databases: a job is kept once, claimed once, finished once, whatever happens to its worker."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.errors import Failure, IdempotencyConflict, QueueFull
from service.jobs import ExtractJob, RenderJob
from service.states import MAX_ATTEMPTS, JobState
from service.store.records import Answer, Claim, JobRecord, Original, Submission
from service.store.store import Store, open_store

SHA = "ab" * 32
CRASH = Failure("worker_crashed", "signal SIGSEGV")
BROKEN = Failure("corrupt", "no page tree", "文件已损坏", page=4)


def wanted(key: str = "k1", name: str | None = None, scope: str = "", priority: int = 0) -> Submission:
    return Submission(Original(SHA, 10, "决算.pdf"), ExtractJob("决算.pdf"), key, name, scope, priority)


def submit(store: Store, submission: Submission | None = None, limit: int | None = None, slots: int = 1) -> JobRecord:
    return store.jobs.submit(submission or wanted(), limit, slots, lambda: None)


def claim(store: Store, owner: str = "me", lease: float = 60) -> JobRecord:
    job = store.jobs.claim(owner, lease)
    assert job is not None
    return job


def finish(store: Store, job: JobRecord, outcome: Answer | Failure, owner: str = "me") -> bool:
    return store.jobs.finish(job, owner, outcome, lambda: None) is not None


def answer(partial: bool = False) -> Answer:
    return Answer("cd" * 32, 99, "application/json", partial, "application/pdf")


def state(store: Store, job: JobRecord) -> JobState:
    found = store.jobs.get(job.id)
    assert found is not None
    return found.state


def test_a_job_is_queued_then_running_then_done_and_its_answer_can_be_looked_up(store: Store) -> None:
    job = submit(store)
    assert (job.state, job.request, job.attempts) == (JobState.QUEUED, ExtractJob("决算.pdf"), 0)
    claimed = claim(store)
    assert (claimed.id, claimed.state, claimed.attempts) == (job.id, JobState.RUNNING, 1)
    assert store.jobs.claim("me", 60) is None
    assert finish(store, claimed, answer())
    assert state(store, job) is JobState.SUCCEEDED
    result = store.results.result("k1")
    assert result is not None
    assert (result.blob, result.bytes, result.partial, result.sha256) == ("cd" * 32, 99, False, SHA)
    document = store.results.document(SHA)
    assert document is not None
    assert (document.bytes, document.filename, document.media_type) == (10, "决算.pdf", "application/pdf")


def test_a_job_that_is_claimed_as_it_is_submitted_is_nobody_elses_until_its_lease_runs_out(store: Store) -> None:
    job = store.jobs.submit(wanted(), None, 1, lambda: None, Claim("me", 0.3))
    assert (job.state, job.attempts, job.started_at) == (JobState.RUNNING, 1, job.created_at)
    assert store.jobs.get(job.id) == job
    assert store.jobs.claim("another", 60) is None
    time.sleep(0.3)
    assert claim(store, "another").attempts == 2
    assert not finish(store, job, answer())


def test_an_answer_with_pages_that_were_not_read_makes_the_job_partial(store: Store) -> None:
    submit(store)
    job = claim(store)
    finish(store, job, answer(partial=True))
    assert state(store, job) is JobState.PARTIAL


def test_a_failure_is_kept_whole(store: Store) -> None:
    submit(store)
    job = claim(store)
    finish(store, job, BROKEN)
    failed = store.jobs.get(job.id)
    assert failed is not None
    assert (failed.state, failed.failure) == (JobState.FAILED, BROKEN)
    assert failed.finished_at is not None
    assert failed.started_at is not None
    assert failed.created_at <= failed.started_at <= failed.finished_at <= failed.created_at + 60


def test_the_same_job_is_one_job_while_it_waits_runs_and_when_it_is_done(store: Store) -> None:
    first = submit(store)
    assert submit(store).id == first.id
    job = claim(store)
    assert submit(store).id == first.id
    finish(store, job, answer())
    assert (submit(store).id, submit(store).state) == (first.id, JobState.SUCCEEDED)
    assert submit(store, wanted("k2")).id != first.id


@pytest.mark.parametrize(("failure", "again"), [(BROKEN, True), (CRASH, False)])
def test_what_failed_is_tried_again_when_it_is_sent_again_unless_it_killed_its_process(
    store: Store, failure: Failure, again: bool
) -> None:
    submit(store)
    job = claim(store)
    finish(store, job, failure)
    assert (submit(store).id != job.id) is again


def test_a_hundred_equal_submissions_at_the_same_time_are_one_job(store: Store) -> None:
    with ThreadPoolExecutor(10) as pool:
        ids = {job.id for job in pool.map(lambda _: submit(store), range(100))}
    assert len(ids) == 1


def test_a_job_is_claimed_once_however_many_want_it(store: Store, tmp_path: Path, database_url: str | None) -> None:
    """Two processes, as far as the database can tell, with four threads each."""
    jobs = {submit(store, wanted(f"k{number}")).id for number in range(40)}
    other = open_store(tmp_path, database_url)
    claimed: Counter[str] = Counter()
    lock = threading.Lock()

    def work(which: int) -> None:
        while job := (store, other)[which % 2].jobs.claim(f"owner{which}", 60):
            with lock:
                claimed[job.id] += 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    other.close()
    assert claimed == dict.fromkeys(jobs, 1)


def test_jobs_are_taken_in_their_order_and_those_of_higher_priority_first(store: Store) -> None:
    order = [
        submit(store, wanted(key, priority=priority)).key
        for key, priority in [("batch", -1), ("first", 0), ("second", 0), ("page", 1)]
    ]
    assert order == ["batch", "first", "second", "page"]
    assert [claim(store).key for _ in order] == ["page", "first", "second", "batch"]


def test_a_lease_that_ran_out_is_taken_over_and_the_late_one_changes_nothing(store: Store) -> None:
    submit(store)
    late = claim(store, "late", lease=0.0)
    time.sleep(0.01)
    now = claim(store, "now")
    assert (now.id, now.attempts) == (late.id, 2)
    assert finish(store, late, BROKEN, "late") is False
    assert state(store, now) is JobState.RUNNING
    assert finish(store, now, answer(), "now") is True
    assert finish(store, now, BROKEN, "now") is False
    assert state(store, now) is JobState.SUCCEEDED


def test_a_lease_that_is_renewed_is_not_taken_over(store: Store) -> None:
    submit(store)
    job = claim(store, lease=0.2)
    store.jobs.renew("me", [job.id], 60)
    time.sleep(0.3)
    assert not store.jobs.anything_to_claim()
    assert store.jobs.claim("other", 60) is None
    assert finish(store, job, answer()) is True


def test_what_a_dead_process_held_is_put_back(store: Store) -> None:
    submit(store)
    claim(store, "dead")
    assert store.jobs.owners() == {"dead"}
    assert store.jobs.release_all("dead") == 1
    assert claim(store).attempts == 2


def test_a_job_that_is_put_back_for_no_fault_of_its_own_has_not_been_tried(store: Store) -> None:
    submit(store)
    store.jobs.release(claim(store), "me")
    assert claim(store).attempts == 1


def test_a_job_under_which_the_service_dies_time_and_again_is_given_up(store: Store) -> None:
    job = submit(store)
    for attempt in range(MAX_ATTEMPTS):
        assert claim(store, lease=0.0).attempts == attempt + 1
        time.sleep(0.002)
    assert store.jobs.claim("me", 60) is None
    assert store.jobs.give_up(CRASH) == 1
    given_up = store.jobs.get(job.id)
    assert given_up is not None
    assert (given_up.state, given_up.failure) == (JobState.FAILED, CRASH)


def test_progress_is_written_and_only_by_the_one_that_runs_the_job(store: Store) -> None:
    submit(store)
    job = claim(store)
    store.jobs.progress("me", {job.id: (3, 41)})
    store.jobs.progress("other", {job.id: (9, 41)})
    seen = store.jobs.get(job.id)
    assert seen is not None
    assert (seen.page, seen.pages) == (3, 41)


def test_a_cancelled_job_is_taken_away_from_its_worker_and_is_not_joined_by_others(store: Store) -> None:
    submit(store)
    job = claim(store)
    cancelled = store.jobs.cancel(job.id)
    assert cancelled is not None
    assert cancelled.state is JobState.CANCELLED
    assert store.jobs.taken_away("me", [job.id]) == {job.id}
    assert finish(store, job, answer()) is False
    assert submit(store).id != job.id


def test_cancelling_what_has_ended_changes_nothing(store: Store) -> None:
    submit(store)
    job = claim(store)
    finish(store, job, answer())
    cancelled = store.jobs.cancel(job.id)
    assert cancelled is not None
    assert cancelled.state is JobState.SUCCEEDED
    assert store.jobs.cancel("nothing") is None


def test_beyond_the_limit_a_job_is_refused_and_what_is_known_is_not(store: Store) -> None:
    first = submit(store, wanted("k0"), limit=2, slots=1)
    submit(store, wanted("k1"), limit=2)
    submit(store, wanted("k2"), limit=2)
    with pytest.raises(QueueFull) as refused:
        submit(store, wanted("k3"), limit=2)
    assert (refused.value.failure.limit, refused.value.retry_after) == (2, 3)
    assert submit(store, wanted("k0"), limit=2).id == first.id


def test_the_time_to_wait_comes_from_what_the_last_jobs_took(store: Store) -> None:
    submit(store)
    job = claim(store)
    time.sleep(0.3)
    finish(store, job, answer())
    store.workers.heard("me", 4, proven=False)
    load = store.workers.load()
    assert (load.queued, load.running, load.slots) == (0, 0, 4)
    assert 0.3 <= load.mean < 3


def test_a_batch_does_not_crowd_out_others(store: Store) -> None:
    for number in range(5):
        submit(store, wanted(f"b{number}", priority=-1), limit=None)
    assert submit(store, wanted("k1"), limit=1).state is JobState.QUEUED


def test_the_same_idempotency_key_is_the_same_job_even_when_it_failed(store: Store) -> None:
    first = submit(store, wanted(name="try-1"))
    finish(store, claim(store), BROKEN)
    assert submit(store, wanted(name="try-1")).id == first.id
    assert submit(store, wanted(name="try-2")).id != first.id


def test_an_idempotency_key_with_something_else_is_refused_but_is_not_shared_by_strangers(store: Store) -> None:
    submit(store, wanted(name="try-1"))
    with pytest.raises(IdempotencyConflict):
        submit(store, wanted("k2", name="try-1"))
    with pytest.raises(IdempotencyConflict):
        store.jobs.find(wanted("k2", name="try-1"), None, 1)
    submit(store, wanted("k2", name="try-1", scope="another"))


def test_the_newest_answer_to_what_was_asked_is_found_whatever_its_name_and_version(store: Store) -> None:
    for key, blob in (("old", "01" * 32), ("new", "02" * 32)):
        submit(store, wanted(key))
        finish(store, claim(store), Answer(blob, 1, "application/json"))
    found = store.results.latest(SHA, "extract pages=all personal_data=no")
    assert found is not None
    assert found.blob == "02" * 32
    assert store.results.latest(SHA, "extract pages=1-2 personal_data=no") is None


def test_a_picture_of_a_page_is_a_job_too(store: Store) -> None:
    submit(store, Submission(Original(SHA, 10), RenderJob(3, 110), "p3"))
    assert claim(store).request == RenderJob(3, 110)


def test_all_that_is_kept_is_there_again_when_the_store_is_opened_anew(
    store: Store, tmp_path: Path, database_url: str | None
) -> None:
    job = submit(store)
    again = open_store(tmp_path, database_url)
    assert again.jobs.get(job.id) == job
    again.close()


def test_what_is_old_is_let_go_of_and_can_be_made_again(store: Store) -> None:
    job = submit(store)
    finish(store, claim(store), answer())
    removed: list[str] = []
    store.results.expire(3600, removed.append)
    assert removed == []
    time.sleep(0.01)
    store.results.expire(0.001, removed.append)
    assert removed == ["cd" * 32, SHA]
    assert state(store, job) is JobState.EXPIRED
    document = store.results.document(SHA)
    assert document is not None
    assert document.bytes == -1
    new = submit(store)
    assert new.id != job.id
    assert new.state is JobState.QUEUED
    document = store.results.document(SHA)
    assert document is not None
    assert document.bytes == 10


def test_what_a_job_still_needs_is_not_let_go_of(store: Store) -> None:
    submit(store)
    time.sleep(0.01)
    removed: list[str] = []
    store.results.expire(0.001, removed.append)
    assert removed == []


def test_a_worker_that_read_something_lately_proves_that_documents_can_be_read(store: Store) -> None:
    store.workers.heard("me", 2, proven=False)
    assert not store.workers.proven(60)
    store.workers.heard("me", 2, proven=True)
    assert store.workers.proven(60)
    store.workers.heard("me", 2, proven=False)
    assert store.workers.proven(60)
    assert not store.workers.proven(-1)
    store.workers.gone("me")
    assert store.workers.owners() == set()


def test_jobs_are_counted_by_state(store: Store) -> None:
    submit(store)
    submit(store, wanted("k2"))
    claim(store)
    counts = store.workers.counts()
    assert (counts[JobState.QUEUED], counts[JobState.RUNNING], counts[JobState.FAILED]) == (1, 1, 0)
