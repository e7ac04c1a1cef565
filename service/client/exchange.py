"""What a client asks and how it takes the answers, as far as it is the same whether it waits in a thread or not.

An exchange is a generator: it yields what is to be sent, or the seconds to wait, is sent the answers, and returns what
was wanted. The two clients run it.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

import httpx
import msgspec

from schemas.result import Result, Stated
from schemas.review.spots import Value
from service.client.errors import GaveUp, Refused

RESULT = msgspec.json.Decoder(Result)
WAIT = 30  # seconds that the service is asked to wait before it answers that it is not done
FIRST, MOST = 0.5, 30.0  # seconds between attempts when the service does not say
AGAIN = frozenset({"queue_full", "rate_limited", "not_ready", "draining"})
ENDED = frozenset({"succeeded", "partial", "failed", "cancelled", "expired"})


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a result, in all, and for one answer to begin."""

    total: float = 3600.0
    answer: float = 120.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is to be sent for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to send."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None


class Job(msgspec.Struct, frozen=True):
    """A job as the service tells of it; ``result`` is the address of its result."""

    id: str
    state: str
    document: str
    result: str | None = None
    progress: dict[str, int] | None = None
    problem: dict[str, Any] | None = None


class Correction(msgspec.Struct, frozen=True):
    """What somebody corrected: ``old`` is what the result showed, ``standing`` whether the newest one does so still."""

    document: str
    number: int
    op: str
    target: str
    old: Value
    new: Value
    why: str
    who: str | None
    made_at: datetime
    pipeline: str
    result: str
    fingerprint: str
    standing: str


class Corrections(msgspec.Struct, frozen=True):
    """All of a document. ``tag`` goes into ``match`` of what rests on it."""

    document: str
    result: str | None
    corrections: list[Correction]
    tag: str = ""


class Review(msgspec.Struct, frozen=True):
    """How the review of a document stands. ``tag`` goes into ``match`` of what rests on it."""

    document: str
    state: str
    reasons: list[str]
    result: str | None
    decision: str | None
    decided_by: str | None
    decided_at: datetime | None
    corrections: int
    tag: str = ""


class Wanted(TypedDict, total=False):
    """What may be asked of a document: only some ``pages`` (``1-3,7``), names and telephone numbers too, no reading of
    images. ``stated``: what is known of it from elsewhere, shown in the result beside what was read."""

    pages: str | None
    personal_data: bool
    ocr: bool
    stated: Stated | None


class Reviews(msgspec.Struct, frozen=True):
    """A page of documents of which anything was said; ``next`` is None at the end."""

    reviews: list[Review]
    next: str | None


class Said(TypedDict, total=False):
    """How a correction or a decision may be qualified: ``match`` is the tag of the state that was seen, so that it is
    refused (``precondition_failed``) when there is more by now; ``wanted`` says of which result."""

    match: str
    wanted: Wanted


File = Path | str | bytes  # a path, or the bytes themselves
_JOB = msgspec.json.Decoder(Job)
# What is sent is answered by a response, or by the error of a network that failed.
Reply = httpx.Response | httpx.TransportError | None
Exchange = Generator[Ask | Pause, Reply, httpx.Response]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be read, and what is asked of it."""

    name: str
    content: bytes
    asked: Mapping[str, str] = field(default_factory=dict)


def document(file: File, name: str | None, asked: Mapping[str, str]) -> Document:
    """The document of a path, or of bytes."""
    if isinstance(file, bytes):
        return Document(name or "document", file, asked)
    path = Path(file)
    return Document(name or path.name, path.read_bytes(), asked)


def asking(wanted: Wanted) -> dict[str, str]:
    """The fields beside the file, which are also what its result is looked up by."""
    stated = wanted.get("stated")
    asked = {"pages": wanted.get("pages"), **(msgspec.structs.asdict(stated) if stated is not None else {})}
    asked |= {"personal_data": "true"} if wanted.get("personal_data") else {}
    asked |= {} if wanted.get("ocr", True) else {"ocr": "off"}
    return {name: str(value) for name, value in asked.items() if value is not None}


def reading(one: Document, patience: Patience) -> Exchange:
    """Have a document read: sent again as long as the service is busy, and waited for when it was accepted."""
    deadline = time.monotonic() + patience.total
    response = yield from submission(one, f"wait={WAIT}", deadline)
    if response.status_code != httpx.codes.ACCEPTED:
        return response
    return (yield from awaiting(_JOB.decode(response.content).id, deadline))


def submission(one: Document, prefer: str, deadline: float) -> Exchange:
    """Send a document. The same key each time: an answer that got lost does not make it two jobs."""
    headers = {"Prefer": prefer, "Idempotency-Key": uuid.uuid4().hex}
    files = {"file": (one.name, one.content)}
    return (yield from patient(Ask("POST", "/v1/documents", headers, files=files, data=one.asked), deadline))


def awaiting(job_id: str, deadline: float) -> Exchange:
    """Wait for a job to end, then fetch its result. Raises Refused when it has none."""
    while True:
        ask = Ask("GET", f"/v1/jobs/{job_id}", params={"wait": str(WAIT)})
        begun = time.monotonic()
        response = yield from patient(ask, deadline, job_id)
        if _JOB.decode(response.content).state in ENDED:
            return (yield from patient(Ask("GET", f"/v1/jobs/{job_id}/result"), deadline, job_id))
        was_quick = time.monotonic() - begun < WAIT / 2  # as a service that is ending is
        yield from _pause(_seconds(response, FIRST) if was_quick else 0.0, deadline, "it is not done", job_id)


def patient(ask: Ask, deadline: float, job_id: str | None = None, again: frozenset[str] = AGAIN) -> Exchange:
    """Ask until there is an answer: again after ``Retry-After`` when the service is busy, or cannot be reached.

    Raises:
        Refused: the service says why there is none, and will go on to say so.
        GaveUp: the time is over.
    """
    pause = FIRST
    while True:
        reply = yield ask
        if isinstance(reply, httpx.Response):
            if reply.is_success:
                return reply
            problem = refused(reply)
            if problem.code not in again:
                raise problem
            why, seconds = str(problem), _seconds(reply, pause)
        else:
            why, seconds = f"the service cannot be reached: {reply}", pause
        yield from _pause(seconds, deadline, why, job_id)
        pause = min(MOST, pause * 2)


def refused(response: httpx.Response) -> Refused:
    """Why the service does not answer what was asked."""
    try:
        body = response.json()
    except ValueError:
        body = {}
    detail = body.get("detail", f"the service answered {response.status_code}")
    code = body.get("code", "unknown")
    return Refused(response.status_code, code, detail, body.get("advice_zh", ""), body.get("request_id", ""))


def fetching(path: str, asked: Mapping[str, str], deadline: float) -> Exchange:
    """Get something that may still be in the making."""
    return (yield from patient(Ask("GET", path, params=asked), deadline, again=AGAIN | {"pending"}))


def arguments(ask: Ask) -> dict[str, Any]:
    """What httpx is given to send a request."""
    body = {"json": ask.json} if ask.json is not None else {"files": ask.files, "data": ask.data}
    return {"headers": ask.headers, "params": ask.params, **body}


def saying(path: str, body: Mapping[str, Any], said: Said) -> Ask:
    """What is sent to say something of a document."""
    headers = {"If-Match": said["match"]} if "match" in said else {}
    return Ask("POST", path, headers, asking(said.get("wanted", {})), json=body)


def corrections_of(response: httpx.Response) -> Corrections:
    """The corrections that an answer tells of."""
    found = msgspec.json.decode(response.content, type=Corrections)
    return msgspec.structs.replace(found, tag=response.headers.get("etag", ""))


def review_of(response: httpx.Response) -> Review:
    """The review that an answer tells of."""
    found = msgspec.json.decode(response.content, type=Review)
    return msgspec.structs.replace(found, tag=response.headers.get("etag", ""))


def sha256(one: Document) -> str:
    """The name under which the service keeps a document."""
    return hashlib.sha256(one.content).hexdigest()


def job_of(response: httpx.Response) -> Job:
    """The job that an answer tells of."""
    return _JOB.decode(response.content)


def _pause(seconds: float, deadline: float, why: str, job_id: str | None) -> Generator[Pause, Reply, None]:
    if time.monotonic() + seconds >= deadline:
        raise GaveUp(why, job_id)
    if seconds > 0:
        yield Pause(seconds)


def _seconds(response: httpx.Response, otherwise: float) -> float:
    said = response.headers.get("retry-after", "")
    return float(said) if said.isdigit() else otherwise
