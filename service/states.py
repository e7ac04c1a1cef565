"""States of a job and the ways between them, and what makes two jobs the same. Pure.

queued ──> running ──> succeeded | partial | failed ──> expired
   │          │ └────> queued (its worker is gone: another takes it)
   └──────────┴──────> cancelled ──> expired
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

import msgspec

from service.jobs import Job


class JobState(StrEnum):
    """Where a job is. ``partial``: there is a result, and pages that could not be read."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


ACTIVE = frozenset({JobState.QUEUED, JobState.RUNNING})
ANSWERED = frozenset({JobState.SUCCEEDED, JobState.PARTIAL})
FINAL = frozenset(JobState) - ACTIVE

NEXT: dict[JobState, frozenset[JobState]] = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED}),
    JobState.RUNNING: ANSWERED | {JobState.FAILED, JobState.CANCELLED, JobState.QUEUED},
    JobState.SUCCEEDED: frozenset({JobState.EXPIRED}),
    JobState.PARTIAL: frozenset({JobState.EXPIRED}),
    JobState.FAILED: frozenset({JobState.EXPIRED}),
    JobState.CANCELLED: frozenset({JobState.EXPIRED}),
    JobState.EXPIRED: frozenset(),
}

# A document that ended its process is not tried again by the same version: it would do so again.
POISON = frozenset({"worker_crashed", "worker_memory"})
# Times that a job is taken up before it is given up. Each is the death of a whole service, not of a child process.
MAX_ATTEMPTS = 10


def may_become(old: JobState, new: JobState) -> bool:
    """Whether a job in state ``old`` may be put into state ``new``."""
    return new in NEXT[old]


def before(new: JobState) -> list[JobState]:
    """The states out of which a job may come into state ``new``."""
    return [old for old in JobState if may_become(old, new)]


def job_key(sha256: str, version: str, request: Job) -> str:
    """What two jobs that must have the same answer share: bytes, version of the pipeline, and all that is asked."""
    asked = msgspec.json.encode(request, order="deterministic")
    return hashlib.sha256(b"\0".join((sha256.encode(), version.encode(), asked))).hexdigest()


def seconds_to_wait(ahead: int, mean: float, slots: int) -> int:
    """When it is worth asking again: whole seconds until ``ahead`` jobs and one's own are done, at least 1.

    ``mean`` is what the last jobs took, in seconds; ``slots`` how many run at the same time.
    """
    return max(1, min(3600, round((ahead + 1) * mean / max(1, slots))))
