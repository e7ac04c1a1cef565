"""Parameters that name a document that was sent before, and what was asked of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Path, Query

from schemas.profile.kind_of_document import DocumentKind
from schemas.result import Stated
from service.errors import InvalidRequest
from service.jobs import ExtractJob
from service.pages import BadPages, parse_pages
from service.stated import FiscalYear, RegionCode, SourceUrl, stated_of

_AS_SENT = Query(description="as when it was sent")
Sha256 = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document's bytes")]


async def _stated(
    source_url: Annotated[SourceUrl | None, _AS_SENT] = None,
    region_code: Annotated[RegionCode | None, _AS_SENT] = None,
    fiscal_year: Annotated[FiscalYear | None, _AS_SENT] = None,
    doc_type: Annotated[DocumentKind | None, _AS_SENT] = None,
) -> Stated | None:
    return stated_of(source_url, region_code, fiscal_year, doc_type)


async def _asked(
    stated: Annotated[Stated | None, Depends(_stated)],
    pages: Annotated[str | None, Query(description="only these pages, as when it was sent", examples=["1-3,7"])] = None,
    personal_data: Annotated[bool, Query(description="with names and telephone numbers, as when it was sent")] = False,
    ocr: Annotated[Literal["auto", "off"], Query(description="as when it was sent")] = "auto",
) -> ExtractJob:
    try:
        only = sorted(parse_pages(pages)) if pages else None
        return ExtractJob(pages=only, personal_data=personal_data, ocr=ocr == "auto", stated=stated)
    except BadPages as error:
        raise InvalidRequest(f"pages: {error}") from error


Asked = Annotated[ExtractJob, Depends(_asked)]
