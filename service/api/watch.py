"""Waiting for jobs without a thread each: one look at the store answers all who wait, however many they are.

A job that ends in this process is looked at once; one that another process runs is seen at the next look.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import anyio.to_thread

from service.states import FINAL
from service.store.records import JobRecord

log = logging.getLogger("gongkai.watch")
EVERY = 0.5  # seconds between looks while somebody waits
SETTLE = 0.01  # seconds after a look: many kicks within them are one look


class Watch:
    """``look`` gives the records of ids. ``run`` must be running; ``kick`` may be called from any thread."""

    def __init__(self, look: Callable[[list[str]], Mapping[str, JobRecord]]) -> None:
        self._look = look
        self._watched: Counter[str] = Counter()
        self._seen: Mapping[str, JobRecord] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kicked = asyncio.Event()
        self._looked = asyncio.Condition()
        self._ending = False

    async def run(self) -> None:
        """Look, as long as somebody waits; until cancelled."""
        self._loop = asyncio.get_running_loop()
        while True:
            await self._next()
            if not self._watched:
                continue
            try:
                self._seen = await anyio.to_thread.run_sync(self._look, list(self._watched))
            except Exception:  # those who wait must not be forgotten for one look that failed
                log.exception("the store could not be looked at")
            async with self._looked:
                self._looked.notify_all()
            await asyncio.sleep(SETTLE)

    async def _next(self) -> None:
        """Return when it is time to look: when something has changed, and every so often while somebody waits."""
        with suppress(TimeoutError):
            async with asyncio.timeout(EVERY if self._watched else None):
                await self._kicked.wait()
        self._kicked.clear()

    def kick(self) -> None:
        """Something has changed: look now."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._kicked.set)

    def end(self) -> None:
        """Let nobody wait any more."""
        self._ending = True
        self.kick()

    async def until_final(self, job: JobRecord, seconds: float) -> JobRecord:
        """The job as it stands when it has ended, or when the time is over."""
        latest = job
        async for latest in self.changes(job, seconds):
            if latest.state in FINAL:
                break
        return latest

    async def changes(self, job: JobRecord, seconds: float) -> AsyncIterator[JobRecord]:
        """The job as it stands, then each time it has changed, until it has ended or the time is over."""
        deadline = time.monotonic() + seconds
        yield job
        async with self._watching(job.id):
            while job.state not in FINAL and not self._ending:
                try:
                    async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                        async with self._looked:
                            await self._looked.wait()
                except TimeoutError:
                    return
                latest = self._seen.get(job.id, job)
                if latest != job:
                    job = latest
                    yield job

    @asynccontextmanager
    async def _watching(self, job_id: str) -> AsyncIterator[None]:
        self._watched[job_id] += 1
        self._kicked.set()
        try:
            yield
        finally:
            self._watched[job_id] -= 1
            if self._watched[job_id] <= 0:
                del self._watched[job_id]
