"""Small made-up documents and results for the service's tests, stated in full."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import (
    Box,
    Cell,
    Document,
    Grid,
    GridMethod,
    Location,
    Page,
    PageStatus,
    Part,
    TextVerdict,
)
from extractors.options import Options
from schemas.kind import Catalogue, Column, ColumnRole, Kind, Lexicon, Shape, ValueType
from schemas.result import (
    Check,
    ColumnInfo,
    DocumentInfo,
    Finding,
    Match,
    Observation,
    PageInfo,
    Profile,
    ProfileValue,
    Provenance,
    Quality,
    Reading,
    Result,
    RowInfo,
    RowKey,
    Table,
    TableCell,
    TablePart,
    Unit,
)
from service.pipeline import Deps

KINDS = (
    Kind(
        "bg_income",
        "budget",
        ("部门收入总表",),
        Shape.CODED_ROWS,
        columns=(Column("total", ("合计", "收入合计"), ValueType.MONEY),),
    ),
    Kind(
        "fa_expenditure",
        "final_accounts",
        ("支出决算表",),
        Shape.CODED_ROWS,
        columns=(
            Column("name", ("科目名称",), ValueType.TEXT, ColumnRole.ROW_KEY),
            Column("total", ("本年支出合计", "支出合计"), ValueType.MONEY),
            Column("basic", ("基本支出",), ValueType.MONEY),
        ),
    ),
)
CATALOGUE = Catalogue(KINDS, Lexicon((("收入", "支出"),)), "d1ge57")


def page(number: int, text: TextVerdict = TextVerdict.DIGITAL, status: PageStatus = PageStatus.OK) -> Page:
    return Page(number, 595.0, 842.0, 0, text, status)


def grid() -> Grid:
    location = Location(1, Box(50, 100, 250, 140))
    cells = tuple(
        Cell(row, col, 1, 1, f"r{row}c{col}", Location(1, Box(50 + 100 * col, 100 + 20 * row, 150, 120)))
        for row in range(2)
        for col in range(2)
    )
    return Grid(2, 2, cells, (Part(location, 0, 1),), GridMethod.RULED)


def document(*pages: Page, grids: tuple[Grid, ...] = ()) -> Document:
    return Document("pdf", "application/pdf", pages, grids)


def reading(*findings: Finding) -> Reading:
    return Reading(Profile(), [], [], [], [], list(findings), Quality({}, {}))


def deps(read_as: Document, answer: Reading | None = None) -> Deps:
    """Dependencies that read every file as ``read_as``; the clock ticks once a second."""
    ticks = iter(range(1_000))

    def extract(data: bytes, options: Options) -> Document:
        return read_as

    def read(document: Document, catalogue: Catalogue, *, personal_data: bool) -> Reading:
        return answer or reading()

    return Deps(
        extract=extract,
        read=read,
        catalogue=CATALOGUE,
        suffixes={"pdf": frozenset({".pdf"}), "docx": frozenset({".docx"})},
        clock=lambda: float(next(ticks)),
        version="0.0.test",
        engines={"reader": "1.2"},
    )


def observation(cell: str, text: str, value: str | None, grade: str = "A", label: str = "合计") -> Observation:
    assert grade in ("A", "B", "C", "D")
    return Observation(
        source="table",
        table="t01",
        kind="fa_expenditure",
        field="total",
        row=RowKey(code="201", code_list="function", label=label, role="item", level=1),
        header="本年支出合计",
        text=text,
        value_status="printed" if value is not None else "blank",
        value=value,
        unit="CNY",
        alt_value=Decimal("1.50"),
        fiscal_year=2022,
        phase="final",
        measure="expenditure",
        fund="all",
        expenditure_type="all",
        page=1,
        bbox=(150.0, 120.0, 250.0, 140.0),
        cell=cell,
        grade=grade,  # type: ignore[arg-type]  # narrowed above
        checks=["T3.row#1", "T3.row#2"],
    )


def table(title: str | None = "2022年度支出决算表", label: str = "合计") -> Table:
    texts = (("项目", "本年支出合计"), (label, "709.41"))
    return Table(
        id="t01",
        kind="fa_expenditure",
        kind_score=0.98,
        family="final_accounts",
        title=title,
        number="表3",
        status="ok",
        unit=Unit("万元", 10_000, "caption"),
        parts=[TablePart(0, 1, 1, (50.0, 100.0, 250.0, 140.0))],
        joined=None,
        columns=[
            ColumnInfo(0, ["项目"], "label", None, Match("exact", 1.0)),
            ColumnInfo(1, ["本年支出合计"], "total", None, Match("exact", 1.0)),
        ],
        rows=[RowInfo(0, "header"), RowInfo(1, "item", 1, "201", label)],
        cells=[
            TableCell(
                f"t01.r{row}.c{col}",
                row,
                col,
                1,
                1,
                texts[row][col],
                1,
                (50.0 + 100 * col, 100.0 + 20 * row, 150.0 + 100 * col, 120.0 + 20 * row),
            )
            for row in range(2)
            for col in range(2)
        ],
        notes=["注：本表以万元列示。"],
    )


def result(
    tables: list[Table] | None = None,
    observations: list[Observation] | None = None,
    findings: list[Finding] | None = None,
    pages: list[PageInfo] | None = None,
) -> Result:
    return Result(
        schema_version="1.0",
        document=DocumentInfo("ab" * 32, "report.pdf", "application/pdf", 10, 1),
        profile=Profile(agency=ProfileValue("某区财政局"), fiscal_year=ProfileValue(2022)),
        pages=[PageInfo(1, 300.0, 200.0, 0, "digital", "ok")] if pages is None else pages,
        tables=[table()] if tables is None else tables,
        observations=[observation("t01.r1.c1", "709.41", "7094100.00")] if observations is None else observations,
        forms=[],
        checks=[
            Check("T3.row#1", "T3.row", "row", "pass", Decimal("7.0"), Decimal("7.0"), Decimal(0), Decimal("0.1"), [])
        ],
        findings=findings or [],
        quality=Quality({"A": 1, "B": 0, "C": 0, "D": 0}, {"pass": 1}),
        provenance=Provenance("0.0.test", {}, {"pages": None}, "d1ge57", {}),
    )
