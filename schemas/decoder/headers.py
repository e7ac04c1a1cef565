"""Headers that two fields fit equally well: the field under which the sums of the table hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from schemas.candidates import SCORES, Method
from schemas.classify import Fit
from schemas.decoder.case import Case, Verdict, best_of, verdict_of
from schemas.findings import finding
from schemas.kind import Column, ColumnRole
from schemas.result import Finding
from schemas.shapes import MatchedPanel
from schemas.shapes.context import MatchedColumn
from schemas.tables import ReadTable, read_as

MOST_READINGS = 24  # of one table; more choices than these are not a header that is nearly clear


@dataclass(frozen=True, slots=True)
class _Open:
    """One column without a field: which panel and place it has, and the fields that fit it equally well."""

    panel: int
    place: int
    near: tuple[Column, ...]


def decode_headers(tables: Sequence[ReadTable], case: Case) -> list[ReadTable]:
    """The tables, with the fields chosen that proof can choose."""
    decided = list(tables)
    for at, table in enumerate(tables):
        open_columns = list(_open_columns(table))
        if open_columns:
            decided[at] = _decided(decided, at, open_columns, case)
    return decided


def _open_columns(table: ReadTable) -> Iterator[_Open]:
    for number, panel in enumerate(table.panels):
        for place, matched in enumerate(panel.columns):
            if matched.column is None and len(matched.match.near) > 1:
                yield _Open(number, place, matched.match.near)


def _decided(tables: Sequence[ReadTable], at: int, open_columns: Sequence[_Open], case: Case) -> ReadTable:
    table = tables[at]
    choices = list(islice(_choices(table, open_columns), MOST_READINGS + 1))
    if not 0 < len(choices) <= MOST_READINGS:
        return table
    alternatives = [_read_with(table, dict(zip(open_columns, choice, strict=True)), case) for choice in choices]
    verdicts = [_verdict(tables, at, alternative, open_columns) for alternative in alternatives]
    best = best_of([*verdicts, *([] if len(verdicts) > 1 else [_verdict(tables, at, table, open_columns)])])
    if best is None:
        return table
    notes = [_note(table, one, column) for one, column in zip(open_columns, choices[best], strict=True)]
    return replace(alternatives[best], findings=(*notes, *alternatives[best].findings))


def _verdict(tables: Sequence[ReadTable], at: int, reading: ReadTable, open_columns: Sequence[_Open]) -> Verdict:
    """How one reading of a table stands: by the cells of the open columns; by all of them where these name rows."""
    names_rows = any(column.role is not ColumnRole.VALUE for one in open_columns for column in one.near)
    cells = None if names_rows else _cells_of(reading, open_columns)
    return verdict_of([*tables[:at], reading, *tables[at + 1 :]], reading.seen.id, cells)


def _choices(table: ReadTable, open_columns: Sequence[_Open]) -> Iterator[tuple[Column, ...]]:
    """One field for each open column, no field of a panel twice."""
    taken = {
        (number, matched.column.id)
        for number, panel in enumerate(table.panels)
        for matched in panel.columns
        if matched.column is not None
    }
    for choice in product(*(one.near for one in open_columns)):
        fields = [(one.panel, column.id) for one, column in zip(open_columns, choice, strict=True)]
        if len(set(fields)) == len(fields) and taken.isdisjoint(fields):
            yield choice


def _read_with(table: ReadTable, fields: Mapping[_Open, Column], case: Case) -> ReadTable:
    fit = table.decision.fit
    assert fit is not None  # a table without a kind has no open columns
    panels = tuple(
        replace(panel, columns=tuple(_columns(panel, number, fields))) for number, panel in enumerate(fit.panels)
    )
    decision = replace(table.decision, fit=Fit(fit.kind, panels, fit.share, fit.count))
    return read_as(table.seen, decision, table.unit, case.setting)


def _columns(panel: MatchedPanel, number: int, fields: Mapping[_Open, Column]) -> Iterator[MatchedColumn]:
    by_place = {one.place: column for one, column in fields.items() if one.panel == number}
    for place, matched in enumerate(panel.columns):
        column = by_place.get(place)
        if column is None:
            yield matched
            continue
        match = replace(matched.match, column=column, method=Method.PROOF, score=SCORES[Method.PROOF], reason=None)
        yield replace(matched, match=match)


def _cells_of(table: ReadTable, open_columns: Sequence[_Open]) -> frozenset[str]:
    """The cells of the columns that were open."""
    columns = {index for one in open_columns for index in table.panels[one.panel].columns[one.place].logical.indices}
    values = table.reading.values if table.reading is not None else ()
    return frozenset(value.cell for value in values if value.grid_col in columns)


def _note(table: ReadTable, one: _Open, column: Column) -> Finding:
    header = table.panels[one.panel].columns[one.place].logical.header
    rivals = ", ".join(other.id for other in one.near if other.id != column.id)
    return finding(
        "header_decoded",
        table=table.seen.id,
        page=table.seen.grid.location.page,
        header=header,
        field=column.id,
        rivals=rivals,
    )
