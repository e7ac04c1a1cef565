"""Waiting for jobs: who waits is told, and the store is looked at no oftener than that takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress

from service.api.watch import EVERY, Watch
from service.jobs import ExtractJob
from service.states import JobState
from service.store.records import Ended, JobRecord, ResultRecord

RESULT = ResultRecord("key", "sha256", "cd" * 32, 2, "application/json", False, 0.0)


def job(name: str, state: JobState = JobState.RUNNING) -> JobRecord:
    return JobRecord(name, "key", "sha256", ExtractJob(), state, 1, 0.0, started_at=0.0)


class Looked:
    """A store whose jobs all run, but those that ended; ``times`` it was looked at."""

    def __init__(self) -> None:
        self.times = 0
        self.ended: set[str] = set()

    def __call__(self, ids: list[str]) -> Mapping[str, JobRecord]:
        self.times += 1
        return {one: job(one, JobState.SUCCEEDED if one in self.ended else JobState.RUNNING) for one in ids}


def play(look: Looked, scene: Callable[[Watch], Coroutine[None, None, None]]) -> None:
    async def whole() -> None:
        watch = Watch(look)
        running = asyncio.create_task(watch.run())
        await scene(watch)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(whole())


def test_who_waits_is_told_as_soon_as_the_watch_is_kicked() -> None:
    look = Looked()

    async def scene(watch: Watch) -> None:
        waiting = asyncio.create_task(watch.until_final(job("a"), 60))
        await asyncio.sleep(0.05)
        look.ended.add("a")
        watch.kick()
        assert (await asyncio.wait_for(waiting, EVERY * 0.9)).job.state is JobState.SUCCEEDED

    play(look, scene)


def test_however_many_came_and_went_the_store_is_looked_at_as_seldom_as_for_one() -> None:
    look = Looked()

    async def scene(watch: Watch) -> None:
        waiting = asyncio.create_task(watch.until_final(job("a"), 60))
        await asyncio.sleep(0.05)
        before = look.times
        for number in range(20):
            watch.tell(Ended(job(str(number), JobState.SUCCEEDED)), b"")
            await asyncio.sleep(0)
            seen = await asyncio.wait_for(watch.until_final(job(str(number)), 60), EVERY * 0.9)
            assert seen.job.state is JobState.SUCCEEDED  # though it ended before anybody watched
        await asyncio.sleep(2.5 * EVERY)
        assert look.times - before <= 3
        waiting.cancel()

    play(look, scene)


def test_a_job_that_ends_here_is_told_with_its_answer_and_the_store_is_not_looked_at() -> None:
    look = Looked()

    async def scene(watch: Watch) -> None:
        waiting = asyncio.create_task(watch.until_final(job("a"), 60))
        await asyncio.sleep(0.05)
        before = look.times
        watch.tell(Ended(job("a", JobState.SUCCEEDED), RESULT), b"{}")
        seen = await asyncio.wait_for(waiting, EVERY * 0.9)
        assert seen.job.state is JobState.SUCCEEDED
        assert seen.found is not None
        assert (seen.found.record, seen.found.read()) == (RESULT, b"{}")
        assert look.times == before
        assert (await watch.until_final(seen.job, 60)).found is None  # answers are not kept for nobody

    play(look, scene)


def test_an_end_that_was_told_is_not_undone_by_a_look_that_began_before_it() -> None:
    look = Looked()

    async def scene(watch: Watch) -> None:
        waiting = asyncio.create_task(watch.until_final(job("a"), 60))
        await asyncio.sleep(0.05)
        watch.tell(Ended(job("a", JobState.FAILED)), b"")
        watch.kick()
        assert (await asyncio.wait_for(waiting, EVERY * 0.9)).job.state is JobState.FAILED

    play(look, scene)


def test_nobody_waits_any_more_once_it_ends() -> None:
    async def scene(watch: Watch) -> None:
        waiting = asyncio.create_task(watch.until_final(job("a"), 60))
        await asyncio.sleep(0.05)
        watch.end()
        assert (await asyncio.wait_for(waiting, 10)).job.state is JobState.RUNNING

    play(Looked(), scene)
