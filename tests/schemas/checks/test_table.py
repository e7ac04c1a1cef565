from schemas.checks import run_checks
from tests.schemas.checks.readings import line, reading


def statuses(public: str) -> dict[str, str]:
    table = reading(
        "fa_general_budget_basic_expenditure",
        line("301 工资福利支出", "personnel", 1, amount="3.00"),
        line("302 商品和服务支出", "public", 1, amount="5.00"),
        line("303 对个人和家庭的补助", "personnel", 2, amount="1.50"),
        line("310 资本性支出", "public", 2, amount="0.50"),
        line("personnel_total", "personnel", 3, amount="4.50"),
        line("public_total", "public", 3, amount=public),
        code_list="economic",
    )
    return {check.rule: check.status for check in run_checks([table]) if check.scope == "table"}


def test_named_rows_add_up_over_the_codes_that_are_printed() -> None:
    assert statuses("5.50") == {"T6.personnel": "pass", "T6.public": "pass"}


def test_a_wrong_named_row_fails() -> None:
    assert statuses("5.00") == {"T6.personnel": "pass", "T6.public": "fail"}


def test_left_and_right_totals_that_differ_fail() -> None:
    table = reading(
        "fa_income_expenditure_summary",
        line("income.total", "income", 5, income_amount="12.00"),
        line("expenditure.total", "expenditure", 5, expenditure_amount="12.50"),
    )
    (check,) = run_checks([table])
    assert (check.rule, check.status) == ("T1.balance", "fail")
