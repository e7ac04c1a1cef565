"""What the answers are made of: the result's schema and the codes of errors."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from service.api.openapi import problems
from service.api.problems import NOT_FOUND, PROBLEMS
from service.errors import ServiceError
from service.export.schema import result_schema

router = APIRouter(prefix="/v1", tags=["reference"])


class ProblemKind(BaseModel):
    """One code: how it is answered, and whether the same request may succeed later, unchanged."""

    code: str
    status: int
    title: str
    retryable: bool


@router.get("/schema")
async def get_schema() -> dict[str, Any]:
    """The JSON Schema of a result, generated from the code that writes it."""
    return result_schema()


@router.get("/problems")
async def get_problems() -> list[ProblemKind]:
    """Every code that an error may carry."""
    return [_kind(code) for code in PROBLEMS]


@router.get("/problems/{code}", responses=problems("not_found"))
async def get_problem(code: str) -> ProblemKind:
    """What one code means."""
    if code not in PROBLEMS:
        raise ServiceError(NOT_FOUND)
    return _kind(code)


def _kind(code: str) -> ProblemKind:
    answer = PROBLEMS[code]
    return ProblemKind(code=code, status=answer.status, title=answer.title, retryable=answer.retryable)
