from schemas.checks import run_checks
from schemas.result import Check
from tests.schemas.checks.readings import Line, line, reading


def by_id(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.id: check for check in checks}


def summary(*extra: Line, income: str = "10.00") -> list[Line]:
    return [
        line("income.general_public_budget", "income", 1, income_amount="9.00"),
        line("income.other", "income", 2, income_amount="1.00"),
        line("income.total_current", "income", 5, income_amount=income),
        line("income.opening_balance", "income", 6, income_amount="2.00"),
        line("income.total", "income", 7, income_amount="12.00"),
        line("expenditure.208", "expenditure", 1, expenditure_amount="7.00"),
        line("expenditure.210", "expenditure", 2, expenditure_amount="4.00"),
        line("expenditure.total_current", "expenditure", 5, expenditure_amount="11.00"),
        line("expenditure.closing_balance", "expenditure", 6, expenditure_amount="1.00"),
        line("expenditure.total", "expenditure", 7, expenditure_amount="12.00"),
        *extra,
    ]


def test_a_summary_that_adds_up_passes_on_both_sides_and_between_them() -> None:
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *summary())]))
    assert {key: check.status for key, check in checks.items()} == {
        "T1.income#c2": "pass",
        "T1.income_total#c2": "pass",
        "T1.expenditure#c3": "pass",
        "T1.expenditure_total#c3": "pass",
        "T1.balance#7.c2": "pass",
    }
    assert checks["T1.expenditure#c3"].cells == ["t01.r5.c3", "t01.r1.c3", "t01.r2.c3"]


def test_a_wrong_subtotal_fails_in_both_sums_it_stands_in() -> None:
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *summary(income="10.50"))]))
    assert checks["T1.income#c2"].status == "fail"
    assert checks["T1.income_total#c2"].status == "fail"
    assert checks["T1.balance#7.c2"].status == "pass"


def test_a_line_that_is_not_of_the_form_may_hold_the_difference() -> None:
    extra = line("单位资金", "income", 3, income_amount="0.50")
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *summary(extra, income="10.50"))]))
    assert checks["T1.income#c2"].status == "insufficient"
    assert "单位资金" in checks["T1.income#c2"].note


def test_a_line_outside_every_rule_may_hold_the_difference() -> None:
    extra = line("income.fiscal_account", "income", 3, income_amount="0.50")
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *summary(extra, income="10.50"))]))
    assert checks["T1.income#c2"].status == "insufficient"


def test_a_strange_line_on_one_side_excuses_nothing_on_the_other() -> None:
    extra = line("单位资金", "expenditure", 3, expenditure_amount="0.50")
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *summary(extra, income="10.50"))]))
    assert checks["T1.income#c2"].status == "fail"


def test_an_unprinted_subtotal_is_replaced_by_its_sources() -> None:
    lines = [one for one in summary() if one.key != "income.total_current"]
    checks = by_id(run_checks([reading("fa_income_expenditure_summary", *lines)]))
    assert checks["T1.income_total#c2"].status == "pass"
    assert len(checks["T1.income_total#c2"].cells) == 4
