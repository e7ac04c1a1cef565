"""What a reader must know about one table: why it was not recognised, and what of it is missing, weak or unread."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas.caption import PrintedUnit
from schemas.classify import Decision, is_titled_like_disclosure
from schemas.findings import finding
from schemas.kind import Kind, Shape
from schemas.lattice import is_numeric
from schemas.records import TableReading, TableStatus, ValueStatus
from schemas.result import Finding
from schemas.seen import SeenTable
from schemas.shapes import MatchedPanel
from schemas.shapes.context import MatchedColumn, cell_id
from schemas.shapes.matrix import counts_rows, is_plain_matrix
from schemas.text import fold

_DECLARED_EMPTY = re.compile(
    r"本表(?:本年度?|当年)?(?:无数据|为空|没有数据|无发生额)|空表"
    r"|(?:无|没有|未发生|未安排|不存在|未使用)[^,.;。；]{2,60}(?:收入|支出|收支|预算|安排|经费|情况|数据|发生额)"
)
_NAMED_ROWS = (Shape.TWO_SIDED, Shape.CODED_ROWS, Shape.MULTI_PANEL)
WEAK_MATCH = 0.92  # fuzzy header scores below this are said to be weak


def declares_empty(notes: Sequence[str]) -> str | None:
    """The note by which the publisher says that a table holds nothing."""
    return next((note for note in notes if _DECLARED_EMPTY.search(fold(note))), None)


def unrecognised(seen: SeenTable, decision: Decision) -> Iterator[Finding]:
    """Why a table was not recognised, where its title says that it should have been."""
    yield from decision.findings
    title = seen.caption.title_text
    if not decision.findings and title is not None and is_titled_like_disclosure(title):
        yield finding("kind_unrecognised", table=seen.id, page=seen.grid.location.page, title=title)


def table_findings(
    seen: SeenTable, decision: Decision, reading: TableReading, unit: PrintedUnit | None
) -> Iterator[Finding]:
    """Everything about a recognised table that its reader must know."""
    page = seen.grid.location.page
    yield from decision.findings
    yield from _unit_findings(seen, reading, unit)
    yield from _header_findings(seen, decision, reading)
    yield from _code_findings(seen, reading)
    for value in reading.values:
        if value.status is ValueStatus.UNREADABLE:
            yield finding(
                "amount_unreadable", table=seen.id, page=value.location.page, cells=[value.cell], text=value.text
            )
    if reading.status is TableStatus.HEADER_LOST:
        yield finding("header_lost", table=seen.id, page=page)
    elif reading.status is TableStatus.EMPTY_DECLARED:
        yield finding("table_empty_declared", table=seen.id, page=page, text=declares_empty(reading.notes) or "")
    elif reading.status is TableStatus.EMPTY_UNDECLARED:
        yield finding("table_empty_undeclared", table=seen.id, page=page)
    elif reading.status is TableStatus.TEMPLATE_ONLY:
        yield finding("template_only", table=seen.id, page=page, title=reading.title or "")


def _code_findings(seen: SeenTable, reading: TableReading) -> Iterator[Finding]:
    restored = [row for row in reading.rows if row.printed_code is not None]
    if restored:
        first = restored[0]
        yield finding("code_restored", table=seen.id, count=len(restored), printed=first.printed_code, meant=first.code)


def _unit_findings(seen: SeenTable, reading: TableReading, unit: PrintedUnit | None) -> Iterator[Finding]:
    page = seen.grid.location.page
    conflict = seen.caption.conflict
    if conflict is not None and seen.caption.unit is not None:
        first, second = seen.caption.unit.unit.name, conflict.unit.name
        yield finding("unit_conflict", table=seen.id, page=page, first=first, second=second)
    elif unit is not None and unit.source == "document":
        yield finding("unit_from_document", table=seen.id, page=page, unit=unit.unit.name)
    elif unit is None and any(value.unit == "CNY" and value.number and value.value is None for value in reading.values):
        yield finding("unit_not_printed", table=seen.id, page=page)


def _header_findings(seen: SeenTable, decision: Decision, reading: TableReading) -> Iterator[Finding]:
    kind = reading.kind
    if kind.shape in (Shape.GENERIC, Shape.MATRIX) or decision.fit is None:
        return
    if kind.shape is Shape.SINGLE_ROW and not is_plain_matrix(decision.fit.panels[0], seen.frame):
        yield from _unread_findings(seen, decision.fit.panels[0], reading)
        return
    for panel in decision.fit.panels:
        for matched in panel.columns:
            yield from _column_findings(seen, matched, kind)
        if kind.shape in _NAMED_ROWS and not any(matched.is_key() for matched in panel.columns):
            yield from _nameless_findings(seen, panel, kind)


def _nameless_findings(seen: SeenTable, panel: MatchedPanel, kind: Kind) -> Iterator[Finding]:
    """What no field took of a panel whose rows nothing names: the column that should have."""
    unnamed = (one for one in panel.columns if one.column is None and not _holds_numbers(seen, one))
    first = next(unnamed, None)
    if first is not None and any(matched.is_value() for matched in panel.columns):
        yield _unmatched(seen, first, kind)


def _unread_findings(seen: SeenTable, panel: MatchedPanel, reading: TableReading) -> Iterator[Finding]:
    """What a table turned on its side prints and nothing was read from: columns, then rows of the other columns."""
    read = {(value.grid_row, value.grid_col) for value in reading.values}
    columns = {col for _, col in read}
    for matched in panel.columns:
        if matched.logical.index not in columns and not counts_rows(matched.logical):
            yield from _column_findings(seen, matched, reading.kind)
    lattice = seen.frame.lattice
    for body in seen.frame.body:
        printed = [cell for cell in lattice.printed(body.index) if cell.row == body.index]
        numbers = [cell for cell in printed if cell.col in columns and is_numeric(cell.text)]
        unread = [cell for cell in numbers if (cell.row, cell.col) not in read]
        if unread and not body.repeat:
            label = "".join(cell.text for cell in printed if cell.col < min(columns) and not is_numeric(cell.text))
            cells = [cell_id(seen.id, cell) for cell in unread]
            page = unread[0].location.page
            yield finding(
                "header_unmatched", table=seen.id, page=page, cells=cells, kind=reading.kind.id, header=fold(label)
            )


def _column_findings(seen: SeenTable, matched: MatchedColumn, kind: Kind) -> Iterator[Finding]:
    page = seen.grid.location.page
    header = matched.logical.header
    if matched.column is None and _holds_numbers(seen, matched):
        yield _unmatched(seen, matched, kind)
    elif matched.column is not None and matched.match.method == "fuzzy" and matched.match.score < WEAK_MATCH:
        score = f"{matched.match.score:.2f}"
        yield finding(
            "header_weak_match", table=seen.id, page=page, header=header, field=matched.column.id, score=score
        )


def _unmatched(seen: SeenTable, matched: MatchedColumn, kind: Kind) -> Finding:
    cells = [cell_id(seen.id, seen.frame.lattice.cover[row][matched.logical.index]) for row in seen.frame.header]
    return finding(
        "header_unmatched",
        table=seen.id,
        page=seen.grid.location.page,
        cells=list(dict.fromkeys(cells)),
        kind=kind.id,
        header=matched.logical.header,
    )


def _holds_numbers(seen: SeenTable, matched: MatchedColumn) -> bool:
    texts = (seen.frame.lattice.text(body.index, matched.logical.index) for body in seen.frame.body)
    return any(is_numeric(text) for text in texts)
