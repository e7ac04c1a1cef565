"""Documents and tables written down in tests."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from extractors.model import Box, Cell, Document, Grid, GridMethod, Location, Page, Part, TextLine, TextVerdict
from schemas.catalogue import load_catalogue
from schemas.kind import Catalogue, Column, Kind, LineItem
from schemas.narrative import Narrative, read_narrative
from schemas.records import BodyRole, Row, TableReading, TableStatus, Value, ValueStatus
from schemas.result import Check, Observation

TITLE = "2022年度甲市乙局部门决算"
LEFT, RIGHT, HEIGHT, STEP = 72.0, 516.0, 12.0, 20.0


@cache
def catalogue() -> Catalogue:
    """The shipped one."""
    return load_catalogue()


def prose(*paragraphs: str, title: str = TITLE) -> Document:
    """A document without pages, one paragraph after the other."""
    texts = (title, *paragraphs)
    lines = tuple(TextLine(text, Location(path=(("paragraph", at),))) for at, text in enumerate(texts))
    return Document("docx", "application/docx", (), lines)


def page(*lines: tuple[str, float, float], number: int = 1, size: float = HEIGHT) -> tuple[TextLine, ...]:
    """Printed lines of one page: text, left and right edge; one line below the other."""
    return tuple(
        TextLine(text, Location(number, Box(x0, 100 + at * STEP, x1, 100 + at * STEP + HEIGHT)), size)
        for at, (text, x0, x1) in enumerate(lines)
    )


def printed(*lines: TextLine) -> Document:
    """A document of such pages."""
    numbers = sorted({line.location.page or 0 for line in lines})
    pages = tuple(Page(number, 595, 842, 0, TextVerdict.DIGITAL) for number in numbers)
    return Document("pdf", "application/pdf", pages, lines)


def table(
    kind_id: str,
    rows: dict[str, dict[str, str]],
    table_id: str = "t01",
    factor: int | None = 10_000,
    year: int | None = 2022,
) -> TableReading:
    """A recognised table: rows by 合计, a code and a name, a line item or anything else; texts by field."""
    kind = catalogue().kind(kind_id)
    fields = list(dict.fromkeys(field for texts in rows.values() for field in texts))
    made, values, cells = [], [], []
    for at, (key, texts) in enumerate(rows.items(), 1):
        row = _row(kind, key, at)
        made.append(row)
        for field, text in texts.items():
            col = fields.index(field) + 2
            where = Location(8, Box(col * 50.0, at * 20.0, col * 50.0 + 50, at * 20.0 + 20))
            cells.append(Cell(at, col, 1, 1, text, where))
            values.append(_value(row, _column(kind, field), (f"{table_id}.r{at}.c{col}", text), where, factor))
    n_rows = len(rows) + 1
    grid = Grid(n_rows, len(fields) + 2, tuple(cells), (Part(Location(8), 0, n_rows - 1),), GridMethod.RULED)
    title = f"2022年度{kind.titles[0]}"
    return TableReading(table_id, kind, grid, TableStatus.OK, factor, tuple(made), tuple(values), title, year)


def _column(kind: Kind, field: str) -> Column:
    return next(column for column in kind.columns if column.id == field)


def _row(kind: Kind, key: str, at: int) -> Row:
    item: LineItem | None = next((item for item in kind.line_items if item.id == key), None)
    if item is not None:
        return Row(at, BodyRole(item.role.value), side=item.side, label=item.labels[0], item=item)
    code, _, name = key.partition(" ")
    if code.isdigit():
        return Row(at, BodyRole.ITEM, code=code, code_list="function", label=name)
    return Row(at, BodyRole.TOTAL if key == "合计" else BodyRole.ITEM, label=key)


def _value(row: Row, column: Column, cell: tuple[str, str], where: Location, factor: int | None) -> Value:
    number = Decimal(cell[1].replace(",", "")) if cell[1] else None
    return Value(
        cell=cell[0],
        grid_row=row.index,
        grid_col=0,
        column=column,
        row=row,
        header=column.labels[0],
        text=cell[1],
        status=ValueStatus.BLANK if number is None else ValueStatus.PRINTED,
        number=number,
        value=number * factor if number is not None and factor else None,
        decimals=None if number is None else len(cell[1].partition(".")[2]),
        alt_value=None,
        unit="CNY",
        location=where,
    )


def final(*paragraphs: str, tables: tuple[TableReading, ...] = ()) -> Narrative:
    """What the prose of final accounts of 2022 says."""
    return read_narrative(prose(*paragraphs), tables, 2022, "final_accounts")


def budget(*paragraphs: str, tables: tuple[TableReading, ...] = ()) -> Narrative:
    """What the prose of a budget of 2026 says."""
    return read_narrative(prose(*paragraphs, title="2026年甲市乙局部门预算"), tables, 2026, "budget")


def facts(narrative: Narrative) -> list[tuple[str, str, str, str | None]]:
    """Kind, field, row and value of every fact."""
    return [(one.kind, one.field, row_of(one), one.value) for one in narrative.observations]


def row_of(one: Observation) -> str:
    """What names the row of an observation."""
    return one.row.code or one.row.item or one.row.label or ""


def verdicts(narrative: Narrative) -> dict[str, str]:
    """Check id -> status."""
    return {check.id: check.status for check in narrative.checks}


def check_of(narrative: Narrative, id: str) -> Check:
    """The check of that id."""
    return next(check for check in narrative.checks if check.id == id)
