"""What the routes work with: the settings, the catalogue and the runner, behind functions that do not block."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Annotated

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import Depends, Request

from schemas.kind import Catalogue
from service.api.upload import Upload
from service.canary import canary
from service.compose import extract_job
from service.jobs import Job
from service.runner import Runner
from service.settings import Settings

FRESH = 60.0  # seconds for which a document that was read proves that the next one can be


@dataclass(slots=True)
class Service:
    """One running service. ``proven`` is when a document was last read, by the monotonic clock."""

    settings: Settings
    runner: Runner
    catalogue: Catalogue
    proven: float | None = None
    _threads: CapacityLimiter = field(init=False)

    def __post_init__(self) -> None:
        # Waiting jobs hold a thread each; one more lets the runner say that the queue is full.
        self._threads = CapacityLimiter(self.settings.workers + self.settings.queue + 1)

    async def extract(self, upload: Upload) -> bytes:
        """The result of one upload as JSON. Raises a ServiceError when there is none."""
        return await self._run(
            extract_job(self.settings, upload.name, upload.pages, personal_data=upload.personal_data), upload.data
        )

    async def prove(self) -> None:
        """Return when a document was read lately, reading a small one if need be. Raises a ServiceError if not."""
        if self.proven is None or time.monotonic() - self.proven > FRESH:
            await self._run(extract_job(self.settings, "canary.pdf"), canary())

    async def _run(self, job: Job, data: bytes) -> bytes:
        answer = await anyio.to_thread.run_sync(self.runner.run, job, data, limiter=self._threads)
        self.proven = time.monotonic()
        return answer


def service_of(request: Request) -> Service:
    """The service that answers this request."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(service_of)]
