"""Observations as rows of a flat table: the columns that CSV and the workbook share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from schemas.result import Observation, Result


class TidyRow(NamedTuple):
    """One observation. ``value`` and ``alt_value`` are plain decimal strings in base units; bbox is in points."""

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


def tidy_rows(result: Result) -> Iterator[TidyRow]:
    """The observations of a result, in its order."""
    titles = {table.id: table.title for table in result.tables}
    for number, observation in enumerate(result.observations, 1):
        title = titles.get(observation.table or "")
        yield _row(result.document.sha256, result.document.filename, number, title, observation)


def _row(sha256: str, filename: str | None, number: int, title: str | None, one: Observation) -> TidyRow:
    key = one.row
    return TidyRow(
        document=sha256,
        filename=filename,
        observation=number,
        table=one.table,
        table_title=title,
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
        alt_value=_plain(one.alt_value),
        fiscal_year=one.fiscal_year,
        phase=one.phase,
        measure=one.measure,
        fund=one.fund,
        expenditure_type=one.expenditure_type,
        grade=one.grade,
        checks=";".join(one.checks),
        source=one.source,
        page=one.page,
        bbox=" ".join(f"{edge:g}" for edge in one.bbox) if one.bbox else None,
        locator=";".join(f"{name}={place}" for name, place in one.locator.items()) if one.locator else None,
        cell=one.cell,
    )


def _plain(number: Decimal | None) -> str | None:
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
