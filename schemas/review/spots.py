"""What an operation is about: a spot of a result, found by its id, with the text around it as a fingerprint.

``t03`` is a table, ``t03.r5`` a row, ``t03.c2`` a column, ``t03.r5.c2`` a cell, ``p8`` a page; the fields of the
profile go by their names, and ``document`` is the whole. The fingerprint says whether a later result shows the same
there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from schemas.result import Form, Observation, ProfileValue, RegionValue, Result, Table, TableCell

Value = str | int | list[float] | None  # what an operation puts in the place of what: texts, years, rectangles

_NUMBER = "(?:0|[1-9][0-9]{0,6})"  # one spelling for each
TARGET = rf"^(?:t[0-9]{{1,6}}(?:\.r{_NUMBER})?(?:\.c{_NUMBER})?|p{_NUMBER}|[a-z_]{{1,40}})$"
_GRID = re.compile(rf"(t[0-9]+)(?:\.r({_NUMBER}))?(?:\.c({_NUMBER}))?")
_PAGE = re.compile(rf"p({_NUMBER})")
_SHOWN = 32  # hexadecimal digits of a fingerprint


class Place(StrEnum):
    """The kinds of spots."""

    TABLE = "table"
    ROW = "row"
    COLUMN = "column"
    CELL = "cell"
    PAGE = "page"
    PROFILE = "profile"
    DOCUMENT = "document"


class UnknownTarget(Exception):
    """The result has nothing of that id, or nothing that this can be said of."""


class Spot(NamedTuple):
    """One spot. ``old`` is what stands there, ``seen`` the text around it, ``read`` what was made of it."""

    place: Place
    old: Value
    seen: object
    read: object
    table: Table | None = None

    def fingerprint(self, *, with_reading: bool) -> str:
        """The hash of what stands around; ``with_reading``: of what was made of it too."""
        content = [self.seen, self.read] if with_reading else [self.seen]
        return hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:_SHOWN]


class Spots:
    """The spots of one result."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self._tables = {table.id: table for table in result.tables}
        self._cells = {cell.id: cell for table in result.tables for cell in table.cells}
        self._observed: dict[str, list[Observation]] = {}
        for one in result.observations:
            if one.cell is not None:
                self._observed.setdefault(one.cell, []).append(one)

    def find(self, target: str) -> Spot:
        """The spot of an id. Raises UnknownTarget."""
        if (named := _GRID.fullmatch(target)) is not None:
            return self._in_grid(target, *named.groups())
        if (page := _PAGE.fullmatch(target)) is not None:
            return self._page(int(page[1]))
        if target == Place.DOCUMENT:
            return self._document()
        return self._profile(target)

    def _in_grid(self, target: str, table_id: str, row: str | None, col: str | None) -> Spot:
        table = self._tables.get(table_id)
        if table is None:
            raise UnknownTarget(f"{target}: the result has no table {table_id}")
        if row is None:
            return self._table(table) if col is None else _column(table, int(col))
        return _row(table, int(row)) if col is None else self._cell(table, target)

    def _table(self, table: Table) -> Spot:
        return Spot(Place.TABLE, table.kind, _text_of(table), [table.kind, self._readings(table.cells)], table)

    def _cell(self, table: Table, target: str) -> Spot:
        cell = self._cells.get(target)
        if cell is None:
            raise UnknownTarget(f"{target}: table {table.id} has no such cell")
        label = next((row.label for row in table.rows if row.index == cell.row), None)
        path = next((column.path for column in table.columns if column.index == cell.col), [])
        seen = [table.title, label, path, _neighbours(table, cell)]
        return Spot(Place.CELL, cell.text, seen, self._readings([cell]), table)

    def states_of(self, target: str) -> list[str]:
        """How the values of a cell stand: printed, blank, unreadable … None where none was read in it."""
        return [one.value_status for one in self._observed.get(target, [])]

    def _page(self, number: int) -> Spot:
        page = next((page for page in self.result.pages if page.number == number), None)
        if page is None:
            raise UnknownTarget(f"p{number}: the result has no page {number}")
        printed = [cell.text for table in self.result.tables for cell in table.cells if cell.page == number]
        return Spot(Place.PAGE, None, [page.width, page.height, page.rotation, printed], page.text)

    def _profile(self, name: str) -> Spot:
        stated = getattr(self.result.profile, name, None)
        if not isinstance(stated, ProfileValue | RegionValue):
            raise UnknownTarget(f"{name}: no spot of a result has such an id")
        value = stated.value
        old = value if value is None or isinstance(value, str | int) else value.code
        return Spot(Place.PROFILE, old, [old, [one.text for one in stated.evidence]], None)

    def _document(self) -> Spot:
        result = self.result
        profile = [self._profile(name).old for name in result.profile.__struct_fields__]
        values = [_reading(one) for one in result.observations]
        seen = [profile, [_text_of(table) for table in result.tables]]
        return Spot(Place.DOCUMENT, None, seen, [values, [_form(form) for form in result.forms]])

    def _readings(self, cells: Iterable[TableCell]) -> list[object]:
        return [_reading(one) for cell in cells for one in self._observed.get(cell.id, [])]


def _row(table: Table, index: int) -> Spot:
    row = next((row for row in table.rows if row.index == index), None)
    if row is None:
        raise UnknownTarget(f"{table.id}.r{index}: table {table.id} has no such row")
    near = [cell for cell in table.cells if abs(cell.row - index) <= 1]
    return Spot(Place.ROW, row.role, [table.title, _texts(near, index)], None, table)


def _column(table: Table, index: int) -> Spot:
    column = next((column for column in table.columns if column.index == index), None)
    if column is None:
        raise UnknownTarget(f"{table.id}.c{index}: table {table.id} has no such column")
    own = [cell for cell in table.cells if cell.col <= index < cell.col + cell.col_span]
    return Spot(Place.COLUMN, column.field, [table.title, table.kind, column.path, _texts(own)], None, table)


def _neighbours(table: Table, cell: TableCell) -> object:
    """The cell and those that touch it."""
    last_row, last_col = cell.row + cell.row_span, cell.col + cell.col_span
    near = [
        one
        for one in table.cells
        if one.row <= last_row
        and one.row + one.row_span >= cell.row
        and one.col <= last_col
        and one.col + one.col_span >= cell.col
    ]
    return _texts(near, cell.row, cell.col)


def _text_of(table: Table) -> object:
    return [table.title, table.unit.text if table.unit is not None else None, _texts(table.cells)]


def _texts(cells: Sequence[TableCell], row: int = 0, col: int = 0) -> list[object]:
    """The texts with their places, from ``row`` and ``col``."""
    return [[cell.row - row, cell.col - col, cell.text] for cell in cells]


def _reading(one: Observation) -> object:
    """What was made of a cell: everything that makes its value what it is."""
    of = [one.kind, one.field, one.row.code, one.row.label, one.row.item, one.fiscal_year, one.phase, one.measure]
    return [*of, one.fund, one.expenditure_type, one.value_status, one.value, one.unit, one.text]


def _form(form: Form) -> object:
    header = {name: field.value for name, field in form.header.items()}
    funds = [[one.row, one.field, one.value] for one in form.funds]
    lines = [[one.level1, one.level2, one.level3, one.target, one.actual, one.score] for one in form.indicators]
    return [form.kind, header, funds, lines, form.total_score.value if form.total_score is not None else None]
