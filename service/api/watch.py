"""Waiting for jobs without a thread each: one look at the store answers all who wait, however many they are.

Of a job that ends in this process, they are told with its answer; one that another process runs is seen at the next
look.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

import anyio.to_thread

from service.desk import Found
from service.states import FINAL
from service.store.records import Ended, JobRecord

log = logging.getLogger("gongkai.watch")
EVERY = 0.5  # seconds between looks while somebody waits
RECENT = 256  # jobs that ended before anybody watched them, which are remembered: who asked for one is on the way
SETTLE = 0.01  # seconds after a look: many kicks within them are one look


class Seen(NamedTuple):
    """A job as it stands, and its answer when it is at hand."""

    job: JobRecord
    found: Found | None = None


class Watch:
    """``look`` gives records by id. ``run`` must be running; ``kick`` and ``tell`` may be called from any thread."""

    def __init__(self, look: Callable[[list[str]], Mapping[str, JobRecord]]) -> None:
        self._look = look
        self._watched: Counter[str] = Counter()
        self._seen: Mapping[str, JobRecord] = {}
        self._ended: dict[str, Seen] = {}  # of those watched, what was told: an older look does not undo it
        self._loop: asyncio.AbstractEventLoop | None = None
        self._recent: OrderedDict[str, JobRecord] = OrderedDict()
        self._somebody = asyncio.Event()
        self._due = asyncio.Event()
        self._news: asyncio.Future[None] | None = None  # for all who wait, until there is something new
        self._ending = False

    async def run(self) -> None:
        """Look, as long as somebody waits; until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            await self._somebody.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._due.wait()
            self._due.clear()
            if self._watched:
                await self._look_now()
            else:
                self._somebody.clear()
            self._announce()
            await asyncio.sleep(SETTLE)

    async def _look_now(self) -> None:
        try:
            self._seen = await anyio.to_thread.run_sync(self._look, list(self._watched))
        except Exception:  # those who wait must not be forgotten for one look that failed
            log.exception("the store could not be looked at")

    def kick(self) -> None:
        """Something has changed: look now."""
        self._call(self._due.set)

    def tell(self, ended: Ended, answer: bytes) -> None:
        """A job has ended just now, with this answer or with none."""
        found = Found(ended.result, lambda: answer, answer) if ended.result is not None else None
        self._call(self._be_told, Seen(ended.job, found))

    def _call(self, what: Callable[..., None], *arguments: Seen) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(what, *arguments)

    def _be_told(self, seen: Seen) -> None:
        if seen.job.id in self._watched:
            self._ended[seen.job.id] = seen
            self._announce()
            return
        self._recent[seen.job.id] = seen.job
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def _announce(self) -> None:
        """Wake all who wait: there may be something new for them."""
        if self._news is not None:
            self._news.set_result(None)
            self._news = None

    def end(self) -> None:
        """Let nobody wait any more."""
        self._ending = True
        self._call(self._announce)

    async def until_final(self, job: JobRecord, seconds: float) -> Seen:
        """The job as it stands when it has ended, or when the time is over."""
        latest = job
        async with self._watching(job):
            async for latest in self.changes(job, seconds):
                if latest.state in FINAL:
                    break
            return self._ended.get(job.id, Seen(latest))

    async def changes(self, job: JobRecord, seconds: float) -> AsyncIterator[JobRecord]:
        """The job as it stands, then each time it has changed, until it has ended or the time is over."""
        deadline = time.monotonic() + seconds
        yield job
        async with self._watching(job):
            while job.state not in FINAL and not self._ending:
                try:
                    async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                        await self._until_changed(job)
                except TimeoutError:
                    return
                latest = self._latest(job)
                if latest != job:
                    job = latest
                    yield job

    async def _until_changed(self, job: JobRecord) -> None:
        while not self._ending and self._latest(job) == job:
            if self._news is None:
                self._news = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._news)

    def _latest(self, job: JobRecord) -> JobRecord:
        ended = self._ended.get(job.id)
        return ended.job if ended is not None else self._seen.get(job.id, job)

    @asynccontextmanager
    async def _watching(self, job: JobRecord) -> AsyncIterator[None]:
        self._watched[job.id] += 1
        self._somebody.set()
        if (ended := self._recent.get(job.id)) is not None:
            self._ended[job.id] = Seen(ended)
        try:
            yield
        finally:
            self._watched[job.id] -= 1
            if self._watched[job.id] <= 0:
                del self._watched[job.id]
                self._ended.pop(job.id, None)
