"""What the OpenAPI description says beyond FastAPI's own: the upload, the result's schema, the problems."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from schemas.result import Result
from service.api.answers import JobStatus
from service.api.problems import MEDIA_TYPE, PROBLEMS, Problem
from service.stated import DESCRIBED

REF = "#/components/schemas/{name}"

_OCR = {
    "type": "string",
    "enum": ["auto", "off"],
    "default": "auto",
    "description": "whether scanned and garbled pages are read from their image, seconds each",
}
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "a PDF, Word document, workbook or web page, told by its bytes",
                        },
                        "pages": {
                            "type": "string",
                            "description": "only these pages, counted from 1",
                            "examples": ["1-3,7"],
                        },
                        "personal_data": {
                            "type": "boolean",
                            "default": False,
                            "description": "names of persons and telephone numbers too; else they are withheld",
                        },
                        "ocr": _OCR,
                        **DESCRIBED,
                    },
                }
            }
        },
    }
}

BATCH: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "documents, as many parts of this name as there are",
                        },
                        "archive": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "archives of documents (ZIP, RAR, 7z, tar) and mails with attachments",
                        },
                        "personal_data": {"type": "boolean", "default": False},
                        "ocr": _OCR,
                        **DESCRIBED,
                    },
                }
            }
        },
    }
}

RESULT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result",
        "content": {"application/json": {"schema": {"$ref": REF.format(name="Result")}}},
        "headers": {"ETag": {"description": "changes when the answer does", "schema": {"type": "string"}}},
    },
    304: {"description": "The result is the one the client has, by `If-None-Match`"},
}

_JOB_STATUS = {"application/json": {"schema": {"$ref": REF.format(name="JobStatus")}}}
JOB: dict[int | str, dict[str, Any]] = {200: {"description": "The job as it stands", "content": _JOB_STATUS}}
ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "description": "The job that reads it; it is kept, and can be asked for at `Location`",
        "content": _JOB_STATUS,
        "headers": {
            "Location": {"description": "address of the job", "schema": {"type": "string"}},
            "Retry-After": {"description": "seconds until it is worth asking", "schema": {"type": "integer"}},
        },
    }
}


def piece_of(schema: str, *, many: bool = False) -> dict[int | str, dict[str, Any]]:
    """The response of a route that answers with a part of the result, or with a list of such parts."""
    one: dict[str, Any] = {"$ref": REF.format(name=schema)}
    body = {"type": "array", "items": one} if many else one
    return {200: {"description": "A part of the result", "content": {"application/json": {"schema": body}}}}


def summary_of_result() -> dict[int | str, dict[str, Any]]:
    """The response of a route that answers with what is said of a document before its numbers."""
    parts = {"document": "DocumentInfo", "profile": "Profile", "quality": "Quality"}
    properties: dict[str, Any] = {name: {"$ref": REF.format(name=schema)} for name, schema in parts.items()}
    properties["findings"] = {"type": "array", "items": {"$ref": REF.format(name="Finding")}}
    body = {"type": "object", "required": list(properties), "properties": properties}
    return {200: {"description": "The summary", "content": {"application/json": {"schema": body}}}}


def file_of(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The response of a route that answers with a file."""
    body = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"description": "The file", "content": {media_type: body}}}


def text_of(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The response of a route that answers with text."""
    return {200: {"description": "The text", "content": {media_type: {"schema": {"type": "string"}}}}}


def problems(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The responses of a route that may answer with these codes, by HTTP status."""
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(int(PROBLEMS[code].status), []).append(code)
    return {
        status: {
            "description": ", ".join(f"`{code}`" for code in sorted(names)),
            "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(name=Problem.__name__)}}},
        }
        for status, names in sorted(by_status.items())
    }


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of an application, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        _without_the_usual_422(document, schemas)
        schemas.update(_plain(msgspec.json.schema_components([Result], ref_template=REF)[1]))
        status = JobStatus.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(status.pop("$defs") | {"JobStatus": status})
        schemas[Problem.__name__] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        app.openapi_schema = document
    return app.openapi_schema


def _plain(schema: Any) -> Any:
    """The same schema, tuples of one type said as arrays: generators of clients know no ``prefixItems``."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(one) for name, one in schema.items()}
    first, *others = plain.get("prefixItems", [None])
    if first is not None and plain["minItems"] == plain["maxItems"] and all(one == first for one in others):
        del plain["prefixItems"]
        plain["items"] = first
    return plain


def _without_the_usual_422(document: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Take out what FastAPI announces for every request that is wrong: here that is a problem, and 400."""
    for path in document["paths"].values():
        for operation in path.values():
            answer = operation["responses"].get("422", {}).get("content", {})
            if "HTTPValidationError" in str(answer.get("application/json")):
                answer.pop("application/json")
                if not answer:
                    del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
