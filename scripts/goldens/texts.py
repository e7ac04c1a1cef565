"""A run as the two texts that are kept beside a fixture: ``grids.txt`` and ``records.json``.

Short enough to read, whole enough to notice any change of a value: one line per grid row, observation, indicator or
finding; neither places on the page nor times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from extractors.model import Grid
from schemas.result import Form, FormField, Indicator, IndicatorValue, Observation, Profile, Result, Table
from tests.gridtext import render

from .cases import Run

Row = list[Any]

WIDEST = 40  # places: most labels fit, a page of prose in one cell does not set the width of its column


def texts_of(run: Run) -> dict[str, str]:
    """File name -> content of the goldens of a case."""
    return {"grids.txt": grids_text(run), "records.json": records_text(run.result)}


def grids_text(run: Run) -> str:
    """Every grid as drawn, each under a line that names it."""
    pairs = zip(run.document.grids, run.result.tables, strict=True)
    return "\n".join(f"{_heading(grid, table)}\n{render(grid, WIDEST)}" for grid, table in pairs)


def _heading(grid: Grid, table: Table) -> str:
    pages = ", ".join(dict.fromkeys(str(part.location.page) for part in grid.parts if part.location.page is not None))
    words = (table.id, pages and f"page {pages}", table.kind or table.status, table.title)
    return "# " + " | ".join(word for word in words if word)


def records_text(result: Result) -> str:
    """What a result says, one fact a line."""
    sections: dict[str, list[Any] | dict[str, Any]] = {
        "profile": _profile(result.profile),
        "pages": [
            [page.number, page.width, page.height, page.rotation, page.text, page.status] for page in result.pages
        ],
        "tables": [_table(table) for table in result.tables],
        "observations": [_observation(seen) for seen in result.observations],
        "forms": [line for form in result.forms for line in _form(form)],
        "findings": [[found.code, found.table, found.page, found.message] for found in result.findings],
        "checks": result.quality.checks,
        "not passed": [
            [check.id, check.status, _plain(check.lhs), _plain(check.rhs), check.cells]
            for check in result.checks
            if check.status not in ("pass", "not_applicable")
        ],
        "grades": result.quality.cells,
    }
    return "{\n" + ",\n".join(f"{_json(name)}: {_section(content)}" for name, content in sections.items()) + "\n}\n"


def _section(content: list[Any] | dict[str, Any]) -> str:
    if isinstance(content, dict) or not content:
        return _json(content)
    return "[\n" + ",\n".join(_json(row) for row in content) + "\n]"


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _profile(profile: Profile) -> dict[str, Any]:
    region = profile.region.value
    return {
        "document_kind": profile.document_kind.value,
        "title": profile.title.value,
        "agency": profile.agency.value,
        "fiscal_year": profile.fiscal_year.value,
        "region": None if region is None else f"{region.code} {region.name}",
    }


def _table(table: Table) -> dict[str, Any]:
    unit = table.unit
    return {
        "id": table.id,
        "kind": table.kind,
        "title": table.title,
        "number": table.number,
        "status": table.status,
        "agency": table.agency,
        "unit": None if unit is None else f"{unit.text} x{unit.factor} ({unit.source})",
        "parts": [[part.page, part.first_row, part.last_row] for part in table.parts],
        "joined": None if table.joined is None else table.joined.method,
        "columns": [
            [column.field, "/".join(column.path), column.match and column.match.method] for column in table.columns
        ],
    }


def _observation(seen: Observation) -> Row:
    """Cell, kind, field, row, side, text, value, second value, status, dimensions, grade; further keys of the row."""
    row = seen.row
    label = " ".join(word for word in (row.code, row.label) if word) or None
    dimensions = (seen.fiscal_year, seen.phase, seen.measure, seen.fund, seen.expenditure_type)
    return [
        seen.cell,
        seen.kind,
        seen.field,
        label,
        row.side,
        seen.text,
        seen.value,
        _plain(seen.alt_value),
        seen.value_status,
        " ".join("-" if word is None else str(word) for word in dimensions),
        seen.grade,
        *([row.others] if row.others else []),
    ]


def _plain(number: Any) -> str | None:
    return None if number is None else format(number, "f")


def _form(form: Form) -> Iterable[Row]:
    """Fields, funds, goals, indicators and total of a form, every line opened by its table and its block."""
    yield [form.table, "form", form.kind, form.title, form.tables]
    yield from ([form.table, "header", *_field(name, field)] for name, field in form.header.items())
    yield from (
        [form.table, "fund", fund.row, fund.label, fund.field, fund.text, fund.value, fund.value_status, fund.grade]
        for fund in form.funds
    )
    yield from ([form.table, "goal", *_field(name, field)] for name, field in form.goals.items())
    yield from (
        [form.table, "goal", goal.index, goal.weight, goal.expected and goal.expected.text] for goal in form.goal_list
    )
    yield from ([form.table, *_indicator(indicator)] for indicator in form.indicators)
    if form.total_score is not None:
        yield [form.table, *_field("total_score", form.total_score)]


def _field(name: str, field: FormField) -> Row:
    """Name, printed text, and the value where it says more than the text."""
    return [name, field.text] if field.value == field.text else [name, field.text, field.value]


def _indicator(indicator: Indicator) -> Row:
    facts = {
        name: _indicator_value(value) if isinstance(value, IndicatorValue) else value
        for name, value in msgspec.structs.asdict(indicator).items()
        if value not in (None, {}) and name not in ("page", "cells", "from_span")
    }
    return ["indicator", facts]


def _indicator_value(value: IndicatorValue) -> Any:
    parsed = [value.op, value.number, value.unit]
    return [value.text, *parsed] if any(part is not None for part in parsed) else value.text
