from dataclasses import replace
from decimal import Decimal

from schemas.checks import run_checks
from schemas.checks.suspects import suspicions
from schemas.kind import Severity
from schemas.records import TableReading
from tests.schemas.checks.readings import line, reading


def expenditure(basic_item: str = "2.00", total_item: str = "5.00") -> TableReading:
    return reading(
        "fa_general_budget_expenditure",
        line("合计", total="9.00", basic="6.00", project="3.00"),
        line("208 社会保障和就业支出", total="5.00", basic="2.00", project="3.00"),
        line("20805 养老支出", total=total_item, basic=basic_item, project="3.00"),
        line("210 卫生健康支出", total="4.00", basic="4.00", project="0.00"),
    )


def test_a_cell_wrong_in_its_row_and_its_column_is_named_with_the_value_that_fits() -> None:
    table = expenditure(basic_item="7.00")
    (found,) = suspicions(run_checks([table]), [table])
    assert {check.id for check in found.checks} == {"T5.row#3", "T5.hier#2.c3"}
    assert found.suspects == ("t01.r3.c3",)
    assert found.fits == {"t01.r3.c3": Decimal("20000")}


def test_a_wrong_left_side_is_named_as_well() -> None:
    table = expenditure(total_item="5.50")
    (found,) = suspicions(run_checks([table]), [table])
    assert found.suspects == ("t01.r3.c2",)
    assert found.fits == {"t01.r3.c2": Decimal("50000")}


def test_a_term_that_is_subtracted_is_solved_with_its_sign() -> None:
    table = reading(
        "fa_government_fund",
        line("合计", opening_balance="1.00", income="9.00", total="7.00", closing_balance="2.00"),
        line("212 城乡社区支出", opening_balance="1.00", income="9.00", total="8.00", closing_balance="2.00"),
    )
    (found,) = suspicions(run_checks([table]), [table])
    assert found.suspects == ("t01.r1.c4",)
    assert found.fits == {"t01.r1.c4": Decimal("80000")}


def test_one_failing_sum_of_unproven_cells_has_several_suspects_and_no_value() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="9.00", basic="2.00", project="3.00"))
    (found,) = suspicions(run_checks([table]), [table])
    assert len(found.suspects) == 3
    assert found.fits == {}


def test_failures_far_apart_are_told_apart() -> None:
    table = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="9.00", basic="2.00", project="3.00"),
        line("2080501 行政单位离退休", total="4.00", basic="1.00", project="1.00"),
    )
    assert len(suspicions(run_checks([table]), [table])) == 2


def test_nothing_fails_in_a_table_that_adds_up() -> None:
    table = expenditure()
    assert suspicions(run_checks([table]), [table]) == []


def two_by_two(**wrong: str) -> TableReading:
    """合计 over two classes, each over two groups; every cell of a group stands in a row sum and a column sum."""
    cells = {"basic1": "2.00", "project1": "3.00", "basic2": "1.00", "project2": "7.00"} | wrong
    return reading(
        "fa_general_budget_expenditure",
        line("合计", total="13.00", basic="3.00", project="10.00"),
        line("208 社会保障和就业支出", total="13.00", basic="3.00", project="10.00"),
        line("20805 养老支出", total="5.00", basic=cells["basic1"], project=cells["project1"]),
        line("20808 抚恤", total="8.00", basic=cells["basic2"], project=cells["project2"]),
    )


def test_two_wrong_cells_are_the_smallest_set_that_explains_four_failures() -> None:
    table = two_by_two(basic1="2.50", project2="6.00")
    (found,) = suspicions(run_checks([table]), [table])
    assert len(found.checks) == 4
    assert found.fits == {"t01.r3.c3": Decimal("20000"), "t01.r4.c4": Decimal("70000")}


def test_two_wrong_cells_of_one_row_are_told_together() -> None:
    table = two_by_two(basic1="2.50", project1="3.70")
    (found,) = suspicions(run_checks([table]), [table])
    assert len(found.checks) == 3
    assert found.fits == {}  # the row sum holds both cells: each explains one column, none the row alone


def test_neighbours_in_a_column_that_changed_places_are_named_although_their_column_adds_up() -> None:
    table = two_by_two(basic1="1.00", basic2="2.00")
    (found,) = suspicions(run_checks([table]), [table])
    assert found.swapped
    assert found.fits == {"t01.r3.c3": Decimal("20000"), "t01.r4.c3": Decimal("10000")}


def test_neighbours_in_a_row_that_changed_places_are_named_although_their_row_adds_up() -> None:
    table = two_by_two(basic1="3.00", project1="2.00")
    (found,) = suspicions(run_checks([table]), [table])
    assert found.swapped
    assert found.suspects == ("t01.r3.c3", "t01.r3.c4")


def summary(current: str, closing: str) -> TableReading:
    return reading(
        "fa_income_expenditure_summary",
        line("expenditure.210", "expenditure", expenditure_amount="29.40"),
        line("expenditure.total_current", "expenditure", expenditure_amount=current),
        line("expenditure.closing_balance", "expenditure", expenditure_amount=closing),
        line("expenditure.total", "expenditure", expenditure_amount="31.56"),
    )


def test_neighbours_that_are_parts_of_one_sum_are_named_where_one_wants_what_the_other_prints() -> None:
    table = summary(current="2.16", closing="29.40")
    (found,) = suspicions(run_checks([table]), [table])
    assert [check.rule for check in found.checks] == ["T1.expenditure"]
    assert found.swapped
    assert found.fits == {"t01.r2.c2": Decimal("294000"), "t01.r3.c2": Decimal("21600")}


def test_a_sum_and_its_part_are_no_exchange() -> None:
    table = reading(
        "fa_general_budget_expenditure",
        line("208 社会保障和就业支出", total="9.00", basic="6.00", project="3.00"),
        line("20805 养老支出", total="6.00", basic="6.00", project=""),
    )
    assert not any(one.swapped for one in suspicions(run_checks([table]), [table]))


def test_what_moved_along_with_a_swapped_amount_is_told() -> None:
    printed = (("208", "1.00"), ("205", "4.00"), ("210", "2.00"))
    lines = (line(f"expenditure.{code}", "expenditure", expenditure_amount=text) for code, text in printed)
    summary = reading("fa_income_expenditure_summary", *lines)
    detail = reading(
        "fa_expenditure",
        line("合计", total="7.00", basic="7.00", project="0.00"),
        line("208 社会保障和就业支出", total="2.00", basic="2.00", project="0.00"),
        line("210 卫生健康支出", total="1.00", basic="1.00", project="0.00"),
        line("205 教育支出", total="4.00", basic="4.00", project="0.00"),
        table_id="t02",
    )
    (found,) = suspicions(run_checks([summary, detail]), [summary, detail])
    assert found.suspects == ("t02.r2.c2", "t02.r3.c2")
    assert {"t02.r2.c3", "t02.r3.c3"} <= set(found.moved)
    assert not any(cell.startswith(("t01", "t02.r1", "t02.r4")) for cell in found.moved)


def test_the_sums_above_two_columns_that_changed_places_moved_along() -> None:
    table = reading(
        "fa_expenditure",
        line("合计", total="33.00", basic="11.00", project="22.00"),
        line("205 教育支出", total="33.00", basic="11.00", project="22.00"),
        line("20502 普通教育", total="33.00", basic="11.00", project="22.00"),
        line("2050201 学前教育", total="22.00", basic="22.00", project="0.00"),
        line("2050299 其他普通教育", total="11.00", basic="0.00", project="11.00"),
    )
    (found,) = suspicions(run_checks([table]), [table])
    assert found.swapped
    assert {"t01.r1.c3", "t01.r1.c4", "t01.r2.c3", "t01.r2.c4"} <= {*found.suspects, *found.moved}
    assert not any(cell.endswith(".c2") for cell in found.moved)


def test_opposite_differences_far_apart_are_no_exchange() -> None:
    table = two_by_two(basic1="1.50", basic2="1.50")
    found = suspicions(run_checks([table]), [table])
    assert [one.swapped for one in found] == [False, False]


def only_warning(table: TableReading, rule_id: str) -> TableReading:
    rules = table.kind.checks
    softer = tuple(replace(rule, severity=Severity.WARNING) if rule.id == rule_id else rule for rule in rules)
    return replace(table, kind=replace(table.kind, checks=softer))


def test_a_rule_that_only_warns_helps_to_find_the_cell_that_explains_both() -> None:
    table = only_warning(expenditure(basic_item="7.00"), "T5.row")
    (found,) = suspicions(run_checks([table]), [table])
    assert [check.id for check in found.checks] == ["T5.hier#2.c3", "T5.row#3"]
    assert found.fits == {"t01.r3.c3": Decimal("20000")}


def test_rules_that_only_warn_suspect_nobody() -> None:
    table = only_warning(
        reading("fa_expenditure", line("201 一般公共服务支出", total="9.00", basic="2.00", project="3.00")), "T3.row"
    )
    assert suspicions(run_checks([table]), [table]) == []
