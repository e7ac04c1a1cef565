"""Pieces of a result, and the document behind it: tables, observations, checks, pages as pictures, the source."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response

from service.api.answers import bytes_response
from service.api.asked import Asked, Sha256
from service.api.openapi import file_of, piece_of, problems
from service.api.problems import PROBLEMS
from service.api.state import ServiceDep
from service.export import pieces

router = APIRouter(prefix="/v1/documents/{sha256}", tags=["documents"])
_OF_DOCUMENTS = {code for code, answer in PROBLEMS.items() if answer.status in (413, 415, 422, 501)}
_WHY_NOT = problems("not_found", "pending", "cancelled", "result_expired", "invalid_request", *_OF_DOCUMENTS)


class Shape(StrEnum):
    """How observations are written."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


WRITERS = {
    Shape.JSON: (pieces.observations, "application/json"),
    Shape.CSV: (pieces.observations_csv, "text/csv; charset=utf-8"),
    Shape.PARQUET: (pieces.observations_parquet, "application/vnd.apache.parquet"),
}
_OBSERVATIONS = piece_of("Observation", many=True) | {}
_OBSERVATIONS[200]["content"] |= {"text/csv": {}, "application/vnd.apache.parquet": {}}


@router.get("/tables/{table}", response_class=Response, responses=piece_of("Table") | _WHY_NOT)
async def get_table(
    sha256: Sha256,
    table: Annotated[str, Path(max_length=40, examples=["t03"])],
    asked: Asked,
    request: Request,
    service: ServiceDep,
) -> Response:
    """One table, with its cells as printed."""
    found = await service.ask(service.desk.latest, sha256, asked)
    etag = f"{found.record.blob}-{quote(table, safe='')}"
    return await bytes_response(request, etag, "application/json", lambda: pieces.table(found.read(), table))


@router.get("/observations", response_class=Response, responses=_OBSERVATIONS | _WHY_NOT)
async def get_observations(
    sha256: Sha256,
    asked: Asked,
    request: Request,
    service: ServiceDep,
    shape: Annotated[Shape, Query(alias="format")] = Shape.JSON,
) -> Response:
    """The amounts, one to a row."""
    found = await service.ask(service.desk.latest, sha256, asked)
    write, media_type = WRITERS[shape]
    return await bytes_response(request, f"{found.record.blob}-{shape}", media_type, lambda: write(found.read()))


@router.get("/checks", response_class=Response, responses=piece_of("Check", many=True) | _WHY_NOT)
async def get_checks(sha256: Sha256, asked: Asked, request: Request, service: ServiceDep) -> Response:
    """The identities that were held against the amounts, each with its verdict."""
    found = await service.ask(service.desk.latest, sha256, asked)
    etag = f"{found.record.blob}-checks"
    return await bytes_response(request, etag, "application/json", lambda: pieces.checks(found.read()))


@router.get("/pages/{number}.png", response_class=Response, responses=file_of("image/png") | _WHY_NOT)
async def get_page(
    sha256: Sha256,
    number: Annotated[int, Path(ge=1, le=100_000)],
    request: Request,
    service: ServiceDep,
    dpi: Annotated[int, Query(ge=36, le=300)] = 110,
) -> Response:
    """A page of a PDF as a picture, drawn when it is first asked for."""
    job = await service.ask(service.desk.render, sha256, number, dpi)
    found = await service.answer(await service.watch.until_final(job, service.settings.wait))
    return await bytes_response(request, found.record.blob, found.record.media_type, found.read)


@router.get("/source", response_class=Response, responses=file_of("application/octet-stream") | _WHY_NOT)
async def get_source(sha256: Sha256, request: Request, service: ServiceDep) -> Response:
    """The document itself, as it was sent."""
    await service.ask(service.desk.document, sha256)
    # As bytes to be stored and nothing else: a document must not run as a page of this service.
    headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "Content-Security-Policy": "sandbox"}
    read = service.desk.source
    return await bytes_response(request, sha256, "application/octet-stream", lambda: read(sha256), **headers)
