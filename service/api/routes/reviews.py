"""What people say of a document: corrections and reviews, beside the result, which stays what was read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from schemas.review.log import Decision, ReviewState, Standing
from schemas.review.operations import Op
from schemas.review.spots import TARGET
from service.api.answers import time_of
from service.api.asked import Asked, Sha256
from service.api.openapi import problems
from service.api.problems import NO_ANSWER
from service.api.sender import scope_of
from service.api.state import Service, ServiceDep
from service.errors import InvalidRequest
from service.jobs import ExtractJob
from service.review import About, Judged, Log, ReviewDesk

router = APIRouter(prefix="/v1", tags=["review"])
_OF_ONE = "/documents/{sha256}"
_LINES = "application/jsonl"
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
New = StrictInt | Annotated[str, Field(max_length=2000)] | Annotated[list[float], Field(max_length=4)] | None


class LogShape(StrEnum):
    """How corrections are written."""

    JSON = "json"
    LINES = "jsonl"


class NewCorrection(BaseModel):
    """One operation. Which targets and which new values it takes: docs/how-to/review-a-document.md."""

    model_config = ConfigDict(extra="forbid")

    op: Op
    target: str = Field(pattern=TARGET, description="id of what is corrected", examples=["t03.r5.c2", "t03"])
    new: New = Field(None, description="what is to stand there")
    why: Words = Field(description="the reason, for whoever uses it")


class Correction(BaseModel):
    """One line of the log. ``old`` is what the result showed there; ``standing`` says whether it does so still."""

    document: str
    number: int
    op: Op
    target: str
    old: str | int | list[float] | None
    new: str | int | list[float] | None
    why: str
    who: str | None = Field(description="name of the API key it was sent with")
    made_at: datetime
    pipeline: str = Field(description="version of the result it was made on")
    result: str = Field(description="SHA-256 of that result")
    fingerprint: str = Field(description="of what stood around the target")
    standing: Standing


class Corrections(BaseModel):
    """All corrections of a document, in their order; those of one standing, if asked for."""

    document: str
    result: str | None = Field(description="SHA-256 of the newest result, which they are held against")
    corrections: list[Correction]


class NewDecision(BaseModel):
    """What a review of the whole document comes to."""

    model_config = ConfigDict(extra="forbid")

    decision: Decision
    reasons: list[Words] = Field([], max_length=50, description="needed for `needs_review`")


class ReviewStatus(BaseModel):
    """How the review of a document stands. It is no state of its job."""

    document: str
    state: ReviewState
    reasons: list[str] = Field(description="why it needs a second look: as said, and what is stale")
    result: str | None = Field(description="SHA-256 of the newest result")
    decision: Decision | None = Field(description="what was decided last")
    decided_by: str | None
    decided_at: datetime | None
    corrections: int = Field(description="how many apply, accepted cells and tables not counted")


class Reviews(BaseModel):
    """Documents of which anything was said. ``next`` goes into ``after`` for those behind them."""

    reviews: list[ReviewStatus]
    next: str | None = Field(description="null at the end")


_TAGGED = {"ETag": {"description": "what a writer has seen: for `If-Match`", "schema": {"type": "string"}}}
_REFUSED = problems("unknown_target", "precondition_failed", "invalid_request", *NO_ANSWER)
_KNOWN = problems("not_found", "invalid_request")
_AS_LINES: dict[int | str, dict[str, Any]] = {
    200: {"headers": _TAGGED, "content": {_LINES: {"schema": {"type": "string"}}}}
}


async def _plain(asked: Asked) -> ExtractJob:
    if asked.personal_data:
        raise InvalidRequest("what is said of a document is shown to all: it is held against the result without names")
    return asked


PlainDep = Annotated[ExtractJob, Depends(_plain)]


async def _seen(sha256: Sha256, asked: PlainDep) -> About:
    return About(sha256, asked)


async def _said(
    seen: Annotated[About, Depends(_seen)],
    request: Request,
    if_match: Annotated[
        str | None, Header(max_length=1000, description="the ETag that was seen; refused when there is more by now")
    ] = None,
) -> About:
    return seen._replace(who=scope_of(request) or None, match=if_match)


SeenDep = Annotated[About, Depends(_seen)]
SaidDep = Annotated[About, Depends(_said)]


@router.get(f"{_OF_ONE}/corrections", response_model=Corrections, responses=_KNOWN | _AS_LINES)
async def get_corrections(
    about: SeenDep,
    service: ServiceDep,
    standing: Annotated[Standing | None, Query(description="only those that stand so")] = None,
    shape: Annotated[LogShape, Query(alias="format")] = LogShape.JSON,
) -> Response:
    """What was corrected, by whom and why, and whether the newest result still shows what it was said of."""

    def answer() -> Response:
        log = _desk(service).log(about)
        corrections = [one for one in log.judged if not one.entry.said.is_decision]
        found = [_correction(about.sha256, one) for one in corrections if standing in (None, one.standing)]
        if shape is LogShape.LINES:
            lines = "".join(f"{one.model_dump_json()}\n" for one in found)
            return Response(lines, media_type=_LINES, headers={"ETag": log.tag})
        return _answer(Corrections(document=about.sha256, result=log.result, corrections=found), log)

    return await service.ask(answer)


@router.post(
    f"{_OF_ONE}/corrections",
    status_code=201,
    response_model=Correction,
    responses=_REFUSED | {201: {"headers": _TAGGED}},
)
async def post_correction(wanted: NewCorrection, about: SaidDep, service: ServiceDep) -> Response:
    """Say what is wrong with the newest result. The result stays as it is; this stands beside it."""

    def answer() -> Response:
        log, number = _desk(service).correct(about, wanted.op, wanted.target, wanted.new, wanted.why)
        return _answer(_correction(about.sha256, log.judged[number - 1]), log, HTTPStatus.CREATED)

    return await service.ask(answer)


@router.get(f"{_OF_ONE}/review", response_model=ReviewStatus, responses=_KNOWN | {200: {"headers": _TAGGED}})
async def get_review(about: SeenDep, service: ServiceDep) -> Response:
    """Whether somebody has looked at the document, and what came of it."""

    def answer() -> Response:
        log = _desk(service).log(about)
        return _answer(_status(about.sha256, log), log)

    return await service.ask(answer)


@router.post(f"{_OF_ONE}/review", response_model=ReviewStatus, responses=_REFUSED | {200: {"headers": _TAGGED}})
async def post_review(wanted: NewDecision, about: SaidDep, service: ServiceDep) -> Response:
    """Accept the newest result, with the corrections that stand beside it, or ask for a second look."""

    def answer() -> Response:
        log = _desk(service).decide(about, wanted.decision, wanted.reasons)
        return _answer(_status(about.sha256, log), log)

    return await service.ask(answer)


@router.get("/reviews", responses=problems("invalid_request"))
async def get_reviews(
    asked: PlainDep,
    service: ServiceDep,
    state: Annotated[ReviewState | None, Query(description="only those that stand so")] = None,
    after: Annotated[str, Query(pattern="^([0-9a-f]{64})?$", description="`next` of the page before")] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="how many are looked at for one page")] = 50,
) -> Reviews:
    """The documents of which anything was said, as they stand: `?state=needs_review` is what waits for a second look.
    With a state a page may hold fewer than were looked at, or none; `next` goes on."""

    def answer() -> Reviews:
        logs = _desk(service).logs(after, limit, asked)
        found = [_status(sha256, log) for sha256, log in logs]
        following = logs[-1][0] if len(logs) == limit else None
        return Reviews(reviews=[one for one in found if state in (None, one.state)], next=following)

    return await service.ask(answer)


def _desk(service: Service) -> ReviewDesk:
    return ReviewDesk(service.desk, service.catalogue)


def _answer(body: BaseModel, log: Log, status: HTTPStatus = HTTPStatus.OK) -> JSONResponse:
    return JSONResponse(body.model_dump(mode="json"), status, {"ETag": log.tag, "Cache-Control": "no-store"})


def _correction(sha256: str, judged: Judged) -> Correction:
    entry = judged.entry
    return Correction(
        document=sha256,
        number=entry.number,
        who=entry.who,
        made_at=time_of(entry.made_at),
        standing=judged.standing,
        **msgspec.structs.asdict(entry.said),
    )


def _status(sha256: str, log: Log) -> ReviewStatus:
    review = log.review
    last = review.last
    return ReviewStatus(
        document=sha256,
        state=review.state,
        reasons=list(review.reasons),
        result=log.result,
        decision=Decision(last.said.op) if last is not None else None,
        decided_by=last.who if last is not None else None,
        decided_at=time_of(last.made_at) if last is not None else None,
        corrections=review.corrections,
    )
