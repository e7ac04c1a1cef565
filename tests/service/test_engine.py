"""The engine: jobs are taken and written down, whatever a document, a worker or another process does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from service import keeper
from service.engine import PAUSE, Engine
from service.errors import DocumentFailed, Failure, NotReady, QueueFull
from service.jobs import ExtractJob, RenderJob
from service.keeper import LEASE
from service.owner import is_gone, own_name
from service.states import JobState
from service.store.records import Claim, JobRecord, Original, Submission
from service.store.store import Store, open_store
from tests.service.runners import RESULT, FakeRunner

DATA = b"%PDF-1.7 ..."


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path)
    yield store
    store.close()


@contextmanager
def working(store: Store, runner: FakeRunner, slots: int = 1) -> Iterator[Engine]:
    engine = Engine(store, runner, slots)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop(0.1)


def submit(store: Store, key: str = "k1", request: ExtractJob | RenderJob | None = None) -> JobRecord:
    wanted = Submission(Original(store.blobs.put(DATA), len(DATA)), request or ExtractJob("a.pdf"), key)
    return store.jobs.submit(wanted, None, 1, lambda: None)


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def state(store: Store, job: JobRecord) -> JobState:
    found = store.jobs.get(job.id)
    assert found is not None
    return found.state


def test_a_job_is_done_and_its_answer_kept(store: Store) -> None:
    runner = FakeRunner()
    with working(store, runner):
        job = submit(store)
        until(lambda: state(store, job) is JobState.SUCCEEDED)
    assert runner.asked == [(ExtractJob("a.pdf"), DATA)]
    result = store.results.result("k1")
    assert result is not None
    assert (store.blobs.get(result.blob), result.media_type) == (RESULT, "application/json")


def test_a_job_that_comes_while_a_slot_finds_nothing_does_not_wait_for_the_keeper(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "TICK", 60.0)
    claim = store.jobs.claim
    jobs: list[JobRecord] = []

    def claim_too_early(owner: str, lease: float) -> JobRecord | None:
        found = claim(owner, lease)
        if not jobs:
            jobs.append(submit(store))
            engine.wake()
        return found

    monkeypatch.setattr(store.jobs, "claim", claim_too_early)
    engine = Engine(store, FakeRunner(), 1)
    engine.start()
    until(lambda: bool(jobs) and state(store, jobs[0]) is JobState.SUCCEEDED)
    monkeypatch.setattr(keeper, "TICK", 0.0)
    engine.stop(0.1)


def test_pages_that_could_not_be_read_make_it_partial(store: Store) -> None:
    page = b'{"number":1,"width":1,"height":1,"rotation":0,"text":"scanned","status":"ok"}'
    with working(store, FakeRunner(RESULT.replace(b'"pages":[]', b'"pages":[%s]' % page))):
        job = submit(store)
        until(lambda: state(store, job) is JobState.PARTIAL)


def test_a_picture_is_kept_as_a_picture(store: Store) -> None:
    with working(store, FakeRunner(b"\x89PNG")):
        job = submit(store, request=RenderJob(1))
        until(lambda: state(store, job) is JobState.SUCCEEDED)
    result = store.results.result("k1")
    assert result is not None
    assert result.media_type == "image/png"


def test_why_a_document_cannot_be_read_is_kept(store: Store) -> None:
    failure = Failure("corrupt", "no page tree", "文件已损坏", page=4)
    with working(store, FakeRunner(DocumentFailed(failure))):
        job = submit(store)
        until(lambda: state(store, job) is JobState.FAILED)
    failed = store.jobs.get(job.id)
    assert failed is not None
    assert failed.failure == failure


def test_a_bug_ends_its_job_and_not_the_thread(store: Store) -> None:
    runner = FakeRunner(ZeroDivisionError("secret"))
    with working(store, runner):
        job = submit(store)
        until(lambda: state(store, job) is JobState.FAILED)
        failed = store.jobs.get(job.id)
        assert failed is not None
        assert failed.failure is not None
        assert (failed.failure.code, "secret" in failed.failure.message) == ("internal_error", False)
        runner.answer = RESULT
        other = submit(store, "k2")
        until(lambda: state(store, other) is JobState.SUCCEEDED)


def test_when_no_worker_can_be_had_the_job_waits_until_one_can(store: Store) -> None:
    runner = FakeRunner(NotReady("no worker starts"))
    with working(store, runner):
        job = submit(store)
        until(lambda: len(runner.asked) == 1)
        until(lambda: state(store, job) is JobState.QUEUED)
        runner.answer = RESULT
        until(lambda: state(store, job) is JobState.SUCCEEDED)
    done = store.jobs.get(job.id)
    assert done is not None
    assert done.attempts == 1


def test_a_job_that_was_put_back_and_is_another_slots_by_now_disturbs_no_slot(store: Store) -> None:
    runner = FakeRunner(NotReady("no worker"))
    with working(store, runner, slots=2) as engine:
        first = submit(store)
        until(lambda: len(runner.asked) == 1)
        runner.answer = RESULT
        until(lambda: state(store, first) is JobState.SUCCEEDED)
        time.sleep(1.5 * PAUSE)  # the slot that put it back has let go of it too
        jobs = [submit(store, f"k{number}") for number in range(2, 8)]
        until(lambda: all(state(store, job) is JobState.SUCCEEDED for job in jobs), LEASE / 2)
        until(lambda: engine.busy == 0)


def test_when_an_answer_cannot_be_written_down_the_job_is_done_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = store.blobs.put
    full = iter([OSError(28, "No space left on device")])

    def put_when_there_is_room(data: bytes, _sha256: str | None = None) -> str:
        for error in full:
            raise error
        return put(data)

    job = submit(store)
    monkeypatch.setattr(store.blobs, "put", put_when_there_is_room)
    monkeypatch.setattr("service.engine.LEASE", 0.5)
    monkeypatch.setattr("service.keeper.LEASE", 0.5)
    with working(store, FakeRunner()):
        until(lambda: state(store, job) is JobState.SUCCEEDED)
    done = store.jobs.get(job.id)
    assert done is not None
    assert done.attempts == 2


def test_progress_is_written_while_the_job_runs(store: Store) -> None:
    runner = FakeRunner(pages=7)
    runner.go.clear()
    with working(store, runner):
        job = submit(store)

        def told() -> tuple[int | None, int | None]:
            seen = store.jobs.get(job.id)
            return (seen.page, seen.pages) if seen is not None else (None, None)

        until(lambda: told() == (7, 7))
        runner.go.set()


def test_a_job_that_another_process_cancels_is_ended_within_two_seconds(store: Store) -> None:
    runner = FakeRunner()
    runner.go.clear()
    with working(store, runner) as engine:
        job = submit(store)
        until(lambda: len(runner.asked) == 1)
        begun = time.monotonic()
        store.jobs.cancel(job.id)
        until(lambda: not engine.busy)
        assert time.monotonic() - begun < 2
        assert state(store, job) is JobState.CANCELLED
        runner.go.set()


def test_what_a_dead_process_of_this_machine_held_is_done_at_once(store: Store) -> None:
    host = own_name().rsplit(":", 2)[0]
    dead = f"{host}:{2**22 - 1}:1"
    assert is_gone(dead)
    assert not is_gone(own_name())
    assert not is_gone("elsewhere:boot:1:1")
    job = submit(store)
    store.jobs.claim(dead, 3600)
    with working(store, FakeRunner()):
        until(lambda: state(store, job) is JobState.SUCCEEDED, 3)


def test_a_job_that_still_runs_when_the_service_ends_is_put_back(store: Store) -> None:
    runner = FakeRunner()
    runner.go.clear()
    with working(store, runner) as engine:
        job = submit(store)
        until(lambda: len(runner.asked) == 1)
        engine.drain()
        runner.answer = NotReady("it is ending")
        waiting = submit(store, "k2")
        time.sleep(0.3)
        assert state(store, waiting) is JobState.QUEUED
        runner.go.set()
        until(lambda: state(store, job) is JobState.QUEUED)


def test_a_job_whose_original_is_lost_fails_and_says_so(store: Store) -> None:
    with working(store, FakeRunner()):
        store.blobs.remove(store.blobs.put(DATA))
        wanted = Submission(Original("ab" * 32, 3), ExtractJob(), "k9")
        job = store.jobs.submit(wanted, None, 1, lambda: None)
        until(lambda: state(store, job) is JobState.FAILED)


def test_no_job_is_taken_before_a_process_can_read_it(store: Store) -> None:
    runner = FakeRunner()
    runner.loaded.clear()
    job = submit(store)
    with working(store, runner):
        time.sleep(0.3)
        waiting = store.jobs.get(job.id)
        assert waiting is not None
        assert (waiting.state, waiting.attempts) == (JobState.QUEUED, 0)
        runner.loaded.set()
        until(lambda: state(store, job) is JobState.SUCCEEDED)


def test_an_engine_that_has_read_the_canary_proves_that_documents_can_be_read(store: Store) -> None:
    with working(store, FakeRunner()):
        until(lambda: store.workers.proven(60))
    assert store.workers.owners() == set()


WANTED = Submission(Original(sha256(DATA).hexdigest(), len(DATA)), ExtractJob(), "k1")


class Admission:
    """Writes a submission down, once it is let; what is written down is not the submission's own job if ``other``."""

    def __init__(self, store: Store, other: JobRecord | None = None, error: Exception | None = None) -> None:
        self._store, self._other, self._error = store, other, error
        self.go = threading.Event()

    def __call__(self, claim: Claim | None) -> JobRecord:
        self.go.wait(10)
        if self._error is not None:
            raise self._error
        keep = partial(self._store.blobs.put, DATA)
        return self._other or self._store.jobs.submit(WANTED, None, 1, keep, claim)


@contextmanager
def idle(store: Store, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An engine that has nothing to do, and will find nothing by itself."""
    with working(store, runner) as engine:
        until(lambda: store.workers.proven(60))
        until(lambda: engine._waiting.is_free)
        monkeypatch.setattr(store.jobs, "claim", lambda *_: None)
        yield engine


def submitted(engine: Engine, admission: Admission) -> Future[JobRecord]:
    return ThreadPoolExecutor(1).submit(engine.submit, WANTED, admission, lambda: DATA)


def test_a_document_is_read_while_it_is_written_down(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    runner, admission = FakeRunner(), Admission(store)
    with idle(store, runner, monkeypatch) as engine:
        submitting = submitted(engine, admission)
        until(lambda: runner.asked == [(ExtractJob(), DATA)])
        assert store.jobs.get(WANTED.id) is None  # it has been read, and nobody knows before it is kept
        admission.go.set()
        job = submitting.result(10)
        assert (job.id, job.state, job.attempts) == (WANTED.id, JobState.RUNNING, 1)
        until(lambda: state(store, job) is JobState.SUCCEEDED)
    assert len(runner.asked) == 1


def test_the_keeper_leaves_alone_what_is_not_written_down_yet(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "TICK", 0.02)
    runner, admission = FakeRunner(), Admission(store)
    runner.go.clear()
    with idle(store, runner, monkeypatch) as engine:
        submitting = submitted(engine, admission)
        time.sleep(0.2)
        admission.go.set()
        job = submitting.result(10)
        runner.go.set()
        until(lambda: state(store, job) is JobState.SUCCEEDED)


def test_what_is_not_written_down_is_called_off(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    runner, admission = FakeRunner(), Admission(store, error=QueueFull(64, 3))
    runner.go.clear()
    with idle(store, runner, monkeypatch) as engine:
        admission.go.set()
        with pytest.raises(QueueFull):
            engine.submit(WANTED, admission, lambda: DATA)
        until(lambda: engine.busy == 0 and engine._waiting.is_free)
    assert store.jobs.get(WANTED.id) is None


def test_where_another_job_answers_already_what_was_begun_is_called_off(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = FakeRunner()
    runner.go.clear()
    with idle(store, runner, monkeypatch) as engine:
        other = submit(store)
        admission = Admission(store, other)
        admission.go.set()
        assert engine.submit(WANTED, admission, lambda: DATA) == other
        until(lambda: engine.busy == 0 and engine._waiting.is_free)
        assert state(store, other) is JobState.QUEUED
    assert store.results.result("k1") is None


def test_while_an_answer_is_written_down_the_next_document_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, put, disk = FakeRunner(), store.blobs.put, threading.Event()

    def put_slowly(data: bytes, known: str | None = None) -> str:
        disk.wait(10)
        return put(data, known)

    first, second = submit(store, "k1"), submit(store, "k2")
    monkeypatch.setattr(store.blobs, "put", put_slowly)
    with working(store, runner):
        until(lambda: len(runner.asked) == 2)
        assert {state(store, first), state(store, second)} == {JobState.RUNNING}
        disk.set()
        until(lambda: {state(store, first), state(store, second)} == {JobState.SUCCEEDED})
