"""The JSON Schema of a result. ``schemas/export/result.schema.json`` is the committed copy."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from schemas.result import Result


def result_schema() -> dict[str, Any]:
    """The schema, generated from the structs that are written out."""
    schema = msgspec.json.schema(Result)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Gongkai result"} | schema


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(result_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
