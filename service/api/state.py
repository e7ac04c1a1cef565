"""What the routes work with: the desk and the watch, behind functions that do not block."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Annotated, ParamSpec, TypeVar

import anyio.to_thread
from fastapi import Depends, Request

from schemas.kind import Catalogue
from service import compose
from service.api.watch import Seen, Watch
from service.desk import Desk, Found
from service.engine import Engine
from service.gate import Gate
from service.metrics import Metrics
from service.runner import Runner
from service.settings import Settings
from service.store.store import Store

DRAIN = 25.0  # seconds that jobs which run are given when the service is told to end
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Service:
    """One running service."""

    settings: Settings
    catalogue: Catalogue
    desk: Desk
    watch: Watch
    gate: Gate
    metrics: Metrics

    async def ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Have the desk, or the store, do something in a thread."""
        return await anyio.to_thread.run_sync(lambda: question(*args, **kwargs))

    async def answer(self, seen: Seen) -> Found:
        """The answer to a job, looked for unless it is at hand. Raises a ServiceError that says why there is none."""
        return seen.found if seen.found is not None else await self.ask(self.desk.answer, seen.job)

    def drain(self) -> None:
        """Take nothing new, and let nobody wait any more: what was taken is kept, and can be asked for later."""
        self.desk.drain()
        self.watch.end()


@asynccontextmanager
async def running(
    settings: Settings, catalogue: Catalogue, store: Store, runner: Runner | None, metrics: Metrics
) -> AsyncIterator[Service]:
    """A service that takes documents and, if it has a runner, reads them; everything has ended when the block ends."""
    watch = Watch(store.jobs.get_all)
    watching = asyncio.create_task(watch.run())
    slots = settings.workers if runner is not None else 0
    engine = Engine(store, runner, slots, settings.keep, watch.tell) if runner is not None else None
    desk = Desk(store, f"{compose.version()} {catalogue.digest}", settings.queue, engine, slots, settings.key_queue)
    gate = Gate(store.keys, closed=not settings.is_local and not settings.open)
    if engine is not None:
        await anyio.to_thread.run_sync(engine.start)
    try:
        yield Service(settings, catalogue, desk, watch, gate, metrics)
    finally:
        desk.drain()
        if engine is not None:
            await anyio.to_thread.run_sync(engine.stop, DRAIN)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def service_of(request: Request) -> Service:
    """The service that answers this request. It waits for nothing, but a plain function would be sent to a thread."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(service_of)]
