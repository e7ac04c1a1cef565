"""The one table from error code to HTTP, and the problem+json (RFC 9457) that every error is answered with."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from service.errors import (
    Failure,
    InternalError,
    InvalidRequest,
    NotFound,
    Pending,
    QueueFull,
    RateLimited,
    ServiceError,
    Unauthorized,
)

MEDIA_TYPE = "application/problem+json"


class Answer(NamedTuple):
    """How a code is answered. ``retryable``: the same request may succeed later, unchanged."""

    status: HTTPStatus
    title: str
    retryable: bool = False


PROBLEMS: dict[str, Answer] = {
    "unsupported_media_type": Answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This file format is not read"),
    "not_a_document": Answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This file of an archive is no document"),
    "program_missing": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "A program that reads this kind is not installed"),
    "nested_too_deep": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "Archives lie too deep inside each other"),
    "file_too_large": Answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The file is too large"),
    "too_many_pages": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The document has too many pages"),
    "too_many_cells": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The document has too many table cells"),
    "decompression_limit": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The file unpacks to more than the limit"),
    "too_many_entries": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The package holds too many entries"),
    "page_too_large": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The page is too large to be drawn"),
    "xml_forbidden_construct": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The file holds XML that is refused"),
    "empty_file": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The file is empty"),
    "corrupt": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The file is broken"),
    "encrypted": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The file is encrypted"),
    "converter_missing": Answer(HTTPStatus.NOT_IMPLEMENTED, "The converter that this file needs is not installed"),
    "conversion_timeout": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The conversion took too long"),
    "document_timeout": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The document took too long"),
    "worker_crashed": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The document could not be read"),
    "worker_memory": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "The document needs too much memory"),
    "queue_full": Answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many documents are waiting", retryable=True),
    "rate_limited": Answer(HTTPStatus.TOO_MANY_REQUESTS, "Too many documents of this key are waiting", retryable=True),
    "not_ready": Answer(HTTPStatus.SERVICE_UNAVAILABLE, "The service is not ready", retryable=True),
    "draining": Answer(HTTPStatus.SERVICE_UNAVAILABLE, "The service is ending", retryable=True),
    "pending": Answer(HTTPStatus.CONFLICT, "The document is still being read", retryable=True),
    "cancelled": Answer(HTTPStatus.CONFLICT, "The job was cancelled"),
    "result_expired": Answer(HTTPStatus.GONE, "The result is gone"),
    "idempotency_key_conflict": Answer(HTTPStatus.UNPROCESSABLE_ENTITY, "This key stands for another request"),
    "unauthorized": Answer(HTTPStatus.UNAUTHORIZED, "An API key is needed"),
    "invalid_request": Answer(HTTPStatus.BAD_REQUEST, "The request is not valid"),
    "not_found": Answer(HTTPStatus.NOT_FOUND, "There is nothing here"),
    "unknown_target": Answer(HTTPStatus.NOT_FOUND, "The result has no such target"),
    "precondition_failed": Answer(HTTPStatus.PRECONDITION_FAILED, "It has changed in the meantime"),
    "method_not_allowed": Answer(HTTPStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
    "internal_error": Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed"),
}
# Why there is no answer to a document that was sent.
NO_ANSWER = (
    *("not_found", "pending", "cancelled", "result_expired"),
    *(code for code, answer in PROBLEMS.items() if answer.status in (413, 415, 422, 501)),
)
NOT_FOUND = NotFound().failure
OF_STATUS = {404: NOT_FOUND, 405: Failure("method_not_allowed", "this method is not allowed here", "请求方法有误。")}


class Problem(BaseModel):
    """An error: what went wrong, where, and what to do about it."""

    type: str = Field(description="address of the page that explains the code", examples=["/v1/problems/corrupt"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="the path that was asked")
    code: str = Field(description="stable name of the error", examples=["corrupt"])
    retryable: bool = Field(description="whether the same request may succeed later, unchanged")
    request_id: str
    limit: int | None = None
    observed: int | None = None
    page: int | None = None
    advice_zh: str = Field(description="what to do, in Chinese")


def problem_of(failure: Failure, request: Request) -> Problem:
    """The problem that says what a failure says, to this request."""
    answer = PROBLEMS[failure.code]
    return Problem(
        type=f"/v1/problems/{failure.code}",
        title=answer.title,
        status=answer.status,
        detail=failure.message,
        instance=request.url.path,
        code=failure.code,
        retryable=answer.retryable,
        request_id=request.state.request_id,
        limit=failure.limit,
        observed=failure.observed,
        page=failure.page,
        advice_zh=failure.advice_zh,
    )


def respond(failure: Failure, request: Request, retry_after: int | None = None) -> JSONResponse:
    """The problem as a response."""
    problem = problem_of(failure, request)
    headers = {"Retry-After": str(retry_after)} if retry_after is not None else None
    return JSONResponse(problem.model_dump(), problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of this application as a problem."""
    app.add_exception_handler(ServiceError, _on_service_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_bug)


def _on_service_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ServiceError)
    if isinstance(error, QueueFull | RateLimited | Pending):
        return respond(error.failure, request, error.retry_after)
    response = respond(error.failure, request, RETRY_AFTER.get(error.failure.code))
    if isinstance(error, Unauthorized):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


RETRY_AFTER = {"not_ready": 5, "draining": 5}  # seconds: a worker needs about one to start, a service a few


def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    wrong = [f"{'.'.join(str(part) for part in item['loc'])}: {item['msg']}" for item in error.errors()]
    return respond(InvalidRequest("; ".join(wrong)).failure, request)


def _on_http_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    failure = OF_STATUS.get(error.status_code) or InvalidRequest(str(error.detail)).failure
    response = respond(failure, request)
    response.headers.update(error.headers or {})
    return response


def _on_bug(request: Request, _error: Exception) -> JSONResponse:
    return respond(InternalError().failure, request)


def as_markdown() -> str:
    """``docs/errors.md``: every code, in the order of ``PROBLEMS``."""
    head = [
        "# Errors",
        "",
        "Every code that an error may carry: in `code` of a problem (HTTP), in brackets on the command line. Generated",
        "by `python -m service.api.problems > docs/errors.md`; a test fails when it is out of date.",
        "`retryable`: the same request may succeed later, unchanged; `Retry-After` says when.",
        "",
        "| code | HTTP | title | retryable |",
        "|---|---|---|---|",
    ]
    rows = [
        f"| `{code}` | {answer.status} | {answer.title} | {'yes' if answer.retryable else 'no'} |"
        for code, answer in PROBLEMS.items()
    ]
    last = ["", "On the command line only: `file_unreadable`, when the system does not let us read a file."]
    return "\n".join(head + rows + last) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
