"""What a table's cells mean: rows and values, before they are checked, graded and written out.

A TableReading is what the shapes make and what the checks look at. ``number`` is the printed number as it stands
(1085.68 under 万元); ``value`` is the same in base units (10856800 yuan), None when the unit is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractors.model import Grid, Location
from schemas.kind import CheckRule, Column, Kind, LineItem
from schemas.printed.formula import PrintedFormula


class ValueStatus(StrEnum):
    """Why a value is, or is not, there."""

    PRINTED = "printed"
    PRINTED_ZERO = "printed_zero"
    DECLARED_ZERO = "declared_zero"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    PLACEHOLDER = "placeholder"
    UNREADABLE = "unreadable"


class TableStatus(StrEnum):
    """What became of a table."""

    OK = "ok"
    EMPTY_DECLARED = "empty_declared"
    EMPTY_UNDECLARED = "empty_undeclared"
    TEMPLATE_ONLY = "template_only"
    HEADER_LOST = "header_lost"
    UNRECOGNISED = "unrecognised"


class BodyRole(StrEnum):
    """What a grid row is."""

    HEADER = "header"
    COLUMN_NUMBERS = "column_numbers"
    SECTION = "section"
    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    NOTE = "note"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Row:
    """One logical row: one panel of one grid row. ``index`` is the grid row; ``level`` is 1 for the highest."""

    index: int
    role: BodyRole
    panel: str | None = None
    side: str | None = None  # income | expenditure
    level: int | None = None
    code: str | None = None  # digits only, joined from 类|款|项
    code_list: str | None = None  # function | economic | government_economic | unit | project
    label: str | None = None  # ordinal taken off
    raw_label: str | None = None  # as printed
    line_no: int | None = None  # 行次
    item: LineItem | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    from_span: bool = False
    printed_code: str | None = None  # where a spreadsheet had taken the code for a number
    year: int | None = None  # where years stand as rows
    others: tuple[tuple[str, str], ...] = ()  # further keys of the row by column id (a second classification)


@dataclass(frozen=True, slots=True)
class Value:
    """One value cell. ``decimals`` counts the printed digits after the point; ``header`` is the path joined by ``/``.

    ``repeat`` says that this row was printed before on an earlier page and is repeated here: never summed twice.
    """

    cell: str
    grid_row: int
    grid_col: int
    column: Column
    row: Row
    header: str
    text: str
    status: ValueStatus
    number: Decimal | None
    value: Decimal | str | None
    decimals: int | None
    alt_value: Decimal | None
    unit: str | None  # CNY | percent | count | score | number | text
    location: Location
    match_score: float = 1.0
    repeat: bool = False
    column_no: str | None = None  # what printed formulas call its column: 栏次, or the mark in its header (③, A)
    doubtful: bool = False  # digits joined over a space, a unit that the table does not print, a damaged code


def table_of_cell(cell: str) -> str:
    """The id of the table that a cell id names: ``t03`` of ``t03.r5.c2``. The id of a fact of the prose is kept."""
    return cell.partition(".")[0]


@dataclass(frozen=True, slots=True)
class TableReading:
    """One recognised table. ``factor`` is yuan per printed unit (10000 for 万元), None when no unit was found.

    ``notes`` are the lines under the table, ``formulas`` what they and the header cells say about its sums.
    """

    id: str
    kind: Kind
    grid: Grid
    status: TableStatus
    factor: int | None
    rows: tuple[Row, ...]
    values: tuple[Value, ...]
    title: str | None = None
    fiscal_year: int | None = None
    notes: tuple[str, ...] = ()
    formulas: tuple[PrintedFormula, ...] = ()

    @property
    def name(self) -> str:
        """What a reader calls it: its printed title, else the official one of its kind."""
        return self.title or self.kind.titles[0]

    def is_comparable(self, other: TableReading) -> bool:
        """Whether nothing printed says that two tables speak of different years."""
        return len({self.fiscal_year, other.fiscal_year} - {None}) < 2

    @property
    def rules(self) -> tuple[CheckRule, ...]:
        """The identities that its kind states, and those that it prints itself."""
        return (*self.kind.checks, *(formula.rule for formula in self.formulas))
