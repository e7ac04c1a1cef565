"""Table kinds as they are shown to people: by the API and on the command line."""

from __future__ import annotations

from pydantic import BaseModel

from schemas.kind import CheckRule, Column, Kind, LineItem


class KindSummary(BaseModel):
    """One kind in a list."""

    id: str
    family: str
    title: str
    shape: str
    columns: int
    lines: int
    checks: int


class ColumnDetail(BaseModel):
    """One canonical column and the labels it is printed under, the official one first."""

    field: str
    labels: list[str]
    type: str
    role: str
    panel: str | None
    group: list[str]
    dimensions: dict[str, str]


class LineDetail(BaseModel):
    """One canonical line and the labels it is printed under."""

    id: str
    labels: list[str]
    side: str | None
    role: str


class CheckDetail(BaseModel):
    """One identity that must hold in every table of the kind."""

    id: str
    axis: str
    relation: str
    lhs: str
    terms: list[str]
    severity: str
    note: str


class KindDetail(KindSummary):
    """One kind, whole."""

    titles: list[str]
    fields: list[ColumnDetail]
    line_items: list[LineDetail]
    rules: list[CheckDetail]


def summary(kind: Kind) -> KindSummary:
    """The kind in a line."""
    return KindSummary(
        id=kind.id,
        family=kind.family,
        title=kind.titles[0],
        shape=kind.shape.value,
        columns=len(kind.columns),
        lines=len(kind.line_items),
        checks=len(kind.checks),
    )


def detail(kind: Kind) -> KindDetail:
    """The kind, whole."""
    return KindDetail(
        **summary(kind).model_dump(),
        titles=list(kind.titles),
        fields=[_column(column) for column in kind.columns],
        line_items=[_line(line) for line in kind.line_items],
        rules=[_check(rule) for rule in kind.checks],
    )


def _column(column: Column) -> ColumnDetail:
    return ColumnDetail(
        field=column.id,
        labels=list(column.labels),
        type=column.type.value,
        role=column.role.value,
        panel=column.panel,
        group=list(column.group),
        dimensions=dict(column.dimensions),
    )


def _line(line: LineItem) -> LineDetail:
    return LineDetail(id=line.id, labels=list(line.labels), side=line.side, role=line.role.value)


def _check(rule: CheckRule) -> CheckDetail:
    return CheckDetail(
        id=rule.id,
        axis=rule.axis,
        relation=rule.relation,
        lhs=rule.lhs,
        terms=list(rule.terms),
        severity=rule.severity.value,
        note=rule.note,
    )
