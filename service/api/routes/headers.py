"""POST /v1/headers/match: which field a printed header means, and why."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from service.api.openapi import problems
from service.api.problems import NOT_FOUND
from service.api.state import ServiceDep
from service.errors import ServiceError
from service.explain import Explanation, explain_in

router = APIRouter(prefix="/v1/headers", tags=["reference"])


class HeaderQuery(BaseModel):
    """One header as printed; its levels, if there are several, joined by ``/``."""

    model_config = ConfigDict(extra="forbid")

    header: str = Field(min_length=1, max_length=200, examples=["本年支出合计"])
    kind: str | None = Field(None, description="only within this kind; else in all", examples=["fa_expenditure"])
    fiscal_year: int | None = Field(None, ge=1990, le=2100, description="the report year, for labels with a year")


@router.post("/match", responses=problems("not_found", "invalid_request"))
async def match_header(query: HeaderQuery, service: ServiceDep) -> list[Explanation]:
    """The field with the method, the score and the runner-up, the surest kind first; not matched: the reason."""
    try:
        return explain_in(service.catalogue, query.header, query.kind, query.fiscal_year)
    except KeyError as error:
        raise ServiceError(NOT_FOUND) from error
