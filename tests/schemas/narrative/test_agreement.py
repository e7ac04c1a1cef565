"""Facts held against the tables, against each other, and against the forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from schemas.narrative import read_narrative
from schemas.result import Form, FormField, FormFund
from tests.schemas.narrative.written import budget, check_of, final, prose, table, verdicts

SUMMARY = table(
    "fa_income_expenditure_summary",
    {
        "income.total_current": {"income_amount": "1099.50"},
        "income.total": {"income_amount": "1114.03"},
        "expenditure.total": {"expenditure_amount": "1114.03"},
    },
)
EXPENDITURE = table(
    "fa_expenditure", {"合计": {"total": "1114.03", "basic": "126.18", "project": "987.85"}}, table_id="t03"
)
GENERAL = table(
    "fa_general_budget_expenditure",
    {
        "合计": {"total": "1085.68", "basic": "126.18", "project": "959.50"},
        "210 卫生健康支出": {"total": "1080.57", "basic": "126.18", "project": "954.39"},
        "2101301 城乡医疗救助": {"total": "709.41", "basic": "", "project": "709.41"},
    },
    table_id="t05",
)
TABLES = (SUMMARY, EXPENDITURE, GENERAL)


def test_an_amount_that_a_table_prints_agrees_with_it() -> None:
    read = final("2022年度收入总计1,114.03万元。", tables=TABLES)
    check = check_of(read, "N.1#n001")
    assert (check.status, check.lhs, check.rhs, check.scope) == (
        "pass",
        Decimal(11140300),
        Decimal(11140300),
        "narrative",
    )
    assert check.cells == ["n001", "t01.r2.c2"]
    assert (read.observations[0].grade, read.observations[0].checks) == ("B", ["N.1#n001"])
    assert read.findings == ()


@pytest.mark.parametrize(("said", "status"), [("1114万元", "rounding"), ("1112万元", "fail"), ("0.11亿元", "rounding")])
def test_prose_in_round_numbers_may_be_cut_as_well_as_rounded(said: str, status: str) -> None:
    assert verdicts(final(f"2022年度收入总计{said}。", tables=TABLES)) == {"N.1#n001": status}


def test_a_contradiction_names_both_places_and_grades_the_fact() -> None:
    read = final("2022年度收入总计1141.03万元。", tables=TABLES)
    (found,) = read.findings
    assert verdicts(read) == {"N.1#n001": "fail"}
    assert (found.code, found.severity, found.table) == ("narrative_contradicts_table", "warning", "t01")
    assert found.cells == ["n001", "t01.r2.c2"]
    for part in ("2022年度收入总计", "11410300", "11140300", "270000", "2022年度收入总计1141.03万元。"):
        assert part in found.message
        assert part in found.message_zh
    assert read.observations[0].grade == "C"
    assert read.observations[0].value == "11410300.00"


def test_it_agrees_when_one_of_several_tables_prints_it() -> None:
    other = table("fa_expenditure", {"合计": {"total": "1114.04"}}, table_id="t03")
    summary = table("fa_income_expenditure_summary", {"expenditure.total_current": {"expenditure_amount": "1114.03"}})
    assert verdicts(final("本年支出合计1114.03万元。", tables=(summary, other))) == {"N.3#n001": "pass"}


def test_two_tables_of_a_kind_can_prove_and_not_contradict() -> None:
    unit = table("fa_expenditure", {"合计": {"total": "300.00"}}, table_id="t07")
    assert verdicts(final("本年支出合计300万元。", tables=(EXPENDITURE, unit))) == {"N.3#n001": "pass"}
    assert verdicts(final("本年支出合计500万元。", tables=(EXPENDITURE, unit))) == {}


def test_the_table_of_another_year_is_not_asked() -> None:
    earlier = table("fa_expenditure", {"合计": {"total": "900.00"}}, year=2021)
    assert verdicts(final("本年支出合计1114.03万元。", tables=(earlier,))) == {}


def test_a_blank_cell_says_nothing() -> None:
    blank = table("fa_expenditure", {"合计": {"total": "5.00", "to_superior": ""}})
    assert verdicts(final("三、支出决算情况说明", "上缴上级支出0万元。", tables=(blank,))) == {}


def test_running_cost_is_not_always_the_public_expense_of_the_table() -> None:
    basic = table("fa_general_budget_basic_expenditure", {"public_total": {"amount": "7.36"}})
    assert verdicts(final("机关运行经费支出7.36万元。", tables=(basic,))) == {"N.8#n001": "pass"}
    assert verdicts(final("机关运行经费支出5.00万元。", tables=(basic,))) == {}


def test_an_amount_in_the_wrong_unit_is_said_to_be_one() -> None:
    read = final("2022年度收入总计1114.03万元。", "本年支出合计1114.03元。", tables=TABLES)
    assert [one.code for one in read.findings] == ["narrative_unit_doubtful"]


def test_a_table_that_shares_no_amount_with_the_prose_is_in_the_wrong_unit_itself() -> None:
    wrong = table("fa_expenditure", {"合计": {"total": "1114.03", "basic": "126.18"}}, table_id="t03", factor=1)
    read = final("2022年度收入总计1114.03万元。", "本年支出合计1114.03万元。", tables=(SUMMARY, wrong))
    (found,) = read.findings
    assert (found.code, found.severity, found.table) == ("unit_conflict", "error", "t03")


def test_shares_are_held_against_the_whole_that_the_sentence_names() -> None:
    read = final(
        "2022年度一般公共预算财政拨款支出1085.68万元，占本年支出合计的97.5%。",
        "一般公共预算财政拨款支出1085.68万元，主要用于以下方面：卫生健康支出（类）1080.57万元，占99.5%。",
        tables=TABLES,
    )
    first, second = check_of(read, "N.5.share#n002"), check_of(read, "N.5.share#n005")
    assert (first.status, first.rhs, first.cells[-1]) == ("rounding", Decimal("97.4552"), "t03.r1.c2")
    assert (second.status, second.rhs) == ("rounding", Decimal("99.5293"))


def test_a_share_may_be_cut_or_rounded_and_no_more() -> None:
    for printed, status in (("71.65", "rounding"), ("71.66", "rounding"), ("71.73", "fail"), ("71.6", "rounding")):
        read = final(f"一般公共预算财政拨款支出2940.05万元，其中：卫生健康支出（类）2106.66万元，占{printed}%。")
        assert check_of(read, "N.5.share#n003").status == status, printed


def test_a_small_slip_of_a_percentage_is_told_as_information() -> None:
    small = final("一般公共预算财政拨款支出2940.05万元，其中：卫生健康支出（类）2106.66万元，占71.73%。")
    large = final("本年收入合计1060.67万元，其中：其他收入0.05万元，占0.9%。")
    assert [(one.code, one.severity) for one in (*small.findings, *large.findings)] == [
        ("narrative_inconsistent", "info"),
        ("narrative_inconsistent", "warning"),
    ]


def test_growth_is_the_change_over_what_was_before() -> None:
    read = final("2022年度收、支总计1114.03万元。与2021年度相比，收、支总计各减少75.64万元，下降6.4%。")
    check = check_of(read, "N.1.growth#n003")
    assert (check.status, check.lhs, check.rhs) == ("rounding", Decimal("-6.4"), Decimal("-6.3581"))
    wrong = budget("单位预留机动经费预算数为1685.72万元。与上年相比增加1557.29万元，增长1312.56%。")
    assert check_of(wrong, "N.3.growth#n003").status == "fail"
    assert [one.grade for one in wrong.observations] == ["C", "C", "C"]


def test_small_amounts_leave_a_growth_rate_more_room() -> None:
    read = budget(
        "1、卫生健康支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）0.62万元。"
        "2025年当年预算执行数为0.50万元，2026年预算安排0.62万元，比2025年预算执行数增加22.22%。"
    )
    assert check_of(read, "N.5.growth#n004").status == "rounding"


def test_completion_is_the_final_amount_over_the_budget() -> None:
    text = "一般公共预算财政拨款支出年初预算为929.84万元，支出决算为1085.68万元，完成年初预算的{}%。"
    assert check_of(final(text.format("116.7")), "N.5.completion#n003").status == "rounding"
    assert check_of(final(text.format("106.7")), "N.5.completion#n003").status == "fail"


def test_parts_add_up_to_the_total_they_follow() -> None:
    text = "政府采购支出总额{}万元，其中：政府采购货物支出50万元、政府采购工程支出30万元、政府采购服务支出20万元。"
    assert check_of(final(text.format("100")), "N.8.sum#n001").status == "pass"
    assert check_of(final(text.format("200")), "N.8.sum#n001").status == "fail"


def test_parts_whose_shares_make_100_add_up_to_their_whole() -> None:
    read = final(
        "财政拨款支出1061.62万元，其中基本支出814.47万元，占财政拨款支出的76.72%；项目支出247.11万元，占财政拨款支出的23.28%"
    )
    check = check_of(read, "N.4.sum#n001")
    assert (check.status, check.diff, check.band) == ("fail", Decimal(400), Decimal(150))


def test_vehicles_may_be_used_for_more_than_is_listed_but_not_for_less() -> None:
    text = "（三）国有资产占用情况", "乙局共有车辆{}辆，其中：机要通信用车1辆、其他用车2辆。"
    assert verdicts(final(text[0], text[1].format(5))) == {}
    assert verdicts(final(text[0], text[1].format(2))) == {"N.8.sum#n001": "fail"}


def test_initial_budgets_of_all_items_make_their_total() -> None:
    items = (
        "1.卫生健康支出（类）医疗救助（款）城乡医疗救助（项）。年初预算为{}万元，支出决算为60万元。",
        "2.住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为20万元，支出决算为40万元。",
    )
    total = "一般公共预算财政拨款支出年初预算为100万元，支出决算为100万元。"
    assert check_of(final(total, items[0].format(80), items[1]), "N.10.sum#n001").status == "pass"
    assert check_of(final(total, items[0].format(70), items[1]), "N.10.sum#n001").status == "fail"
    assert "N.10.sum#n001" not in verdicts(final(total, items[0].format(80)))


def test_the_same_amount_is_the_same_each_time() -> None:
    same = final("本年支出合计100万元。", "2022年度支出合计100万元。")
    other = final("本年支出合计100万元。", "2022年度支出合计200万元。")
    assert verdicts(same) == {"N.3.repeat#n002": "pass"}
    assert verdicts(other) == {"N.3.repeat#n002": "fail"}


def form(name: str | None, kind: str, **funds: str) -> Form:
    fields = {"project_name": FormField(text=name, value=name)} if name else {}
    rows = [
        FormFund("total", "年度资金总额", field, value, value, "CNY", "printed", cell=f"t12.r{at}.c2")
        for at, (field, value) in enumerate(funds.items())
    ]
    return Form(
        table="t12",
        kind=kind,
        kind_score=1.0,
        title=None,
        header=fields,
        funds=rows,
        goals={},
        goal_list=[],
        indicators=[],
        total_score=None,
        unit=None,
        tables=["t12"],
    )


def test_projects_and_the_department_are_held_against_their_forms_and_accuse_nobody() -> None:
    document = prose(
        "（1）“医保业务运行费”项目绩效目标完成情况综述。项目全年预算数60万元，执行数为50万元。",
        "（一）执行率： 100%。",
    )
    forms = [
        form("医保业务运行费", "pf_project_self_evaluation", adjusted_budget="600000.00", executed="590000.00"),
        form(None, "pf_department_self_evaluation", execution_rate="58.31"),
    ]
    read = read_narrative(document, (), 2022, "final_accounts", forms)
    assert verdicts(read) == {"N.9#n001": "pass", "N.9#n002": "not_applicable", "N.9#n003": "not_applicable"}
    assert [(one.code, one.severity) for one in read.findings] == [("inconsistent_scope", "info")] * 2
    assert "58.31%" in read.findings[1].message
    assert {one.grade for one in read.observations} == {"B"}
