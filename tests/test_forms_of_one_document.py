"""The same drawn document in two file formats gives the same observations, from the same places."""

from __future__ import annotations

import pytest

from schemas.result import BBox, Observation
from scripts.goldens.cases import run

PAIRS = [
    ("pdf/made-2023-final-accounts-two-units", "ofd/made-2023-final-accounts-two-units"),
    ("pdf/qingshan-2022-final-accounts-whole-report", "ofd/qingshan-2022-final-accounts-as-ofd"),
]
NEAR = 1.0  # points


def stated(one: Observation) -> tuple[object, ...]:
    """What an observation says, without where; white space of labels is that of the file."""
    row = (
        one.row.code,
        one.row.item,
        one.row.line_no,
        one.row.role,
        one.row.level,
        "".join((one.row.label or "").split()),
    )
    return one.kind, one.field, row, one.text, one.value, one.unit, one.fiscal_year, one.phase, one.page, one.grade


def far(one: BBox | None, other: BBox | None) -> float:
    return max(abs(a - b) for a, b in zip(one or (), other or (), strict=True)) if one and other else float("inf")


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_same_document_gives_the_same_observations(first: str, second: str) -> None:
    ours, theirs = run(first).result.observations, run(second).result.observations
    assert [stated(one) for one in ours] == [stated(one) for one in theirs]
    placed = [(one, other) for one, other in zip(ours, theirs, strict=True) if one.source == "table"]
    assert len(placed) > 50
    assert max(far(one.bbox, other.bbox) for one, other in placed) <= NEAR


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_same_document_gives_the_same_forms(first: str, second: str) -> None:
    indicators = [
        [(one.level3, one.target, one.actual, one.score) for form in run(case).result.forms for one in form.indicators]
        for case in (first, second)
    ]
    assert indicators[0] == indicators[1]
