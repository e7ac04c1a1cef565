"""POST /v1/documents: a file in, its result out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from service.api.openapi import RESULT, UPLOAD, problems
from service.api.problems import PROBLEMS
from service.api.state import ServiceDep
from service.api.upload import read_upload

router = APIRouter(prefix="/v1", tags=["documents"])
_NEVER_HERE = {"not_found", "method_not_allowed", "page_too_large"}


@router.post(
    "/documents",
    response_class=Response,
    responses=RESULT | problems(*(PROBLEMS.keys() - _NEVER_HERE)),
    openapi_extra=UPLOAD,
    summary="Read one document",
)
async def post_document(request: Request, service: ServiceDep) -> Response:
    """The document's tables, observations, checks and findings; amounts are exact decimal strings in yuan."""
    upload = await read_upload(request, service.settings.max_bytes)
    return Response(await service.extract(upload), media_type="application/json")
