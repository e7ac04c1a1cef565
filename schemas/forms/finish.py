"""A draft written out as the result's Form: its kind, its values, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.findings import finding
from schemas.forms.draft import PERSONAL, Draft, Found, Task
from schemas.forms.fundlabels import AMOUNT
from schemas.forms.funds import Fund
from schemas.forms.naming import Naming, kind_of
from schemas.forms.values import iso_date, ticked
from schemas.observe import written
from schemas.result import Evidence, Finding, Form, FormField, FormFund, FormGoal, FormTask, Unit
from schemas.shapes.context import cell_id
from schemas.text import fold
from schemas.where import bbox_of, locator_of


@dataclass(frozen=True, slots=True)
class FinishedForm:
    """A form, what is doubtful about it, and the cells whose text is withheld (names and telephone numbers)."""

    form: Form
    findings: tuple[Finding, ...]
    withheld: frozenset[str]


def finish(draft: Draft, *, personal_data: bool) -> FinishedForm:
    """The form of a draft. Names and telephone numbers are withheld unless they are asked for."""
    naming = kind_of(draft)
    hidden = frozenset() if personal_data else frozenset(_cell_ids(draft.personal))
    header = {found.term.id: _field(found, personal_data) for found in draft.header}
    tail = {found.term.id: _field(found, personal_data) for found in draft.tail}
    totals = [field for field in (tail.pop("total_score", None), header.pop("total_score", None)) if field is not None]
    total = next((field for field in totals if field.text), None)
    form = Form(
        table=draft.table,
        kind=naming.kind,
        kind_score=naming.score,
        title=draft.seen[0].caption.title_text,
        header=tail | header,
        funds=[_fund(table, fund, naming.kind) for table, fund in draft.funds],
        goals={found.term.id: _field(found, personal_data) for found in draft.goals},
        goal_list=[
            FormGoal(goal.index, goal.weight, None if goal.expected is None else _field(goal.expected, personal_data))
            for goal in draft.numbered
        ],
        indicators=draft.indicators,
        total_score=total,
        unit=_unit(draft),
        tables=list(dict.fromkeys(seen.id for seen in draft.seen)),
        fiscal_year=_year(header) or _title_year(draft),
        notes=list(draft.seen[-1].caption.notes),
        tasks=[_task(task, naming.kind) for task in draft.tasks],
    )
    return FinishedForm(form, tuple(_findings(draft, form, naming, personal_data)), hidden)


def _field(found: Found, personal_data: bool) -> FormField:
    withheld = found.term.type in PERSONAL and bool(found.text) and not personal_data
    text = None if withheld else found.text
    return FormField(
        text=text,
        value=None if withheld else _value(found),
        label=found.label,
        page=found.location.page,
        bbox=bbox_of(found.location),
        locator=locator_of(found.location),
        cell=None if found.cell is None or found.table is None else cell_id(found.table, found.cell),
        options=ticked(found.text) if found.term.type == "checkbox" else None,
        withheld=withheld,
    )


def _value(found: Found) -> str | None:
    if not found.text:
        return None
    if found.term.type == "checkbox":
        return "；".join(options) if (options := ticked(found.text)) else found.text
    if found.term.type == "date":
        return iso_date(found.text) or found.text
    if found.term.type == "year":
        digits = "".join(char for char in fold(found.text) if char.isdigit())
        return digits[:4] if len(digits) >= 4 else found.text
    if found.term.type == "percent":
        return found.text.rstrip("%％ ")
    return found.text


def _fund(table: str, fund: Fund, kind: str | None) -> FormFund:
    """A fund value. In a form of targets an amount is the budget of the year as it begins; nothing was adjusted yet."""
    is_target = kind is not None and kind.endswith("_target")
    return FormFund(
        row=fund.row,
        label=fund.label,
        field="initial_budget" if is_target and fund.field in ("adjusted_budget", AMOUNT.id) else fund.field,
        text=fund.cell.text,
        value=written(fund.reading.value, fund.unit),
        unit=fund.unit,
        value_status=fund.reading.status.value,
        page=fund.cell.location.page,
        bbox=bbox_of(fund.cell.location),
        locator=locator_of(fund.cell.location),
        cell=cell_id(table, fund.cell),
        header=fund.header,
    )


def _task(task: Task, kind: str | None) -> FormTask:
    texts = {field: text or None for field, text in task.texts.items()}
    return FormTask(
        name=texts.get("name"),
        content=texts.get("content"),
        expected=texts.get("expected"),
        actual=texts.get("actual"),
        amounts=[_fund(task.table, fund, kind) for fund in task.amounts],
        page=task.cells[0].location.page,
        cells=[cell_id(task.table, cell) for cell in task.cells],
    )


def _unit(draft: Draft) -> Unit | None:
    """The unit of the fund block: printed in one of its labels, else in the caption."""
    if draft.unit is not None:
        cell = draft.unit.cell
        evidence = Evidence(cell.text, cell.location.page, bbox_of(cell.location), locator_of(cell.location))
        return Unit(draft.unit.word.name, draft.unit.word.factor, "header", evidence)
    unit = draft.seen[0].caption.unit
    if unit is None:
        return None
    place = unit.line.location
    evidence = Evidence(unit.line.text, place.page, bbox_of(place), locator_of(place))
    return Unit(unit.unit.name, unit.unit.factor, unit.source, evidence)


def _title_year(draft: Draft) -> int | None:
    """The year that the title prints, when it prints one."""
    years = set(draft.seen[0].caption.title_years)
    return years.pop() if len(years) == 1 else None


def _year(header: dict[str, FormField]) -> int | None:
    field = header.get("fiscal_year")
    return int(field.value) if field is not None and field.value is not None and field.value.isdigit() else None


def _cell_ids(personal: list[Found]) -> Iterator[str]:
    return (cell_id(found.table, found.cell) for found in personal if found.cell is not None and found.table)


def _findings(draft: Draft, form: Form, naming: Naming, personal_data: bool) -> Iterator[Finding]:
    page = draft.seen[0].grid.location.page
    if form.kind is None:
        yield finding("kind_unrecognised", table=form.table, page=page, title=form.title or "")
    elif naming.titled is not None and naming.titled != form.kind:
        yield finding(
            "title_header_disagree",
            table=form.table,
            page=page,
            title_kind=naming.titled,
            header_kind=form.kind,
        )
    if draft.personal and not personal_data:
        yield finding("personal_data_withheld", table=form.table, page=page)
    funds = [*(fund for _, fund in draft.funds), *(fund for task in draft.tasks for fund in task.amounts)]
    if any(fund.unit == "CNY" and fund.reading.number and fund.reading.value is None for fund in funds):
        yield finding("unit_not_printed", table=form.table, page=page)
    if draft.mended or _carried_over_page(draft):
        name = draft.text_of("project_name") or form.title or ""
        yield finding("value_from_span", table=form.table, page=page, text=name)


def _carried_over_page(draft: Draft) -> bool:
    """Whether the first indicator of a page or of a further grid has a level that was printed before it."""
    places = [(one.page, one.cells[0].split(".", 1)[0]) for one in draft.indicators if one.cells]
    spans = [one.from_span for one in draft.indicators if one.cells]
    return any(here != before and span for before, here, span in zip(places, places[1:], spans[1:], strict=False))
