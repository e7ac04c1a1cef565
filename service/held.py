"""A job that an engine runs, from the moment it is taken until what came of it is written down."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field

from service.store.records import JobRecord


@dataclass(slots=True)
class Held:
    """A job that this process runs. ``told`` is the page, and the number of pages, it has come to; ``written`` is what
    the store knows of that.

    One that was begun while it was still written down has ``data``, and is ``kept``, or not, when that is done.
    """

    job: JobRecord
    data: bytes | None = None
    kept: Future[bool] = field(default_factory=Future)
    cancel: threading.Event = field(default_factory=threading.Event)
    told: tuple[int, int] | None = None
    written: tuple[int, int] | None = None

    def settle(self, kept: bool) -> None:
        """It is written down now, or there is no such job."""
        self.kept.set_result(kept)
        if not kept:
            self.cancel.set()

    @property
    def is_known(self) -> bool:
        """Whether it is in the store by now."""
        return self.kept.done() and self.kept.result()
