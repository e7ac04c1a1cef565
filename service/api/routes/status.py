"""Whether the service lives and works, what it is, and what it bears."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from service.api.auth import authorize
from service.api.openapi import problems, text_of
from service.api.state import ServiceDep
from service.compose import version
from service.metrics import MEDIA_TYPE
from service.pipeline import SCHEMA_VERSION

router = APIRouter(tags=["status"])
METRICS = text_of("text/plain")


class Status(BaseModel):
    """A word that says all."""

    status: str


class Version(BaseModel):
    """What is running. Two services with the same three answer the same bytes alike."""

    pipeline: str
    schema_version: str
    catalogue: str


class ServiceLimits(BaseModel):
    """What a document may cost, in bytes, pages, cells and seconds."""

    max_bytes: int
    max_pages: int
    ocr: str
    max_ocr_pages: int
    max_cells: int
    max_columns: int
    max_unpacked_bytes: int
    max_zip_ratio: int
    max_zip_entries: int
    time_base: float
    time_per_page: float
    time_per_ocr_page: float
    time_max: float
    worker_memory: int
    workers: int
    queue: int
    key_queue: int
    max_batch_files: int
    max_batch_bytes: int
    wait: float
    keep: float


@router.get("/livez")
async def livez() -> Status:
    """The process answers."""
    return Status(status="alive")


@router.get("/readyz", responses=problems("not_ready", "draining"))
async def readyz(service: ServiceDep) -> Status:
    """Some worker has read a document within the last minute, if only the small one that is tried now and then."""
    await service.ask(service.desk.prove)
    return Status(status="ready")


@router.get("/version")
async def get_version(service: ServiceDep) -> Version:
    """The versions that decide what is answered."""
    return Version(pipeline=version(), schema_version=SCHEMA_VERSION, catalogue=service.catalogue.digest)


@router.get("/metrics", response_class=Response, responses=METRICS, dependencies=[Depends(authorize)])
async def get_metrics(service: ServiceDep) -> Response:
    """Counts for Prometheus: requests of this process, jobs and workers of all that share the store."""
    return Response(await service.ask(service.metrics.text), media_type=MEDIA_TYPE)


@router.get("/v1/limits", dependencies=[Depends(authorize)])
async def get_limits(service: ServiceDep) -> ServiceLimits:
    """The limits of this service; beyond them a document is refused with a code of its own."""
    return ServiceLimits.model_validate(service.settings.model_dump(include=set(ServiceLimits.model_fields)))
