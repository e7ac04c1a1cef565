"""A truth.yml held against a run: what a person says must come out, and what came out instead.

The tables of a truth stand in the order of the document; so do those of a result. Every problem is one sentence that
names the table or value, what was stated and what was found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from extractors.model import Grid
from schemas.result import Form, Observation, Table

from .cases import Run

PRINTED = ("printed", "printed_zero", "unreadable")
NO_AMOUNTS = ("text", "number", "score")

Truth = dict[str, Any]


def problems(truth: Truth, run: Run) -> list[str]:
    """Everything that a truth states and a run does not hold; empty when all of it came out."""
    matched = list(_matched(truth["tables"], run))
    return [
        *_document_problems(truth, run),
        *(problem for wanted, found in matched for problem in _table_problems(wanted, found, run)),
        *_extra_tables(matched, run),
        *(problem for value in truth["values"] for problem in _value_problems(value, matched, run)),
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What came out for one stated table: its table, its grids (several when a form runs over them), its form."""

    table: Table
    grids: tuple[Grid, ...]
    observations: tuple[Observation, ...] = ()
    findings: frozenset[str] = frozenset()
    form: Form | None = None


def _plain(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def _document_problems(truth: Truth, run: Run) -> Iterator[str]:
    result = run.result
    for name, wanted in truth.get("profile", {}).items():
        if (found := getattr(result.profile, name).value) != wanted:
            yield f"profile.{name}: {wanted!r} is stated, {found!r} came out"
    for name in truth.get("not_told", ()):
        if getattr(result.profile, name).value is not None:
            yield f"profile.{name} is stated as not told, {getattr(result.profile, name).value!r} came out"
        if not any(finding.code == f"{name}_unknown" for finding in result.findings):
            yield f"the finding {name}_unknown is missing"
    if "verdicts" in truth and (verdicts := [page.text for page in result.pages]) != truth["verdicts"]:
        yield f"page verdicts: {truth['verdicts']} are stated, {verdicts} came out"
    sizes = [{"width": round(p.width), "height": round(p.height), "rotation": p.rotation} for p in result.pages]
    if "page_sizes" in truth and sizes != truth["page_sizes"]:
        yield f"page sizes: {truth['page_sizes']} are stated, {sizes} came out"
    missing = Counter[str](truth.get("findings", ())) - Counter(finding.code for finding in result.findings)
    yield from (f"the finding {code} is missing" for code in missing.elements())
    failed = sorted(check.rule for check in result.checks if check.status == "fail")
    if failed != sorted(truth.get("failing_checks", [])):
        yield f"failing checks: {truth.get('failing_checks', [])} are stated, {failed} came out"


def _matched(stated: Sequence[Truth], run: Run) -> Iterator[tuple[Truth, Found | None]]:
    """Each stated table with what came out for it: the next of its kind, or of its size and page when unrecognised."""
    left = _found(run)
    for wanted in stated:
        found = next((found for found in left if _is_it(wanted, found)), None)
        if found is not None:
            left.remove(found)
        yield wanted, found


def _found(run: Run) -> list[Found]:
    tables = {table.id: (table, grid) for table, grid in zip(run.result.tables, run.document.grids, strict=True)}
    forms = [
        Found(tables[form.table][0], tuple(tables[table_id][1] for table_id in form.tables), form=form)
        for form in run.result.forms
        if form.kind is not None
    ]
    return forms + [
        Found(
            table,
            (grid,),
            tuple(seen for seen in run.result.observations if seen.table == table.id),
            frozenset(finding.code for finding in run.result.findings if finding.table == table.id),
        )
        for table, grid in tables.values()
    ]


def _is_it(wanted: Truth, found: Found) -> bool:
    if wanted["kind"] is None:
        grid = found.grids[0]
        pages = wanted.get("page") in (None, grid.location.page)
        return found.table.kind is None and pages and wanted.get("columns", grid.n_cols) == grid.n_cols
    kind = found.table.kind if found.form is None else found.form.kind
    return kind is not None and kind == wanted["kind"]


def _extra_tables(matched: Sequence[tuple[Truth, Found | None]], run: Run) -> Iterator[str]:
    """Recognised tables that no truth states: a kind given to a layout table or a chart."""
    stated = {found.table.id for _, found in matched if found is not None}
    for table in run.result.tables:
        if table.kind is not None and table.id not in stated:
            yield f"{table.id} on page {table.parts[0].page} came out as {table.kind}, which is not stated"


def _name(wanted: Truth) -> str:
    return f"{wanted['kind']} {wanted.get('title') or ''}".strip()


def _table_problems(wanted: Truth, found: Found | None, run: Run) -> Iterator[str]:
    name = _name(wanted)
    if found is None:
        kinds = [(table.id, table.kind, table.parts[0].page) for table in run.result.tables]
        yield f"table {name}: is not among {kinds}"
        return
    recognised = found.form is not None or found.table.kind is not None
    for key, read in {**_PRINTED_FACTS, **(_READ_FACTS if recognised else {})}.items():
        if key in wanted and (actual := read(found)) != _stated(key, wanted):
            yield f"table {name}: {key} {_stated(key, wanted)!r} is stated, {actual!r} came out"


def _stated(key: str, wanted: Truth) -> Any:
    value = wanted[key]
    return [_plain(label) for label in value] if key == "header" else _plain(value) if key == "title" else value


def _printed(found: Found) -> int:
    return sum(seen.value_status in PRINTED and seen.unit not in NO_AMOUNTS for seen in found.observations)


def _unit(found: Found) -> str | None:
    unit = found.table.unit if found.form is None else found.form.unit
    return None if unit is None else unit.text


# What is seen without knowing what a table is; what only a recognised one tells.
_PRINTED_FACTS: dict[str, Callable[[Found], Any]] = {
    "page": lambda found: found.grids[0].location.page,
    "parts": lambda found: [part.location.page for grid in found.grids for part in grid.parts],
    "title": lambda found: _plain(found.table.title),
    "unit": _unit,
    "rows": lambda found: sum(grid.n_rows for grid in found.grids),
    "columns": lambda found: found.grids[0].n_cols,
}
_READ_FACTS: dict[str, Callable[[Found], Any]] = {
    "header": lambda found: [_plain("/".join(column.path)) for column in found.table.columns],
    "printed": _printed,
    "dashes": lambda found: sum(seen.value_status == "not_applicable" for seen in found.observations),
    "declared_empty": lambda found: found.table.status == "empty_declared",
    "indicators": lambda found: found.form and sum(one.status == "printed" for one in found.form.indicators),
    "funds": lambda found: found.form and sum(fund.value_status in PRINTED for fund in found.form.funds),
    "goals": lambda found: found.form and len(found.form.goal_list),
    "contradiction": lambda found: "title" if "title_header_disagree" in found.findings else None,
}


def _value_problems(value: Truth, matched: Sequence[tuple[Truth, Found | None]], run: Run) -> Iterator[str]:
    if any(form.kind == value["kind"] for form in run.result.forms):
        yield from _form_problems(value, run)
    else:
        yield from _observation_problems(value, matched, run)


def _form_problems(value: Truth, run: Run) -> Iterator[str]:
    forms = [form for form in run.result.forms if form.kind == value["kind"] and _is_named(form, value.get("form"))]
    if len(forms) != 1:
        yield f"value {value}: {len(forms)} forms of its kind and name"
        return
    form = forms[0]
    score = [] if form.total_score is None else [("total_score", form.total_score.text, form.total_score.value)]
    found = [*score, *((fund.field, fund.text, fund.value) for fund in form.funds)]
    number = value.get("yuan") or value["text"]
    if not any(
        field == value["field"] and text == value["text"] and read is not None and Decimal(read) == Decimal(number)
        for field, text, read in found
    ):
        yield f"value {value}: came out as {[one for one in found if one[0] == value['field']]}"


def _is_named(form: Form, name: str | None) -> bool:
    return name is None or any(_plain(name) == _plain(field.text) for field in form.header.values())


def _observation_problems(value: Truth, matched: Sequence[tuple[Truth, Found | None]], run: Run) -> Iterator[str]:
    tables = [found.table.id for wanted, found in matched if wanted["kind"] == value["kind"] and found is not None]
    if "table" in value:
        tables = tables[value["table"] : value["table"] + 1]
    rows = [seen for seen in run.result.observations if seen.table in tables and _is_row(value, seen)]
    if "form" in value:  # the project that a heading before the table names
        rows = [seen for seen in rows if value["form"] in (seen.row.others or {}).values()]
    if len(rows) != 1:
        yield f"value {value}: {len(rows)} values came out in its place: {[_short(row) for row in rows]}"
        return
    seen = rows[0]
    yuan = None if value.get("yuan") is None else Decimal(value["yuan"])
    facts: list[tuple[str, Any, Any]] = [
        ("text", value["text"], seen.text),
        ("yuan", yuan, None if seen.value is None else Decimal(seen.value)),
        ("page", value.get("page", seen.page), seen.page),
        ("status", value.get("status", seen.value_status), seen.value_status),
    ]
    if "alt_yuan" in value:
        facts.append(("alt_yuan", value["alt_yuan"], str(seen.alt_value)))
    for name, wanted, actual in facts:
        if wanted != actual:
            yield f"value {value}: {name} {wanted!r} is stated, {actual!r} came out"


def _is_row(value: Truth, seen: Observation) -> bool:
    """Whether an observation stands in the row and column that a value states."""
    row = seen.row
    labels = {_plain(row.label), _plain(row.raw_label)}
    return (
        value.get("field", seen.field) == seen.field
        and value.get("side", row.side) == row.side
        and value.get("code", row.code) == row.code
        and ("label" not in value or _plain(value["label"]) in labels)
    )


def _short(seen: Observation) -> str:
    return f"{seen.field} {seen.row.code or ''} {seen.row.label or ''} = {seen.text!r} ({seen.value})"
