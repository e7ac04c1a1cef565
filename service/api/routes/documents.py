"""Documents: a file in, its result out, now or later, as often as it is asked for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from msgspec.structs import replace

from service.api.answers import found_response, job_response
from service.api.asked import Asked, Sha256
from service.api.openapi import ACCEPTED, RESULT, UPLOAD, problems
from service.api.prefer import seconds_of
from service.api.problems import NO_ANSWER, PROBLEMS
from service.api.sender import SenderDep
from service.api.state import ServiceDep
from service.api.upload import read_upload
from service.compose import extract_job
from service.states import ACTIVE

router = APIRouter(prefix="/v1/documents", tags=["documents"])
_NEVER_HERE = {"method_not_allowed", "page_too_large", "pending", "not_found", "unknown_target", "precondition_failed"}


@router.post(
    "",
    response_class=Response,
    responses=RESULT | ACCEPTED | problems(*(PROBLEMS.keys() - _NEVER_HERE)),
    openapi_extra=UPLOAD,
    summary="Read one document",
)
async def post_document(
    request: Request,
    service: ServiceDep,
    sender: SenderDep,
    prefer: Annotated[str | None, Header(description="`wait=20`: seconds to wait; `respond-async`: none")] = None,
) -> Response:
    """The document's tables, observations, checks and findings; amounts are exact decimal strings in yuan. When that
    takes longer than the wait: 202 and the job. It is kept then, whatever happens to the service."""
    async with read_upload(request, service.settings.max_bytes) as upload:
        wanted = {"personal_data": upload.personal_data, "ocr": upload.ocr}
        asked = replace(extract_job(service.settings, upload.name, upload.pages, **wanted), stated=upload.stated)
        job = await service.ask(service.desk.submit, upload.file, asked, sender)
    seen = await service.watch.until_final(job, seconds_of(prefer, service.settings.wait))
    if seen.job.state in ACTIVE:
        return job_response(seen.job, request, await service.ask(service.desk.seconds_to_wait), HTTPStatus.ACCEPTED)
    found = await service.answer(seen)
    headers = {"Content-Location": f"/v1/jobs/{job.id}/result"}
    return await found_response(request, found, **headers)


@router.get(
    "/{sha256}",
    response_class=Response,
    responses=RESULT | problems(*NO_ANSWER),
)
async def get_document(sha256: Sha256, asked: Asked, request: Request, service: ServiceDep) -> Response:
    """The newest result of a document that was sent before, by the SHA-256 of its bytes."""
    found = await service.ask(service.desk.latest, sha256, asked)
    return await found_response(request, found)
