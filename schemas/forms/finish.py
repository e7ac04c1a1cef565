"""A draft written out as the result's Form: its kind, its values, and what is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.findings import finding
from schemas.forms.draft import Draft, Found
from schemas.forms.funds import Fund
from schemas.forms.values import iso_date, ticked
from schemas.observe import written
from schemas.result import Evidence, Finding, Form, FormField, FormFund, FormGoal, Unit
from schemas.shapes.context import cell_id
from schemas.text import fold
from schemas.where import bbox_of, locator_of

_PERSONAL = frozenset({"person", "phone"})
_SCORED = frozenset({"score", "weight"})


@dataclass(frozen=True, slots=True)
class FinishedForm:
    """A form, what is doubtful about it, and the cells whose text is withheld (names and telephone numbers)."""

    form: Form
    findings: tuple[Finding, ...]
    withheld: frozenset[str]


def finish(draft: Draft, *, personal_data: bool) -> FinishedForm:
    """The form of a draft. Names and telephone numbers are withheld unless they are asked for."""
    kind, score = kind_of(draft)
    personal = [found for found in (*draft.header, *draft.tail) if found.term.type in _PERSONAL and found.text]
    hidden = frozenset() if personal_data else frozenset(_cell_ids(personal))
    header = {found.term.id: _field(found, personal_data) for found in draft.header}
    tail = {found.term.id: _field(found, personal_data) for found in draft.tail}
    total = tail.pop("total_score", None)
    title = draft.seen[0].caption.title_text
    form = Form(
        table=draft.table,
        kind=kind,
        kind_score=score,
        title=title,
        header=tail | header,
        funds=[_fund(table, fund, kind) for table, fund in draft.funds],
        goals={found.term.id: _field(found, personal_data) for found in draft.goals},
        goal_list=[
            FormGoal(goal.index, goal.weight, None if goal.expected is None else _field(goal.expected, personal_data))
            for goal in draft.numbered
        ],
        indicators=draft.indicators,
        total_score=total,
        unit=_unit(draft),
        tables=list(dict.fromkeys(seen.id for seen in draft.seen)),
        fiscal_year=_year(header),
        notes=list(draft.seen[-1].caption.notes),
    )
    return FinishedForm(form, tuple(_findings(draft, form, personal, personal_data)), hidden)


def kind_of(draft: Draft) -> tuple[str | None, float | None]:
    """The kind of a form by what its title says and what it holds; None when neither names its subject.

    Actual values make it an evaluation whatever its title says; scores tell a self-evaluation from a statement of
    targets reached.
    """
    title = fold(draft.seen[0].caption.title_text or "")
    subject = _subject(draft, title)
    if subject is None:
        return None, None
    evaluated = "actual" in draft.columns or any(found.term.id == "goal_actual" for found in draft.goals)
    if not evaluated:
        return f"pf_{subject}_target", 1.0 if "目标" in title else 0.8
    scored = bool(draft.columns & _SCORED) or any(found.term.id == "total_score" for found in draft.tail)
    if subject == "project" and not scored:
        return "pf_project_target_completion", 1.0 if "完成情况" in title else 0.8
    return f"pf_{subject}_self_evaluation", 1.0 if "自评" in title or "评价" in title else 0.8


def _subject(draft: Draft, title: str) -> str | None:
    if "整体" in title:
        return "department"
    if any(word in title for word in ("项目", "专项", "转移支付", "政策")) or draft.text_of("project_name"):
        return "project"
    return "department" if draft.text_of("department_name") else None


def _field(found: Found, personal_data: bool) -> FormField:
    withheld = found.term.type in _PERSONAL and bool(found.text) and not personal_data
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
    """A fund value. 预算数 in a form of targets is the budget that the year begins with; nothing was adjusted yet."""
    is_target = kind is not None and kind.endswith("_target")
    return FormFund(
        row=fund.row,
        label=fund.label,
        field="initial_budget" if is_target and fund.field == "adjusted_budget" else fund.field,
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


def _unit(draft: Draft) -> Unit | None:
    unit = draft.unit or draft.seen[0].caption.unit
    if unit is None:
        return None
    place = unit.line.location
    return Unit(
        unit.unit.name,
        unit.unit.factor,
        unit.source,
        Evidence(unit.line.text, place.page, bbox_of(place), locator_of(place)),
    )


def _year(header: dict[str, FormField]) -> int | None:
    field = header.get("fiscal_year")
    return int(field.value) if field is not None and field.value is not None and field.value.isdigit() else None


def _cell_ids(personal: list[Found]) -> Iterator[str]:
    return (cell_id(found.table, found.cell) for found in personal if found.cell is not None and found.table)


def _findings(draft: Draft, form: Form, personal: list[Found], personal_data: bool) -> Iterator[Finding]:
    page = draft.seen[0].grid.location.page
    if form.kind is None:
        yield finding("kind_unrecognised", table=form.table, page=page, title=form.title or "")
    if personal and not personal_data:
        yield finding("personal_data_withheld", table=form.table, page=page)
    if any(fund.unit == "CNY" and fund.reading.number and fund.reading.value is None for _, fund in draft.funds):
        yield finding("unit_not_printed", table=form.table, page=page)
    if any(indicator.from_span for indicator in draft.indicators) and len(form.tables) > 1:
        yield finding("value_from_span", table=form.table, page=page, text=form.title or "")
