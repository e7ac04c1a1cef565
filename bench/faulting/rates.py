"""How often a value of each grade is wrong: in documents as they are, and where digits are misread at a given rate."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from random import Random
from typing import Any

from bench.faulting.digits import misread
from bench.faulting.edits import with_texts
from bench.faulting.scene import Scene, read_heard
from schemas.kind import Catalogue
from schemas.result import Observation, Reading
from schemas.text import fold, strip_ordinal

Tally = Counter[tuple[str, bool]]  # grade, and whether the value is wrong


def against_truth(reading: Reading, truth: Path) -> Tally:
    """The values that people checked, by the grade of the observation that states them, right or wrong.

    A checked value belongs to an observation of its kind, field, side and row; the one that states it, if any does,
    else one of the same page. Each is taken once.
    """
    lines = (json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines())
    cells = [line for line in lines if line.get("type", "cell") == "cell"]
    free = [one for one in reading.observations if one.value is not None]
    tally: Tally = Counter()
    for cell in cells:
        fitting = [one for one in free if _is_of(cell, one)]
        right = [one for one in fitting if _is_same(cell["value"], one.value)]
        near = [one for one in fitting if one.page == cell.get("page")]
        chosen = next(iter([*right, *near]), None)
        if chosen is not None:
            free.remove(chosen)
            tally[chosen.grade or "-", not right] += 1
    return tally


def _is_of(cell: Mapping[str, Any], one: Observation) -> bool:
    if (one.kind, one.field) != (cell["kind"], cell["field"]):
        return False
    if cell.get("side") and one.row.side not in (None, cell["side"]):
        return False
    code = re.sub(r"\D", "", cell.get("code") or "")
    if code and one.row.code:
        return one.row.code == code
    return _bare(cell.get("label")) in (_bare(one.row.label), _bare(one.row.raw_label))


def _bare(label: str | None) -> str:
    return strip_ordinal(fold(label or ""))[0]


def _is_same(value: str, stated: str | None) -> bool:
    try:
        return Decimal(value) == Decimal(stated or "")
    except InvalidOperation:
        return fold(value) == fold(stated or "")


def under_faults(scene: Scene, catalogue: Catalogue, rate: float, rng: Random) -> Tally:
    """The amounts of one document after each was misread in one digit with probability ``rate``, by grade."""
    hit = {amount.cell_id: amount for amount in scene.amounts if rng.random() < rate}
    document = scene.document
    for amount in hit.values():
        text = misread(amount.cell.text, rng)
        if text is not None:
            document = with_texts(document, amount.grid, {(amount.cell.row, amount.cell.col): text})
    right = {amount.cell_id: str(amount.value) for amount in scene.amounts}
    reading = read_heard(document, catalogue).reading
    return _graded(reading.observations, right)


def _graded(observations: Iterable[Observation], right: Mapping[str, str]) -> Tally:
    return Counter(
        (one.grade or "-", not _is_same(right[one.cell or ""], one.value))
        for one in observations
        if one.cell in right and one.value is not None
    )
