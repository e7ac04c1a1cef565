"""What the store is given and gives back: plain values, free of the database."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field

import msgspec

from service.errors import Failure
from service.jobs import ExtractJob, Job, RenderJob
from service.pages import page_ranges
from service.states import JobState

FAILURE: msgspec.json.Decoder[Failure] = msgspec.json.Decoder(Failure)
REQUEST: msgspec.json.Decoder[Job] = msgspec.json.Decoder(Job)


@dataclass(frozen=True, slots=True)
class Original:
    """A file that came in. ``filename`` is what the client called it."""

    sha256: str
    bytes: int
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A job that somebody wants done. ``name`` is their ``Idempotency-Key``, which is theirs alone in their ``scope``.

    ``priority``: jobs of a higher one are taken up first; those below 0 wait without being counted as a crowd.
    ``most``: so many of their scope may be queued or running; None for no limit. ``id`` is that of the job that it
    becomes, unless there is one already.
    """

    original: Original
    request: Job
    key: str
    name: str | None = None
    scope: str = ""
    priority: int = 0
    most: int | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Claim:
    """Who runs a job, and for how many seconds it is theirs before others may take it over."""

    owner: str
    lease: float


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as it stands. Times are seconds since 1970."""

    id: str
    key: str
    sha256: str
    request: Job
    state: JobState
    attempts: int
    created_at: float
    page: int | None = None
    pages: int | None = None
    failure: Failure | None = None
    started_at: float | None = None
    finished_at: float | None = None


def job_of(submission: Submission, now: float, *, running: bool) -> JobRecord:
    """The job that a submission becomes: one that waits, or that somebody runs from the beginning."""
    return JobRecord(
        id=submission.id,
        key=submission.key,
        sha256=submission.original.sha256,
        request=submission.request,
        state=JobState.RUNNING if running else JobState.QUEUED,
        attempts=1 if running else 0,
        created_at=now,
        started_at=now if running else None,
    )


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """Where the answer to a key is: ``blob`` is the hash of its bytes."""

    key: str
    sha256: str
    blob: str
    bytes: int
    media_type: str
    partial: bool
    created_at: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has just ended, and where its answer is, if it has one."""

    job: JobRecord
    result: ResultRecord | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that has just been kept. ``document_type`` is the media type of the document it is about."""

    blob: str
    bytes: int
    media_type: str
    partial: bool = False
    document_type: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What is known of a file that came in."""

    sha256: str
    bytes: int
    media_type: str | None
    filename: str | None
    created_at: float


@dataclass(frozen=True, slots=True)
class Load:
    """How busy all workers on this database are. ``mean`` is what the last jobs took, in seconds; ``own`` are the jobs
    of one scope, queued or running, where it was asked for one."""

    queued: int
    running: int
    slots: int
    mean: float
    own: int = 0


def asked_of(request: Job) -> str:
    """What a job asks of its document, apart from names and limits: an answer of another version is looked up by it."""
    match request:
        case ExtractJob():
            pages = "all" if request.pages is None else page_ranges(request.pages)
            personal_data = "yes" if request.personal_data else "no"
            ocr = "" if request.ocr else " ocr=off"
            return f"extract pages={pages} personal_data={personal_data}{ocr}{_stated(request)}"
        case RenderJob():
            return f"render page={request.page} dpi={request.dpi}"


def _stated(request: ExtractJob) -> str:
    """What was stated, as a hash: an address is too long for an index."""
    if request.stated is None:
        return ""
    return " stated=" + hashlib.sha256(msgspec.json.encode(request.stated, order="deterministic")).hexdigest()[:32]
