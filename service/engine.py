"""Takes jobs from the store, has them done, and writes down what came of them. Many engines may share one store.

Each slot is a thread that waits for its child process, and has a clerk, a thread that writes down what came of a job
while the next one is read. The keeper looks after them all, and one more thread proves now and then that documents can
be read.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from schemas.result import PageInfo
from service.canary import canary
from service.errors import Cancelled, Failure, InternalError, NotReady, QueueFull, ServiceError, WorkerCrashed
from service.held import Held
from service.jobs import ExtractJob
from service.keeper import LEASE, Keeper
from service.owner import own_name
from service.pipeline import is_unread
from service.runner import Runner
from service.slots import Slots
from service.store.blobs import Missing
from service.store.records import Answer, Claim, Ended, JobRecord, Submission, job_of
from service.store.store import Store

log = logging.getLogger("gongkai.engine")

PAUSE = 1.0  # seconds to wait when something that is not the document's fault went wrong
FRESH = 60.0  # seconds for which a document that was read proves that the next one can be
JSON, PNG = "application/json", "image/png"


# Told of a job that ended, and of its answer, which is empty when there is none.
OnEnd = Callable[[Ended, bytes], None]


class _Head(msgspec.Struct):
    """What an engine wants to know of a result."""

    document: _Document
    pages: list[PageInfo]


class _Document(msgspec.Struct):
    media_type: str


_HEAD = msgspec.json.Decoder(_Head)
# Keys stand in the order of the contract, so what is behind this need not be passed over. No text holds it: there, a
# quotation mark has a backslash before it.
_TABLES = b',"tables":['


class Engine:
    """``slots`` jobs at a time. ``on_end`` is called, from other threads, with each job that ended and its answer."""

    def __init__(
        self, store: Store, runner: Runner, slots: int, keep: float = 0.0, on_end: OnEnd | None = None
    ) -> None:
        self._store, self._runner, self._slots = store, runner, slots
        self._on_end = on_end or (lambda _ended, _answer: None)
        self._owner = own_name()
        self._held: dict[str, Held] = {}
        self._waiting: Slots[Held] = Slots(slots)
        self._tried = threading.Event()  # the canary, for the first time
        self._draining = threading.Event()
        self._stopped = threading.Event()
        self._proven: float | None = None
        self._threads = [threading.Thread(target=self._work, name=f"slot-{slot}") for slot in range(slots)]
        self._keeper = Keeper(store, self._owner, slots, self._held, self.wake, self._is_proven, keep)
        self._threads += [
            threading.Thread(target=self._keeper.work, args=(self._stopped,), name="keeper"),
            threading.Thread(target=self._prove, name="prover"),
        ]

    def start(self) -> None:
        """Begin to take jobs, first of all those that dead processes of this machine left behind."""
        self._keeper.take_over()
        self._store.workers.heard(self._owner, self._slots, proven=False)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be a job to do: one slot that is free looks for it, now or when it is free."""
        self._waiting.call()

    def submit(
        self, wanted: Submission, admit: Callable[[Claim | None], JobRecord], read: Callable[[], bytes] | None = None
    ) -> JobRecord:
        """The job that ``admit`` makes of a submission. If a slot is free, it reads what ``read`` gives while the job
        is still written down, as one that is claimed already; nothing comes of that unless it is."""
        held = self._begun(wanted, read)
        if held is None:
            job = admit(None)
            self.wake()
            return job
        kept = False
        try:
            job = admit(Claim(self._owner, LEASE))
            kept = job.id == wanted.id
        finally:
            held.settle(kept)
        return job

    def _begun(self, wanted: Submission, read: Callable[[], bytes] | None) -> Held | None:
        """The submission as a slot has begun it; None when none is free."""
        if not self._waiting.is_free:
            return None
        held = Held(job_of(wanted, time.time(), running=True), read() if read is not None else None)
        return held if self._waiting.offer(held) else None

    def cancel(self, job_id: str) -> None:
        """End a job at once, if it runs here; elsewhere its keeper notices."""
        held = self._held.get(job_id)
        if held is not None:
            held.cancel.set()

    @property
    def busy(self) -> int:
        """Jobs that run here."""
        return len(self._held)

    def drain(self) -> None:
        """Take no more jobs; those that run go on."""
        self._draining.set()
        self._tried.set()
        self._waiting.end()

    def stop(self, within: float) -> None:
        """End, after ``within`` seconds at most; jobs that still run then are put back for others."""
        self.drain()
        deadline = time.monotonic() + within
        while self._held and time.monotonic() < deadline:
            time.sleep(0.05)
        self._stopped.set()
        self._runner.close()
        for thread in self._threads:
            thread.join()
        self._store.workers.gone(self._owner)

    # Slots.

    def _work(self) -> None:
        # A job that is taken has been tried, should this process be killed; so none is taken before one can be read.
        self._tried.wait()
        written: Future[None] | None = None
        with ThreadPoolExecutor(1, "clerk") as clerk:
            while (held := self._next()) is not None:
                outcome = self._outcome(held)
                if written is not None:
                    written.result()  # so that no more than one waits for the disk
                written = clerk.submit(self._write_down, held, outcome)

    def _next(self) -> Held | None:
        """The next job, when there is one; None at the end."""
        held: Held | None = None
        while held is None and not self._draining.is_set():
            held = self._claim() or self._waiting.wait()
        held = held or self._waiting.wait()  # one may have been given at the end
        if held is not None:
            self._held[held.job.id] = held
        return held

    def _claim(self) -> Held | None:
        try:
            job = self._store.jobs.claim(self._owner, LEASE)
        except Exception:  # the database is away, say
            log.exception("no job could be taken")
            self._stopped.wait(PAUSE)
            return None
        if job is None:
            return None
        held = Held(job)
        held.settle(kept=True)
        return held

    def _outcome(self, held: Held) -> bytes | Failure | None:
        """The answer to a job, or why there is none; None when it was called off, or is put back."""
        try:
            return self._run(held)
        except Cancelled:
            log.info("job %s was cancelled", held.job.id)
        except (NotReady, QueueFull) as error:
            log.warning("job %s is put back: %s", held.job.id, error)
            self._put_back(held)
            self._stopped.wait(PAUSE)
        return None

    def _put_back(self, held: Held) -> None:
        try:
            if held.kept.result():
                self._store.jobs.release(held.job, self._owner)
        except Exception:  # what is leased is taken over later
            log.exception("job %s could not be put back", held.job.id)

    def _run(self, held: Held) -> bytes | Failure:
        """The answer, or why there is none. Raises Cancelled, and NotReady when it should be tried again."""

        def report(page: int, pages: int) -> None:
            held.told = (page, pages)

        job = held.job
        try:
            data = held.data if held.data is not None else self._store.blobs.get(job.sha256)
            held.data = None
            answer = self._runner.run(job.request, data, report, held.cancel, job.sha256)
        except Missing:
            return WorkerCrashed("its bytes are not in the store any more").failure
        except (NotReady, QueueFull, Cancelled):
            raise
        except ServiceError as error:
            if self._stopped.is_set():  # we ended its process ourselves
                raise NotReady("it is ending") from error
            return error.failure
        except Exception:  # a bug of ours ends this job, never the thread that takes the next
            log.exception("job %s met a bug", job.id)
            return InternalError().failure
        self._proven = time.monotonic()
        return answer

    def _write_down(self, held: Held, outcome: bytes | Failure | None) -> None:
        try:
            if outcome is not None and held.kept.result():
                self._finish(held.job, outcome)
        except Exception:  # the database or the disk is away, say: what is leased is taken over later
            log.exception("job %s could not be written down", held.job.id)
            self._stopped.wait(PAUSE)
        finally:
            if self._held.get(held.job.id) is held:  # one that was put back may be another slot's by now
                del self._held[held.job.id]

    def _finish(self, job: JobRecord, outcome: bytes | Failure) -> None:
        jobs = self._store.jobs
        if isinstance(outcome, Failure):
            log.info("job %s failed: %s", job.id, outcome.code)
            if (failed := jobs.finish(job, self._owner, outcome, lambda: None)) is not None:
                self._on_end(failed, b"")
            return
        blob = self._store.blobs.put(outcome)
        answer = _answer(job, outcome, blob)
        ended = jobs.finish(job, self._owner, answer, lambda: self._store.blobs.put(outcome, blob))
        if ended is not None:
            self._on_end(ended, outcome)

    # The proof.

    def _is_proven(self) -> bool:
        return self._proven is not None and time.monotonic() - self._proven < FRESH / 2

    def _prove(self) -> None:
        """Read the canary at start, and whenever nothing else has been read for a while."""
        while not self._draining.is_set():
            if self._proven is None or time.monotonic() - self._proven > FRESH / 3:
                self._read_the_canary()
                self._tried.set()
            self._draining.wait(PAUSE)

    def _read_the_canary(self) -> None:
        try:
            self._runner.run(ExtractJob("canary.pdf"), canary())
            self._proven = time.monotonic()
            self._store.workers.heard(self._owner, self._slots, proven=True)
        except ServiceError as error:
            log.warning("the canary could not be read: %s", error)
        except Exception:  # a bug of ours, or the database is away: the next proof is due soon
            log.exception("the canary could not be read, or that it was could not be written down")


def _answer(job: JobRecord, data: bytes, blob: str) -> Answer:
    if not isinstance(job.request, ExtractJob):
        return Answer(blob, len(data), PNG)
    head = _HEAD.decode(data[: data.find(_TABLES)] + b"}")
    unread = any(is_unread(page) for page in head.pages)
    return Answer(blob, len(data), JSON, unread, head.document.media_type)
