"""States of a job, and what makes two jobs the same."""

from __future__ import annotations

import itertools

from service.jobs import ExtractJob, RenderJob
from service.states import ACTIVE, FINAL, JobState, before, job_key, may_become, seconds_to_wait
from service.store.records import asked_of


def test_what_has_ended_never_runs_again() -> None:
    ways = {(old, new) for old, new in itertools.product(JobState, JobState) if may_become(old, new)}
    assert {(old.value, new.value) for old, new in ways if old in FINAL} == {
        ("succeeded", "expired"),
        ("partial", "expired"),
        ("failed", "expired"),
        ("cancelled", "expired"),
    }
    assert before(JobState.CANCELLED) == [JobState.QUEUED, JobState.RUNNING]
    assert {JobState.QUEUED, JobState.RUNNING} == ACTIVE


def test_jobs_are_the_same_when_bytes_version_and_all_that_is_asked_are() -> None:
    key = job_key("ab", "1.0", ExtractJob("a.pdf"))
    assert key == job_key("ab", "1.0", ExtractJob("a.pdf"))
    others = [
        job_key("ac", "1.0", ExtractJob("a.pdf")),
        job_key("ab", "1.1", ExtractJob("a.pdf")),
        job_key("ab", "1.0", ExtractJob("b.pdf")),
        job_key("ab", "1.0", ExtractJob("a.pdf", pages=[1])),
        job_key("ab", "1.0", ExtractJob("a.pdf", personal_data=True)),
        job_key("ab", "1.0", ExtractJob("a.pdf", max_pages=3)),
        job_key("ab", "1.0", RenderJob(1)),
    ]
    assert len({key, *others}) == 8


def test_what_is_asked_does_not_depend_on_names_and_limits() -> None:
    assert asked_of(ExtractJob("a.pdf", max_pages=3)) == asked_of(ExtractJob()) == "extract pages=all personal_data=no"
    assert asked_of(ExtractJob(pages=[1, 2, 3, 7], personal_data=True)) == "extract pages=1-3,7 personal_data=yes"
    assert asked_of(RenderJob(3, 96)) == "render page=3 dpi=96"


def test_the_time_to_wait_grows_with_those_before_and_falls_with_the_slots() -> None:
    assert seconds_to_wait(0, 0.1, 2) == 1
    assert seconds_to_wait(9, 4.0, 2) == 20
    assert seconds_to_wait(9, 4.0, 0) == 40
    assert seconds_to_wait(1_000_000, 60, 1) == 3600
