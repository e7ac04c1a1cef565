"""What holds for any table: the order of its columns, its unit and its number change nothing; nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Cell, Grid, GridMethod, Location, Part
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Reading
from tests.schemas.drawn import document, read_drawn

FINAL = "临溪市档案馆2023年度部门决算"
HEADERS = (
    "科目编码",
    "科目名称",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
)
CLASSES = (("205", "教育支出"), ("206", "科学技术支出"), ("208", "社会保障和就业支出"), ("210", "卫生健康支出"))

amounts = st.integers(min_value=0, max_value=99_999_999)
bodies = st.lists(st.lists(amounts, min_size=5, max_size=5), min_size=1, max_size=len(CLASSES))


def rows_of(body: list[list[int]], slip: int) -> list[list[str | int]]:
    """The rows of a table of expenditure: each class with its total, and the total of all, off by ``slip`` yuan."""
    classes: list[list[str | int]] = [
        [code, name, sum(parts), *parts] for (code, name), parts in zip(CLASSES, body, strict=False)
    ]
    columns = [sum(parts) for parts in zip(*body, strict=True)]
    return [["", "合计", sum(columns) + slip, *columns], *classes]


def drawn(rows: list[list[str | int]], order: list[int], factor: int = 1) -> str:
    def text(entry: str | int) -> str:
        return entry if isinstance(entry, str) else f"{Decimal(entry) / factor:.{len(str(factor)) - 1}f}"

    lines = [[HEADERS[at] for at in order], *([text(row[at]) for at in order] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(reading: Reading) -> set[tuple[str | None, str | None, str, str | None]]:
    return {(one.row.code, one.row.role, one.field, one.value) for one in reading.observations}


PLAIN = list(range(len(HEADERS)))


@settings(max_examples=25, deadline=None)
@given(body=bodies, order=st.permutations(PLAIN))
def test_the_order_of_the_columns_changes_no_value(body: list[list[int]], order: list[int]) -> None:
    rows = rows_of(body, 0)
    straight, turned = (read_drawn(FINAL, "支出决算表", "单位：元", drawn(rows, one)) for one in (PLAIN, order))
    assert turned.tables[0].kind == "fa_expenditure"
    assert told(turned) == told(straight)
    matched = {column.path[0]: column.field for column in turned.tables[0].columns}
    assert matched == {column.path[0]: column.field for column in straight.tables[0].columns}


@settings(max_examples=25, deadline=None)
@given(body=bodies, slip=st.sampled_from([0, 0, 1, -1, 2, 500, 1_000_000]))
def test_printing_ten_thousand_yuan_instead_of_yuan_changes_no_value_and_no_verdict(
    body: list[list[int]], slip: int
) -> None:
    rows = rows_of(body, slip)
    yuan = read_drawn(FINAL, "支出决算表", "单位：元", drawn(rows, PLAIN))
    ten_thousand = read_drawn(FINAL, "支出决算表", "单位：万元", drawn(rows, PLAIN, 10_000))
    assert len(told(yuan)) >= 12
    assert len(yuan.checks) >= 6
    assert told(ten_thousand) == told(yuan)
    assert [(check.id, check.status) for check in ten_thousand.checks] == [
        (check.id, check.status) for check in yuan.checks
    ]
    assert {one.cell: one.grade for one in ten_thousand.observations} == {
        one.cell: one.grade for one in yuan.observations
    }


@settings(max_examples=15, deadline=None)
@given(
    body=bodies,
    number=st.sampled_from(["公开01表", "公开07表", "表9", "附表2-1", "预算03表"]),
    title=st.sampled_from(["支出决算表", "财政拨款支出决算表", "一般公共预算财政拨款支出决算表"]),
)
def test_a_printed_table_number_changes_nothing_but_the_number(body: list[list[int]], number: str, title: str) -> None:
    text = drawn(rows_of(body, 0), PLAIN[:5])
    bare, numbered = (read_drawn(FINAL, *lines, title, "单位：元", text) for lines in ((), (number,)))
    assert (numbered.tables[0].kind, numbered.tables[0].kind_score) == (bare.tables[0].kind, bare.tables[0].kind_score)
    assert (numbered.tables[0].number, bare.tables[0].number) == (number, None)
    assert told(numbered) == told(bare)


HEADS = "合计 项目 收入 支出 预算数 决算数 科目编码 科目名称 类 款 项 基本支出 栏次 指标 项目名称"
OUTLAYS = "公务接待费 因公出国（境）费"
LABELS = "一、教育支出 其他支出 201 20101 2025年 上年预算数 年度总体目标 单位：万元 注：本表反映支出。 ①"
NUMBERS = "1.00 2,345.67 0.00 — 无 12.3.4 1 2 60万元"
WORDS = st.sampled_from(["", "1 2", "3\n4", *HEADS.split(), *OUTLAYS.split(), *LABELS.split(), *NUMBERS.split()])


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A grid of up to seven rows and six columns with words of disclosures in any place, some cells merged."""
    n_rows, n_cols = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    free = {(row, col) for row in range(n_rows) for col in range(n_cols)}
    cells: list[Cell] = []
    while free:
        row, col = min(free)
        wide = draw(st.integers(1, n_cols - col))
        width = next((step for step in range(1, wide) if (row, col + step) not in free), wide)
        tall = draw(st.integers(1, n_rows - row))
        taken = {(row + down, col + right) for down in range(tall) for right in range(width)}
        if not taken <= free:
            tall, taken = 1, {(row, col + right) for right in range(width)}
        free -= taken
        cells.append(Cell(row, col, tall, width, draw(WORDS), Location(path=(("row", row), ("col", col)))))
    return Grid(n_rows, n_cols, tuple(cells), (Part(Location(), 0, n_rows - 1),), GridMethod.NATIVE)


@settings(max_examples=60, deadline=None)
@given(
    grid=grids(),
    title=st.sampled_from(
        [
            "收支总表",
            "支出决算表",
            "“三公”经费支出决算表",
            "一般公共预算财政拨款基本支出决算表",
            "项目支出绩效自评表",
            "清单",
        ]
    ),
    unit=st.sampled_from(["单位：万元", "单位：元", ""]),
)
def test_nothing_printed_is_lost_and_no_number_is_made_up_whatever_is_drawn(grid: Grid, title: str, unit: str) -> None:
    drawn_document = document("临溪市档案馆2026年部门预算", title, *filter(None, [unit]), grid)
    reading = read(drawn_document, load_catalogue())
    (table,) = reading.tables
    assert [(cell.row, cell.col, cell.text) for cell in table.cells] == [
        (cell.row, cell.col, cell.text) for cell in grid.cells
    ]
    texts = {cell.id: cell.text for cell in table.cells}
    for one in reading.observations:
        if one.source == "table":
            assert one.text == texts[one.cell or ""]
            assert one.value is None or one.text.strip()
            assert one.unit != "CNY" or one.value is None or unit or "万" in one.text or "元" in one.text
    assert msgspec.json.encode(read(drawn_document, load_catalogue())) == msgspec.json.encode(reading)
