"""The closed vocabulary of the YAML files of ``kinds/``: what an author may write. Used at load time only.

``catalogue.py`` makes the frozen dataclasses of ``kind.py`` from these models, and proves them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from schemas.kind import ColumnRole, RowRole, Severity, Shape, ValueType

Family = Literal["final_accounts", "final_accounts_ext", "budget", "performance", "social_insurance", "document"]
# unstated: the form prints an amount and not of which phase; the result says null.
Phase = Literal["initial_budget", "adjusted_budget", "final", "prior_budget", "prior_final", "received", "unstated"]
Measure = Literal["income", "expenditure", "balance", "change", "count", "rate", "score"]
Fund = Literal[
    "all",
    "fiscal_appropriation",
    "general_public_budget",
    "government_fund",
    "state_capital",
    "fiscal_account",
    "superior_subsidy",
    "business",
    "operating",
    "affiliated_remittance",
    "unit_funds",
    "other",
]
ExpenditureType = Literal[
    "all", "basic", "basic_personnel", "basic_public", "project", "to_superior", "operating", "to_affiliated"
]
Side = Literal["income", "expenditure", "expenditure_economic", "expenditure_government_economic", "expenditure_use"]
Labels = Annotated[list[str], Field(min_length=1)]


class Closed(BaseModel):
    """The base of every part: an unknown key is an error, and so is a number where a string belongs."""

    model_config = ConfigDict(extra="forbid", strict=False, frozen=True)


class Dimensions(Closed):
    """What a value is about."""

    phase: Phase | None = None
    measure: Measure | None = None
    fund: Fund | None = None
    expenditure_type: ExpenditureType | None = None

    def stated(self) -> dict[str, str]:
        """The dimensions that this part states itself."""
        named = {
            "phase": self.phase,
            "measure": self.measure,
            "fund": self.fund,
            "expenditure_type": self.expenditure_type,
        }
        return {name: value for name, value in named.items() if value is not None}


class ColumnEntry(Dimensions):
    """One column."""

    id: str
    labels: Labels
    type: ValueType
    role: ColumnRole = ColumnRole.VALUE
    panel: str | None = None
    group: list[str] = []
    optional: bool = False
    fallback_labels: list[str] = []


class LineEntry(Dimensions):
    """One line item."""

    id: str
    labels: Labels
    side: Side | None = None
    role: RowRole = RowRole.ITEM
    code: str | None = None
    under: str | None = None
    type: ValueType | None = None
    fallback_labels: list[str] = []
    pattern: str | None = None


class UseColumns(Dimensions):
    """A shared list of columns, put in here: under a prefix, a group or a panel, with dimensions of this place."""

    use: str
    prefix: str = ""
    panel: str | None = None
    group: list[str] = []
    type: ValueType | None = None
    optional: bool | None = None
    without: list[str] = []


class UseLines(Dimensions):
    """A shared list of line items, put in here."""

    use: str
    prefix: str = ""
    side: Side | None = None
    under: str | None = None
    without: list[str] = []


def _tag(entry: object) -> str:
    return "use" if isinstance(entry, dict) and "use" in entry else "own"


Columns = list[Annotated[Annotated[UseColumns, Tag("use")] | Annotated[ColumnEntry, Tag("own")], Discriminator(_tag)]]
Lines = list[Annotated[Annotated[UseLines, Tag("use")] | Annotated[LineEntry, Tag("own")], Discriminator(_tag)]]


class PanelEntry(Closed):
    """One named block of columns."""

    id: str
    labels: Labels
    codes: list[str] = []


class CheckEntry(Closed):
    """One identity."""

    id: str
    axis: Literal[
        "column",
        "line",
        "hierarchy",
        "table",
        "list",
        "nested",
        "cross",
        "form",
        "fund",
        "fund_rows",
        "indicator",
        "beside",
    ]
    relation: Literal["eq", "le", "ratio", "score"]
    lhs: str = ""
    terms: list[str] = []
    severity: Severity = Severity.ERROR
    code_column: str | None = None
    levels: list[int] = []
    root: Literal["@total"] | None = None
    note: str = ""
    version: Annotated[int, Field(ge=1)] = 1


class ExampleEntry(Closed):
    """A small table as printed."""

    title: str
    header: Annotated[list[list[str]], Field(min_length=1)]
    rows: list[list[str]]
    fields: list[str | None]
    fiscal_year: int | None = None


class KindFile(Closed):
    """One file of ``kinds/``."""

    id: str
    family: Family
    titles: Labels
    shape: Shape
    not_after: list[str] = []
    heading: str | None = None
    always: list[str] = []
    dimensions: Dimensions = Dimensions()
    panels: list[PanelEntry] = []
    columns: Columns = []
    lines: Lines = []
    checks: list[CheckEntry] = []
    examples: list[ExampleEntry] = []


class SharedFile(Closed):
    """One file of ``kinds/shared/``: a list that several kinds use, so that each label is written once."""

    columns: list[ColumnEntry] = []
    lines: list[LineEntry] = []


class LexiconFile(Closed):
    """``lexicon.yml``."""

    opposed: list[Annotated[list[str], Field(min_length=2)]]
