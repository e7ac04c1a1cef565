"""What the worker processes cost: the same documents read by bare processes and through the supervisor.

    python -m bench.isolation [FOLDER] [--files N] [--rounds N]

Both have as many processes as there are cores, warm. ``1 at a time``: one document after the other; ``8 at a time``:
eight clients at once, against bare processes that share the list between them. The two take turns; the median of the
rounds' ratios is given, and the smallest and largest, for the time that passes and for the seconds of computing, ours
included, which a busy machine disturbs less. Then what a worker costs to start, and what a job waits after a crash.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from service.canary import canary
from service.errors import ServiceError
from service.isolation.bounds import Bounds
from service.isolation.family import cpu_seconds_of
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "corpus" / "fiscal"
MOST_BYTES = 1_500_000  # of a file: large ones hide what a job costs
CORES = len(os.sched_getaffinity(0))
CRASHING = "tests.promises.parsers:start"
BARE = """
import sys, time
from service import tasks
from service.errors import Failure
from service.jobs import ExtractJob
from service.worker import attempt
handler, files = tasks.start(), [open(name, "rb").read() for name in sys.argv[1:]]
def read():
    for data in files:
        attempt(handler, ExtractJob(), data, lambda page, pages: None)
read()
for _ in sys.stdin:
    begun, computed = time.perf_counter(), time.process_time()
    read()
    print(time.perf_counter() - begun, time.process_time() - computed, flush=True)
"""


class Cost(NamedTuple):
    """Seconds that passed, and seconds of computing by all processes."""

    wall: float
    cpu: float


class Bare:
    """Processes that read their share of the files whenever they are told to, and nothing else."""

    def __init__(self, files: Sequence[Path], count: int) -> None:
        shares = [files[place::count] for place in range(count)]
        self._processes = [
            subprocess.Popen(
                [sys.executable, "-c", BARE, *map(str, share)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for share in shares
        ]
        self.cost()

    def cost(self) -> Cost:
        """What all shares cost; the slowest of them decides when all are read."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.stdout.readline().split() for process in self._processes if process.stdout is not None]
        return Cost(max(float(wall) for wall, _ in told), sum(float(cpu) for _, cpu in told))

    def close(self) -> None:
        """End them."""
        for process in self._processes:
            process.communicate()


def supervised(runner: ProcessRunner, files: Sequence[bytes], clients: int) -> Cost:
    """What it costs until so many clients have all files read."""

    def one(data: bytes) -> None:
        with suppress(ServiceError):
            runner.run(ExtractJob(), data)

    begun, computed = time.perf_counter(), computing()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(one, files))
    return Cost(time.perf_counter() - begun, computing() - computed)


def computing() -> float:
    """Seconds that this process and its children have computed."""
    children = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if parent_of(pid) == os.getpid()]
    return time.process_time() + sum(cpu_seconds_of(pid) for pid in children)


def parent_of(pid: int) -> int:
    """The process that started another; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def compare(files: Sequence[Path], clients: int, rounds: int) -> None:
    """Both in turn, and the ratio."""
    count = min(clients, CORES)
    bare = Bare(files, count)
    data = [path.read_bytes() for path in files]
    runner = ProcessRunner(PoolSize(count, documents=1_000_000))
    supervised(runner, data * 2, clients)
    pairs = [in_turn(bare.cost, lambda: supervised(runner, data, clients), number) for number in range(rounds)]
    bare.close()
    runner.close()
    print(f"{clients} at a time, {count} processes, {len(files)} files, {rounds} rounds:")
    for name in Cost._fields:
        theirs, ours = ([getattr(cost, name) for cost in side] for side in zip(*pairs, strict=True))
        over = sorted(100 * (one / other - 1) for one, other in zip(ours, theirs, strict=True))
        print(
            f"  {name}: bare {statistics.median(theirs):.2f} s, supervised {statistics.median(ours):.2f} s, "
            f"overhead {statistics.median(over):+.1f} % ({over[0]:+.1f} to {over[-1]:+.1f})",
            flush=True,
        )


def in_turn(first: Callable[[], Cost], second: Callable[[], Cost], number: int) -> tuple[Cost, Cost]:
    """What both measure; every other time the second goes first."""
    if number % 2:
        later = second()
        return first(), later
    return first(), second()


def show_start() -> None:
    """Milliseconds from nothing to a canary read, and of a job right after a crash."""
    for spares in (0, 1):
        starts, jobs, after = [], [], []
        for _ in range(5):
            begun = time.perf_counter()
            runner = ProcessRunner(PoolSize(1, spares=spares), Bounds(sealed=True), starter=CRASHING)
            runner.run(ExtractJob(), canary())
            starts.append(time.perf_counter() - begun)
            time.sleep(1.5)  # the spare one is ready too
            jobs.append(_seconds(runner, canary()))
            os.kill(int(runner.run(ExtractJob(), b"%ORDER says_pid")), 9)
            after.append(_seconds(runner, canary()))
            runner.close()
        print(
            f"{spares} spare: first job after {1000 * statistics.median(starts):.0f} ms, a job takes "
            f"{1000 * statistics.median(jobs):.1f} ms, the one after a crash {1000 * statistics.median(after):.0f} ms"
        )


def _seconds(runner: ProcessRunner, data: bytes) -> float:
    begun = time.perf_counter()
    runner.run(ExtractJob(), data)
    return time.perf_counter() - begun


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    files = sorted(path for path in options.folder.iterdir() if path.is_file() and path.stat().st_size < MOST_BYTES)
    files = files[:: max(1, len(files) // options.files)][: options.files]
    for clients in (1, 8):
        compare(files, clients, options.rounds)
    show_start()


if __name__ == "__main__":
    main()
