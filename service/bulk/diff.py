"""What differs between two readings of the same documents: cell by cell, as printed values moved, came or went.

Cells are told apart by where they are printed, not by the number of their table: a table more on page 3 must not make
every later value look new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from schemas.result import BBox, Form, FormField, FormFund, Indicator, IndicatorValue, Locator, Observation
from service.bulk.ledger import Ledger
from service.bulk.packed import unpack
from service.bulk.row import Row
from service.store.blobs import Blobs


class Change(NamedTuple):
    """One difference. ``what`` is ``changed``, ``added`` or ``removed`` (a cell), or ``document``: then ``old`` and
    ``new`` say what became of it, null where it is not. ``also`` names what else of the cell changed, old and new."""

    sha256: str
    path: str
    what: str
    table: str | None
    page: int | None
    row: str | None
    field: str | None
    old: str | None
    new: str | None
    old_grade: str | None
    new_grade: str | None
    also: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two readings that are compared."""

    ledger: Ledger
    blobs: Blobs


def changes(old: Side, new: Side) -> Iterator[Change]:
    """All differences, document by document in the order of their hashes."""
    for before, after in _paired(_documents(old), _documents(new)):
        row = before.row if after is None else after.row  # type: ignore[union-attr]  # one of them is there
        found = [*_of_document(before, after), *_of_cells(old, before, new, after)]
        yield from (change._replace(sha256=row.sha256, path=row.places[0].whole) for change in found)


class _Document(NamedTuple):
    row: Row
    blob: str | None


def _of_document(before: _Document | None, after: _Document | None) -> Iterator[Change]:
    states = [one and (one.row.code or one.row.state.value) for one in (before, after)]
    if states[0] != states[1]:
        yield Change("", "", "document", None, None, None, None, states[0], states[1], None, None, "")


def _of_cells(old: Side, before: _Document | None, new: Side, after: _Document | None) -> Iterator[Change]:
    if before is None or after is None or before.blob is None or after.blob is None or before.blob == after.blob:
        return
    yield from _changed(_cells(unpack(old.blobs.get(before.blob))), _cells(unpack(new.blobs.get(after.blob))))


def _documents(side: Side) -> Iterator[_Document]:
    return (_Document(*pair) for pair in side.ledger.rows())


def _paired(old: Iterator[_Document], new: Iterator[_Document]) -> Iterator[tuple[_Document | None, _Document | None]]:
    """Documents of both sides, which are sorted by hash, side by side."""
    left, right = next(old, None), next(new, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.row.sha256 < right.row.sha256):
            yield left, None
            left = next(old, None)
        elif left is None or left.row.sha256 > right.row.sha256:
            yield None, right
            right = next(new, None)
        else:
            yield left, right
            left, right = next(old, None), next(new, None)


class _Cell(NamedTuple):
    """One value as it was read. ``place`` is where it is printed."""

    place: tuple[object, ...]
    field: str
    value: str | None
    grade: str | None
    table: str | None
    page: int | None
    row: str | None
    kind: str | None = None
    unit: str | None = None
    year: int | None = None


_ALSO = ("field", "row", "kind", "unit", "year")


def _changed(old: list[_Cell], new: list[_Cell]) -> Iterator[Change]:
    before, after = _by_place(old), _by_place(new)
    for place in [*after, *(place for place in before if place not in after)]:
        for left, right in _matched(before.get(place, []), after.get(place, [])):
            if left is None or right is None or left[1:4] != right[1:4] or _also(left, right):
                yield _change(left, right)


def _by_place(cells: Iterable[_Cell]) -> dict[tuple[object, ...], list[_Cell]]:
    places: dict[tuple[object, ...], list[_Cell]] = defaultdict(list)
    for cell in cells:
        places[cell.place].append(cell)
    return places


def _matched(old: list[_Cell], new: list[_Cell]) -> Iterator[tuple[_Cell | None, _Cell | None]]:
    """Cells of one place side by side: those of one field first, then what is left, in order."""
    left, rest = list(old), []
    for cell in new:
        twin = next((one for one in left if one.field == cell.field), None)
        if twin is None:
            rest.append(cell)
        else:
            left.remove(twin)
            yield twin, cell
    for number in range(max(len(left), len(rest))):
        yield left[number] if number < len(left) else None, rest[number] if number < len(rest) else None


def _change(left: _Cell | None, right: _Cell | None) -> Change:
    what = "added" if left is None else "removed" if right is None else "changed"
    cell = right or left
    assert cell is not None
    return Change(
        sha256="",
        path="",
        what=what,
        table=cell.table,
        page=cell.page,
        row=cell.row,
        field=cell.field,
        old=left.value if left else None,
        new=right.value if right else None,
        old_grade=left.grade if left else None,
        new_grade=right.grade if right else None,
        also="; ".join(_also(left, right)) if left and right else "",
    )


def _also(left: _Cell, right: _Cell) -> list[str]:
    pairs = ((name, getattr(left, name), getattr(right, name)) for name in _ALSO)
    return [f"{name}: {before} -> {after}" for name, before, after in pairs if before != after]


class _Read(msgspec.Struct):
    observations: list[Observation]
    forms: list[Form]


_READ = msgspec.json.Decoder(_Read)


def _cells(result: bytes) -> list[_Cell]:
    read = _READ.decode(result)
    cells = [_of_observation(one) for one in read.observations]
    for form in read.forms:
        cells += _of_form(form)
    return cells


def _of_observation(one: Observation) -> _Cell:
    row = one.row.label or one.row.code or one.row.item
    place = (one.source, *_place(one.page, one.bbox, one.locator, one.cell or row))
    return _Cell(place, one.field, one.value, one.grade, one.table, one.page, row, one.kind, one.unit, one.fiscal_year)


def _of_form(form: Form) -> Iterator[_Cell]:
    for name, field in (form.header | form.goals).items():
        yield _of_field(form, name, field)
    if form.total_score is not None:
        yield _of_field(form, "total_score", form.total_score)
    for goal in form.goal_list:
        for name, part in (("expected", goal.expected), ("actual", goal.actual)):
            if part is not None:
                yield _of_field(form, f"goal {goal.index} {name}", part)
    for fund in [*form.funds, *(fund for task in form.tasks for fund in task.amounts)]:
        yield _of_fund(form, fund)
    for indicator in form.indicators:
        yield from _of_indicator(form, indicator)


def _of_field(form: Form, name: str, one: FormField) -> _Cell:
    place = _place(one.page, one.bbox, one.locator, one.cell or name)
    return _Cell(place, name, one.value or one.text, None, form.table, one.page, None, form.kind)


def _of_fund(form: Form, one: FormFund) -> _Cell:
    place = _place(one.page, one.bbox, one.locator, one.cell or one.label)
    return _Cell(place, one.field, one.value, one.grade, form.table, one.page, one.label, form.kind, one.unit)


def _of_indicator(form: Form, one: Indicator) -> Iterator[_Cell]:
    row = one.level4 or one.level3 or one.level2
    place = (one.page, *(one.cells or (row,)))
    for name in (
        "level1",
        "level2",
        "level3",
        "target",
        "period_target",
        "actual",
        "completion_rate",
        "weight",
        "score",
    ):
        value = getattr(one, name)
        text = value.text if isinstance(value, IndicatorValue) else value
        if text is not None:
            yield _Cell((*place, name), name, text, None, form.table, one.page, row, form.kind)


def _place(page: int | None, bbox: BBox | None, locator: Locator | None, otherwise: str | None) -> tuple[object, ...]:
    """Where something is printed: to the point on a page, else as its format counts, else by what it is called."""
    if bbox is not None:
        return (page, *(round(edge) for edge in bbox))
    return (page, *sorted(locator.items())) if locator else (page, otherwise)
