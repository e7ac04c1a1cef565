from collections.abc import Mapping
from dataclasses import replace

from extractors.model import GridMethod, Join, JoinMethod, Location, Part
from schemas.checks import run_checks, suspicions
from schemas.grades import Graded, grade_values
from schemas.records import TableReading
from tests.schemas.checks.readings import line, reading


def graded(*tables: TableReading) -> Mapping[str, Graded]:
    checks = run_checks(tables)
    return grade_values(tables, checks, suspicions(checks, tables))


def grades(table: TableReading) -> dict[str, str]:
    return {cell: one.grade for cell, one in graded(table).items()}


def row(total: str = "5.00", basic: str = "2.00", project: str = "3.00", factor: int | None = 10000) -> TableReading:
    return reading(
        "fa_expenditure", line("201 一般公共服务支出", total=total, basic=basic, project=project), factor=factor
    )


def test_values_of_a_sum_that_holds_are_a_and_know_their_checks() -> None:
    table = row()
    found = graded(table)
    assert {cell: one.grade for cell, one in found.items()} == dict.fromkeys(
        ("t01.r1.c2", "t01.r1.c3", "t01.r1.c4"), "A"
    )
    assert found["t01.r1.c2"].checks == ("T3.row#1",)


def test_a_value_without_a_check_is_b() -> None:
    assert grades(reading("fa_expenditure", line("201 一般公共服务支出", total="5.00"))) == {"t01.r1.c2": "B"}


def test_a_blank_has_no_grade() -> None:
    assert grades(row(total="2.00", project="")) == {"t01.r1.c2": "A", "t01.r1.c3": "A"}


def test_every_cell_of_an_unexplained_failure_is_c() -> None:
    assert set(grades(row(total="9.00")).values()) == {"C"}


def test_a_single_suspect_is_c_and_proven_neighbours_stay_a() -> None:
    table = reading(
        "fa_general_budget_expenditure",
        line("合计", total="9.00", basic="6.00", project="3.00"),
        line("208 社会保障和就业支出", total="5.00", basic="7.00", project="3.00"),
        line("210 卫生健康支出", total="4.00", basic="4.00", project="0.00"),
    )
    found = grades(table)
    assert [cell for cell, grade in found.items() if grade == "C"] == ["t01.r2.c3"]
    assert set(found.values()) == {"A", "C"}


def test_amounts_without_a_known_unit_are_c() -> None:
    assert set(grades(row(factor=None)).values()) == {"C"}


def test_values_under_a_weakly_matched_header_are_c() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="5.00", basic="5.00"), score=0.85)
    assert set(grades(table).values()) == {"C"}


def test_recognised_characters_are_d_until_a_sum_proves_them() -> None:
    alone = reading("fa_expenditure", line("201 一般公共服务支出", total="5.00"), confidence=0.99)
    proven = reading(
        "fa_expenditure", line("201 一般公共服务支出", total="5.00", basic="2.00", project="3.00"), confidence=0.85
    )
    wrong = reading("fa_expenditure", line("201 一般公共服务支出", total="5.00", basic="8.00"), confidence=0.99)
    assert set(grades(alone).values()) == {"D"}
    assert set(grades(proven).values()) == {"B"}
    assert set(grades(wrong).values()) == {"D"}


def test_something_unreadable_is_c() -> None:
    assert grades(reading("fa_expenditure", line("201 一般公共服务支出", total="?"))) == {"t01.r1.c2": "C"}


def joined(table: TableReading, score: float) -> TableReading:
    page = Location(8)
    parts = (Part(page, 0, 1), Part(Location(9), 2, table.grid.n_rows - 1))
    return replace(table, grid=replace(table.grid, parts=parts, join=Join(JoinMethod.SAME_COLUMNS, score)))


def test_rows_below_a_doubtful_join_are_c_unless_a_sum_over_rows_holds_it_together() -> None:
    apart = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="5.00", basic="5.00"),
        line("2010302 一般行政管理事务", total="3.00", basic="3.00"),
    )
    together = reading(
        "fa_expenditure",
        line("20103 政府办公厅事务", total="3.00", basic="3.00"),
        line("2010302 一般行政管理事务", total="3.00", basic="3.00"),
    )
    assert grades(joined(apart, 0.7)) == {"t01.r1.c2": "A", "t01.r1.c3": "A", "t01.r2.c2": "C", "t01.r2.c3": "C"}
    assert set(grades(joined(apart, 0.98)).values()) == {"A"}
    assert set(grades(joined(together, 0.7)).values()) == {"A"}


def test_a_part_not_above_its_whole_proves_nothing() -> None:
    basic = reading(
        "fa_general_budget_basic_expenditure", line("30217 公务接待费", "public", amount="1.00"), code_list="economic"
    )
    whole = reading("fa_three_public", line("本部门", final__reception="2.00"), table_id="t02")
    checks = run_checks([basic, whole])
    assert [check.status for check in checks] == ["pass"]
    assert {one.grade for one in graded(basic, whole).values()} == {"B"}


def test_a_value_whose_only_sum_does_not_hold_is_c_even_when_the_reason_is_unknown() -> None:
    table = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="", basic="4.00", project="6.00"),
        line("2010302 一般行政管理事务", total="5.00", basic="2.00", project="3.00"),
    )
    assert [check.status for check in run_checks([table])] == ["insufficient", "pass"]
    assert grades(table) == {
        "t01.r1.c3": "C",
        "t01.r1.c4": "C",
        "t01.r2.c2": "A",
        "t01.r2.c3": "A",
        "t01.r2.c4": "A",
    }


def test_an_amount_below_a_blank_parent_is_c_although_its_row_adds_up() -> None:
    table = reading(
        "fa_expenditure",
        line("20103 政府办公厅事务", total="9.00", basic="9.00", project=""),
        line("2010301 行政运行", total="4.00", basic="4.00", project=""),
        line("2010302 一般行政管理事务", total="5.00", basic="", project="5.00"),
    )
    found = grades(table)
    assert found["t01.r3.c4"] == "C"
    assert found["t01.r3.c2"] == "A"


def aligned(table: TableReading) -> TableReading:
    parts = (Part(Location(1), 0, table.grid.n_rows - 1),)
    return replace(table, grid=replace(table.grid, method=GridMethod.BORDERLESS, parts=parts))


def test_unproven_values_of_a_table_without_rules_are_c() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="5.00"))

    assert grades(table) == {"t01.r1.c2": "B"}
    assert grades(aligned(table)) == {"t01.r1.c2": "C"}


def test_proven_values_of_a_table_without_rules_are_a() -> None:
    assert set(grades(aligned(row())).values()) == {"A"}
