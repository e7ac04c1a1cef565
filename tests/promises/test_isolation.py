"""What is promised of the processes that read documents: a bad file ends alone, in time, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from service.canary import canary
from service.errors import Cancelled, NotReady, ServiceError
from service.isolation import scratch
from service.isolation.bounds import Bounds, TimeLimit
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner
from tests.promises.parsers import ORDER

ROOT = Path(__file__).resolve().parents[2]
STARTER = "tests.promises.parsers:start"
SECONDS = 1.5
BOUNDS = Bounds(TimeLimit(SECONDS, 0, SECONDS), memory=300_000_000)
JOB = ExtractJob()
GOOD = [
    min((ROOT / "fixtures" / kind).glob("*/source.*"), key=lambda path: path.stat().st_size) for kind in ("docx", "pdf")
]
ENDS = {
    "killed": "worker_crashed",
    "segfaults": "worker_crashed",
    "spins": "document_timeout",
    "eats_memory": "worker_memory",
    "eats_memory_in_c": "worker_memory",
    "closes_its_pipe": "worker_crashed",
    "babbles": "worker_crashed",
    "promises_much": "document_timeout",
    "promises_too_much": "worker_crashed",
}


@pytest.fixture(name="runner", scope="module")
def _runner() -> Iterator[ProcessRunner]:
    runner = ProcessRunner(PoolSize(2, spares=1), BOUNDS, starter=STARTER)
    yield runner
    runner.close()


def order(name: str, *arguments: str) -> bytes:
    return ORDER + " ".join((name, *arguments)).encode()


def outcome(runner: ProcessRunner, data: bytes) -> str | dict[str, object]:
    """The result without its times, or the code that says why there is none."""
    try:
        answer = runner.run(JOB, data)
    except ServiceError as error:
        return error.failure.code
    result: dict[str, object] = msgspec.json.decode(answer)
    result["provenance"] = None
    return result


def running(word: str) -> list[int]:
    """The processes whose command line or environment holds a word."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            told = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
        except OSError:
            continue
        if word.encode() in told and int(path.name) != os.getpid():
            found.append(int(path.name))
    return found


def gone(word: str, seconds: float = 2.0) -> bool:
    deadline = time.monotonic() + seconds
    while running(word):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_twenty_good_documents_are_read_rightly_beside_parsers_that_are_killed_crash_spin_and_eat_memory() -> None:
    files = [path.read_bytes() for path in GOOD]
    # Time for two attempts with one that closes its pipe and goes on, and for good documents on a busy machine.
    runner = ProcessRunner(PoolSize(2, spares=1), Bounds(TimeLimit(6, 0, 6), memory=300_000_000), starter=STARTER)
    undisturbed = [outcome(runner, data) for data in files]
    jobs = [files[number % len(files)] for number in range(20)]
    bad = [order(name) for name in ENDS]
    mixed = [*jobs[:5], *bad[:3], *jobs[5:10], *bad[3:6], *jobs[10:15], *bad[6:], *jobs[15:]]
    with ThreadPoolExecutor(8) as pool:
        ended = list(zip(mixed, pool.map(lambda data: outcome(runner, data), mixed), strict=True))
    place = str(runner.scratch)
    runner.close()
    assert {data: end for data, end in ended if data in bad} == {order(name): code for name, code in ENDS.items()}
    assert [end for data, end in ended if data not in bad] == [undisturbed[number % len(files)] for number in range(20)]
    assert all(isinstance(one, dict) for one in undisturbed)
    assert gone(place)
    assert not Path(place).exists()


@pytest.mark.parametrize("name", ["spins", "promises_much"])
def test_no_document_runs_longer_than_its_limit_and_two_seconds_even_in_native_code(
    runner: ProcessRunner, name: str
) -> None:
    outcome(runner, canary())
    begun = time.monotonic()
    assert outcome(runner, order(name)) == "document_timeout"
    assert SECONDS <= time.monotonic() - begun < SECONDS + 2
    assert isinstance(outcome(runner, canary()), dict)


def test_a_crash_and_a_second_attempt_together_stay_within_the_limit(runner: ProcessRunner) -> None:
    outcome(runner, canary())
    begun = time.monotonic()
    assert outcome(runner, order("eats_memory_in_c")) in ("worker_memory", "document_timeout")  # as busy as it is here
    assert time.monotonic() - begun < SECONDS + 2


@pytest.mark.parametrize("then", ["spins", "killed", "segfaults"])
def test_whatever_a_parser_started_ends_with_it(runner: ProcessRunner, then: str) -> None:
    mark = f"{700 + len(then)}.25"
    assert outcome(runner, order("has_children", mark, then)) in ("document_timeout", "worker_crashed")
    assert gone(f"sleep\0{mark}")


def test_a_job_that_is_called_off_ends_within_two_seconds_with_all_it_started(runner: ProcessRunner) -> None:
    cancel = threading.Event()
    runner.run(JOB, canary())
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(runner.run, JOB, order("has_children", "800.25", "spins"), None, cancel)
        while len(running("sleep\x00800.25")) < 3:
            time.sleep(0.02)
        cancel.set()
        begun = time.monotonic()
        assert isinstance(job.exception(5), Cancelled)
    assert gone("sleep\x00800.25", 2.0 - (time.monotonic() - begun))


def test_what_a_parser_wrote_is_removed_with_its_process() -> None:
    runner = ProcessRunner(PoolSize(1, documents=1), BOUNDS, starter=STARTER)
    file = Path(runner.run(JOB, order("leaves_files")).decode())
    assert file.is_relative_to(runner.scratch)
    runner.run(JOB, canary())
    deadline = time.monotonic() + 5
    while file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not file.parent.exists()
    runner.close()


def test_a_process_is_replaced_after_its_number_of_documents_and_no_job_waits_for_that() -> None:
    runner = ProcessRunner(PoolSize(1, spares=1, documents=3), BOUNDS, starter=STARTER)
    pids = [runner.run(JOB, order("says_pid")) for _ in range(9)]
    runner.close()
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 3]


@pytest.mark.parametrize("name", ["opens_a_socket", "asks_for_a_name", "starts_a_process"])
def test_a_parser_reaches_no_network_and_starts_no_process(runner: ProcessRunner, name: str) -> None:
    with pytest.raises(ServiceError, match="PermissionError: a worker does not do this"):
        runner.run(JOB, order(name))


def test_a_parser_writes_nothing_outside_its_own_folder(runner: ProcessRunner, tmp_path: Path) -> None:
    with pytest.raises(ServiceError, match="PermissionError: a worker does not write to"):
        runner.run(JOB, order("writes_elsewhere", str(tmp_path / "here")))
    assert list(tmp_path.iterdir()) == []


def test_a_parser_cannot_fill_the_disk(runner: ProcessRunner) -> None:
    with pytest.raises(ServiceError, match="File too large"):
        runner.run(JOB, order("writes_a_gigabyte"))


def test_a_parser_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GONGKAI_DATABASE", "AWS_SECRET_ACCESS_KEY", "HTTPS_PROXY", "PGPASSWORD"):
        monkeypatch.setenv(name, "secret")
    runner = ProcessRunner(PoolSize(1), BOUNDS, starter=STARTER)
    environment = json.loads(runner.run(JOB, order("says_environment")))
    runner.close()
    assert "secret" not in environment.values()
    assert (
        {"HOME", "TMPDIR"}
        <= environment.keys()
        <= {
            *("HOME", "TMPDIR", "PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LC_ALL", "TZ", "MALLOC_ARENA_MAX"),
            *("LD_LIBRARY_PATH", "PYTHONHOME"),
        }
    )


def test_a_worker_that_cannot_read_the_canary_is_never_given_a_document() -> None:
    runner = ProcessRunner(PoolSize(1), BOUNDS, starter="tests.promises.parsers:start_broken")
    with pytest.raises(NotReady):
        runner.run(JOB, canary())
    runner.close()


SUPERVISOR = f"""
import sys
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner
runner = ProcessRunner(PoolSize(1), starter="{STARTER}")
print(runner.scratch, flush=True)
runner.run(ExtractJob(), {ORDER + b"spins"!r}, lambda page, pages: print("spins", flush=True))
"""


def test_when_the_service_is_killed_its_workers_end_and_the_next_one_clears_up(monkeypatch: pytest.MonkeyPatch) -> None:
    service = subprocess.Popen([sys.executable, "-c", SUPERVISOR], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert service.stdout is not None
    place, word = Path(service.stdout.readline().strip()), service.stdout.readline().strip()
    assert (word, len(running(f"TMPDIR={place}"))) == ("spins", 1)
    service.send_signal(signal.SIGKILL)
    service.wait()
    service.stdout.close()
    assert gone(f"TMPDIR={place}")
    monkeypatch.setattr(scratch, "_SETTLED", 0.0)
    ProcessRunner(PoolSize(1), starter=STARTER).close()
    assert not place.exists()


def test_the_service_itself_never_loads_a_parser() -> None:
    script = (
        "import sys, service.api.app, service.cli.serve, service.runner\n"
        "parsers = 'lxml', 'pypdfium2', 'docx', 'extractors.formats', 'extractors.registry', 'extractors.layout'\n"
        "print([name for name in sys.modules if name.startswith(parsers)])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert loaded.stdout.strip() == "[]"
