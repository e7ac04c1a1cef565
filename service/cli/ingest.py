"""``gongkai ingest``: files into a dataset. Says who reads, shows how it goes, ends with the counts of the ledger."""

from __future__ import annotations

import fcntl
import hashlib
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec

from service import compose
from service.bulk import executors, reports
from service.bulk.batches import Team
from service.bulk.dataset.blocks import makers
from service.bulk.dataset.write import write
from service.bulk.ledger import Counts, ForeignLedger, Key, Ledger
from service.bulk.pipeline import version
from service.bulk.reading import CannotRead
from service.bulk.run import LedgerOpen, Plan, Run
from service.bulk.sources import NoSuchSource, Opened, Source, open_all, source
from service.cli import local
from service.cli.counting import counting, told, undisturbed
from service.cli.failures import CommandError, UsageError, say
from service.settings import Settings
from service.store.blobs import Folder

LEDGER, RESULTS, DOCUMENTS, LOCK = "ledger.sqlite", "results", "documents", ".lock"
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for."""

    sources: list[str]
    into: Path
    jobs: int | None = None
    dask: str | None = None
    shared: bool = False
    retry_failed: bool = False
    dry_run: bool = False
    only_dataset: bool = False
    personal_data: bool = False
    ocr: bool = True
    keep_documents: bool = False
    quiet: bool = False


def ingest(request: Request) -> int:
    """Bring a dataset up to its sources; the exit code."""
    settings = local.settings(spare_workers=0)
    workers = request.jobs or executors.room().workers(settings.worker_memory)
    with _dataset(request) as folder, ExitStack() as readers:
        found = readers.enter_context(ThreadPoolExecutor(1, "version")).submit(version)  # while who reads is started
        team = None if request.only_dataset else readers.enter_context(_team(request, workers, settings))
        job = compose.extract_job(settings, None, personal_data=request.personal_data, ocr=request.ocr)
        key = Key(found.result().name, hashlib.sha256(msgspec.json.encode(job)).hexdigest()[:12])
        with _opened(_ledger(folder, key)) as ledger:
            if request.only_dataset:
                ledger.key = next(iter(ledger.versions()), key)  # that of the last run: nothing is read now
                _make(request, ledger, folder, workers)
                return 0
            plan = Plan(job, settings, version(), request.retry_failed, _documents(request, folder))
            counts = _run(request, plan, team, ledger, folder)
            readers.close()
            return _ended(request, counts, workers, ledger, folder)


def _ended(request: Request, counts: Counts | None, workers: int, ledger: Ledger, folder: Path) -> int:
    """The exit code, when the dataset is made of what was read; of a dry run and one that was interrupted none is."""
    if counts is None:
        return INTERRUPTED
    if request.dry_run:
        return 0
    _make(request, ledger, folder, workers)
    return 1 if counts.failed or counts.partial else 0


def _run(request: Request, plan: Plan, team: Team | None, ledger: Ledger, folder: Path) -> Counts | None:
    """What a run counted, None when it was interrupted."""
    sources, opened = _sources(request, ledger)
    ledger.begin(dry=request.dry_run)
    kept = ledger.take_over(version().readers.values())
    with counting(sources, request.quiet) as watcher:
        if not request.quiet and team is not None:
            say(f"{_who(request, team.slots(), plan.settings)}; pipeline {ledger.key.pipeline}")
        if not request.quiet and kept:
            say(f"{kept:,} results of earlier versions are kept: nothing that reads such files has changed since")
        run = Run(ledger, _results(folder), plan, team, watcher)
        counts = _counted(run, opened)
    if not request.quiet:
        say(_summary(run, counts, request.dry_run))
    if watcher.stop:
        say("the ledger is closed; the same command goes on from here")
        return None
    return counts


def _sources(request: Request, ledger: Ledger) -> tuple[list[Source], list[Opened]]:
    """What was named, or else all that was ever named; and the same with its files."""
    sources = [source(named) for named in request.sources] or [Source(*pair) for pair in ledger.sources()]
    if not sources:
        raise UsageError("name files, folders, patterns or URLs to be ingested")
    try:
        return sources, open_all(sources)
    except NoSuchSource as error:
        raise UsageError(str(error)) from error


def _counted(run: Run, sources: list[Opened]) -> Counts:
    try:
        return run.go(sources)
    except (CannotRead, LedgerOpen) as error:
        raise CommandError(str(error)) from error


def _make(request: Request, ledger: Ledger, folder: Path, processes: int) -> None:
    """What is made of the results, from what the ledger says."""
    results, counts = _results(folder), ledger.counts(of_all=True)
    documents = counts.ok + counts.partial + counts.failed
    with makers(processes, documents) as started:
        files = told(ledger.files(), counts.closed + counts.open, "in the lists", quiet=request.quiet)
        reports.write(files, results, folder)
        rows = ((row, results.get(blob) if blob else b"") for row, blob in ledger.rows())
        about = {"files": asdict(counts), "sources": [named for named, _ in ledger.sources()]}
        write(told(rows, documents, "in the tables", quiet=request.quiet), folder, about, started)


@contextmanager
def _team(request: Request, workers: int, settings: Settings) -> Iterator[Team | None]:
    if request.dry_run:
        yield None
        return
    try:
        with _executor(request, workers, settings) as team:
            yield team
    except executors.NoDask as error:
        raise UsageError(f"--dask: {error}") from error


def _executor(request: Request, workers: int, settings: Settings) -> AbstractContextManager[Team]:
    if request.dask is None:
        return executors.local(workers, settings)
    return executors.dask(request.dask, workers, settings, shared=request.shared)


def _who(request: Request, workers: int, settings: Settings) -> str:
    if request.dask not in (None, executors.LOCAL):
        return f"read by the Dask cluster at {request.dask}"
    if request.jobs is not None:
        return f"{workers} documents at a time, as asked for"
    room = executors.room()
    free, each = room.memory / 1e9, settings.worker_memory / 1e9
    return f"{workers} documents at a time: {room.cores} processors, {free:.1f} GB free, at most {each:.1f} GB for each"


def _summary(run: Run, counts: Counts, dry: bool) -> str:
    words = (
        f"{run.found:,} files: {counts.ok:,} ok, {counts.partial:,} partial, {counts.failed:,} failed, "
        f"{counts.duplicate:,} duplicate, {counts.skipped:,} skipped"
    )
    words += f", {counts.open:,} {'to be read' if dry else 'not read'}" if counts.open else ""
    return words + (f"; {run.gone:,} are gone from their sources, and left out" if run.gone else "")


def _results(folder: Path) -> Folder:
    """The results of the dataset, without what a run that was killed left half written: the dataset is ours alone."""
    for left in (folder / RESULTS).glob("incoming-*"):
        left.unlink()
    return Folder(folder / RESULTS)


def _documents(request: Request, folder: Path) -> Folder | None:
    """Where what documents print is kept, from the first run on that wants it."""
    wanted = request.keep_documents and not request.dry_run
    return Folder(folder / DOCUMENTS) if wanted or (folder / DOCUMENTS).exists() else None


@contextmanager
def _opened(ledger: Ledger) -> Iterator[Ledger]:
    """A ledger, closed at the end; a second Ctrl-C that comes while it is being closed waits until it is."""
    try:
        yield ledger
    finally:
        with undisturbed():
            ledger.close()


def _ledger(folder: Path, key: Key) -> Ledger:
    try:
        return Ledger(folder / LEDGER, key)
    except ForeignLedger as error:
        raise CommandError(str(error)) from error


@contextmanager
def _dataset(request: Request) -> Iterator[Path]:
    """The folder of the dataset, which nobody else works in until the block ends; a dry run makes none."""
    folder = request.into
    if not (folder / LEDGER).exists():
        if request.only_dataset:
            raise UsageError(f"--into: {folder} is no dataset")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"--into: {folder} is there already, and is no dataset")
    if request.dry_run and not (folder / LEDGER).exists():
        with tempfile.TemporaryDirectory(prefix="gongkai-dry-") as scratch:
            yield Path(scratch)
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(f"--into: another run works in {folder}") from error
        yield folder
