"""What the answers are made of: the result's schema and the codes of errors."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from schemas.checks.formula import formula, page_of
from schemas.checks.general import GeneralRule, general_rules
from schemas.kind import CheckRule, Kind
from service.api.openapi import problems
from service.api.problems import NOT_FOUND, PROBLEMS
from service.api.state import ServiceDep
from service.errors import NotFound, ServiceError
from service.export.schema import result_schema

router = APIRouter(prefix="/v1", tags=["reference"])


class RuleInfo(BaseModel):
    """One identity. A check of a result names it as its rule."""

    id: str
    version: int
    kind: str | None = Field(description="the kind of table or form that it belongs to; null when to none")
    axis: str = Field(description="what is added: columns, lines, a hierarchy of codes, cells of two tables …")
    severity: str = Field(description="of the finding, when it does not hold")
    formula: str = Field(description="in the words of the table")
    page: str = Field(description="the page of the documentation that says how it is held, and within which tolerance")


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


@router.get("/rules")
async def get_rules(service: ServiceDep) -> list[RuleInfo]:
    """Every identity that tables, forms and the prose are held against."""
    of_kinds = [_rule(kind, rule) for kind in service.catalogue.kinds for rule in kind.checks]
    return of_kinds + [_general(rule) for rule in general_rules()]


@router.get("/rules/{rule_id}", responses=problems("not_found"))
async def get_rule(rule_id: str, service: ServiceDep) -> RuleInfo:
    """What one identity says, by the rule that a check names: `T3.row`, `N.5.share`."""
    for one in await get_rules(service):
        if one.id == rule_id:
            return one
    for rule in general_rules():
        if rule.names(rule_id):
            return _general(rule)
    raise NotFound


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


def _rule(kind: Kind, rule: CheckRule) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        version=rule.version,
        kind=kind.id,
        axis=rule.axis,
        severity=rule.severity.value,
        formula=formula(kind, rule),
        page=f"docs/checks/{page_of(rule)}.md",
    )


def _general(rule: GeneralRule) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        version=rule.version,
        kind=None,
        axis=rule.page,
        severity=rule.severity.value,
        formula=rule.formula,
        page=f"docs/checks/{rule.page}.md",
    )
