"""Slots: which are free, and what they are given; the entrance: who is inside."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from service.entrance import Entrance
from service.slots import Slots


@pytest.fixture(name="threads")
def _threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as threads:
        yield threads


@pytest.fixture(name="slots")
def _slots() -> Iterator[Slots[str]]:
    slots: Slots[str] = Slots(2)
    yield slots
    slots.end()


def asleep(threads: ThreadPoolExecutor, slots: Slots[str]) -> Future[str | None]:
    """A slot that waits: it falls asleep a moment after its thread has begun."""
    waiting = threads.submit(slots.wait)
    deadline = time.monotonic() + 5
    while not slots.is_free:
        assert time.monotonic() < deadline
    return waiting


def test_nothing_is_taken_before_a_slot_waits(slots: Slots[str]) -> None:
    assert not slots.is_free
    assert not slots.offer("a")


def test_a_slot_that_waits_is_given_one_job(threads: ThreadPoolExecutor, slots: Slots[str]) -> None:
    waiting = asleep(threads, slots)
    assert (slots.offer("a"), slots.offer("b")) == (True, False)
    assert waiting.result(5) == "a"


def test_a_slot_that_is_called_looks_for_a_job_and_is_not_free(threads: ThreadPoolExecutor, slots: Slots[str]) -> None:
    waiting = asleep(threads, slots)
    slots.call()
    assert not slots.offer("a")
    assert waiting.result(5) is None


def test_a_call_that_comes_while_no_slot_waits_is_for_the_next(threads: ThreadPoolExecutor, slots: Slots[str]) -> None:
    slots.call()
    assert threads.submit(slots.wait).result(5) is None


def test_at_the_end_what_was_given_is_taken_and_nobody_waits(threads: ThreadPoolExecutor, slots: Slots[str]) -> None:
    waiting = asleep(threads, slots)
    assert slots.offer("a")
    slots.end()
    assert waiting.result(5) == "a"
    assert threads.submit(slots.wait).result(5) is None
    assert not slots.offer("b")


def test_who_has_the_same_key_enters_one_after_the_other_and_others_do_not_wait(threads: ThreadPoolExecutor) -> None:
    entrance, inside, go = Entrance(), [], threading.Event()

    def enter(key: str) -> None:
        with entrance.alone(key):
            inside.append(key)
            go.wait(5)

    first = threads.submit(enter, "a")
    while inside != ["a"]:
        time.sleep(0.001)
    second, third = threads.submit(enter, "a"), threads.submit(enter, "b")
    while inside != ["a", "b"]:
        time.sleep(0.001)
    go.set()
    for one in (first, second, third):
        one.result(5)
    assert inside == ["a", "b", "a"]
