"""Every hostile file is refused with a clear code, or answered, at once and in little memory; the next file is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.canary import canary
from service.errors import ServiceError
from service.isolation.bounds import Bounds, TimeLimit
from service.isolation.family import cpu_seconds_of
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob, RenderJob
from service.runner import ProcessRunner
from tests.hostile import pdfs
from tests.hostile.case import READ, Case
from tests.hostile.corpus import CASES

MEMORY = 400_000_000  # bytes: a worker that needs more is ended, and then it is not answered as it must be
DRAWN = {READ, "corrupt", "page_too_large", "encrypted", "decompression_limit"}
SECONDS = 2.0  # of computing


@pytest.fixture(name="runner", scope="module")
def _runner() -> Iterator[ProcessRunner]:
    runner = ProcessRunner(PoolSize(1, spares=1), Bounds(TimeLimit(20, 0, 20), MEMORY))
    runner.run(ExtractJob(), canary())
    yield runner
    runner.close()


def answer(runner: ProcessRunner, job: ExtractJob | RenderJob, data: bytes) -> tuple[str, float]:
    """What it is answered with, and the seconds of computing that took in one process."""
    begun = computed()
    try:
        runner.run(job, data)
        code = READ
    except ServiceError as error:
        code = error.failure.code
    return code, max(seconds - begun.get(pid, seconds) for pid, seconds in computed().items())


def computed() -> dict[int, float]:
    """Seconds that each worker has computed."""
    return {int(pid): cpu_seconds_of(int(pid)) for pid in os.listdir("/proc") if pid.isdigit() and is_ours(pid)}


def is_ours(pid: str) -> bool:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) == os.getpid()
    except OSError:
        return False


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_is_answered_at_once(runner: ProcessRunner, case: Case) -> None:
    data = case.make()
    code, seconds = answer(runner, ExtractJob(), data)
    assert code in case.answers
    assert (code in case.answers, seconds < SECONDS) == (True, True), f"{code} in {seconds:.1f} s"
    assert answer(runner, ExtractJob(name="next"), canary())[0] == READ


@pytest.mark.parametrize("case", pdfs.CASES, ids=lambda case: case.name)
def test_a_page_of_a_hostile_pdf_is_drawn_or_refused_at_once(runner: ProcessRunner, case: Case) -> None:
    code, seconds = answer(runner, RenderJob(page=1), case.make())
    assert code in DRAWN
    assert seconds < SECONDS


def test_the_corpus_is_large_and_every_file_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 200
