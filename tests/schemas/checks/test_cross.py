from decimal import Decimal

from schemas.checks import run_checks
from schemas.records import TableReading
from schemas.result import Check
from tests.schemas.checks.readings import Line, line, reading


def documents(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.id: check.status for check in checks if check.scope == "document"}


def summary(
    total: str = "11.00", education: str = "4.00", factor: int | None = 10000, name: str = "t01"
) -> TableReading:
    return reading(
        "fa_income_expenditure_summary",
        line("expenditure.205", "expenditure", 1, expenditure_amount=education),
        line("expenditure.208", "expenditure", 2, expenditure_amount="7.00"),
        line("expenditure.total_current", "expenditure", 3, expenditure_amount=total),
        factor=factor,
        table_id=name,
    )


def expenditure(total: str = "11.00", factor: int | None = 10000, name: str = "t03", year: int = 2022) -> TableReading:
    return reading(
        "fa_expenditure",
        line("合计", total=total),
        line("205 教育支出", total="4.00"),
        line("208 社会保障和就业支出", total="7.00"),
        factor=factor,
        table_id=name,
        fiscal_year=year,
    )


def test_totals_and_classes_agree_between_tables() -> None:
    checks = run_checks([summary(), expenditure()])
    assert documents(checks) == {"X.T1T3": "pass", "X.T1T2class#205": "pass", "X.T1T2class#208": "pass"}
    total = next(check for check in checks if check.id == "X.T1T3")
    assert (total.lhs, total.rhs, total.cells) == (Decimal("110000"), Decimal("110000"), ["t01.r3.c2", "t03.r1.c2"])


def test_a_difference_of_one_last_digit_is_rounding() -> None:
    assert documents(run_checks([summary(total="11.01"), expenditure()]))["X.T1T3"] == "rounding"


def test_a_class_that_the_other_table_does_not_list_is_zero_when_its_total_is_proven() -> None:
    other = reading(
        "fa_expenditure", line("合计", total="11.00"), line("208 社会保障和就业支出", total="11.00"), table_id="t03"
    )
    assert documents(run_checks([summary(), other])) == {
        "X.T1T3": "pass",
        "X.T1T2class#205": "fail",
        "X.T1T2class#208": "fail",
    }


def test_a_class_that_the_other_table_does_not_list_is_undecided_while_rows_may_be_lost() -> None:
    other = reading(
        "fa_expenditure", line("合计", total="11.00"), line("208 社会保障和就业支出", total="7.00"), table_id="t03"
    )
    assert documents(run_checks([summary(), other]))["X.T1T2class#205"] == "insufficient"


def test_a_class_is_what_its_items_add_up_to_where_only_items_are_listed() -> None:
    items = [line("2050803 培训支出", total="1.00"), line("2050899 其他进修及培训", total="3.00")]
    rest = [line("合计", total="11.00"), line("2080505 养老保险缴费支出", total="7.00")]
    found = documents(run_checks([summary(), reading("fa_expenditure", *items, *rest, table_id="t03")]))
    assert found == {"X.T1T3": "pass", "X.T1T2class#205": "pass", "X.T1T2class#208": "pass"}


def test_a_line_of_the_same_name_on_a_lower_level_is_not_the_class() -> None:
    below = Line("expenditure.208", {"expenditure_amount": "2.00"}, "expenditure", 4)
    upper = Line("expenditure.208", {"expenditure_amount": "7.00"}, "expenditure", 2, level=1)
    total = line("expenditure.total_current", "expenditure", 5, expenditure_amount="7.00")
    table = reading("fa_income_expenditure_summary", below, upper, total)
    other = reading(
        "fa_expenditure", line("合计", total="7.00"), line("208 社会保障和就业支出", total="7.00"), table_id="t03"
    )
    assert documents(run_checks([table, other]))["X.T1T2class#208"] == "pass"


def test_a_table_that_lists_no_codes_is_not_asked_for_classes() -> None:
    other = reading("fa_expenditure", line("合计", total="11.00"), table_id="t03")
    assert documents(run_checks([summary(), other])) == {"X.T1T3": "pass"}


def test_a_blank_in_another_table_accuses_nobody() -> None:
    assert documents(run_checks([summary(), expenditure(total="")]))["X.T1T3"] == "insufficient"


def test_an_unknown_unit_leaves_tables_undecided() -> None:
    assert documents(run_checks([summary(), expenditure(factor=None)]))["X.T1T3"] == "insufficient"


def test_tables_of_different_years_are_not_compared() -> None:
    assert documents(run_checks([summary(), expenditure(year=2021)])) == {}


def test_tables_of_several_sets_are_compared_within_their_set() -> None:
    tables = [summary(name="t01"), expenditure(name="t02"), summary(name="t03", total="12.00"), expenditure(name="t04")]
    found = documents(run_checks(tables))
    assert found["t01:X.T1T3"] == "pass"
    assert found["t03:X.T1T3"] == "insufficient"


def test_a_unit_that_is_wrong_by_ten_thousand_is_never_left_undecided() -> None:
    tables = [summary(), expenditure(factor=1, name="t02"), expenditure(factor=1, name="t03")]
    assert documents(run_checks(tables))["X.T1T3"] == "fail"


def test_a_part_must_not_exceed_its_whole() -> None:
    basic = reading(
        "fa_general_budget_basic_expenditure",
        line("30217 公务接待费", "public", 1, amount="2.00"),
        code_list="economic",
    )
    small = reading("fa_three_public", line("本部门", final__reception="1.00"), table_id="t02")
    large = reading("fa_three_public", line("本部门", final__reception="3.00"), table_id="t02")
    assert documents(run_checks([basic, small])) == {"X.T6T9reception": "fail"}
    assert documents(run_checks([basic, large])) == {"X.T6T9reception": "pass"}
