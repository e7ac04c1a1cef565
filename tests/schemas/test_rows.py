"""Rows and values from the layouts in which codes, names and amounts are printed."""

from __future__ import annotations

from decimal import Decimal

from schemas.classify import fit_of
from schemas.columns import columns_of
from schemas.frame import frame_of
from schemas.kind import Catalogue, Column, ColumnRole, Kind, Lexicon, LineItem, RowRole, Shape, ValueType
from schemas.lattice import Lattice
from schemas.records import BodyRole, Row, Value, ValueStatus
from schemas.shapes import Context, read_body
from tests.gridtext import parse

KEYS = (
    Column("function_code", ("科目编码", "功能分类科目编码"), ValueType.FUNCTION_CODE, ColumnRole.ROW_KEY),
    Column("function_name", ("科目名称", "功能分类科目名称"), ValueType.TEXT, ColumnRole.ROW_KEY),
)
TOTAL = Column("total", ("合计",), ValueType.MONEY)
BASIC = Column("basic", ("基本支出",), ValueType.MONEY)
CODED = Kind("coded", "budget", ("支出总表",), Shape.CODED_ROWS, columns=(*KEYS, TOTAL, BASIC))
SIDES = Kind(
    "sides",
    "budget",
    ("收支总表",),
    Shape.TWO_SIDED,
    columns=(
        Column("income_item", ("项目",), ValueType.TEXT, ColumnRole.ROW_KEY, panel="income"),
        Column("row_no", ("行次",), ValueType.INT, ColumnRole.META, panel="income"),
        Column("income_amount", ("预算数",), ValueType.MONEY, panel="income"),
        Column("expenditure_item", ("项目",), ValueType.TEXT, ColumnRole.ROW_KEY, panel="expenditure"),
        Column("row_no", ("行次",), ValueType.INT, ColumnRole.META, panel="expenditure"),
        Column("expenditure_amount", ("预算数",), ValueType.MONEY, panel="expenditure"),
    ),
    line_items=(
        LineItem("income.other", ("其他收入",), side="income"),
        LineItem("expenditure.201", ("一般公共服务支出",), side="expenditure", code="201"),
        LineItem("expenditure.total", ("支出总计", "总计"), side="expenditure", role=RowRole.TOTAL),
    ),
)


def read(kind: Kind, text: str, factor: int | None = 10_000) -> tuple[tuple[Row, ...], tuple[Value, ...]]:
    frame = frame_of(Lattice.of(parse(text.strip())))
    fit = fit_of(kind, frame, columns_of(frame), Catalogue((kind,), Lexicon(()), ""), 2026)
    return read_body(fit.panels, Context("t01", frame, kind, Lexicon(()), factor, 2026))


def codes(rows: tuple[Row, ...]) -> list[str | None]:
    return [row.code for row in rows]


def test_a_code_in_three_columns_is_joined() -> None:
    rows, _ = read(
        CODED,
        """
        | 功能分类科目编码 | <  | <  | 科目名称       | 合计      |
        | 类               | 款 | 项 | ^              | ^         |
        | 208              |    |    | 社会保障支出   | 7,099,698 |
        | 208              | 05 |    | 养老支出       | 7,099,698 |
        | 208              | 05 | 01 | 行政单位离退休 | 1,058,456 |
        """,
    )
    assert codes(rows) == ["208", "20805", "2080501"]
    assert [row.level for row in rows] == [1, 2, 3]
    assert not any(row.from_span for row in rows)


def test_upper_levels_printed_once_are_carried_down_and_said_to_be() -> None:
    rows, _ = read(
        CODED,
        """
        | 科目编码 | <  | <  | 科目名称   | 合计  |
        | 类       | 款 | 项 | ^          | ^     |
        |          |    |    | 合 计      | 9.40  |
        | 205      |    |    | 教育支出   | 4.70  |
        |          | 08 |    | 进修及培训 | 4.70  |
        |          |    | 03 | 培训支出   | 4.70  |
        | 208      |    |    | 社会保障   | 4.70  |
        """,
    )
    assert codes(rows) == [None, "205", "20508", "2050803", "208"]
    assert [row.from_span for row in rows] == [False, False, True, True, False]
    assert rows[0].role is BodyRole.TOTAL


def test_a_code_without_its_upper_level_is_not_made_up() -> None:
    rows, _ = read(
        CODED,
        """
        | 科目编码 | <  | <  | 科目名称 | 合计 |
        | 类       | 款 | 项 | ^        | ^    |
        |          |    | 03 | 培训支出 | 4.70 |
        """,
    )
    assert codes(rows) == ["03"]
    assert rows[0].level is None


def test_code_and_name_in_one_cell_are_told_apart() -> None:
    rows, values = read(
        CODED,
        """
        | 科目名称                   | 合计       |
        | 2080101-行政运行           | 1,721.4612 |
        | [20802]民政管理事务        | 2          |
        | 2026年新增项目             | 3          |
        """,
    )
    assert codes(rows) == ["2080101", "20802", None]
    assert [row.label for row in rows] == ["行政运行", "民政管理事务", "2026年新增项目"]
    assert values[0].value == Decimal("17214612")


def test_each_level_printing_its_whole_code_is_understood() -> None:
    rows, _ = read(
        CODED,
        """
        | 科目编码 | <     | <       | 科目名称 | 合计 |
        | 类       | 款    | 项      | ^        | ^    |
        | 201      | 20131 |         | 党委办公 | 1.00 |
        | 201      | 20131 | 2013102 | 一般事务 | 1.00 |
        """,
    )
    assert codes(rows) == ["20131", "2013102"]


def test_blank_zero_and_dash_are_three_different_things() -> None:
    _, values = read(
        CODED,
        """
        | 科目编码 | 科目名称 | 合计 | 基本支出 |
        | 201      | 一般公共 | 0.00 |          |
        | 202      | 外交     | —    | 1.5      |
        """,
    )
    assert [value.status for value in values] == [
        ValueStatus.PRINTED_ZERO,
        ValueStatus.BLANK,
        ValueStatus.NOT_APPLICABLE,
        ValueStatus.PRINTED,
    ]
    assert [value.value for value in values] == [Decimal(0), None, None, Decimal(15000)]


def test_without_a_unit_the_number_is_kept_and_no_yuan_are_stated() -> None:
    _, values = read(CODED, "| 科目编码 | 科目名称 | 合计 |\n| 201 | 一般公共 | 12.50 |", factor=None)
    assert (values[0].number, values[0].value) == (Decimal("12.50"), None)


def test_the_unit_in_a_header_wins_over_the_caption() -> None:
    _, values = read(CODED, "| 科目编码 | 科目名称 | 合计（元） |\n| 201 | 一般公共 | 12.50 |", factor=10_000)
    assert values[0].value == Decimal("12.50")


def test_two_sides_are_two_tables() -> None:
    rows, values = read(
        SIDES,
        """
        | 收入         | <    | <      | 支出                 | <    | <      |
        | 项目         | 行次 | 预算数 | 项目                 | 行次 | 预算数 |
        | 八、其他收入 | 8    | 6.20   | 一、一般公共服务支出 | 32   | 5.11   |
        |              | 9    |        | 总计                 | 33   | 5.11   |
        """,
    )
    assert [(row.side, row.item.id if row.item else None, row.line_no) for row in rows] == [
        ("income", "income.other", 8),
        ("expenditure", "expenditure.201", 32),
        ("expenditure", "expenditure.total", 33),
    ]
    assert rows[0].label == "其他收入"
    assert rows[0].raw_label == "八、其他收入"
    assert rows[2].role is BodyRole.TOTAL
    assert [value.value for value in values] == [Decimal(62000), Decimal(51100), Decimal(51100)]


def test_a_number_across_two_value_columns_is_unreadable() -> None:
    _, values = read(
        CODED,
        """
        | 科目编码 | 科目名称 | 合计  | 基本支出 |
        | 201      | 一般公共 | 12.50 | <        |
        """,
    )
    assert [(value.status, value.value) for value in values] == [(ValueStatus.UNREADABLE, None)]


YEARS = Kind(
    "years",
    "budget",
    ("三公表",),
    Shape.SINGLE_ROW,
    columns=(
        Column("unit_name", ("预算单位",), ValueType.TEXT, ColumnRole.ROW_KEY),
        Column("year", ("年度",), ValueType.INT, ColumnRole.ROW_KEY),
        Column("budget.total", ("合计",), ValueType.MONEY),
        Column("budget.overseas", ("因公出国（境）费",), ValueType.MONEY),
        Column("budget.reception", ("公务接待费",), ValueType.MONEY),
    ),
    line_items=(LineItem("change", ("增减变化金额",), dimensions={"measure": "change"}),),
)


def test_years_that_stand_as_rows_are_the_years_of_their_rows() -> None:
    rows, _ = read(
        YEARS,
        """
        | 预算单位 | 年度         | 合计   | 因公出国（境）费 | 公务接待费 |
        | 某某局   | 2025年       | 176.01 | 160.90           | 15.11      |
        |          | 2026年       | 147.90 | 142.80           | 5.10       |
        |          | 增减变化金额 | -28.11 | -18.10           | -10.01     |
        """,
    )
    assert [row.year for row in rows] == [2025, 2026, None]
    assert [row.unit_name for row in rows] == ["某某局", "某某局", "某某局"]
    assert [row.from_span for row in rows] == [False, True, True]
    assert [row.item.id if row.item else None for row in rows] == [None, None, "change"]


def test_a_total_that_reaches_over_a_text_column_is_a_label_and_no_value() -> None:
    category = Column("category", ("类型",), ValueType.TEXT)
    name = Column("project_name", ("项目名称",), ValueType.TEXT, ColumnRole.ROW_KEY)
    projects = Kind("projects", "budget", ("项目支出表",), Shape.PROJECT_LIST, columns=(category, name, TOTAL))

    rows, values = read(
        projects,
        """
        | 类型   | 项目名称 | 合计  |
        | 特定类 | 修缮     | 10.00 |
        | 合计   | <        | 10.00 |
        """,
    )

    assert [row.label for row in rows] == ["修缮", "合计"]
    assert [(value.column.id, value.text) for value in values] == [
        ("category", "特定类"),
        ("total", "10.00"),
        ("total", "10.00"),
    ]


def test_codes_that_a_spreadsheet_took_for_numbers_get_their_zeros_back() -> None:
    rows, _ = read(
        CODED,
        """
        | 功能分类科目编码 | <  | <  | 科目名称             | 合计 |
        | 类               | 款 | 项 | ^                    | ^    |
        | 201              |    |    | 一般公共服务支出     | 5    |
        | 201              | 3  |    | 政府办公厅及相关事务 | 5    |
        | 201              | 3  | 1  | 行政运行             | 2    |
        | 201              | 31 | 02 | 一般行政管理事务     | 3    |
        """,
    )
    assert codes(rows) == ["201", "20103", "2010301", "2013102"]
    assert [row.printed_code for row in rows] == [None, "201|3", "201|3|1", None]


def test_a_code_with_a_decimal_point_is_a_code() -> None:
    rows, _ = read(
        CODED,
        """
        | 科目编码  | 科目名称         | 合计 |
        | 201.0     | 一般公共服务支出 | 5    |
        | 2010301.0 | 行政运行         | 5    |
        | 2010302.5 | 其他             | 5    |
        """,
    )
    assert codes(rows) == ["201", "2010301", None]
    assert rows[1].printed_code == "2010301.0"


def test_parts_that_are_no_class_code_stay_as_printed() -> None:
    rows, _ = read(
        CODED,
        """
        | 功能分类科目编码 | <  | <  | 科目名称 | 合计 |
        | 类               | 款 | 项 | ^        | ^    |
        | 1                | 2  | 3  | 编号     | 5    |
        """,
    )
    assert codes(rows) == ["123"]
