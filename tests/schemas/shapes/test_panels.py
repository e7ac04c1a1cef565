"""Tables that stand side by side in one grid: each panel has its rows, its fields and its side."""

from __future__ import annotations

import pytest

from schemas.result import Reading
from tests.schemas.drawn import codes, only_table, read_drawn

BUDGET = ("临溪市档案馆2026年部门预算", "收支总表", "单位：万元")
FINAL = ("临溪市档案馆2023年度部门决算", "一般公共预算财政拨款基本支出决算表", "单位：万元")


def told(reading: Reading) -> list[tuple[str | None, str | None, str, str | None]]:
    return [(one.row.side, one.row.item, one.field, one.value) for one in reading.observations]


def test_two_sides_with_line_numbers() -> None:
    reading = read_drawn(
        "临溪市档案馆2023年度部门决算",
        "收入支出决算总表",
        "单位：万元",
        """
        | 收入                         | <    | <      | 支出               | <    | <      |
        | 项目                         | 行次 | 决算数 | 项目               | 行次 | 决算数 |
        | 栏次                         |      | 1      | 栏次               |      | 2      |
        | 一、一般公共预算财政拨款收入 | 1    | 9.00   | 一、一般公共服务支出 | 32 | 8.00   |
        | 二、政府性基金预算财政拨款收入 | 2  |        | 二、外交支出       | 33   |        |
        | 本年收入合计                 | 27   | 9.00   | 本年支出合计       | 57   | 8.00   |
        | 年初结转和结余               | 28   | 1.00   | 年末结转和结余     | 58   | 2.00   |
        | 总计                         | 31   | 10.00  | 总计               | 60   | 10.00  |
        """,
    )
    assert only_table(reading).kind == "fa_income_expenditure_summary"
    assert [(one.row.side, one.row.line_no, one.row.item, one.value) for one in reading.observations] == [
        ("income", 1, "income.general_public_budget", "90000.00"),
        ("income", 2, "income.government_fund", None),
        ("income", 27, "income.total_current", "90000.00"),
        ("income", 28, "income.opening_balance", "10000.00"),
        ("income", 31, "income.total", "100000.00"),
        ("expenditure", 32, "expenditure.201", "80000.00"),
        ("expenditure", 33, "expenditure.202", None),
        ("expenditure", 57, "expenditure.total_current", "80000.00"),
        ("expenditure", 58, "expenditure.closing_balance", "20000.00"),
        ("expenditure", 60, "expenditure.total", "100000.00"),
    ]
    assert {one.measure for one in reading.observations if one.row.item == "income.total"} == {"income"}
    assert {one.measure for one in reading.observations if one.row.item == "income.opening_balance"} == {"balance"}
    assert codes(reading) == []


def test_three_panels_tell_expenditure_by_function_from_expenditure_by_use() -> None:
    reading = read_drawn(
        *BUDGET,
        """
        | 收入 | < | 支出 | < | < | < |
        | 项目名称 | 金额 | 功能分类 | < | 支出用途 | < |
        | ^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额 |
        | 一、财政拨款 | 20.00 | 一、教育支出 | 20.00 | 一、基本支出 | 15.00 |
        | 1. 一般公共预算 | 20.00 | 二、外交支出 | | 二、项目支出 | 5.00 |
        | 当年收入小计 | 20.00 | 当年支出小计 | 20.00 | 当年支出小计 | 20.00 |
        """,
    )
    assert told(reading)[3:] == [
        ("expenditure", "expenditure.205", "expenditure_amount", "200000.00"),
        ("expenditure", "expenditure.202", "expenditure_amount", None),
        ("expenditure", "expenditure.total_current", "expenditure_amount", "200000.00"),
        ("expenditure", "expenditure_use.basic", "use_amount", "150000.00"),
        ("expenditure", "expenditure_use.project", "use_amount", "50000.00"),
        ("expenditure", "expenditure_use.total_current", "use_amount", "200000.00"),
    ]
    assert [column.panel for column in only_table(reading).columns] == [
        "income",
        "income",
        "expenditure",
        "expenditure",
        "expenditure_use",
        "expenditure_use",
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("按功能分类", "按部门预算经济分类", "按政府预算经济分类"),
        ("项目（按功能分类）", "项目（按经济分类）", "项目（按政府预算经济分类）"),
    ],
)
def test_four_panels_keep_lines_of_different_classifications_apart(names: tuple[str, str, str]) -> None:
    reading = read_drawn(
        *BUDGET,
        f"""
        | 收入 | < | 支出 | < | < | < | < | < |
        | 项目 | 预算数 | {names[0]} | 预算数 | {names[1]} | 预算数 | {names[2]} | 预算数 |
        | 一、一般公共预算拨款收入 | 9.00 | 一、其他支出 | 9.00 | 一、工资福利支出 | 9.00 | 一、机关工资福利支出 | 9 |
        | 收入总计 | 9.00 | 支出总计 | 9.00 | 支出总计 | 9.00 | 支出总计 | 9.00 |
        """,
    )
    assert [item for _, item, _, _ in told(reading)] == [
        "income.general_public_budget",
        "income.total",
        "expenditure.229",
        "expenditure.total",
        "expenditure_economic.301",
        "expenditure_economic.total",
        "expenditure_government_economic.501",
        "expenditure_government_economic.total",
    ]


def test_a_table_whose_rows_nothing_names_is_said_to_be_nameless() -> None:
    reading = read_drawn(
        BUDGET[0],
        "支出总表",
        "单位：万元",
        "| 某某栏目 | 合计 | 基本支出 | 项目支出 |\n| 教育支出 | 9.00 | 8.00 | 1.00 |",
    )
    assert [(one.row.label, one.value) for one in reading.observations][:1] == [(None, "90000.00")]
    (found,) = (one for one in reading.findings if one.code == "header_unmatched")
    assert (found.cells, "某某栏目" in found.message) == (["t01.r0.c0"], True)


def test_a_block_of_unknown_side_is_not_read_and_said_to_be_unread() -> None:
    reading = read_drawn(
        *BUDGET,
        """
        | 收入 | < | 支出 | < | < | 说明 | < |
        | 项目 | 预算数 | 项目 | 预算数 | 基本支出 | 项目 | 预算数 |
        | 一、一般公共预算拨款收入 | 9.00 | 一、教育支出 | 9.00 | 9.00 | 甲 | 1.00 |
        """,
    )
    assert [one.cell for one in reading.observations] == ["t01.r2.c1", "t01.r2.c3", "t01.r2.c4"]
    assert codes(reading) == ["header_unmatched"]


UPPER = """
    | 项目                       | 预算数 |
    | 一、一般公共预算拨款收入   | 9.00   |
    | 二、政府性基金预算拨款收入 | 1.00   |
"""
LOWER = """
    | 一、教育支出               | 9.00   |
    | 二、城乡社区支出           | 1.00   |
    | 支出总计                   | 10.00  |
"""


@pytest.mark.parametrize(
    "between",
    [
        "| 收入总计 | 10.00 |",
        "| 总计 | 10.00 |",
        "| 收入总计 | 10.00 |\n| 支出 | |",
        "| 收入总计 | 10.00 |\n| 二、支出 | < |",
        "| 收入总计 | 10.00 |\n| 支出项目 | 预算数 |",
    ],
)
def test_income_above_expenditure_is_two_sides(between: str) -> None:
    reading = read_drawn(*BUDGET, UPPER + between + LOWER)

    assert only_table(reading).kind == "bg_income_expenditure_summary"
    assert told(reading) == [
        ("income", "income.general_public_budget", "income_amount", "90000.00"),
        ("income", "income.government_fund", "income_amount", "10000.00"),
        ("income", "income.total", "income_amount", "100000.00"),
        ("expenditure", "expenditure.205", "expenditure_amount", "90000.00"),
        ("expenditure", "expenditure.212", "expenditure_amount", "10000.00"),
        ("expenditure", "expenditure.total", "expenditure_amount", "100000.00"),
    ]
    assert {one.grade for one in reading.observations} == {"A"}
    assert codes(reading) == []


@pytest.mark.parametrize(
    "rows",
    [
        UPPER + "| 收入总计 | 10.00 |\n| 某某资金 | 3.00 |" + LOWER,  # income or expenditure?
        UPPER.rstrip() + LOWER + "| 三、其他收入 | 3.00 |",  # mixed
    ],
)
def test_sides_that_cannot_be_told_apart_are_not_read(rows: str) -> None:
    reading = read_drawn(*BUDGET, rows)

    assert (only_table(reading).kind, reading.observations) == (None, [])
    assert codes(reading) == ["kind_unrecognised"]


def test_classes_run_on_in_the_next_panel_and_each_row_knows_its_own() -> None:
    reading = read_drawn(
        *FINAL,
        """
        | 人员经费     | <            | <      | 公用经费 | <              | <      | <        | <          | <      |
        | 科目编码     | 科目名称     | 决算数 | 科目编码 | 科目名称       | 决算数 | 科目编码 | 科目名称   | 决算数 |
        | 301          | 工资福利支出 | 5.00   | 302      | 商品和服务支出 | 4.00   | 30217    | 公务接待费 | 1.00   |
        | 30101        | 基本工资     | 5.00   | 30201    | 办公费         | 3.00   |          |            |        |
        | 人员经费合计 | <            | 5.00   | 公用经费合计 | <          | <      | <        | <          | 4.00   |
        """,
    )
    assert [(one.row.code, one.row.item, one.value) for one in reading.observations] == [
        ("301", None, "50000.00"),
        ("30101", None, "50000.00"),
        (None, "personnel_total", "50000.00"),
        ("302", None, "40000.00"),
        ("30201", None, "30000.00"),
        ("30217", None, "10000.00"),
        (None, "public_total", "40000.00"),
    ]
    assert [column.panel for column in only_table(reading).columns] == ["personnel"] * 3 + ["public"] * 6
    assert {check.status for check in reading.checks} == {"pass"}
    assert codes(reading) == []
