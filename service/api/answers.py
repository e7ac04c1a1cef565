"""Answers that many routes give: a job as it stands, and bytes that never change, with an ETag."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

import anyio.to_thread
from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from service.api.problems import Problem, problem_of
from service.desk import Found
from service.states import ACTIVE, ANSWERED, JobState
from service.store.records import JobRecord


class Progress(BaseModel):
    """``page`` of ``pages`` is being read."""

    page: int
    pages: int


class JobStatus(BaseModel):
    """A job as it stands."""

    id: str
    state: JobState
    document: str = Field(description="SHA-256 of the document's bytes")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    attempts: int = Field(description="how often it was taken up; more than 1 when a process that ran it went away")
    progress: Progress | None
    result: str | None = Field(description="where the result is, when there is one")
    problem: Problem | None = Field(description="why there is no result, when the job failed")


def status_of(job: JobRecord, request: Request) -> JobStatus:
    """The job, for the one who asked."""
    return JobStatus(
        id=job.id,
        state=job.state,
        document=job.sha256,
        created_at=time_of(job.created_at),
        started_at=time_of(job.started_at) if job.started_at is not None else None,
        finished_at=time_of(job.finished_at) if job.finished_at is not None else None,
        attempts=job.attempts,
        progress=Progress(page=job.page, pages=job.pages) if job.page is not None and job.pages is not None else None,
        result=f"/v1/jobs/{job.id}/result" if job.state in ANSWERED else None,
        problem=problem_of(job.failure, request) if job.failure is not None else None,
    )


def job_response(
    job: JobRecord, request: Request, retry_after: int | None, status: HTTPStatus = HTTPStatus.OK
) -> JSONResponse:
    """The job as a response that says where it is, and when to ask again."""
    headers = {"Location": f"/v1/jobs/{job.id}", "Cache-Control": "no-store"}
    if job.state in ACTIVE and retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(status_of(job, request).model_dump(mode="json"), status, headers)


async def found_response(request: Request, found: Found, **headers: str) -> Response:
    """An answer, whole."""
    return await bytes_response(
        request, found.record.blob, found.record.media_type, found.data or found.read, **headers
    )


async def bytes_response(
    request: Request, etag: str, media_type: str, data: bytes | Callable[[], bytes], **headers: str
) -> Response:
    """Bytes, or what is read by a function, unless the client has it: then 304, and it is not read."""
    tag = f'"{etag}"'
    every = {"ETag": tag, "Cache-Control": "private, no-cache"} | headers
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in known.split(",")]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=every)
    if not isinstance(data, bytes):
        data = await anyio.to_thread.run_sync(data)
    return Response(data, media_type=media_type, headers=every)


def time_of(seconds: float) -> datetime:
    """A time of the store, as it is told to people."""
    return datetime.fromtimestamp(seconds, UTC)
