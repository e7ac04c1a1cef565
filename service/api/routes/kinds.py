"""The table kinds that are recognised."""

from __future__ import annotations

from fastapi import APIRouter

from service.api.openapi import problems
from service.api.problems import NOT_FOUND
from service.api.state import ServiceDep
from service.errors import ServiceError
from service.kinds import KindDetail, KindSummary, detail, summary

router = APIRouter(prefix="/v1", tags=["reference"])


@router.get("/kinds")
async def get_kinds(service: ServiceDep, family: str | None = None) -> list[KindSummary]:
    """All kinds, or those of one family, by id."""
    return [summary(kind) for kind in service.catalogue.kinds if family in (None, kind.family)]


@router.get("/kinds/{kind_id}", responses=problems("not_found"))
async def get_kind(kind_id: str, service: ServiceDep) -> KindDetail:
    """One kind: its titles, its columns and lines with their printed labels, and the identities that must hold."""
    for kind in service.catalogue.kinds:
        if kind.id == kind_id:
            return detail(kind)
    raise ServiceError(NOT_FOUND)
