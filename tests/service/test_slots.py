"""Slots: which are free, and what they are given."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from service.jobs import ExtractJob
from service.slots import Slots
from service.states import JobState
from service.store.records import JobRecord

JOB = JobRecord("a", "key", "sha256", ExtractJob(), JobState.RUNNING, 1, 0.0)


@pytest.fixture
def threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(4)


def reserved(slots: Slots, within: float = 5.0) -> bool:
    """A slot falls asleep a moment after its thread has begun."""
    asked = threading.Event()
    for _ in range(int(within / 0.01)):
        if slots.reserve():
            return True
        asked.wait(0.01)
    return False


def waiting(threads: ThreadPoolExecutor, slots: Slots) -> Future[JobRecord | None]:
    return threads.submit(slots.wait)


def test_no_slot_is_free_before_one_waits() -> None:
    assert not Slots(1).reserve()


def test_a_slot_that_waits_is_reserved_once_and_given_its_job(threads: ThreadPoolExecutor) -> None:
    slots = Slots(1)
    slot = waiting(threads, slots)
    assert reserved(slots)
    assert not slots.reserve()
    slots.give(JOB)
    assert slot.result(5) is JOB


def test_a_slot_that_is_called_looks_for_a_job_and_is_not_free(threads: ThreadPoolExecutor) -> None:
    slots = Slots(1)
    slots.call()
    assert waiting(threads, slots).result(5) is None
    assert not slots.reserve()


def test_a_slot_is_free_again_when_it_is_given_nothing(threads: ThreadPoolExecutor) -> None:
    slots = Slots(1)
    slot = waiting(threads, slots)
    assert reserved(slots)
    slots.give(None)
    assert slots.reserve()
    slots.give(JOB)
    assert slot.result(5) is JOB


def test_at_the_end_all_are_woken(threads: ThreadPoolExecutor) -> None:
    slots = Slots(2)
    both = [waiting(threads, slots), waiting(threads, slots)]
    slots.end()
    assert [slot.result(5) for slot in both] == [None, None]
    assert not slots.reserve()


@pytest.mark.parametrize("disturb", [lambda _slots: None, Slots.call])
def test_a_job_that_is_given_after_the_end_finds_its_slot(
    threads: ThreadPoolExecutor, disturb: Callable[[Slots], None]
) -> None:
    slots = Slots(1)
    slot = waiting(threads, slots)
    assert reserved(slots)
    slots.end()
    disturb(slots)
    slots.give(JOB)
    assert slot.result(5) is JOB
