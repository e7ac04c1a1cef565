"""The catalogue as it is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.catalogue import load_catalogue, read_catalogue
from schemas.kind import CheckRule, Column, ColumnRole, RowRole, Shape, ValueType
from tests.schemas.test_catalogue_errors import copy_of_the_catalogue

FINAL_ACCOUNTS = (
    "fa_expenditure",
    "fa_expenditure_detail_by_economic",
    "fa_fiscal_appropriation_expenditure",
    "fa_fiscal_appropriation_summary",
    "fa_general_budget_basic_expenditure",
    "fa_general_budget_expenditure",
    "fa_general_budget_income_expenditure",
    "fa_general_budget_project_expenditure",
    "fa_government_fund",
    "fa_government_fund_project_expenditure",
    "fa_government_fund_three_public",
    "fa_government_procurement",
    "fa_income",
    "fa_income_expenditure_summary",
    "fa_operating_expense",
    "fa_project_expenditure",
    "fa_purchased_services",
    "fa_state_assets",
    "fa_state_capital",
    "fa_three_public",
    "fa_three_public_operating",
)
BUDGETS = (
    "bg_administrative_and_three_public",
    "bg_basic_expenditure",
    "bg_by_economic_summary",
    "bg_by_government_economic_summary",
    "bg_expenditure",
    "bg_fiscal_account_expenditure",
    "bg_fiscal_appropriation_basic_expenditure",
    "bg_fiscal_appropriation_by_economic",
    "bg_fiscal_appropriation_expenditure",
    "bg_fiscal_appropriation_project_expenditure",
    "bg_fiscal_appropriation_summary",
    "bg_general_budget_basic_by_economic_item",
    "bg_general_budget_basic_by_function",
    "bg_general_budget_basic_by_government_economic_item",
    "bg_general_budget_basic_expenditure",
    "bg_general_budget_by_economic",
    "bg_general_budget_by_government_economic",
    "bg_general_budget_expenditure",
    "bg_general_budget_project_by_economic",
    "bg_general_budget_project_expenditure",
    "bg_government_fund_by_economic",
    "bg_government_fund_by_government_economic",
    "bg_government_fund_expenditure",
    "bg_income",
    "bg_income_expenditure_summary",
    "bg_misc",
    "bg_new_assets",
    "bg_operating_expense",
    "bg_procurement",
    "bg_project_expenditure",
    "bg_purchased_services",
    "bg_state_capital_expenditure",
    "bg_superior_transfer_project",
    "bg_three_public",
    "bg_transfer_payment",
)

PERFORMANCE = (
    "pf_department_self_evaluation",
    "pf_department_target",
    "pf_evaluation_team",
    "pf_key_work",
    "pf_overall_base_data",
    "pf_overall_score_table",
    "pf_project_execution",
    "pf_project_fund_usage",
    "pf_project_self_evaluation",
    "pf_project_target",
    "pf_project_target_completion",
    "pf_self_evaluation_summary",
)


def column(kind_id: str, column_id: str, panel: str | None = None) -> Column:
    kind = load_catalogue().kind(kind_id)
    (found,) = [one for one in kind.columns if one.id == column_id and one.panel == panel]
    return found


def test_the_catalogue_holds_these_kinds_and_no_others() -> None:
    assert tuple(kind.id for kind in load_catalogue().kinds) == (
        *BUDGETS,
        "doc_unit_list",
        *FINAL_ACCOUNTS,
        *PERFORMANCE,
        "ss_fund_statement",
    )


def test_the_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="fa_nothing"):
        load_catalogue().kind("fa_nothing")


def test_a_column_takes_the_dimensions_of_its_kind_and_adds_its_own() -> None:
    assert column("fa_expenditure", "project") == Column(
        id="project",
        labels=(
            "项目支出",
            "项目支出合计",
            "项目支出小计",
            "项目支出/小计",
            "项目支出/合计",
            "项目支出总数",
            "项目支出预算",
            "专项业务经费支出",
            "专项业务经费",
        ),
        type=ValueType.MONEY,
        dimensions={
            "phase": "final",
            "measure": "expenditure",
            "fund": "all",
            "expenditure_type": "project",
        },
    )


def test_a_shared_column_takes_the_prefix_and_the_group_of_its_place() -> None:
    found = column("bg_three_public", "prior.reception")
    assert found.labels[0] == "公务接待费"
    assert found.group[:3] == ("上年预算数", "上年预算", "{Y-1}年预算数")
    assert found.dimensions["phase"] == "prior_budget"
    assert found.optional


def test_a_total_has_the_label_of_another_column_as_a_fallback() -> None:
    assert "合计" in column("bg_three_public", "budget.total").labels
    assert column("bg_three_public", "budget.grand_total").fallback_labels == ("合计", "总计")


def test_row_numbers_and_codes_are_no_values() -> None:
    assert column("fa_income_expenditure_summary", "row_no", "income").role is ColumnRole.META
    assert column("fa_income", "function_code").role is ColumnRole.ROW_KEY


def test_a_line_stands_on_its_side_with_its_code() -> None:
    lines = {line.id: line for line in load_catalogue().kind("fa_income_expenditure_summary").line_items}
    education = lines["expenditure.205"]
    assert (education.side, education.code, education.labels) == ("expenditure", "205", ("教育支出", "教育"))
    assert lines["income.total"].role is RowRole.TOTAL
    assert lines["income.government_fund"].dimensions == {"fund": "government_fund"}


def test_a_summary_may_print_expenditure_four_times() -> None:
    kind = load_catalogue().kind("bg_income_expenditure_summary")
    assert kind.shape is Shape.TWO_SIDED
    assert [panel.id for panel in kind.panels] == [
        "income",
        "expenditure",
        "expenditure_economic",
        "expenditure_government_economic",
        "expenditure_use",
    ]
    labels = {line.id: line.labels[0] for line in kind.line_items}
    assert labels["expenditure_economic.312"] == "对企业补助"
    assert labels["expenditure_government_economic.507"] == "对企业补助"
    assert labels["expenditure_use.project"] == "项目支出"


def test_a_twin_differs_from_the_general_budget_table_by_its_fund() -> None:
    funds = {
        kind_id: load_catalogue().kind(kind_id).dimensions["fund"]
        for kind_id in ("bg_general_budget_expenditure", "bg_fiscal_appropriation_expenditure", "bg_expenditure")
    }
    assert funds == {
        "bg_general_budget_expenditure": "general_public_budget",
        "bg_fiscal_appropriation_expenditure": "fiscal_appropriation",
        "bg_expenditure": "all",
    }


def test_a_rule_keeps_its_terms_and_the_formula_that_is_printed() -> None:
    rules = {rule.id: rule for rule in load_catalogue().kind("fa_government_fund").checks}
    assert rules["T7.flow"] == CheckRule(
        id="T7.flow",
        axis="column",
        relation="eq",
        lhs="closing_balance",
        terms=("opening_balance", "income", "-total"),
        note="6栏各行=(1+2-3)栏各行",
    )


def test_every_value_column_says_what_it_is_about() -> None:
    numeric = {ValueType.MONEY, ValueType.PERCENT, ValueType.COUNT, ValueType.NUMBER, ValueType.SCORE}
    for kind in load_catalogue().kinds:
        for one in kind.columns:
            if one.role is ColumnRole.VALUE and one.type in numeric:
                assert set(one.dimensions) == {"phase", "measure", "fund", "expenditure_type"}, f"{kind.id}.{one.id}"


def test_the_lexicon_keeps_income_and_expenditure_apart() -> None:
    opposed = load_catalogue().lexicon.opposed
    assert ("收入", "支出") in opposed
    assert ("一级", "二级", "三级") in opposed


def test_the_digest_changes_with_any_file(tmp_path: Path) -> None:
    directory = copy_of_the_catalogue(tmp_path)
    assert read_catalogue(directory).digest == load_catalogue().digest
    (directory / "lexicon.yml").write_text("opposed:\n  - [收入, 支出]\n", "utf-8")
    assert read_catalogue(directory).digest != load_catalogue().digest


def test_kinds_stand_in_the_order_of_their_names() -> None:
    ids = [kind.id for kind in load_catalogue().kinds]
    assert ids == sorted(ids)


def test_the_kind_of_the_guide_can_be_added_as_it_stands(tmp_path: Path) -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-kind.md"
    text = guide.read_text("utf-8").split("```yaml\n")[1].split("```")[0]
    directory = copy_of_the_catalogue(tmp_path)
    (directory / "kinds" / "bg_vehicle_purchase.yml").write_text(text, "utf-8")
    kind = read_catalogue(directory).kind("bg_vehicle_purchase")
    assert kind.titles == ("公务用车购置计划表", "部门公务用车购置计划表")
    assert [one.id for one in kind.columns][-4:] == ["quantity", "total", "own_cars", "special_cars"]


def test_the_guide_names_every_shape_and_every_dimension() -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "add-a-kind.md").read_text("utf-8")
    for name in (*Shape, "phase", "measure", "fund", "expenditure_type"):
        assert f"`{name}`" in guide
