"""Jobs: how one stands, what it answered, what it does page by page, and an end to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from service.api.answers import JobStatus, found_response, job_response, status_of
from service.api.openapi import JOB, RESULT, problems
from service.api.prefer import LONGEST
from service.api.problems import NO_ANSWER
from service.api.state import Service, ServiceDep
from service.states import ACTIVE
from service.store.records import JobRecord

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])
JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="id of a job")]
_STREAM = {"text/event-stream": {"schema": {"type": "string"}}}
EVENTS: dict[int | str, dict[str, Any]] = {200: {"description": "Events `job`, each a JobStatus", "content": _STREAM}}


@router.get("/{job_id}", response_model=JobStatus, responses=JOB | problems("not_found", "invalid_request"))
async def get_job(
    job_id: JobId,
    request: Request,
    service: ServiceDep,
    wait: Annotated[float, Query(ge=0, le=LONGEST, description="seconds to wait for its end")] = 0,
) -> Response:
    """How a job stands now, or when it has ended, or after `wait` seconds."""
    job = await service.ask(service.desk.job, job_id)
    job = (await service.watch.until_final(job, wait)).job
    retry_after = await service.ask(service.desk.seconds_to_wait) if job.state in ACTIVE else None
    return job_response(job, request, retry_after)


@router.get(
    "/{job_id}/result",
    response_class=Response,
    responses=RESULT | problems(*NO_ANSWER),
)
async def get_job_result(job_id: JobId, request: Request, service: ServiceDep) -> Response:
    """What a job answered, as often as it is asked for; or the problem that says why there is no answer."""
    job = await service.ask(service.desk.job, job_id)
    found = await service.ask(service.desk.answer, job)
    return await found_response(request, found)


@router.get("/{job_id}/events", response_class=StreamingResponse, responses=EVENTS | problems("not_found"))
async def get_job_events(job_id: JobId, request: Request, service: ServiceDep) -> StreamingResponse:
    """The job each time it changes, page by page, until it has ended: server-sent events named `job`."""
    job = await service.ask(service.desk.job, job_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(job, request, service), media_type="text/event-stream", headers=headers)


@router.delete("/{job_id}", response_model=JobStatus, responses=JOB | problems("not_found"))
async def delete_job(job_id: JobId, request: Request, service: ServiceDep) -> Response:
    """End a job: its process is killed. One that had ended stays as it is. All who sent the same document wait for the
    same job."""
    job = await service.ask(service.desk.cancel, job_id)
    service.watch.kick()
    return job_response(job, request, None)


async def _events(job: JobRecord, request: Request, service: Service) -> AsyncIterator[str]:
    async for latest in service.watch.changes(job, LONGEST):
        yield f"event: job\ndata: {status_of(latest, request).model_dump_json()}\n\n"
