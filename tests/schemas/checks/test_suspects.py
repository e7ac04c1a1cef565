from decimal import Decimal

from schemas.checks import run_checks
from schemas.checks.suspects import suspicions
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
    assert found.fits == Decimal("20000")


def test_a_wrong_left_side_is_named_as_well() -> None:
    table = expenditure(total_item="5.50")
    (found,) = suspicions(run_checks([table]), [table])
    assert found.suspects == ("t01.r3.c2",)
    assert found.fits == Decimal("50000")


def test_a_term_that_is_subtracted_is_solved_with_its_sign() -> None:
    table = reading(
        "fa_government_fund",
        line("合计", opening_balance="1.00", income="9.00", total="7.00", closing_balance="2.00"),
        line("212 城乡社区支出", opening_balance="1.00", income="9.00", total="8.00", closing_balance="2.00"),
    )
    (found,) = suspicions(run_checks([table]), [table])
    assert found.suspects == ("t01.r1.c4",)
    assert found.fits == Decimal("80000")


def test_one_failing_sum_of_unproven_cells_has_several_suspects_and_no_value() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="9.00", basic="2.00", project="3.00"))
    (found,) = suspicions(run_checks([table]), [table])
    assert len(found.suspects) == 3
    assert found.fits is None


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
