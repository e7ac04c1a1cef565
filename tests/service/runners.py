"""Runners for tests: they answer without a process."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

from service.canary import canary
from service.errors import Cancelled
from service.jobs import Job
from service.worker import Report

RESULT = b'{"schema_version":"1.0","document":{"media_type":"application/pdf"},"pages":[],"a":"1.50"}'


@dataclass
class FakeRunner:
    """Answers every job alike, once ``go`` is set, and remembers what it was asked, apart from the canary."""

    answer: bytes | Exception = RESULT
    asked: list[tuple[Job, bytes]] = field(default_factory=list)
    closed: bool = False
    pages: int = 0
    go: threading.Event = field(default_factory=threading.Event)
    loaded: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.go.set()
        self.loaded.set()

    def run(
        self,
        job: Job,
        data: bytes,
        on_progress: Report | None = None,
        cancel: threading.Event | None = None,
        sha256: str | None = None,
    ) -> bytes:
        self.loaded.wait(10)
        assert sha256 in (None, hashlib.sha256(data).hexdigest())
        if data != canary():
            self.asked.append((job, data))
            for page in range(1, self.pages + 1):
                if on_progress is not None:
                    on_progress(page, self.pages)
            while not self.go.wait(0.01):
                if cancel is not None and cancel.is_set():
                    raise Cancelled
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        self.closed = True
