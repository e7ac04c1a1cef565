"""Batches: many files or archives at once, each a job of its own, and how they all stand."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from service.api.answers import time_of
from service.api.openapi import BATCH, problems
from service.api.problems import Problem, problem_of
from service.api.sender import SenderDep
from service.api.state import ServiceDep
from service.api.upload import BatchLimits, read_batch
from service.batch import BatchDesk, Given, Wanted, counts_of, state_of
from service.errors import NotFound
from service.states import ANSWERED, JobState
from service.store.batches import BatchItem, BatchRecord
from service.store.records import JobRecord

router = APIRouter(prefix="/v1/batches", tags=["batches"])
BatchId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="id of a batch")]


class BatchFile(BaseModel):
    """One file of a batch."""

    name: str | None
    inside: str | None = Field(description="its path, with that of the archive it came in")
    state: JobState | Literal["skipped"]
    job: str | None
    document: str | None = Field(description="SHA-256 of its bytes")
    result: str | None = Field(description="where the result is, when there is one")
    problem: Problem | None = Field(description="why there is none, when it failed")


class BatchStatus(BaseModel):
    """A batch as it stands. ``files`` are those that were asked for, ``counts`` are of all of them."""

    id: str
    created_at: datetime
    counts: dict[str, int]
    files: list[BatchFile]


@router.post(
    "",
    status_code=202,
    response_model=BatchStatus,
    responses=problems("invalid_request", "file_too_large", "draining"),
    openapi_extra=BATCH,
)
async def post_batch(request: Request, service: ServiceDep, sender: SenderDep) -> Response:
    """Read many documents. All of them are kept when this answers; they wait behind single ones."""
    limits = BatchLimits(service.settings.max_batch_files, service.settings.max_batch_bytes)
    async with read_batch(request, limits) as upload:
        desk = BatchDesk(service.desk, service.settings)
        files, archives = ([Given(*part) for part in parts] for parts in (upload.files, upload.archives))
        wanted = Wanted(upload.personal_data, upload.ocr, upload.stated)
        taken = await service.ask(desk.submit, files, archives, sender, wanted)
    found = await service.ask(desk.get, taken.id)
    assert found is not None
    body = _status(*found, None, request).model_dump(mode="json")
    return JSONResponse(body, HTTPStatus.ACCEPTED, {"Location": f"/v1/batches/{taken.id}"})


@router.get("/{batch_id}", responses=problems("not_found", "invalid_request"))
async def get_batch(
    batch_id: BatchId,
    request: Request,
    service: ServiceDep,
    status: Annotated[JobState | Literal["skipped"] | None, Query(description="only the files in this state")] = None,
) -> BatchStatus:
    """How a batch stands, file by file."""
    found = await service.ask(BatchDesk(service.desk, service.settings).get, batch_id)
    if found is None:
        raise NotFound
    return _status(*found, status, request)


def _status(
    batch: BatchRecord, jobs: list[JobRecord | None], only: JobState | Literal["skipped"] | None, request: Request
) -> BatchStatus:
    pairs = zip(batch.items, jobs, strict=True)
    files = [_file(item, job, request) for item, job in pairs if only in (None, state_of(item, job))]
    return BatchStatus(id=batch.id, created_at=time_of(batch.created_at), counts=counts_of(batch, jobs), files=files)


def _file(item: BatchItem, job: JobRecord | None, request: Request) -> BatchFile:
    failure = job.failure if job is not None else item.failure
    return BatchFile(
        name=item.name,
        inside=item.inside,
        state=state_of(item, job),
        job=item.job,
        document=job.sha256 if job is not None else None,
        result=f"/v1/jobs/{job.id}/result" if job is not None and job.state in ANSWERED else None,
        problem=problem_of(failure, request) if failure is not None else None,
    )
