"""``gongkai extract``: files in, results out, in the order they were named. One bad file does not stop the others."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from schemas.result import Result
from service import compose
from service.cli import local
from service.cli.failures import CommandError, UsageError, complain, say
from service.cli.inputs import Input, in_order, inputs
from service.cli.outputs import Output, output_for
from service.cli.progress import Progress, progress_for
from service.errors import NOT_A_DOCUMENT, Failure, NotReady, ServiceError
from service.intake import NoSuchFile, find_files
from service.jobs import ExtractJob
from service.pages import page_ranges
from service.pipeline import unread_pages
from service.runner import Runner
from service.settings import Settings

_RESULT = msgspec.json.Decoder(Result)
AHEAD = 2  # files for each worker that are taken out of archives before they are read


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asked for."""

    files: list[str]
    format: str
    out: Path | None
    pages: str | None
    jobs: int | None
    bom: bool
    quiet: bool
    verbose: bool
    personal_data: bool = False
    ocr: bool = True
    password_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: the result as JSON, or why there is none."""

    path: Path
    answer: bytes | Failure


def extract_files(request: Request) -> int:
    """Read all files, write what was asked for; the exit code."""
    pages = local.pages(request.pages)
    paths = _paths(request.files)
    password = local.password(request.password_file)
    output = output_for(request.format, request.out, paths, request.bom)
    jobs = min(request.jobs or os.cpu_count() or 1, len(paths))
    settings = local.settings(workers=jobs, queue=len(paths), spare_workers=0)
    counts: Counter[str] = Counter()
    with local.running(settings) as runner, progress_for(len(paths), request.quiet) as progress:
        plan = _Plan(pages, request.personal_data, request.ocr, settings, password)
        for outcome in _outcomes(paths, plan, runner, progress):
            counts[_write(outcome, output, request)] += 1
    if counts.total() > 1 and not request.quiet:
        skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
        said = f"{counts['ok']} ok, {counts['partial']} partial, {counts['failed']} failed{skipped}"
        say(f"{counts.total()} files: {said}")
    return 0 if counts["ok"] and not counts["partial"] + counts["failed"] else 1


def _paths(arguments: Iterable[str]) -> list[Path]:
    try:
        paths = find_files(arguments)
    except NoSuchFile as error:
        raise UsageError(str(error)) from error
    if not paths:
        raise UsageError("no document in the folders named")
    return paths


@dataclass(frozen=True, slots=True)
class _Plan:
    """How every file is read."""

    pages: frozenset[int] | None
    personal_data: bool
    ocr: bool
    settings: Settings
    password: str | None = field(default=None, repr=False)

    def job(self, one: Input) -> ExtractJob:
        """The job that reads a file."""
        wanted = {"personal_data": self.personal_data, "ocr": self.ocr}
        job = compose.extract_job(self.settings, one.path.name, self.pages, **wanted)
        return msgspec.structs.replace(job, inside=one.inside, beside=one.beside, password=self.password)


def _outcomes(paths: list[Path], plan: _Plan, runner: Runner, progress: Progress) -> Iterator[Outcome]:
    """What became of each file, in their order, as soon as it is known."""

    def read(one: Input) -> Outcome:
        if one.failure is not None:
            return Outcome(one.path, one.failure)
        try:
            answer = runner.run(plan.job(one), one.load(), lambda page, of: progress.page(one.path, page, of))
        except NotReady as error:  # no fault of this file: no other one would be read either
            raise CommandError(str(error)) from error
        except ServiceError as error:
            return Outcome(one.path, error.failure)
        return Outcome(one.path, answer)

    pool = ThreadPoolExecutor(plan.settings.workers)
    try:
        for outcome in in_order(pool, read, inputs(paths, plan.settings, plan.password), AHEAD * plan.settings.workers):
            progress.file()
            yield outcome
    finally:
        runner.close()  # so that no thread waits for a child when the command is interrupted
        pool.shutdown(cancel_futures=True)


def _write(outcome: Outcome, output: Output, request: Request) -> str:
    """Write one result, say what must be said of it; ``ok``, ``partial``, ``failed`` or ``skipped``."""
    if isinstance(outcome.answer, Failure):
        if outcome.answer.code == NOT_A_DOCUMENT:
            if not request.quiet:
                say(f"{outcome.path}: skipped: {outcome.answer.message}")
            return "skipped"
        complain(str(outcome.path), outcome.answer)
        return "failed"
    result = _RESULT.decode(outcome.answer)
    output(outcome.path, outcome.answer, result)
    if request.verbose:
        _describe(outcome.path, result)
    if unread := unread_pages(result):
        say(f"{outcome.path}: partial: pages {page_ranges(unread)} could not be read")
        return "partial"
    return "ok"


def _describe(path: Path, result: Result) -> None:
    grades = " ".join(f"{grade} {count}" for grade, count in result.quality.cells.items())
    seconds = sum(result.provenance.timing.values())
    known = sum(table.kind is not None for table in result.tables)
    read = sum(page.status != "skipped" for page in result.pages)
    say(
        f"{path}: {read} pages, {known} of {len(result.tables)} tables recognised, "
        f"{len(result.observations)} values ({grades}), {seconds:.2f} s"
    )
    for one in result.findings:
        where = " ".join(filter(None, (f"page {one.page}" if one.page is not None else "", one.table)))
        print(f"  {one.severity}: {one.code}{f' ({where})' if where else ''}: {one.message}", file=sys.stderr)
