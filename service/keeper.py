"""The keeper of an engine: renews leases, writes progress, ends what was cancelled, takes over what dead processes
held, and lets go of what is old.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from service.errors import WorkerCrashed
from service.held import Held
from service.owner import is_gone
from service.store.store import Store

log = logging.getLogger("gongkai.engine")

LEASE = 15.0  # seconds after which a job of a process that says nothing is taken over
TICK = 0.5  # seconds between looks of the keeper; what it writes each time costs a look at the disk


@dataclass(frozen=True, slots=True)
class Keeper:
    """Of the jobs that ``owner`` holds in ``slots`` slots. ``wake`` is called for each slot that may find something to
    do; ``is_proven`` says whether a document was read lately; answers are kept for ``keep`` seconds, 0 for ever."""

    store: Store
    owner: str
    slots: int
    held: dict[str, Held]
    wake: Callable[[], None]
    is_proven: Callable[[], bool]
    keep: float

    def work(self, stopped: threading.Event) -> None:
        """Look after all of them, until it is over."""
        chores = [
            _Chore(TICK, self._look),
            _Chore(LEASE / 3, self._renew),
            _Chore(LEASE / 3, self.take_over),
            _Chore(60.0, self._let_go),
        ]
        while not stopped.wait(TICK):
            for chore in chores:
                try:
                    chore.do_when_due()
                except Exception:  # nothing that goes wrong once may leave the jobs without their keeper
                    log.exception("the keeper failed; it goes on")

    def _look(self) -> None:
        held = {job: one for job, one in self.held.copy().items() if one.is_known}
        self._write_progress([one for one in held.values() if one.told != one.written])
        for job in self.store.jobs.taken_away(self.owner, held) if held else ():
            held[job].cancel.set()
        free = self.slots - len(held)
        if free > 0 and self.store.jobs.anything_to_claim():
            for _ in range(free):
                self.wake()

    def _write_progress(self, moved: list[Held]) -> None:
        told = {one.job.id: one.told for one in moved if one.told is not None}
        if told:
            self.store.jobs.progress(self.owner, told)
            for one in moved:
                one.written = told.get(one.job.id)

    def _renew(self) -> None:
        held = list(self.held)  # and no others: one that could not be written down must be taken over
        if held:
            self.store.jobs.renew(self.owner, held, LEASE)
        self.store.workers.heard(self.owner, self.slots, proven=self.is_proven())

    def take_over(self) -> None:
        """Put back what processes of this machine held that are gone; the leases of others run out."""
        for owner in self.store.jobs.owners() | self.store.workers.owners():
            if is_gone(owner):
                back = self.store.jobs.release_all(owner)
                self.store.workers.gone(owner)
                log.warning("a process is gone; %d of its jobs were put back", back)
        self.store.jobs.give_up(WorkerCrashed("the service itself ended each time it was tried").failure)

    def _let_go(self) -> None:
        if self.keep > 0:
            self.store.results.expire(self.keep, self.store.blobs.remove)


@dataclass(slots=True)
class _Chore:
    """Something to do every so many seconds."""

    every: float
    do: Callable[[], None]
    due: float = field(default_factory=time.monotonic)

    def do_when_due(self) -> None:
        """Do it, if it is time."""
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + self.every
            self.do()
