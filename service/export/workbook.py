"""A result as an Excel workbook: a page of explanation, the observations, each table as printed, findings, checks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from schemas.result import Result, Table
from service.export.grades import LOOKS, grades_by_cell
from service.export.tidy import TidyRow, tidy_rows

Value = str | int | Decimal | None
NUMERIC = tuple(TidyRow._fields.index(name) for name in ("value", "alt_value"))
NUMERIC_UNITS = frozenset({"CNY", "percent", "count", "score", "number"})
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767  # characters; Excel refuses a file with more
FIRST_GRID_ROW = 5  # of a table's sheet, below its title and what was recognised
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_BOLD = Font(bold=True)
PLAIN = "printed"  # name of the style of a cell that holds no value; the others are named after their grade


def to_xlsx(result: Result) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    _cover(book.create_sheet("说明"), result)
    _observations(book.create_sheet("observations"), result)
    grades = grades_by_cell(result)
    taken = {"说明", "observations", "findings", "checks"}
    for table in result.tables:
        _table(book.create_sheet(_sheet_name(table, taken)), table, grades)
    _findings(book.create_sheet("findings"), result)
    _checks(book.create_sheet("checks"), result)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _styles() -> Iterator[NamedStyle]:
    """The looks of a printed cell: named, because a style that is set part by part is hashed for every cell."""
    thin = Side(style="thin", color="FFBBBBBB")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    wrapped = Alignment(wrap_text=True, vertical="center")
    yield NamedStyle(PLAIN, border=box, alignment=wrapped)
    for grade, look in LOOKS.items():
        fill = PatternFill("solid", fgColor="FF" + look.fill)
        yield NamedStyle(f"grade {grade}", border=box, alignment=wrapped, fill=fill)


def sheet_text(text: str) -> str:
    """A text as a cell of a sheet may hold it: characters that Excel refuses left out, cut where a cell ends."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean[:LONGEST_CELL]


def _put(sheet: Worksheet, row: int, col: int, value: Value) -> Cell:
    """Write one cell; text stays text, whatever it begins with."""
    text = isinstance(value, str)
    clean = sheet_text(value) if isinstance(value, str) else value
    cell: Cell = sheet.cell(row, col, clean)
    if text:
        cell.data_type = "s"
    return cell


def _rows(sheet: Worksheet, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    for col, name in enumerate(header, 1):
        _put(sheet, 1, col, name).font = _BOLD
    for number, row in enumerate(rows, 2):
        for col, value in enumerate(row, 1):
            if value is not None:
                _put(sheet, number, col, value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _cover(sheet: Worksheet, result: Result) -> None:
    profile, document = result.profile, result.document
    region = profile.region.value
    rows: list[tuple[str, Value]] = [
        ("文件", document.filename),
        ("SHA-256", document.sha256),
        ("页数", document.pages),
        ("文件类型", profile.document_kind.value),
        ("标题", profile.title.value),
        ("单位", profile.agency.value),
        ("财政年度", profile.fiscal_year.value),
        ("行政区划", f"{region.code} {region.name}" if region else None),
        ("表格数", len(result.tables)),
        ("数据条数", len(result.observations)),
        ("版本", result.provenance.pipeline),
        ("金额", "observations 工作表的 value 列以元为单位；text 列为原文。空白表示未知或未列，不等于零。"),
    ]
    for number, (name, value) in enumerate(rows, 1):
        _put(sheet, number, 1, name).font = _BOLD
        _put(sheet, number, 2, value)
    for number, (grade, look) in enumerate(LOOKS.items(), len(rows) + 2):
        _put(sheet, number, 1, grade).style = f"grade {grade}"
        _put(sheet, number, 2, f"{look.meaning_zh}（{result.quality.cells.get(grade, 0)} 个单元格）")
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 90


def _observations(sheet: Worksheet, result: Result) -> None:
    _rows(sheet, TidyRow._fields, (_numbered(row) for row in tidy_rows(result)))
    for col in NUMERIC:
        sheet.column_dimensions[get_column_letter(col + 1)].width = 18


def _numbered(row: TidyRow) -> list[Value]:
    """The row with its amounts as numbers, where they are numbers."""
    values: list[Value] = list(row)
    for col in NUMERIC:
        text = row[col]
        if isinstance(text, str) and row.unit in NUMERIC_UNITS:
            values[col] = Decimal(text)
    return values


def _sheet_name(table: Table, taken: set[str]) -> str:
    words = f"{table.id} {table.title or table.kind or ''}".strip()
    name = _NOT_IN_SHEET_NAME.sub("", ILLEGAL_CHARACTERS_RE.sub("", words))[:LONGEST_SHEET_NAME]
    if name in taken:
        name = table.id
    taken.add(name)
    return name


def _table(sheet: Worksheet, table: Table, grades: Mapping[str, str]) -> None:
    _put(sheet, 1, 1, table.title or table.id).font = Font(bold=True, size=14)
    unit = f"单位：{table.unit.text}（{table.unit.source}）" if table.unit else "单位：未标明"
    _put(sheet, 2, 1, unit)
    _put(sheet, 3, 1, f"{table.kind or '未识别'} · {table.status}")
    for cell in table.cells:
        row, col = FIRST_GRID_ROW + cell.row, 1 + cell.col
        grade = grades.get(cell.id)
        _put(sheet, row, col, cell.text).style = f"grade {grade}" if grade else PLAIN
        if cell.row_span > 1 or cell.col_span > 1:
            sheet.merge_cells(None, row, col, row + cell.row_span - 1, col + cell.col_span - 1)
    for index in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(index)].width = 16


def _findings(sheet: Worksheet, result: Result) -> None:
    header = ("severity", "code", "table", "page", "message", "message_zh", "cells")
    rows = [
        (one.severity, one.code, one.table, one.page, one.message, one.message_zh, ";".join(one.cells))
        for one in result.findings
    ]
    _rows(sheet, header, rows)


def _checks(sheet: Worksheet, result: Result) -> None:
    header = ("id", "rule", "scope", "status", "lhs", "rhs", "diff", "band", "note", "cells")
    rows = [
        (one.id, one.rule, one.scope, one.status, one.lhs, one.rhs, one.diff, one.band, one.note, ";".join(one.cells))
        for one in result.checks
    ]
    _rows(sheet, header, rows)
