"""What is asked of the service, whatever the door: take a document, say how a job stands, hand out what is known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, NamedTuple

from service.engine import Engine
from service.entrance import Entrance
from service.errors import DocumentFailed, Draining, Expired, JobCancelled, NotFound, NotReady, Pending
from service.jobs import ExtractJob, Job, RenderJob
from service.states import JobState, job_key, seconds_to_wait
from service.store.blobs import Incoming, Missing, received
from service.store.records import Claim, DocumentRecord, JobRecord, Original, ResultRecord, Submission, asked_of
from service.store.store import Store

PROVEN = 60.0  # seconds for which a document that was read proves that the next one can be


class Sender(NamedTuple):
    """Who asks: the name of their API key, or empty, and their ``Idempotency-Key``."""

    scope: str = ""
    name: str | None = None


class Found(NamedTuple):
    """An answer: where it is kept, and how it is had; ``data`` if it is at hand."""

    record: ResultRecord
    read: Callable[[], bytes]
    data: bytes | None = None


@dataclass(slots=True)
class Desk:
    """``engine`` is None where jobs are only taken, and done by other processes. ``queue`` jobs may wait;
    ``key_queue`` of one API key may wait or run, if not 0.

    ``version`` names all that decides what is answered: results of another version are not taken for its own.
    """

    store: Store
    version: str
    queue: int
    engine: Engine | None = None
    slots: int = 1
    key_queue: int = 0
    draining: threading.Event = field(default_factory=threading.Event)
    entrance: Entrance = field(default_factory=Entrance)

    def submit(self, file: IO[bytes], request: ExtractJob, sender: Sender, priority: int = 0) -> JobRecord:
        """The job that reads a file: the one that does or did so already, or a new one. When this returns, it is kept.

        Raises:
            Draining, RateLimited, QueueFull, IdempotencyConflict: it is not taken.
        """
        self._refuse_when_draining()
        with received(file, self.store.incoming) as incoming:
            original = Original(incoming.sha256, incoming.bytes, request.name)
            return self._admit(original, request, sender, priority, incoming)

    def render(self, sha256: str, page: int, dpi: int, scope: str = "") -> JobRecord:
        """The job that draws a page of a document. Raises NotFound when there is no such document, else as submit."""
        self._refuse_when_draining()
        document = self.document(sha256)
        original = Original(sha256, document.bytes)
        return self._admit(original, RenderJob(page, dpi), Sender(scope), 1, None)

    def job(self, job_id: str) -> JobRecord:
        """How a job stands. Raises NotFound."""
        job = self.store.jobs.get(job_id)
        if job is None:
            raise NotFound
        return job

    def cancel(self, job_id: str) -> JobRecord:
        """The job, cancelled unless it had ended before. Raises NotFound."""
        job = self.store.jobs.cancel(job_id)
        if job is None:
            raise NotFound
        if self.engine is not None:
            self.engine.cancel(job_id)
        return job

    def answer(self, job: JobRecord) -> Found:
        """The answer to a job. Raises a ServiceError that says why there is none, or none yet."""
        match job.state:
            case JobState.FAILED:
                assert job.failure is not None
                raise DocumentFailed(job.failure)
            case JobState.CANCELLED:
                raise JobCancelled
            case JobState.EXPIRED:
                raise Expired
            case JobState.QUEUED | JobState.RUNNING:
                raise Pending(self.seconds_to_wait())
            case JobState.SUCCEEDED | JobState.PARTIAL:
                return self._found(self.store.results.result(job.key))

    def document(self, sha256: str) -> DocumentRecord:
        """What is known of a document. Raises NotFound, or Expired when its bytes are gone."""
        document = self.store.results.document(sha256)
        if document is None:
            raise NotFound
        if document.bytes < 0:
            raise Expired
        return document

    def latest(self, sha256: str, request: Job) -> Found:
        """The newest answer to what is asked of a document. Raises a ServiceError that says why there is none."""
        asked = asked_of(request)
        result = self.store.results.latest(sha256, asked)
        if result is not None:
            return self._found(result)
        job = self.store.jobs.latest(sha256, asked)
        if job is None:
            raise NotFound
        return self.answer(job)

    def source(self, sha256: str) -> bytes:
        """The document itself. Raises NotFound or Expired."""
        self.document(sha256)
        try:
            return self.store.blobs.get(sha256)
        except Missing as error:
            raise Expired from error

    def seconds_to_wait(self) -> int:
        """When it is worth asking again, by how long the last jobs took and how many wait."""
        load = self.store.workers.load()
        slots = max(self.slots, load.slots)
        return seconds_to_wait(max(0, load.queued + load.running - slots), load.mean, slots)

    def prove(self) -> None:
        """Return when some worker read a document lately. Raises NotReady when none did, Draining at the end."""
        self._refuse_when_draining()
        if not self.store.workers.proven(PROVEN):
            raise NotReady("no worker has read a document in the last minute")

    def drain(self) -> None:
        """Take nothing new."""
        self.draining.set()
        if self.engine is not None:
            self.engine.drain()

    def _refuse_when_draining(self) -> None:
        if self.draining.is_set():
            raise Draining

    def _admit(
        self, original: Original, request: Job, sender: Sender, priority: int, incoming: Incoming | None
    ) -> JobRecord:
        key = job_key(original.sha256, self.version, request)
        most = self.key_queue or None if sender.scope else None  # all who have no key are bounded by the queue alone
        wanted = Submission(original, request, key, sender.name, sender.scope, priority, most)
        keep, limit = self._keeper(incoming), self.queue if priority >= 0 else None
        with self.entrance.alone(key):  # who sends the same meanwhile finds the job that this becomes
            known = self.store.jobs.find(wanted, limit, self.slots)
            if known is not None:
                return known if sender.name is None else self.store.jobs.submit(wanted, limit, self.slots, keep)

            def admit(claim: Claim | None) -> JobRecord:
                keep()  # the slow part of it is done before others have to wait for us
                return self.store.jobs.submit(wanted, limit, self.slots, keep, claim)

            if self.engine is None:
                return admit(None)
            return self.engine.submit(wanted, admit, incoming.path.read_bytes if incoming is not None else None)

    def _keeper(self, incoming: Incoming | None) -> Callable[[], None]:
        if incoming is None:
            return lambda: None
        return lambda: self.store.blobs.put_file(incoming.path, incoming.sha256)

    def _found(self, result: ResultRecord | None) -> Found:
        if result is None:
            raise Expired

        def read() -> bytes:
            try:
                return self.store.blobs.get(result.blob)
            except Missing as error:
                self.store.results.forget(result.key)
                raise Expired from error

        return Found(result, read)
