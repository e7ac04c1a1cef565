"""Worker processes: one that hangs or dies never takes the next job with it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.errors import (
    Cancelled,
    DocumentFailed,
    DocumentTimeout,
    NotReady,
    QueueFull,
    ServiceError,
    WorkerMemory,
)
from service.isolation.bounds import Bounds, TimeLimit
from service.isolation.pool import PoolSize
from service.isolation.quarantine import MemoryQuarantine
from service.jobs import ExtractJob
from service.runner import ProcessRunner

STARTER = "tests.service.handlers:start"
JOB = ExtractJob()


@pytest.fixture(name="runner", scope="module")
def _runner() -> Iterator[ProcessRunner]:
    runner = ProcessRunner(PoolSize(1), Bounds(TimeLimit(base=0.5, per_page=0.25, most=2.0)), starter=STARTER)
    runner.run(JOB, b"warm up")
    yield runner
    runner.close()


@pytest.mark.parametrize(
    ("order", "how"),
    [
        (b"die", "signal SIGKILL"),
        (b"segfault", "signal SIGSEGV"),
        (b"exit", "exit code 3"),
        (b"bug", "ZeroDivisionError: a bug of ours"),
    ],
)
def test_a_worker_that_dies_is_reported_and_the_next_job_works(runner: ProcessRunner, order: bytes, how: str) -> None:
    with pytest.raises(ServiceError) as raised:
        runner.run(JOB, order)
    assert raised.value.failure.code == "worker_crashed"
    assert raised.value.failure.message == f"the process that read the document ended: {how}"
    assert runner.run(JOB, b"next") == b"did next"


def test_a_job_that_hangs_is_ended_at_its_limit_and_the_next_job_works(runner: ProcessRunner) -> None:
    begun = time.monotonic()
    with pytest.raises(DocumentTimeout) as raised:
        runner.run(JOB, b"hang")
    assert time.monotonic() - begun < 2.5
    assert raised.value.failure.message == "reading the document took longer than 0.5 s and was stopped"
    assert runner.run(JOB, b"next") == b"did next"


def test_the_limit_grows_with_the_pages_and_the_page_that_hangs_is_named(runner: ProcessRunner) -> None:
    with pytest.raises(DocumentTimeout) as raised:
        runner.run(JOB, b"hang 2 3")
    assert raised.value.failure.message == "reading the document took longer than 1.25 s and was stopped"
    assert raised.value.failure.page == 2


def test_what_a_process_takes_to_load_is_not_counted_against_its_document(tmp_path: Path) -> None:
    limit = Bounds(TimeLimit(base=0.9, per_page=0, most=0.9), sealed=False)
    runner = ProcessRunner(PoolSize(1), limit, starter="tests.service.handlers:start_slowly")
    order = b"die-once " + str(tmp_path / "died").encode()
    assert runner.run(JOB, order) == b"did " + order
    runner.close()


def test_the_limit_never_exceeds_its_most() -> None:
    assert TimeLimit(60.0, 1.0, 600.0).seconds(31) == 91.0
    assert TimeLimit(60.0, 1.0, 600.0).seconds(5000) == 600.0


def test_a_document_error_crosses_with_code_page_and_advice(runner: ProcessRunner) -> None:
    with pytest.raises(DocumentFailed) as raised:
        runner.run(JOB, b"broken")
    failure = raised.value.failure
    assert (failure.code, failure.message, failure.page) == ("corrupt", "no page tree", 4)
    assert failure.advice_zh == "文件已损坏或不完整，请重新下载。"


def test_a_limit_crosses_with_its_counts(runner: ProcessRunner) -> None:
    with pytest.raises(DocumentFailed) as raised:
        runner.run(JOB, b"large")
    assert (raised.value.failure.code, raised.value.failure.limit, raised.value.failure.observed) == (
        "too_many_pages",
        500,
        9000,
    )


def test_running_out_of_memory_has_a_code_of_its_own(runner: ProcessRunner) -> None:
    with pytest.raises(WorkerMemory) as raised:
        runner.run(JOB, b"memory")
    assert raised.value.failure.code == "worker_memory"


def test_a_document_that_fails_leaves_its_process_to_the_next(runner: ProcessRunner) -> None:
    before = runner.run(JOB, b"pid")
    with pytest.raises(DocumentFailed):
        runner.run(JOB, b"broken")
    assert runner.run(JOB, b"pid") == before


def test_a_library_that_prints_does_not_spoil_our_output(
    runner: ProcessRunner, capfd: pytest.CaptureFixture[str]
) -> None:
    assert runner.run(JOB, b"print") == b"did print"
    assert capfd.readouterr().out == ""


def test_progress_is_told_in_order_and_to_the_last_page(runner: ProcessRunner) -> None:
    told: list[tuple[int, int]] = []
    runner.run(JOB, b"pages 3", lambda page, pages: told.append((page, pages)))
    assert told == sorted(set(told))
    assert told[-1] == (3, 3)


def test_progress_is_told_while_a_page_is_read(runner: ProcessRunner) -> None:
    cancel, told = threading.Event(), list[tuple[int, int]]()

    def tell(page: int, pages: int) -> None:
        told.append((page, pages))
        cancel.set()

    with pytest.raises(Cancelled):
        runner.run(JOB, b"hang 4 9", tell, cancel)
    assert told == [(4, 9)]
    assert runner.run(JOB, b"pages 0", lambda page, pages: told.append((page, pages))) == b"did pages 0"
    assert told == [(4, 9)]


def test_fifty_megabytes_cross_the_pipe_whole() -> None:
    runner = ProcessRunner(PoolSize(1), starter=STARTER)
    data = b"x" * 50_000_000
    assert runner.run(JOB, data) == b"did " + data
    runner.close()


def test_a_worker_that_died_while_idle_does_not_cost_the_next_job() -> None:
    runner = ProcessRunner(PoolSize(1), starter=STARTER)
    pid = int(runner.run(JOB, b"pid"))
    os.kill(pid, 9)
    assert runner.run(JOB, b"next") == b"did next"
    runner.close()


def test_a_worker_is_replaced_after_its_number_of_documents() -> None:
    runner = ProcessRunner(PoolSize(1, documents=2), starter=STARTER)
    pids = [runner.run(JOB, b"pid") for _ in range(4)]
    runner.close()
    assert pids[0] == pids[1]
    assert pids[1] != pids[2]
    assert pids[2] == pids[3]


def test_beyond_the_queue_a_job_is_refused_with_a_time_to_wait() -> None:
    runner = ProcessRunner(PoolSize(1, queue=1), starter=STARTER)
    running = threading.Event()
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(runner.run, JOB, b"hang 1 1", lambda _page, _pages: running.set())]
        assert running.wait(10)
        jobs.append(pool.submit(runner.run, JOB, b"next"))
        while runner.load < 2:
            time.sleep(0.01)
        with pytest.raises(QueueFull) as refused:
            runner.run(JOB, b"one too many")
        runner.close()
        codes = [_code(job.exception()) for job in jobs]
    assert (refused.value.failure.code, refused.value.failure.limit, refused.value.retry_after) == ("queue_full", 1, 2)
    assert codes == ["not_ready", "not_ready"]


def _code(error: BaseException | None) -> str:
    assert isinstance(error, ServiceError)
    return error.failure.code


def test_a_bad_job_does_not_disturb_the_jobs_beside_it() -> None:
    runner = ProcessRunner(PoolSize(2), starter=STARTER)
    orders = [b"die" if number % 5 == 0 else b"job %d" % number for number in range(20)]
    answers: dict[bytes, list[object]] = {order: [] for order in orders}
    lock = threading.Lock()

    def run(order: bytes) -> None:
        try:
            answer: object = runner.run(JOB, order)
        except ServiceError as error:  # the first is told so after two attempts; the others are refused at once
            answer = error.failure.code
        with lock:
            answers[order].append(answer)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, orders))
    runner.close()
    assert answers.pop(b"die") == ["worker_crashed"] * 4
    assert answers == {order: [b"did " + order] for order in orders if order != b"die"}


def test_after_closing_no_process_is_left_and_jobs_are_refused() -> None:
    runner = ProcessRunner(PoolSize(1), starter=STARTER)
    pid = int(runner.run(JOB, b"pid"))
    runner.close()
    assert not os.path.exists(f"/proc/{pid}/exe")
    with pytest.raises(NotReady):
        runner.run(JOB, b"late")


def test_a_worker_that_does_not_load_is_not_the_documents_fault() -> None:
    runner = ProcessRunner(PoolSize(1), starter="tests.service.handlers:no_such_function")
    with pytest.raises(NotReady) as raised:
        runner.run(JOB, b"")
    runner.close()
    assert "exit code 1" in raised.value.failure.message


def test_a_job_that_is_called_off_ends_within_two_seconds_and_the_next_job_works(runner: ProcessRunner) -> None:
    cancel = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(runner.run, JOB, b"hang 1 9", lambda _page, _pages: cancel.set(), cancel)
        begun = time.monotonic()
        assert isinstance(job.exception(10), Cancelled)
    assert time.monotonic() - begun < 2.0
    assert runner.run(JOB, b"next") == b"did next"


def test_a_job_that_waits_can_be_called_off(runner: ProcessRunner) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        runner.run(JOB, b"never begun", cancel=cancel)


def test_a_document_that_kills_its_process_once_is_read_in_a_fresh_one(tmp_path: Path) -> None:
    runner = ProcessRunner(PoolSize(1), Bounds(sealed=False), starter=STARTER)
    first = int(runner.run(JOB, b"pid"))
    assert runner.run(JOB, b"die-once " + str(tmp_path / "died").encode()).startswith(b"did ")
    assert int(runner.run(JOB, b"pid")) != first
    runner.close()


def test_a_document_that_kills_two_processes_is_not_given_a_third(tmp_path: Path) -> None:
    deaths = tmp_path / "deaths"
    runner = ProcessRunner(PoolSize(1), Bounds(sealed=False), starter=STARTER, version="1")
    codes = [_code(_error(runner, b"count-and-die " + str(deaths).encode())) for _ in range(3)]
    assert (codes, deaths.read_bytes()) == (["worker_crashed"] * 3, b"xx")
    runner.close()


def test_the_store_decides_what_is_in_quarantine(tmp_path: Path) -> None:
    quarantine = MemoryQuarantine()
    order = b"count-and-die " + str(tmp_path / "deaths").encode()
    for version, deaths in (("1", b"xx"), ("1", b"xx"), ("2", b"xxxx")):
        runner = ProcessRunner(
            PoolSize(1), Bounds(sealed=False), starter=STARTER, version=version, quarantine=quarantine
        )
        assert _code(_error(runner, order)) == "worker_crashed"
        assert (tmp_path / "deaths").read_bytes() == deaths
        runner.close()


def _error(runner: ProcessRunner, order: bytes) -> BaseException | None:
    try:
        runner.run(JOB, order)
    except ServiceError as error:
        return error
    return None
