"""What the OpenAPI description says beyond FastAPI's own: the upload, the result's schema, the problems."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from schemas.result import Result
from service.api.problems import MEDIA_TYPE, PROBLEMS, Problem

REF = "#/components/schemas/{name}"

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
                            "description": "a PDF, a DOCX or a web page; recognised by its bytes, never by its name",
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
    }
}


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
        schemas.update(msgspec.json.schema_components([Result], ref_template=REF)[1])
        schemas[Problem.__name__] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        app.openapi_schema = document
    return app.openapi_schema
