"""The three outlays printed with items across, as a list, and with the phases as rows: the same values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.model import Document, Grid, Location, TextLine
from schemas.catalogue import load_catalogue
from schemas.read import read
from schemas.result import Reading
from tests.gridtext import parse

LIST = """
    | 序号 | 项目                       | 预算数 | 决算数 |
    | 1    | 合计                       | 8.60   | 6.42   |
    | 2    | 1.因公出国（境）费         | 0.00   | 0.00   |
    | 3    | 2.公务接待费               | 1.50   | 0.82   |
    | 4    | 3.公务用车购置及运行维护费 | 7.10   | 5.60   |
    | 5    | 其中：公务用车运行维护费   | 7.10   | 5.60   |
    | 6    | 公务用车购置费             | 0.00   | 0.00   |
"""
TRANSPOSED = """
    | 项目   | 合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | <              | <                  | 公务接待费 |
    | ^      | ^    | ^                | 小计                     | 公务用车购置费 | 公务用车运行维护费 | ^          |
    | 预算数 | 8.60 | 0.00             | 7.10                     | 0.00           | 7.10               | 1.50       |
    | 决算数 | 6.42 | 0.00             | 5.60                     | 0.00           | 5.60               | 0.82       |
"""
YUAN = {
    "budget.total": "86000",
    "budget.overseas": "0",
    "budget.reception": "15000",
    "budget.vehicle_total": "71000",
    "budget.vehicle_operation": "71000",
    "budget.vehicle_purchase": "0",
    "final.total": "64200",
    "final.overseas": "0",
    "final.reception": "8200",
    "final.vehicle_total": "56000",
    "final.vehicle_operation": "56000",
    "final.vehicle_purchase": "0",
}


def reading_of(text: str, title: str = "2023年度“三公”经费支出决算表") -> Reading:
    grid = parse("\n".join(line.strip() for line in text.strip().splitlines()))
    above = tuple(TextLine(line, Location()) for line in (title, "单位：万元"))
    titled = Grid(grid.n_rows, grid.n_cols, grid.cells, grid.parts, grid.method, above=above)
    return read(Document("docx", "", (), (*above, titled)), load_catalogue())


@pytest.mark.parametrize("text", [LIST, TRANSPOSED], ids=["list", "phases as rows"])
def test_a_table_turned_on_its_side_gives_the_same_values(text: str) -> None:
    reading = reading_of(text)

    assert reading.tables[0].kind == "fa_three_public"
    assert {seen.field: Decimal(seen.value or "NaN") for seen in reading.observations} == {
        field: Decimal(yuan) for field, yuan in YUAN.items()
    }
    assert [found for found in reading.findings if found.code == "header_unmatched"] == []


def test_a_row_or_column_that_names_no_field_is_reported_with_its_cells() -> None:
    reading = reading_of(
        """
        | 项目                     | 预算数 | 决算数 | 名次 |
        | 合计                     | 8.60   | 6.42   | 3    |
        | 因公出国（境）费         | 0.00   | 0.00   | 1    |
        | 公务接待费               | 1.50   | 0.82   | 2    |
        | 公务用车购置及运行维护费 | 7.10   | 5.60   | 4    |
        | 飞艇租赁                 | 1.00   | 2.00   | 5    |
        """
    )

    found = [(one.message.rpartition(": ")[2], one.cells) for one in reading.findings if one.code == "header_unmatched"]
    assert found == [("名次", ["t01.r0.c3"]), ("飞艇租赁", ["t01.r5.c1", "t01.r5.c2"])]


def test_a_countys_sum_is_read_with_the_year_before_and_the_change() -> None:
    reading = reading_of(
        """
        | 项目                       | 上年决算数 | 本年决算数 | 比上年增、减情况 | <          |
        | ^                          | ^          | ^          | 增、减金额       | 增、减幅度 |
        | 合计                       | 29.11      | 27.06      | -2.05            | -7.04%     |
        | 1.因公出国（境）费         | 0.13       | 0.10       | -0.03            | -23.08%    |
        | 2.公务接待费               | 16.80      | 15.90      | -0.90            | -5.36%     |
        | 3.公务用车购置及运行费     | 12.18      | 11.06      | -1.12            | -9.20%     |
        | 其中：（1）公务用车购置费  | 0.15       | 0          | -0.15            | -100%      |
        | （2）公务用车运行费        | 12.03      | 11.06      | -0.97            | -8.06%     |
        """,
        "临溪县2023年“三公”经费决算情况统计表",
    )

    assert reading.tables[0].kind == "fa_three_public"
    seen = {one.field: (one.value, one.fiscal_year) for one in reading.observations}
    assert seen["prior_final.total"] == ("291100.00", 2022)
    assert seen["final.total"] == ("270600.00", 2023)
    assert seen["change.vehicle_purchase"] == ("-1500.00", 2023)
    assert seen["change_rate.reception"] == ("-5.36", 2023)
    assert {check.status for check in reading.checks} == {"pass"}


def test_a_budget_printed_with_one_of_its_sources_beside_it_is_a_budget() -> None:
    """Neither the title nor a heading says 预算; a final account in which nothing is final is none."""
    reading = reading_of(
        """
        | 项目                          | 本年预算数 | 其中：公共预算财政拨款 |
        | 合计                          | 8.60       | 8.00                   |
        | 1.因公出国（境）费用          | 0          | 0                      |
        | 2.公务接待费                  | 1.50       | 0.90                   |
        | 3.公务用车费                  | 7.10       | 7.10                   |
        | 其中：（1）公务用车运行维护费 | 7.10       | 7.10                   |
        | （2）公务用车购置             | 0          | 0                      |
        """,
        "2015年临溪市档案馆部门“三公”经费情况统计表",
    )

    assert reading.tables[0].kind == "bg_three_public"
    seen = {one.field: (one.value, one.phase) for one in reading.observations}
    assert seen["budget.total"] == ("86000.00", "initial_budget")
    assert seen["general_public_budget.total"] == ("80000.00", "initial_budget")
    assert seen["general_public_budget.vehicle_operation"] == ("71000.00", "initial_budget")


def test_a_total_whose_parts_were_left_empty_is_undecided_not_wrong() -> None:
    reading = reading_of(
        """
        | 项目                           | 预算数 | 决算数 |
        | 合计                           | 3      | 1.71   |
        | 因公出国（境）费               |        |        |
        | 公务接待费                     | 1      | 0.53   |
        | 公务用车购置及运行维护费       | 2      | 1.18   |
        | 其中：公务用车运行维护费       |        |        |
        | 公务用车购置费                 |        |        |
        """
    )

    assert {check.rule: check.status for check in reading.checks} == {
        "T9.budget": "pass",
        "T9.final": "pass",
        "T9.vehicle": "insufficient",
        "T9.vehicle_budget": "insufficient",
    }
