"""How documents of a run are read, wherever that is: each in an isolated child of the process that this runs in.

What is here is sent to other machines by name and called there, so it depends on nothing but its arguments and on what
is installed. All it answers is plain data.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from schemas.result import PageInfo, Provenance, Quality, Result
from service import compose
from service.bulk.packed import pack
from service.bulk.pipeline import is_installed, pipeline_name
from service.bulk.row import State
from service.bulk.sources import read_at
from service.errors import Failure, ServiceError
from service.jobs import Answered, ExtractJob
from service.pipeline import is_unread
from service.runner import ProcessRunner, Runner
from service.settings import Settings

# What is no document's fault: nothing is written of it, and the run ends.
OURS = frozenset({"not_ready", "queue_full"})
# What the settings that concern reading are called; nothing else leaves this machine.
SENT = ("max_", "time_", "worker_")
SECONDS = 5.0  # after which no other document of the same task is begun


class CannotRead(Exception):
    """Nothing can be read where this ran; the message says why. No document is to blame."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The file at a location is not the one any more that was listed."""

    location: str


@dataclass(frozen=True, slots=True)
class Task:
    """One document to be read, by the version of a name and with the digest of its ``copy``. ``data`` is null when
    whoever reads it is to fetch it from ``location``; with a job that says ``extracted`` it is what the file was found
    to print, of which ``document`` is the hash."""

    sha256: str
    job: ExtractJob
    location: str
    data: bytes | None
    bytes: int
    pipeline: str
    copy: str
    settings: Settings
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a document. ``packed`` is its result, ``document`` what it prints, packed, where that is to be
    kept; ``grades`` counts its values by grade."""

    state: State
    pages: int | None = None
    media_type: str | None = None
    packed: bytes | None = None
    grades: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None
    document: bytes | None = None


def read(tasks: Sequence[Task]) -> list[Answer | Changed]:
    """What became of documents, in their order: of the first, and of as many more as are read in time. Long reports so
    hold back no result of others for long, and little is lost with who reads.

    Raises:
        CannotRead: not for a reason of a document.
    """
    enough = time.monotonic() + SECONDS
    outcomes: list[Answer | Changed] = []
    for task in tasks:
        outcomes.append(_outcome(task))
        if time.monotonic() > enough:
            break
    return outcomes


def _outcome(task: Task) -> Answer | Changed:
    runner = _runner(task.settings)
    if not is_installed(task.pipeline, task.copy):
        raise CannotRead(f"version {pipeline_name()} is installed where it should be read, {task.pipeline} is wanted")
    try:
        data = task.data if task.data is not None else read_at(task.location, task.settings.max_bytes)
        if task.data is None and sha256(data) != task.sha256:
            return Changed(task.location)
        answer = runner.run(task.job, data, sha256=task.document or task.sha256)
        if not task.job.keep:
            return answer_of(answer)
        answered = _ANSWERED.decode(answer)
        return replace(answer_of(answered.result), document=answered.document)
    except ServiceError as error:
        if error.failure.code in OURS:
            raise CannotRead(error.failure.message) from error
        return Answer(State.FAILED, failure=error.failure)


def sha256(data: bytes) -> str:
    """The hash by which a document is known."""
    return hashlib.sha256(data).hexdigest()


def reading_settings(settings: Settings, workers: int) -> Settings:
    """Those settings that concern reading, as they are sent, for processes that read so many documents at a time."""
    sent = {name: value for name, value in settings.model_dump().items() if name.startswith(SENT)}
    return Settings(**sent, workers=workers, queue=workers, spare_workers=0)


def close() -> None:
    """End the children of this process that read."""
    with _LOCK:
        while _RUNNERS:
            _RUNNERS.popitem()[1].close()


_LOCK = threading.Lock()
_RUNNERS: dict[Settings, ProcessRunner] = {}


def start(settings: Settings) -> None:
    """Have the children of this process start, which takes a while."""
    _runner(settings)


def _runner(settings: Settings) -> Runner:
    """The children of this process, started when they are first asked for."""
    with _LOCK:
        if settings not in _RUNNERS:
            _RUNNERS[settings] = compose.runner(settings)
        return _RUNNERS[settings]


# The result with its parts passed on as they are, but for what is asked of it here.
_KNOWN: dict[str, Any] = {"pages": list[PageInfo], "quality": Quality, "provenance": Provenance}


class _Document(msgspec.Struct):
    media_type: str
    pages: int | None


_Whole = msgspec.defstruct("_Whole", [(name, _KNOWN.get(name, msgspec.Raw)) for name in Result.__struct_fields__])
_WHOLE = msgspec.json.Decoder(_Whole)
_DOCUMENT = msgspec.json.Decoder(_Document)
_ANSWERED = msgspec.msgpack.Decoder(Answered)


def answer_of(result: bytes) -> Answer:
    """What is to be kept of a result as JSON. Its timing is taken out: all else is the same in every run."""
    whole: Any = _WHOLE.decode(result)
    document = _DOCUMENT.decode(whole.document)
    whole.provenance = msgspec.structs.replace(whole.provenance, timing={})
    return Answer(
        State.PARTIAL if any(map(is_unread, whole.pages)) else State.OK,
        document.pages,
        document.media_type,
        pack(msgspec.json.encode(whole)),
        whole.quality.cells,
    )
