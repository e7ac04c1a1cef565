"""Executors that answer without reading anything, and a run over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from service.bulk import reading
from service.bulk.batches import Outcome, Team
from service.bulk.ledger import Counts, Key, Ledger
from service.bulk.packed import pack
from service.bulk.pipeline import Version
from service.bulk.reading import Answer, Task
from service.bulk.row import Row, State
from service.bulk.run import Plan, Run
from service.bulk.sources import open_all, source
from service.errors import Failure
from service.jobs import ExtractJob
from service.settings import Settings
from service.store.blobs import Folder

KEY = Key("1.0+a", "asked")
CORRUPT = Failure("corrupt", "it is broken", "请重新下载。", page=3)


def answer(task: Task) -> Answer:
    """A result that says what was read; bytes that begin with ``bad`` fail, with ``part`` are read in part."""
    data = task.data or b""
    if data.startswith(b"bad"):
        return Answer(State.FAILED, failure=CORRUPT)
    state = State.PARTIAL if data.startswith(b"part") else State.OK
    return Answer(state, 2, "application/pdf", pack(task.sha256.encode()), {"A": 3, "C": 1})


@dataclass
class Simulated(Executor):
    """Reads at once what it is handed; remembers what it was given. It reads ``most`` documents of a task, and not the
    others."""

    do: Callable[[Task], Outcome] = answer
    most: int | None = None
    tasks: list[Task] = field(default_factory=list)
    together: list[int] = field(default_factory=list)

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_kwargs: Any) -> Future[Any]:
        tasks = args[0][: self.most]
        self.tasks += tasks
        self.together.append(len(args[0]))
        future: Future[Any] = Future()
        try:
            future.set_result([self.do(task) for task in tasks])
        except (OSError, reading.CannotRead) as error:
            future.set_exception(error)
        return future

    @property
    def names(self) -> list[str | None]:
        return [task.job.name for task in self.tasks]


@dataclass
class Watched:
    """What a run tells."""

    stop: bool = False
    states: list[State | None] = field(default_factory=list)
    stop_after: int = 1_000_000

    def ended(self, state: State | None, pages: int, grades: dict[str, int]) -> None:  # noqa: ARG002
        self.states.append(state)
        self.stop = self.stop or len(self.states) >= self.stop_after

    def tick(self) -> None:
        pass


@dataclass
class Dataset:
    """A dataset in a folder, into which things are ingested."""

    folder: Path
    executor: Simulated = field(default_factory=Simulated)
    watched: Watched = field(default_factory=Watched)
    together: int = 1
    gone: int = 0

    def ingest(
        self,
        *named: str | Path,
        key: Key = KEY,
        only_failed: bool = False,
        dry: bool = False,
        readers: Mapping[str, str] = MappingProxyType({}),
        extractors: Mapping[str, str] = MappingProxyType({}),
        documents: Folder | None = None,
    ) -> Counts:
        self.executor.tasks.clear()
        self.folder.mkdir(exist_ok=True)
        ledger = self.ledger(key)
        ledger.begin(dry=dry)
        ledger.take_over(readers.values())
        team = None if dry else Team(self.executor, lambda: 2, 2, self.together)
        settings = Settings(max_bytes=1_000)  # type: ignore[call-arg]  # the others are as by default
        plan = Plan(ExtractJob(), settings, Version("1", readers, extractors), only_failed, documents)
        run = Run(ledger, Folder(self.folder / "results"), plan, team, self.watched)
        try:
            return run.go(open_all(source(str(one)) for one in named))
        finally:
            self.gone = run.gone
            ledger.close()

    def rows(self, key: Key = KEY) -> list[Row]:
        with closing(self.ledger(key)) as ledger:
            return [row for row, _ in ledger.rows()]

    def blobs(self, key: Key = KEY) -> list[str | None]:
        with closing(self.ledger(key)) as ledger:
            return [blob for _, blob in ledger.rows()]

    def ledger(self, key: Key = KEY, *, read_only: bool = False) -> Ledger:
        return Ledger(self.folder / "ledger.sqlite", key, read_only=read_only)
