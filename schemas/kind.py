"""Table kinds: the types that the YAML files of ``kinds/`` become. Loading and proof are in ``catalogue.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


def no_dimensions() -> Mapping[str, str]:
    """Nothing stated."""
    return MappingProxyType({})


class Shape(StrEnum):
    """How a body becomes rows."""

    TWO_SIDED = "two_sided_line_items"  # income left, expenditure right (two, three or four panels)
    CODED_ROWS = "coded_rows"  # code, name, measures
    MULTI_PANEL = "multi_panel_coded_rows"  # code, name, amount, repeated side by side
    SINGLE_ROW = "single_row_matrix"  # header path x one row (or one row per unit), also transposed and as a list
    LINE_ITEMS = "line_items"  # label column and value columns
    PROJECT_LIST = "project_list"  # one row per project
    MATRIX = "matrix_function_by_economic"  # function rows x economic columns
    LIST = "list"  # rows as found
    GENERIC = "generic"  # recognised by title only; columns as found
    FORM = "form_grid"  # a record drawn as several grids in one frame; read by its printed labels, not by columns


class ValueType(StrEnum):
    """What a column holds."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    SCORE = "score"
    INT = "int"
    TEXT = "text"
    CODE = "code"  # any code
    FUNCTION_CODE = "code3_5_7"
    ECONOMIC_CODE = "code3_5"
    PERSON = "person"  # a name; withheld unless asked for
    PHONE = "phone"  # withheld unless asked for


class ColumnRole(StrEnum):
    """What a column is for."""

    ROW_KEY = "row_key"  # names the row
    KEY_VALUE = "key_value"  # names the row and is data itself: the project of a list of projects
    META = "meta"  # printed, never data (row numbers)
    VALUE = "value"


#: Axes of checks that only forms have.
BESIDE = "beside"  # the axis of what a form repeats of a table
FORM_AXES = frozenset({"form", "fund", "fund_rows", "indicator", BESIDE})


class RowRole(StrEnum):
    """What a line item or a row is."""

    ITEM = "item"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Severity(StrEnum):
    """How bad a failed check or a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column. Identity is (panel, group, id).

    ``labels`` are the printed labels, the official one first; a label with ``/`` is a header path. ``{Y}``, ``{Y-1}``
    and ``{Y+1}`` in a label stand for the report year and its neighbours. ``group`` is the label of the header cell
    above it, when only that tells it from its namesakes; a column without one is meant when no namesake's group is
    printed. ``fallback_labels`` belong to another column, and name this one only when the owner is named otherwise
    (合计 is the total of the three expenses, unless “三公”经费小计 stands beside it).
    ``dimensions`` hold phase, measure, fund, expenditure_type.
    """

    id: str
    labels: tuple[str, ...]
    type: ValueType
    role: ColumnRole = ColumnRole.VALUE
    panel: str | None = None
    group: tuple[str, ...] = ()
    dimensions: Mapping[str, str] = field(default_factory=no_dimensions, hash=False)
    optional: bool = False
    fallback_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineItem:
    """One canonical row of a table whose rows are named.

    ``side`` is its panel in two-sided tables: income, expenditure, or one of the further panels where expenditure is
    printed several times. ``fallback_labels``: see Column. ``pattern`` is a regular expression for folded labels that
    carry free text (项目1（公费医疗）); several rows may be such a line, and sums over it take them all.
    """

    id: str
    labels: tuple[str, ...]
    side: str | None = None
    role: RowRole = RowRole.ITEM
    code: str | None = None  # function class, where the line is one
    under: str | None = None  # id of the line it must follow, when its label is not unique
    type: ValueType | None = None  # when it differs from its column's (counts in a money column)
    dimensions: Mapping[str, str] = field(default_factory=no_dimensions, hash=False)
    fallback_labels: tuple[str, ...] = ()
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A named block of columns of a multi-panel table; ``codes`` are the class codes that belong to it."""

    id: str
    labels: tuple[str, ...]
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One identity that a kind states.

    ``axis``: column (sum over columns in each row), line (sum over line items in each column), hierarchy (parents =
    sum of their children by code), table (named cells of one table), list (the total row of a list), nested (a merged
    cell = the sum of the cells within it), cross (named cells of several tables); of forms:
    form, fund (each row of the fund block), fund_rows (each phase of it), indicator (each row of an indicator table),
    beside (a value of the fund block = a cell, or the rows, of a table).
    ``code_column`` holds the codes of a hierarchy, or what names the merged cells of a nested rule.
    ``relation``: eq, le; of forms also ratio (lhs is the first term over the second) and score (weight times rate). A
    term with a leading ``-`` is subtracted. ``version`` counts what the rule has meant. See docs/how-to/add-a-kind.md
    for the grammar.
    """

    id: str
    axis: str
    relation: str
    lhs: str
    terms: tuple[str, ...]
    severity: Severity = Severity.ERROR
    code_column: str | None = None
    levels: tuple[int, ...] = ()
    root: str | None = None
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """A small table that the kind must read: header rows and body rows, as printed.

    ``<`` continues the cell on its left, ``^`` the one above. ``fiscal_year`` resolves the years its labels print.
    """

    title: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    fields: tuple[str | None, ...]  # the field each column must be matched to
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One table kind. ``titles``: official first. ``not_after``: words that, standing right before a matched title,
    make it the title of another table (财政拨款 before 支出决算表). ``heading``: a regular expression for the line that
    says what the rows are about (项目1：公费医疗), where that stands in the text and not in the table; the names of its
    groups are keys of the rows. ``always``: lines that the national form prints and no publisher leaves out."""

    id: str
    family: str
    titles: tuple[str, ...]
    shape: Shape
    not_after: tuple[str, ...] = ()
    heading: str | None = None
    always: tuple[str, ...] = ()
    dimensions: Mapping[str, str] = field(default_factory=no_dimensions, hash=False)
    columns: tuple[Column, ...] = ()
    line_items: tuple[LineItem, ...] = ()
    panels: tuple[Panel, ...] = ()
    checks: tuple[CheckRule, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that fuzzy matching may never bridge: each set holds alternatives that exclude one another."""

    opposed: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds, proven. ``digest`` is the sha256 of the files it was made from."""

    kinds: tuple[Kind, ...]
    lexicon: Lexicon
    digest: str

    def kind(self, kind_id: str) -> Kind:
        """The kind of that id. Raises KeyError when there is none."""
        for kind in self.kinds:
            if kind.id == kind_id:
                return kind
        raise KeyError(kind_id)
