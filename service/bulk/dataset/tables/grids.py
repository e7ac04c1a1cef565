"""Tables and their cells: what is printed, recognised or not."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.result import ColumnInfo, Result, Table, TableCell
from service.export.about import ABOUT, DOCUMENT, PLACE, about
from service.export.columns import Cell, TableShape, count, text
from service.export.tidy import box_text, column_of_cell, locator_text

TABLES = TableShape(
    "tables",
    "one table, recognised or not",
    "一个表格，无论是否识别",
    ("document", "table"),
    (
        DOCUMENT,
        text("table", "id of the table in the document", "表格编号"),
        text("kind", "kind of table, null when not recognised", "表种，未识别时为空"),
        text("kind_score", "how well the kind fits, 0 to 1", "表种匹配得分"),
        text("family", "family of the kind", "表种所属类别"),
        text("title", "title as printed", "表题原文"),
        text("number", "number as printed (表3, 公开03表)", "表号原文"),
        text("status", "ok, empty_declared, template_only …", "状态"),
        text("unit_text", "unit of the amounts as printed", "金额单位原文"),
        count("unit_factor", "yuan in one unit of the amounts", "一个金额单位折合元数"),
        text("unit_source", "where the unit was read", "单位出处"),
        text("table_agency", "agency in the caption", "表头所列单位"),
        text("period", "period in the caption", "表头所列期间"),
        count("first_page", "first page it stands on", "首页"),
        count("last_page", "last page it stands on", "末页"),
        count("parts", "parts it is cut into by page breaks", "分页段数"),
        text("joined", "how its parts were joined", "分页拼接方式"),
        count("columns", "columns", "列数"),
        count("rows", "rows, header included", "行数（含表头）"),
        count("cells", "cells", "单元格数"),
        count("grade_c", "values of grade C", "C 级（存疑）数值个数"),
        count("checks_fail", "checks that fail", "不成立的勾稽关系"),
        *ABOUT,
    ),
)

CELLS = TableShape(
    "cells",
    "one cell as printed, of every table; merged cells once, with their spans",
    "每个表格的一个单元格原文；合并单元格仅一行",
    ("document", "cell"),
    (
        DOCUMENT,
        text("table", "id of the table in the document", "表格编号"),
        text("cell", "id of the cell in the document", "单元格编号"),
        count("row", "row, from 0", "行，从 0 起"),
        count("col", "column, from 0", "列，从 0 起"),
        count("row_span", "rows it covers", "占行数"),
        count("col_span", "columns it covers", "占列数"),
        text("text", "as printed", "原文"),
        text("row_role", "header, item, subtotal, total, note …", "行的类别：表头、明细、小计、合计等"),
        text("field", "field that its column was matched to", "所在列的规范字段"),
        text("panel", "panel of its column", "所在列的分栏"),
        *PLACE,
    ),
)


def table_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each table of a result."""
    of_document = about(result)
    for table in result.tables:
        yield (result.document.sha256, *_recognised(table), *_extent(table), *of_document)


def _recognised(table: Table) -> tuple[Cell, ...]:
    unit = table.unit
    return (
        table.id,
        table.kind,
        None if table.kind_score is None else f"{table.kind_score:.4f}",
        table.family,
        table.title,
        table.number,
        table.status,
        unit.text if unit else None,
        unit.factor if unit else None,
        unit.source if unit else None,
        table.agency,
        table.period,
    )


def _extent(table: Table) -> tuple[Cell, ...]:
    pages = [part.page for part in table.parts if part.page is not None]
    quality = table.quality
    return (
        min(pages, default=None),
        max(pages, default=None),
        len(table.parts),
        table.joined.method if table.joined else None,
        len(table.columns),
        len(table.rows),
        len(table.cells),
        quality.cells.get("C", 0) if quality else 0,
        quality.checks.get("fail", 0) if quality else 0,
    )


def cell_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each cell of a result's tables."""
    columns = column_of_cell(result.tables)
    for table in result.tables:
        roles = {row.index: row.role for row in table.rows}
        for cell in table.cells:
            yield _cell(result.document.sha256, table.id, cell, roles.get(cell.row), columns.get(cell.id))


def _cell(sha256: str, table: str, cell: TableCell, role: str | None, column: ColumnInfo | None) -> tuple[Cell, ...]:
    return (
        sha256,
        table,
        cell.id,
        cell.row,
        cell.col,
        cell.row_span,
        cell.col_span,
        cell.text,
        role,
        column.field if column else None,
        column.panel if column else None,
        cell.page,
        box_text(cell.bbox),
        locator_text(cell.locator),
    )
