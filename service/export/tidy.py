"""Observations as rows of a flat table: the columns that CSV and the workbook share."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from schemas.result import BBox, ColumnInfo, Locator, Observation, Result, Table
from service.export.about import About, about


class TidyRow(NamedTuple):
    """One observation. ``value`` and ``alt_value`` are plain decimal strings in base units; bbox is in points.

    What the columns mean is said in ``observations.py``.
    """

    document: str
    filename: str | None
    observation: int
    table: str | None
    table_title: str | None
    kind: str
    field: str
    header: str
    row_code: str | None
    row_code_list: str | None
    row_label: str | None
    row_raw_label: str | None
    row_line_no: int | None
    row_item: str | None
    row_side: str | None
    row_role: str | None
    row_level: int | None
    unit_code: str | None
    unit_name: str | None
    from_span: int
    text: str
    value_status: str
    value: str | None
    unit: str | None
    alt_value: str | None
    fiscal_year: int | None
    phase: str | None
    measure: str | None
    fund: str | None
    expenditure_type: str | None
    grade: str | None
    checks: str
    source: str
    page: int | None
    bbox: str | None
    locator: str | None
    cell: str | None
    observation_id: str
    match_method: str | None
    match_score: str | None
    agency: str | None
    region_code: str | None
    region_name: str | None
    report_year: int | None
    document_kind: str | None
    record_level: str | None
    row_others: str | None


def tidy_rows(result: Result) -> Iterator[TidyRow]:
    """The observations of a result, in its order."""
    context = _Context(
        result.document.sha256,
        result.document.filename,
        {table.id: table.title for table in result.tables},
        column_of_cell(result.tables),
        about(result),
    )
    ids = observation_ids(context.sha256, result.observations)
    for number, (one, identity) in enumerate(zip(result.observations, ids, strict=True), 1):
        yield _row(context, number, identity, one)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rows of one document share."""

    sha256: str
    filename: str | None
    titles: Mapping[str, str | None]
    columns: Mapping[str, ColumnInfo]
    about: About


def _row(context: _Context, number: int, identity: str, one: Observation) -> TidyRow:
    key, document = one.row, context.about
    column = context.columns.get(one.cell or "")
    match = column.match if column and column.field == one.field else None
    return TidyRow(
        document=context.sha256,
        filename=context.filename,
        observation=number,
        table=one.table,
        table_title=context.titles.get(one.table or ""),
        kind=one.kind,
        field=one.field,
        header=one.header,
        row_code=key.code,
        row_code_list=key.code_list,
        row_label=key.label,
        row_raw_label=key.raw_label,
        row_line_no=key.line_no,
        row_item=key.item,
        row_side=key.side,
        row_role=key.role,
        row_level=key.level,
        unit_code=key.unit_code,
        unit_name=key.unit_name,
        from_span=int(key.from_span),
        text=one.text,
        value_status=one.value_status,
        value=one.value,
        unit=one.unit,
        alt_value=plain(one.alt_value),
        fiscal_year=one.fiscal_year,
        phase=one.phase,
        measure=one.measure,
        fund=one.fund,
        expenditure_type=one.expenditure_type,
        grade=one.grade,
        checks=";".join(one.checks),
        source=one.source,
        page=one.page,
        bbox=box_text(one.bbox),
        locator=locator_text(one.locator),
        cell=one.cell,
        observation_id=identity,
        match_method=match.method if match else None,
        match_score=f"{match.score:.4f}" if match else None,
        agency=document.agency,
        region_code=document.region_code,
        region_name=document.region_name,
        report_year=document.report_year,
        document_kind=document.document_kind,
        record_level=document.record_level,
        row_others=pairs_text(key.others),
    )


SHORT_HASH = 16  # digits of a document's hash in an id: 2**64, where two of a million documents never meet


def observation_ids(sha256: str, observations: Iterable[Observation]) -> Iterator[str]:
    """An id for each: the document, the cell, the field. It needs no other document, and no other value."""
    seen: Counter[str] = Counter()
    for one in observations:
        name = f"{sha256[:SHORT_HASH]}/{one.cell or 'text'}/{one.field}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}~{seen[name]}"


def column_of_cell(tables: Iterable[Table]) -> dict[str, ColumnInfo]:
    """The column that each cell of the tables stands in, by the id of the cell."""
    found: dict[str, ColumnInfo] = {}
    for table in tables:
        columns = {column.index: column for column in table.columns}
        found |= {cell.id: columns[cell.col] for cell in table.cells if cell.col in columns}
    return found


def pairs_text(pairs: Mapping[str, str]) -> str | None:
    """Names and texts as a JSON object; None where there are none."""
    return json.dumps(dict(pairs), ensure_ascii=False) if pairs else None


def box_text(box: BBox | None) -> str | None:
    """A rectangle as four numbers with spaces between."""
    return " ".join(f"{edge:g}" for edge in box) if box else None


def locator_text(locator: Locator | None) -> str | None:
    """A place in a file without pages: ``table=3;row=5;col=2``."""
    return ";".join(f"{name}={place}" for name, place in locator.items()) if locator else None


def plain(number: Decimal | None) -> str | None:
    """A number as plain digits."""
    return None if number is None else format(number, "f")


_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[+-]?[\d,.]*%?")


def guard(text: str) -> str:
    """``text`` such that a spreadsheet program shows it and never runs it: a formula gets an apostrophe before it.

    A printed number (``-12.50``) or a dash alone is no formula and stays as it is.
    """
    if text.startswith(_FORMULA_START) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text
