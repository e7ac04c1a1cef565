"""Which field a header means, and why: one printed header held against one kind or all of them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, Field

from schemas.headers import HeaderPath, match_columns
from schemas.kind import Catalogue, Kind, Lexicon


class Explanation(BaseModel):
    """What a header means within one kind. ``field`` is null when it was not matched; ``reason`` says why."""

    kind: str
    field: str | None
    label: str | None = Field(description="the official label of the field")
    panel: str | None
    group: list[str]
    method: str | None
    score: float
    runner_up: str | None
    runner_up_score: float | None
    reason: str | None
    detail: str


def explain(header: str, kinds: Iterable[Kind], lexicon: Lexicon, year: int | None) -> list[Explanation]:
    """One explanation for each kind, the surest first; ``header`` may be a path, its levels joined by ``/``."""
    path = HeaderPath(0, tuple(label.strip() for label in header.split("/") if label.strip()))
    found = [_explain(path, kind, lexicon, year) for kind in kinds]
    return sorted(found, key=lambda one: (one.field is None, -one.score, one.kind))


def explain_in(catalogue: Catalogue, header: str, kind_id: str | None, year: int | None) -> list[Explanation]:
    """The explanation within one kind; without one, those of all kinds that have such a field.

    Raises:
        KeyError: there is no such kind.
    """
    if kind_id is not None:
        return explain(header, [catalogue.kind(kind_id)], catalogue.lexicon, year)
    return [one for one in explain(header, catalogue.kinds, catalogue.lexicon, year) if one.field is not None]


def _explain(path: HeaderPath, kind: Kind, lexicon: Lexicon, year: int | None) -> Explanation:
    (match,) = match_columns([path], kind, lexicon, fiscal_year=year)
    column = match.column
    runner_up, runner_up_score = match.runner_up or (None, None)
    return Explanation(
        kind=kind.id,
        field=column.id if column else None,
        label=column.labels[0] if column else None,
        panel=column.panel if column else None,
        group=list(column.group) if column else [],
        method=match.method.value if match.method else None,
        score=round(match.score, 4),
        runner_up=runner_up,
        runner_up_score=runner_up_score,
        reason=match.reason.value if match.reason else None,
        detail=match.detail,
    )
