"""``datapackage.json``: the tables as a Data Package, with the measures and dimensions of a Fiscal Data Package 0.3.

The standard wants CSV: what ``gongkai export --as csv`` writes is a Fiscal Data Package in full. Beside the Parquet
files the same description stands with their paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.bulk.dataset.tables import SHAPES
from service.export.columns import Column, TableShape, Type
from service.export.observations import OBSERVATIONS

Files = Mapping[str, Sequence[str]]  # table -> paths, relative to the description
_TYPES = {Type.TEXT: "string", Type.COUNT: "integer", Type.YUAN: "number", Type.NUMBER: "number"}
_FORMATS = {
    "parquet": {"profile": "data-resource", "format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    "csv": {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
}
DESCRIPTION = (
    "Amounts of Chinese public budgets, final accounts and performance forms as printed in the disclosures of "
    "departments and units, in yuan. Totals stand beside their items (row_role), and a department's disclosure holds "
    "what its units disclose themselves (record_level): choose before adding up."
)


def data_package(files: Files, form: str, version: str) -> dict[str, Any]:
    """The description; ``form`` is parquet or csv, ``version`` that of the program."""
    shapes = [shape for shape in SHAPES if shape.name in files]
    package: dict[str, Any] = {
        "profile": "tabular-data-package" if form == "csv" else "data-package",
        "name": "gongkai-dataset",
        "title": "Fiscal disclosures of Chinese departments and units / 部门和单位财政信息公开数据",
        "description": DESCRIPTION,
        "countryCode": "CN",
        "granularity": "aggregated",
        "contributors": [{"title": f"Gongkai {version}", "role": "wrangler"}],
        "resources": [_resource(shape, files, form) for shape in shapes],
    }
    return package | ({"model": _model()} if OBSERVATIONS.name in files else {})


def _resource(shape: TableShape, files: Files, form: str) -> dict[str, Any]:
    paths = list(files[shape.name])
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in shape.columns],
        "missingValues": [""],
        "primaryKey": list(shape.key),
    }
    if shape.name != "documents" and "documents" in files:
        reference = {"resource": "documents", "fields": ["document"]}
        schema["foreignKeys"] = [{"fields": ["document"], "reference": reference}]
    return {
        "name": shape.name,
        "title": shape.row_zh,
        "description": shape.row,
        "path": paths[0] if len(paths) == 1 else paths,
        **_FORMATS[form],
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.meaning_zh,
        "description": column.meaning,
    }
    return field | ({"columnType": column.fiscal} if column.fiscal else {})


def _model() -> dict[str, Any]:
    """Which columns of the observations are measures, and which dimensions."""
    return {
        "measures": {"amount": {"source": "yuan", "currency": "CNY", "resource": OBSERVATIONS.name}},
        "dimensions": {
            "date": _dimension("datetime", year="fiscal_year"),
            "administrator": _dimension("entity", title="agency", level="record_level"),
            "location": _dimension("location", code="region_code", title="region_name"),
            "chart-of-accounts": _dimension("classification", code="row_code", title="row_label", list="row_code_list"),
            "line": _dimension("classification", code="row_item", side="row_side", role="row_role"),
            "account": _dimension("entity", id="fund"),
            "expenditure-type": _dimension("classification", code="expenditure_type"),
            "direction": _dimension("other", id="measure"),
            "phase": _dimension("other", id="phase"),
            "table": _dimension("other", kind="kind", field="field"),
            "proof": _dimension("other", grade="grade", status="value_status"),
            "budget-line": _dimension("fact", id="observation_id"),
        },
    }


def _dimension(dimension_type: str, /, **sources: str) -> dict[str, Any]:
    """A dimension whose first attribute is its key, and whose title belongs to it."""
    attributes: dict[str, Any] = {
        name: {"source": source, "resource": OBSERVATIONS.name} for name, source in sources.items()
    }
    first = next(iter(attributes))
    if "title" in attributes and first != "title":
        attributes["title"]["labelfor"] = first
    return {"dimensionType": dimension_type, "attributes": attributes, "primaryKey": first}
