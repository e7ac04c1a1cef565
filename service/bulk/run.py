"""One run: sources are looked through in order, what is not known yet is read, and the ledger is closed.

A file is read from its source once: hashed, held against the ledger, and handed on if its result is missing. Results
are written by threads of their own, for the disk is waited for each time; the ledger is written by one thread alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

import msgspec

from extractors.errors import DocumentError
from service.archive import Bounds, Member, members
from service.archive.bounds import bounds_of
from service.bulk import reading
from service.bulk.ahead import Members, Opening, opened_ahead
from service.bulk.batches import Batches, Outcome, Team
from service.bulk.ledger import Counts, Ending, File, Ledger, Role
from service.bulk.pipeline import Version
from service.bulk.reading import Answer, Changed, Task
from service.bulk.row import State
from service.bulk.sources import Listed, Opened, Source, why_not
from service.errors import Failure, ServiceError, failure_of
from service.intake import clean_name
from service.jobs import Extracted, ExtractJob
from service.settings import Settings
from service.store.blobs import Blobs, Missing

WRITERS = 8  # results that are written at a time
WRITTEN_AHEAD = 32  # that may wait for it
TICK = 0.5  # seconds for which nothing may happen before the ledger is written and the progress shown
EMPTY = Failure("empty_archive", "the archive holds no file")


class LedgerOpen(Exception):
    """The ledger does not close: not of every file is known what became of it. No dataset is made of it."""

    def __init__(self, found: int, counts: Counts, changed: int) -> None:
        left = f"{found} files found, {counts.closed} accounted for, {counts.open} not read"
        super().__init__(f"the ledger does not close: {left}, {changed} changed while they were read; run it again")


class Watcher(Protocol):
    """Is told how a run goes on. ``stop``: take nothing more, and end what is on its way."""

    stop: bool

    def ended(self, state: State | None, pages: int, grades: dict[str, int]) -> None:
        """A file is done with; without a state it is none that is read. ``pages`` and ``grades`` are those of a
        document that is new to this run or was read before, and empty for a duplicate."""

    def tick(self) -> None:
        """Some time has passed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How documents are read. ``job`` is that of a file without a name. ``only_failed``: those, and no others.
    ``version`` says what reads each format. ``documents``: where it is kept what documents print, if that is wanted."""

    job: ExtractJob
    settings: Settings
    version: Version
    only_failed: bool = False
    documents: Blobs | None = None


class _Kept(NamedTuple):
    """The hashes of a result, and of what its document prints; None where there is none."""

    result: str | None = None
    document: str | None = None


class Run:
    """A run over sources. ``team`` is null when nothing is to be read, and only said what would be."""

    def __init__(self, ledger: Ledger, blobs: Blobs, plan: Plan, team: Team | None, watcher: Watcher) -> None:
        self._ledger, self._blobs, self._plan, self._watcher = ledger, blobs, plan, watcher
        self._team = team
        self._batches = Batches(team) if team is not None else None
        self._settings = reading.reading_settings(plan.settings, team.each if team is not None else 1)
        self._keeping: dict[Future[_Kept], tuple[Task, Answer]] = {}
        self._writers = ThreadPoolExecutor(WRITERS, "writer")
        self._hashes: set[str] = set()
        self._changed = 0
        self.found = 0
        self.gone = 0

    def go(self, sources: list[Opened]) -> Counts:
        """Look through sources, read what is to be read; the counts of a ledger that is closed, unless it was stopped.

        Raises:
            CannotRead: nothing can be read any more.
            LedgerOpen: the counts do not add up.
        """
        for source, _ in sources:
            self._ledger.add_source(source.named, source.whole)
        with self._writers:
            self._look_through(sources)
            self._finish()
        self._ledger.end()
        counts = self._ledger.counts()
        if not self._watcher.stop and self._team is not None and (counts.open or counts.closed != self.found):
            raise LedgerOpen(self.found, counts, self._changed)
        return counts

    def _finish(self) -> None:
        """Wait for all that was handed on."""
        if self._batches is not None:
            self._batches.send()
            while self._batches.futures or self._keeping:
                self._collect(self._batches)

    def _look_through(self, sources: list[Opened]) -> None:
        for source, files in sources:
            for listed, opening in opened_ahead(files, self._to_open):
                if self._watcher.stop:
                    break
                self._take(source, listed, opening)
            else:
                self.gone += 0 if self._plan.only_failed else self._ledger.forget_gone(source.whole)

    def _take(self, source: Source, listed: Listed, opening: Opening | None) -> None:
        known = self._ledger.find(listed.location)
        if known is not None and known[1]:
            return  # two sources lead to it
        beside = listed.beside
        file = File(listed.location, "", listed.path, source.whole, listed.signature, Role.DOCUMENT)
        file = replace(file, beside=_digest(beside))
        before = known[0] if known is not None else None
        if listed.skipped is not None:
            self._note(replace(file, role=Role.SKIPPED, failure=listed.skipped), before)
        elif listed.is_archive:
            self._take_archive(file, opening, before)
        elif before is not None and _is_same(before, file) and self._is_settled(before):
            self._note(replace(before, source=source.whole, path=listed.path), before)
        else:
            self._take_bytes(file, before, lambda: listed.read(self._plan.settings.max_bytes), beside)

    def _to_open(self, listed: Listed) -> Members | None:
        """The members of an archive; None when it is no archive, or the same as before and all of it is known."""
        if listed.skipped is not None or not listed.is_archive or self._watcher.stop:
            return None
        known = self._ledger.find(listed.location)
        same = (
            known is not None and known[0].role is Role.ARCHIVE and known[0].signature == listed.signature is not None
        )
        if same and all(self._is_settled(one) for one in self._ledger.members(listed.location)):
            return None
        return _members(listed, bounds_of(self._plan.settings))

    def _take_archive(self, file: File, opening: Opening | None, before: File | None) -> None:
        """What is in an archive; without an opening, what was in it."""
        if opening is None:
            for one in self._ledger.members(file.location):
                self._note(replace(one, source=file.source, path=file.path), one)
            self._ledger.note(replace(file, role=Role.ARCHIVE))
            return
        try:
            self._open_archive(file, opening)
        except DocumentError as error:
            self._note(replace(file, role=Role.FAILED, failure=failure_of(error)), before)
        except ServiceError as error:
            self._note(replace(file, role=Role.FAILED, failure=error.failure), before)

    def _open_archive(self, file: File, opening: Opening) -> None:
        names: Counter[str] = Counter()
        for member in opening:
            if self._watcher.stop:
                return
            names[member.path] += 1
            inside = _numbered(member.path, names[member.path])
            self._take_member(replace(file, inside=inside, beside=_digest(member.beside)), member)
        if names:
            self._ledger.note(replace(file, role=Role.ARCHIVE))
        else:
            self._note(replace(file, role=Role.SKIPPED, failure=EMPTY), None)

    def _take_member(self, file: File, member: Member) -> None:
        known = self._ledger.find(file.location, file.inside)
        before = known[0] if known is not None else None
        content = member.content
        if (skipped := why_not(file.inside)) is not None:
            self._note(replace(file, role=Role.SKIPPED, failure=skipped), before)
        elif isinstance(content, Failure):
            self._note(replace(file, role=Role.FAILED, failure=content), before)
        else:
            self._take_bytes(file, before, lambda: content, member.beside)

    def _take_bytes(self, file: File, before: File | None, load: Callable[[], bytes], beside: list[str]) -> None:
        if before is None and self._plan.only_failed:
            return
        try:
            data = load()
        except ServiceError as error:
            self._note(replace(file, role=Role.FAILED, failure=error.failure), before)
            return
        file = replace(file, sha256=reading.sha256(data), bytes=len(data))
        noted = self._note(file, before)
        if noted is not None and noted.sha256 not in self._hashes and not self._is_settled(noted):
            self._hand_on(noted, data, beside)

    def _note(self, file: File, before: File | None) -> File | None:
        """Write a file down; None when it is none of those that are to be looked at."""
        if before is None and self._plan.only_failed:
            return None
        self.found += 1
        noted = self._ledger.note(file)
        if noted.role is not Role.DOCUMENT:
            self._watcher.ended(State.FAILED if noted.role is Role.FAILED else None, 0, {})
        elif (ending := self._ledger.ending(noted.sha256 or "")) is not None and self._is_settled(noted):
            self._watcher.ended(ending.state, ending.pages or 0, dict(ending.grades))
        return noted

    def _is_settled(self, file: File) -> bool:
        """Whether nothing is to be read for a file: what it says is known, or it says nothing."""
        if file.sha256 is None:
            return file.role is Role.SKIPPED
        ending = self._ledger.ending(file.sha256)
        if ending is None or self._plan.only_failed:
            return ending is not None and ending.state is not State.FAILED
        return file.role is not Role.DOCUMENT or file.beside == ending.beside

    def _hand_on(self, file: File, data: bytes, beside: list[str]) -> None:
        if self._team is None or self._batches is None:
            return
        inside = f"{PurePosixPath(file.path).name}/{file.inside}" if file.inside else None
        name = clean_name(file.inside or file.path)
        job = msgspec.structs.replace(self._plan.job, name=name, inside=inside, beside=beside)
        fetched = self._team.shared and not file.inside
        task = Task(
            sha256=file.sha256 or "",
            job=job,
            location=file.location,
            data=None if fetched else data,
            bytes=len(data),
            pipeline=self._ledger.key.pipeline,
            copy=self._plan.version.copy,
            settings=self._settings,
        )
        task = self._with_document(task)
        self._hashes.add(task.sha256)
        while len(self._keeping) >= WRITTEN_AHEAD or self._batches.is_full(len(task.data or b"")):
            self._collect(self._batches)
        self._batches.add(task)

    def _with_document(self, task: Task) -> Task:
        """The task with what the document prints, where that is kept; else it is told to keep it, if that is wanted."""
        if (documents := self._plan.documents) is None:
            return task
        known = self._ledger.kept(task.sha256, self._plan.version.extractors.values())
        try:
            data = documents.get(known[0]) if known is not None else None
        except Missing:
            data = None
        if known is None or data is None:
            return replace(task, job=msgspec.structs.replace(task.job, keep=True))
        job = msgspec.structs.replace(task.job, extracted=Extracted(task.sha256, task.bytes))
        return replace(task, job=job, data=data, document=known[0])

    def _collect(self, batches: Batches) -> None:
        """Wait until something has ended, and write it down."""
        pending: list[Future[Any]] = [*batches.futures, *self._keeping]
        done, _ = wait(pending, timeout=TICK, return_when=FIRST_COMPLETED)
        for future in done:
            if future in self._keeping:
                self._settle(*self._keeping.pop(future), future.result())
            else:
                for task, outcome in batches.ended(future, again=not self._watcher.stop):
                    self._end(task, outcome)
        self._watcher.tick()

    def _end(self, task: Task, outcome: Outcome) -> None:
        if isinstance(outcome, Changed):
            self._hashes.discard(task.sha256)
            self._changed += 1
        elif outcome.packed is not None:
            self._keeping[self._writers.submit(self._keep, task, outcome)] = task, outcome
        else:
            self._settle(task, outcome, _Kept())

    def _keep(self, task: Task, answer: Answer) -> _Kept:
        """Called in threads of their own."""
        document = task.document
        if self._plan.documents is not None and answer.document is not None:
            document = self._plan.documents.put(answer.document)
        return _Kept(self._blobs.put(answer.packed or b""), document)

    def _settle(self, task: Task, answer: Answer, kept: _Kept) -> None:
        """Write down what became of a document, when what is to be kept is safe on disk."""
        self._hashes.discard(task.sha256)
        ending = Ending(
            answer.state,
            task.bytes,
            answer.pages,
            answer.media_type,
            kept.result,
            answer.grades,
            answer.failure,
            self._plan.version.reader(answer.media_type),
            self._plan.version.extractor(answer.media_type),
            kept.document,
            _digest(task.job.beside),
        )
        self._ledger.settle(task.sha256, ending)
        self._watcher.ended(answer.state, answer.pages or 0, answer.grades)


def _members(listed: Listed, bounds: Bounds) -> Members:
    with listed.open() as opened:
        yield from members(opened, bounds, PurePosixPath(listed.name).name)


def _is_same(before: File, now: File) -> bool:
    """Whether a file is as it was found before, without a look into it."""
    return before.signature == now.signature is not None and before.beside == now.beside


def _digest(beside: list[str]) -> str:
    return reading.sha256("\0".join(beside).encode())[:16] if beside else ""


def _numbered(path: str, number: int) -> str:
    """Archives may hold several files of one name: ``a.pdf``, ``a#2.pdf``."""
    whole = PurePosixPath(path)
    return path if number == 1 else str(whole.with_name(f"{whole.stem}#{number}{whole.suffix}"))
