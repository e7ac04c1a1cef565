"""Pieces of a result, and the document behind it: tables, observations, checks, pages as pictures, the source."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from service.api.answers import bytes_response, found_response
from service.api.asked import Asked, Sha256
from service.api.openapi import file_of, piece_of, problems, summary_of_result
from service.api.problems import NO_ANSWER
from service.api.sender import scope_of
from service.api.state import ServiceDep
from service.desk import Found
from service.export import pieces
from service.export.page import POLICY

router = APIRouter(prefix="/v1/documents/{sha256}", tags=["documents"])
_WHY_NOT = problems("invalid_request", *NO_ANSWER)
_BUSY = problems("queue_full", "rate_limited", "draining")


async def _latest(sha256: Sha256, asked: Asked, service: ServiceDep) -> Found:
    return await service.ask(service.desk.latest, sha256, asked)


LatestDep = Annotated[Found, Depends(_latest)]


class Shape(StrEnum):
    """How observations are written."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


class TableShape(StrEnum):
    """How a table is written."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"


TABLE_WRITERS = {
    TableShape.JSON: (pieces.table, "application/json"),
    TableShape.CSV: (pieces.table_as_csv, "text/csv; charset=utf-8"),
    TableShape.HTML: (pieces.table_as_html, "text/html; charset=utf-8"),
}
WRITERS = {
    Shape.JSON: (pieces.observations, "application/json"),
    Shape.CSV: (pieces.observations_csv, "text/csv; charset=utf-8"),
    Shape.PARQUET: (pieces.observations_parquet, "application/vnd.apache.parquet"),
}
_OBSERVATIONS = piece_of("Observation", many=True) | {}
_TABLE = piece_of("Table") | {}
_TABLE[200]["content"] |= {"text/csv": {}, "text/html": {}}
_OBSERVATIONS[200]["content"] |= {"text/csv": {}, "application/vnd.apache.parquet": {}}


@router.get("/tables/{table}", response_class=Response, responses=_TABLE | _WHY_NOT)
async def get_table(
    found: LatestDep,
    table: Annotated[str, Path(max_length=40, examples=["t03"])],
    request: Request,
    shape: Annotated[TableShape, Query(alias="format")] = TableShape.JSON,
) -> Response:
    """One table, with its cells as printed."""
    etag = f"{found.record.blob}-{quote(table, safe='')}-{shape}"
    write, media_type = TABLE_WRITERS[shape]
    safe = {"Content-Security-Policy": POLICY}  # what a document says must not run as a page of this service
    return await bytes_response(request, etag, media_type, lambda: write(found.read(), table), **safe)


@router.get("/observations", response_class=Response, responses=_OBSERVATIONS | _WHY_NOT)
async def get_observations(
    found: LatestDep,
    request: Request,
    shape: Annotated[Shape, Query(alias="format")] = Shape.JSON,
) -> Response:
    """The amounts, one to a row."""
    write, media_type = WRITERS[shape]
    return await bytes_response(request, f"{found.record.blob}-{shape}", media_type, lambda: write(found.read()))


@router.get("/summary", response_class=Response, responses=summary_of_result() | _WHY_NOT)
async def get_summary(found: LatestDep, request: Request) -> Response:
    """Document, profile, quality and findings, without tables and values."""
    etag = f"{found.record.blob}-summary"
    return await bytes_response(request, etag, "application/json", lambda: pieces.summary(found.read()))


@router.get("/checks", response_class=Response, responses=piece_of("Check", many=True) | _WHY_NOT)
async def get_checks(found: LatestDep, request: Request) -> Response:
    """The identities that were held against the amounts, each with its verdict."""
    etag = f"{found.record.blob}-checks"
    return await bytes_response(request, etag, "application/json", lambda: pieces.checks(found.read()))


@router.get("/pages/{number}.png", response_class=Response, responses=file_of("image/png") | _WHY_NOT | _BUSY)
async def get_page(
    sha256: Sha256,
    number: Annotated[int, Path(ge=1, le=100_000)],
    request: Request,
    service: ServiceDep,
    dpi: Annotated[int, Query(ge=36, le=300)] = 110,
) -> Response:
    """A page of a PDF as a picture, drawn when it is first asked for."""
    job = await service.ask(service.desk.render, sha256, number, dpi, scope_of(request))
    found = await service.answer(await service.watch.until_final(job, service.settings.wait))
    return await found_response(request, found)


@router.get("/source", response_class=Response, responses=file_of("application/octet-stream") | _WHY_NOT)
async def get_source(sha256: Sha256, request: Request, service: ServiceDep) -> Response:
    """The document itself, as it was sent."""
    await service.ask(service.desk.document, sha256)
    # As bytes to be stored and nothing else: a document must not run as a page of this service.
    headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "Content-Security-Policy": "sandbox"}
    read = service.desk.source
    return await bytes_response(request, sha256, "application/octet-stream", lambda: read(sha256), **headers)
