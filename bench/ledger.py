"""The ledger at work: very many documents whose results are simulated, so that all that is measured is ours.

    python -m bench.ledger [--documents 100000]

Files are real and tiny; nothing is parsed and no result is written. Run with a tenth of the documents and with all of
them, each in a process of its own: what memory does not grow by is flat. Milliseconds are of CPU, for each document.
The longest silence is wall time, and apart from it the most that was computed in one: who waits for a busy machine is
silent too. From the first statement of a run to its last all counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from service.bulk import reading
from service.bulk.batches import Team
from service.bulk.ledger import Key, Ledger
from service.bulk.pipeline import Version
from service.bulk.reading import Answer, Task
from service.bulk.row import State
from service.bulk.run import Plan, Run
from service.bulk.sources import open_all, source
from service.errors import Failure
from service.jobs import ExtractJob
from service.settings import load_settings
from service.store.blobs import Missing

A_FOLDER = 1_000  # files in each
RUNS = (  # what is measured, the version, and what reads its documents
    ("ms: a new document", Key("1+simulated", "all"), "reader 1"),
    ("ms: one that is known", Key("1+simulated", "all"), "reader 1"),
    ("ms: one that a new version reads again", Key("2+simulated", "all"), "reader 2"),
    ("ms: one that a new version keeps", Key("3+simulated", "all"), "reader 2"),
)
SILENCE, COMPUTED = "s: longest silence", "s: most computed in silence"
BROKEN = Failure("corrupt", "the file is broken", "请重新下载。", page=1)


class Simulated(Executor):
    """Answers at once: one in a hundred fails."""

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_kwargs: Any) -> Future[Any]:
        """A future that is done."""
        (tasks,) = args
        future: Future[Any] = Future()
        future.set_result([_answer(task) for task in tasks])
        return future


def _answer(task: Task) -> Answer:
    if task.sha256.startswith(("00", "11", "22")):
        return Answer(State.FAILED, failure=BROKEN)
    return Answer(State.OK, 20, "application/pdf", task.sha256.encode(), {"A": 300, "B": 100, "C": 3, "D": 0})


class Nowhere:
    """Keeps nothing, and gives it a name."""

    def put(self, data: bytes) -> str:
        """Its hash."""
        return reading.sha256(data)

    def put_file(self, path: Path, sha256: str) -> None:
        """Never asked."""
        raise NotImplementedError

    def get(self, sha256: str) -> bytes:
        """Nothing is there."""
        raise Missing(sha256)

    def remove(self, sha256: str) -> None:
        """Never asked."""
        raise NotImplementedError


class Watch:
    """Notes the longest time in which nothing was told, and the most that was computed in one."""

    def __init__(self) -> None:
        self.stop = False
        self.longest = self.computed = 0.0
        self._last, self._used = time.monotonic(), time.process_time()

    def ended(self, _state: State | None, _pages: int, _grades: dict[str, int]) -> None:
        """A file is done with."""
        self.tick()

    def tick(self) -> None:
        """Something was told."""
        now, used = time.monotonic(), time.process_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.computed, self._used = max(self.computed, used - self._used), used


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(measure(options.documents)))
        return
    few, many = (_in_a_process(number) for number in (options.documents // 10, options.documents))
    print(f"{'':34}{options.documents // 10:>12,}{options.documents:>12,}")
    for name in few:
        print(f"{name:34}{few[name]:12.3f}{many[name]:12.3f}")


def _in_a_process(documents: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ledger", "--alone", "--documents", str(documents)]
    result: dict[str, float] = json.loads(subprocess.check_output(command, text=True))
    return result


def measure(documents: int) -> dict[str, float]:
    """All measures for so many documents."""
    measured: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _make(folder / "in", documents)
        for name, key, reader in RUNS:
            with closing(Ledger(folder / "ledger.sqlite", key)) as ledger, _timed(measured, name, documents):
                watch = _run(ledger, folder, reader)
            for told, silence in ((SILENCE, watch.longest), (COMPUTED, watch.computed)):
                measured[told] = max(measured.get(told, 0.0), silence)
        with closing(Ledger(folder / "ledger.sqlite", RUNS[-1][1])) as ledger:
            ledger.begin()
            with _timed(measured, "ms: as a row for the dataset", documents):
                assert sum(1 for _ in ledger.rows()) == documents
            with _timed(measured, "ms: as a line of files.csv", documents):
                assert sum(1 for _ in ledger.files()) == documents
        measured["MB: ledger"] = (folder / "ledger.sqlite").stat().st_size / 1e6
    measured["MB: peak memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return measured


def _run(ledger: Ledger, folder: Path, reader: str) -> Watch:
    """One run; who watched it."""
    watch = Watch()
    ledger.begin()
    ledger.take_over([reader])
    plan = Plan(ExtractJob(), load_settings({}), Version("simulated", {"application/pdf": reader}, {}))
    run = Run(ledger, Nowhere(), plan, Team(Simulated(), lambda: 2, 2), watch)
    counts = run.go(open_all([source(str(folder / "in"))]))
    assert counts.open == 0
    watch.tick()
    return watch


def _make(folder: Path, documents: int) -> None:
    for number in range(documents):
        place = folder / f"{number // A_FOLDER:04}"
        if number % A_FOLDER == 0:
            place.mkdir(parents=True)
        (place / f"{number:07}.pdf").write_bytes(b"%d" % number)


@contextmanager
def _timed(measured: dict[str, float], name: str, documents: int) -> Iterator[None]:
    start = time.process_time()
    yield
    measured[name] = 1_000 * (time.process_time() - start) / documents


if __name__ == "__main__":
    main()
