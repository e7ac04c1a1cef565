"""The result: what is answered about one document (schema_version 1.x). Plain structs, JSON by msgspec.

Pages count from 1, rows and columns from 0. ``bbox`` is [x0, top, x1, bottom] in points on the displayed page.
Amounts are Decimals in base units (money in yuan) and become decimal strings in JSON; ``text`` is as printed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

BBox = tuple[float, float, float, float]
RowRoleName = Literal["header", "column_numbers", "section", "item", "subtotal", "total", "note", "blank"]
Locator = dict[str, int | str]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all parts of a result."""


class Evidence(Record, frozen=True):
    """Where a profile value or a unit was read."""

    text: str
    page: int | None = None
    bbox: BBox | None = None
    locator: Locator | None = None


class ProfileValue(Record, frozen=True):
    """One statement about the document, or null with a finding that says why."""

    value: str | int | None = None
    evidence: list[Evidence] = []


class Region(Record, frozen=True):
    """An administrative region by its GB/T 2260 code."""

    code: str
    name: str


class RegionValue(Record, frozen=True):
    """The region of the document."""

    value: Region | None = None
    evidence: list[Evidence] = []


class Profile(Record, frozen=True):
    """What the document says of itself."""

    document_kind: ProfileValue = ProfileValue()
    title: ProfileValue = ProfileValue()
    agency: ProfileValue = ProfileValue()
    fiscal_year: ProfileValue = ProfileValue()
    region: RegionValue = RegionValue()


class PageInfo(Record, frozen=True):
    """One page and the verdict on its text layer. ``recognised``: it was read from its image."""

    number: int
    width: float
    height: float
    rotation: int
    text: str
    status: str
    recognised: bool = False


class Unit(Record, frozen=True):
    """The unit of a table's amounts and where it was read. ``proof``: the table does not print it (or prints two); its
    amounts agree with those of the evidence in this unit alone."""

    text: str
    factor: int
    source: Literal["cell", "header", "caption", "section", "document", "proof"]
    evidence: Evidence | None = None


class TablePart(Record, frozen=True):
    """Rows of a table that stand on one page."""

    first_row: int
    last_row: int
    page: int | None = None
    bbox: BBox | None = None
    locator: Locator | None = None
    header_rows: int = 0


class Joined(Record, frozen=True):
    """How the parts of a table were joined."""

    method: str
    score: float


class RunnerUp(Record, frozen=True):
    """The second best field for a header."""

    field: str
    score: float


class Match(Record, frozen=True):
    """How a header was matched to its field. ``proof``: several fields were equally near, and the sums of the table
    hold under this one alone."""

    method: Literal["exact", "alias", "fuzzy", "decision", "position", "proof"]
    score: float
    runner_up: RunnerUp | None = None


class ColumnInfo(Record, frozen=True):
    """One column of a table: its header path, and the field it was matched to."""

    index: int
    path: list[str]
    field: str | None = None
    panel: str | None = None
    match: Match | None = None


class RowInfo(Record, frozen=True):
    """One row of a table."""

    index: int
    role: RowRoleName
    level: int | None = None
    code: str | None = None
    label: str | None = None


class TableCell(Record, frozen=True):
    """One cell as printed."""

    id: str
    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page: int | None = None
    bbox: BBox | None = None
    locator: Locator | None = None


class Quality(Record, frozen=True):
    """Counts of grades of values, and of verdicts of checks: of a table, or of a document."""

    cells: dict[str, int]
    checks: dict[str, int]


class Table(Record, frozen=True):
    """One table: its grid, what it was recognised as, and how its columns were matched."""

    id: str
    kind: str | None
    kind_score: float | None
    family: str | None
    title: str | None
    number: str | None
    status: str
    unit: Unit | None
    parts: list[TablePart]
    joined: Joined | None
    columns: list[ColumnInfo]
    rows: list[RowInfo]
    cells: list[TableCell]
    agency: str | None = None
    period: str | None = None
    notes: list[str] = []
    quality: Quality | None = None


class RowKey(Record, frozen=True):
    """Which row an observation stands in."""

    code: str | None = None
    code_list: str | None = None
    label: str | None = None
    raw_label: str | None = None
    line_no: int | None = None
    item: str | None = None
    side: str | None = None
    role: str | None = None
    level: int | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    others: dict[str, str] = {}  # further keys by column id: a second classification, a project code
    from_span: bool = False  # a key of this row was carried down from a merged or blank cell above it


class Observation(Record, frozen=True):
    """One value cell of a recognised table, tidy.

    ``value`` is a plain decimal string in base units (``format(number, "f")``), or the text itself where the column
    holds text: a union of Decimal and str cannot be told apart in JSON.
    """

    source: Literal["table", "narrative"]
    table: str | None
    kind: str
    field: str
    row: RowKey
    header: str
    text: str
    value_status: str
    value: str | None
    unit: str | None
    alt_value: Decimal | None
    fiscal_year: int | None
    phase: str | None
    measure: str | None
    fund: str | None
    expenditure_type: str | None
    page: int | None
    bbox: BBox | None
    cell: str | None
    grade: Literal["A", "B", "C", "D"] | None
    checks: list[str]
    locator: Locator | None = None


class FormField(Record, frozen=True):
    """One labelled value of a form, as printed and as read. ``options`` are the ticked ones of a check-box group."""

    text: str | None
    value: str | None
    label: str | None = None
    page: int | None = None
    bbox: BBox | None = None
    locator: Locator | None = None
    cell: str | None = None
    options: list[str] | None = None
    withheld: bool = False


class FormFund(Record, frozen=True):
    """One amount, rate or score of the fund block. ``row`` is null for a printed row that the vocabulary lacks."""

    row: str | None
    label: str
    field: str
    text: str
    value: str | None
    unit: str
    value_status: str
    page: int | None = None
    bbox: BBox | None = None
    locator: Locator | None = None
    cell: str | None = None
    header: str = ""  # the column label as printed: 得分（20分*执行率） states how it is computed
    grade: Literal["A", "B", "C", "D"] | None = None


class IndicatorValue(Record, frozen=True):
    """A target or an actual value: as printed, and parsed where the whole text parses."""

    text: str
    op: str | None = None
    number: str | None = None
    unit: str | None = None


class Indicator(Record, frozen=True):
    """One row of an indicator table. ``from_span``: a level printed once for several rows, or carried over a page.

    ``others``: what further columns print, by their header (调整指标值 beside 年初指标值).
    """

    level1: str | None
    level2: str | None
    level3: str | None
    level4: str | None = None
    level1_weight: str | None = None
    goal: int | None = None
    target: IndicatorValue | None = None
    period_target: IndicatorValue | None = None
    actual: IndicatorValue | None = None
    completion_rate: str | None = None
    weight: str | None = None
    score: str | None = None
    deviation: str | None = None
    description: str | None = None
    activity: str | None = None
    is_core: str | None = None
    status: Literal["printed", "unused"] = "printed"
    from_span: bool = False
    page: int | None = None
    cells: list[str] = []
    others: dict[str, str] = {}


class FormTask(Record, frozen=True):
    """One task of the year that a department's form lists: what is to be done, to what end, for how much."""

    name: str | None
    content: str | None = None
    expected: str | None = None
    actual: str | None = None
    amounts: list[FormFund] = []
    page: int | None = None
    cells: list[str] = []


class FormGoal(Record, frozen=True):
    """One numbered goal of a form with several, each with an indicator table of its own."""

    index: int
    weight: str | None
    expected: FormField | None
    actual: FormField | None = None


class Form(Record, frozen=True):
    """One printed form. ``header``: its labelled fields, head and foot; ``tables``: every grid it runs over."""

    table: str
    kind: str | None
    kind_score: float | None
    title: str | None
    header: dict[str, FormField]
    funds: list[FormFund]
    goals: dict[str, FormField]
    goal_list: list[FormGoal]
    indicators: list[Indicator]
    total_score: FormField | None
    unit: Unit | None
    tables: list[str]
    fiscal_year: int | None = None
    notes: list[str] = []
    tasks: list[FormTask] = []


class Check(Record, frozen=True):
    """One identity, held against one row, column or pair of tables.

    ``blanks``: of a sum within one table that does not hold, its cells that print nothing and counted as zero; the one
    on the left first, where that is blank (``lhs`` is null).
    """

    id: str
    rule: str
    scope: str
    status: Literal["pass", "rounding", "fail", "insufficient", "not_applicable"]
    lhs: Decimal | None
    rhs: Decimal | None
    diff: Decimal | None
    band: Decimal | None
    cells: list[str]
    note: str = ""
    blanks: list[str] = []


class Finding(Record, frozen=True):
    """Something a reader must know: what, where, and what to do."""

    code: str
    severity: Literal["error", "warning", "info"]
    message: str
    message_zh: str
    table: str | None = None
    page: int | None = None
    cells: list[str] = []


class Stated(Record, frozen=True):
    """What the sender of a file states of it. It was not read in the document, and nothing else in a result is made of
    it; ``region_code`` is one of GB/T 2260, ``doc_type`` a kind of document as in the profile."""

    source_url: str | None = None
    region_code: str | None = None
    fiscal_year: int | None = None
    doc_type: str | None = None


class DocumentInfo(Record, frozen=True):
    """The file, and what its sender stated of it."""

    sha256: str
    filename: str | None
    media_type: str
    bytes: int
    pages: int | None
    inside: str | None = None
    links: list[dict[str, str]] = []
    stated: Stated | None = None


class Provenance(Record, frozen=True):
    """What made this result. ``timing`` is the only part that differs between two runs."""

    pipeline: str
    engines: dict[str, str]
    options: dict[str, str | int | bool | None]
    catalogue: str
    timing: dict[str, float]


class Reading(Record, frozen=True):
    """What ``read`` answers: everything that is said about the content of one document."""

    profile: Profile
    tables: list[Table]
    observations: list[Observation]
    forms: list[Form]
    checks: list[Check]
    findings: list[Finding]
    quality: Quality


class Result(Record, frozen=True):
    """The answer to one document."""

    schema_version: str
    document: DocumentInfo
    profile: Profile
    pages: list[PageInfo]
    tables: list[Table]
    observations: list[Observation]
    forms: list[Form]
    checks: list[Check]
    findings: list[Finding]
    quality: Quality
    provenance: Provenance
