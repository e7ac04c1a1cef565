"""What sentences state, and what they do not."""

from __future__ import annotations

import pytest

from schemas.narrative import read_narrative
from tests.schemas.narrative.written import budget, facts, final, page, printed, prose, table

SUMMARY = "fa_income_expenditure_summary"
GENERAL = "fa_general_budget_expenditure"
THREE = "fa_three_public"


def test_totals_with_their_change_and_growth() -> None:
    read = final("2022年度收、支总计1114.03万元。与2021年度相比，收、支总计各减少75.64万元，下降6.4%。")
    assert facts(read) == [
        (SUMMARY, "income_amount", "income.total", "11140300.00"),
        (SUMMARY, "income_amount.change", "income.total", "-756400.00"),
        (SUMMARY, "income_amount.change_rate", "income.total", "-6.4"),
    ]
    assert [one.fiscal_year for one in read.observations] == [2022, 2022, 2022]
    assert {one.source for one in read.observations} == {"narrative"}


def test_sources_of_income_and_their_shares() -> None:
    read = final("本年收入合计2946.25万元，其中：财政拨款收入2940.05万元，占99.79%；其他收入6.2万元，占0.21%；")
    assert facts(read) == [
        ("fa_income", "total", "合计", "29462500.00"),
        ("fa_income", "fiscal_appropriation", "合计", "29400500.00"),
        ("fa_income", "fiscal_appropriation.share", "合计", "99.79"),
        ("fa_income", "other", "合计", "62000.00"),
        ("fa_income", "other.share", "合计", "0.21"),
    ]


def test_the_initial_budget_of_an_item_is_a_fact_of_its_own() -> None:
    read = final(
        "5.卫生健康支出（类）医疗救助（款）城乡医疗救助（项）。年初预算为772.97万元，支出决算为709.41万元，"
        "完成年初预算的91.8%。支出决算数小于年初预算数的主要原因是系统建设滞后，少用50万元。"
    )
    assert facts(read) == [
        (GENERAL, "initial_budget", "2101301", "7729700.00"),
        (GENERAL, "total", "2101301", "7094100.00"),
        (GENERAL, "total.completion_rate", "2101301", "91.8"),
    ]
    first = read.observations[0]
    assert (first.phase, first.fund, first.row.label) == ("initial_budget", "general_public_budget", "城乡医疗救助")


def test_the_year_before_the_words_of_a_budget_is_read_with_them() -> None:
    read = final("1.卫生健康支出（类）医疗救助（款）城乡医疗救助（项）。2022年初预算为772.97万元。")
    assert facts(read) == [(GENERAL, "initial_budget", "2101301", "7729700.00")]


def test_a_code_that_several_items_share_is_decided_by_the_names_above_it() -> None:
    read = final("1.一般公共服务支出（类）财政事务（款）行政运行（项）。年初预算为10万元。")
    assert facts(read) == [(GENERAL, "initial_budget", "2010601", "100000.00")]
    read = final("1.行政运行（项）。年初预算为10万元。")
    assert [(one.field, one.row.code, one.row.label) for one in read.observations] == [
        ("initial_budget", None, "行政运行")
    ]


def test_printed_code_digits_are_the_code() -> None:
    read = budget("1、公共安全支出（204类）司法（06款）行政运行（01项）1434.89万元。")
    assert facts(read) == [("bg_general_budget_expenditure", "total", "2040601", "14348900.00")]


def test_the_three_expenses_with_budget_counts_and_shares() -> None:
    read = final(
        "七、“三公”经费支出决算情况说明",
        "2022年度“三公”经费支出预算为5万元，支出决算为4万元，完成预算的80%。其中：公务接待费支出决算1万元，占25%。",
        "国内公务接待20批次、150人次。全年因公出国（境）团组0个，累计0人次。年末公务用车保有量2辆。",
    )
    operating = "fa_three_public_operating"
    assert facts(read) == [
        (THREE, "budget.total", "", "50000.00"),
        (THREE, "final.total", "", "40000.00"),
        (THREE, "final.total.completion_rate", "", "80"),
        (THREE, "final.reception", "", "10000.00"),
        (THREE, "final.reception.share", "", "25"),
        (operating, "final", "reception_batches", "20"),
        (operating, "final", "reception_persons", "150"),
        (operating, "final", "overseas_groups", "0"),
        (operating, "final", "overseas_persons", "0"),
        (operating, "final", "vehicles_held", "2"),
    ]
    assert read.observations[0].phase is None  # neither 年初 nor 全年 is said


def test_what_stands_in_brackets_is_said_of_other_things() -> None:
    read = budget(
        "公务用车购置及运行维护费6.54万元（公务用车购置费0万元；公务用车运行维护费6.54万元，比上年减少14.85万元。）"
        "比上年减少14.85万元，下降69.4%。"
    )
    assert [(field, value) for _, field, _, value in facts(read)][-2:] == [
        ("budget.vehicle_total.change", "-148500.00"),
        ("budget.vehicle_total.change_rate", "-69.4"),
    ]


def test_a_label_may_stand_alone_before_its_amounts() -> None:
    read = budget("1.因公出国（境）费用。2026 年预算数 115.00 万元，较 2025 年年初预算减少 14.80 万元。")
    assert facts(read) == [
        ("bg_three_public", "budget.overseas", "", "1150000.00"),
        ("bg_three_public", "budget.overseas.change", "", "-148000.00"),
    ]


def test_last_years_execution_beside_a_budget_is_of_last_year() -> None:
    read = budget("1、公共安全支出（204类）司法（06款）普法宣传（05项）124.29万元。2025年当年预算执行数为118.46万元。")
    prior = read.observations[1]
    assert (prior.field, prior.value, prior.fiscal_year, prior.phase) == ("prior_final", "1184600.00", 2025, "final")


def test_a_sentence_of_last_year_speaks_of_last_year_to_its_end() -> None:
    read = final("2021年度收入总计900万元，支出总计900万元。")
    assert [(one.field, one.fiscal_year) for one in read.observations] == [
        ("prior_final.income_amount", 2021),
        ("prior_final.expenditure_amount", 2021),
    ]


def test_procurement_vehicles_and_equipment() -> None:
    read = final(
        "2022年度乙局政府采购支出总额334.95万元，其中：政府采购货物支出150.47万元、政府采购工程支出184.3万元。"
        "授予中小企业合同金额289.15万元，占政府采购支出总额的86.3%。",
        "（三）国有资产占用情况",
        "截至2022年12月31日，乙局共有车辆3辆，其中：机要通信用车1辆、其他用车2辆。单价100万元（含）以上设备（不含车辆）2台（套）。",
    )
    assert facts(read) == [
        ("fa_government_procurement", "amount", "total", "3349500.00"),
        ("fa_government_procurement", "amount", "goods", "1504700.00"),
        ("fa_government_procurement", "amount", "works", "1843000.00"),
        ("fa_government_procurement", "amount", "sme_contract", "2891500.00"),
        ("fa_government_procurement", "amount.share", "sme_contract", "86.3"),
        ("narrative_facts", "vehicles", "", "3"),
        ("narrative_facts", "vehicles.confidential", "机要通信用车", "1"),
        ("narrative_facts", "vehicles.other", "其他用车", "2"),
        ("narrative_facts", "large_equipment", "单价100万元（含）以上设备（不含车辆）", "2"),
    ]


def test_what_there_is_on_a_day_has_the_year_of_that_day() -> None:
    read = budget("五、国有资产占有使用情况", "截至2025年8月31日，乙局共有车辆1辆。", "2026年预算安排购置车辆2辆。")
    assert [(one.field, one.fiscal_year, one.phase) for one in read.observations] == [
        ("vehicles", 2025, None),
        ("vehicles_planned", 2026, "initial_budget"),
    ]
    assert budget("乙局共有车辆1辆。").observations[0].fiscal_year is None


def test_projects_are_named_by_their_paragraph() -> None:
    read = final(
        "（1）“医保业务运行费”项目绩效目标完成情况综述。项目全年预算数60万元，执行数为58万元，完成预算的96.67%。"
    )
    assert facts(read) == [
        ("narrative_facts", "project.adjusted_budget", "医保业务运行费", "600000.00"),
        ("narrative_facts", "project", "医保业务运行费", "580000.00"),
        ("narrative_facts", "project.completion_rate", "医保业务运行费", "96.67"),
    ]


def test_a_budget_named_in_final_accounts_is_no_final_amount() -> None:
    (fact,) = final("2022年度收入预算1200万元。").observations
    assert (fact.field, fact.phase) == ("income_amount.budget", None)


def test_the_parts_of_a_budget_are_budgets() -> None:
    read = final("2022年部门预算收入6167.14万元，其中：一般公共预算收入5964.54万元。一般公共预算收入5000万元。")
    assert [(one.field, one.phase) for one in read.observations] == [
        ("income_amount.budget", None),
        ("income_amount.budget", None),
        ("income_amount", "final"),
    ]


def test_a_report_that_is_neither_keeps_its_facts_under_names_of_their_own() -> None:
    document = prose(
        "2022年乙局整体支出规模2815.61万元，其中人员经费支出515.99万元，占总支出的18.33%。",
        "2、整体支出预算完成率为52.33%。当年本级年初批复预算数5380.44万元，实际执行2815.61万元。",
        title="乙局整体支出绩效自评报告",
    )
    read = read_narrative(document, (), None, None)
    assert facts(read) == [
        ("narrative_facts", "expenditure.total_current", "", "28156100.00"),
        ("narrative_facts", "expenditure.personnel", "", "5159900.00"),
        ("narrative_facts", "expenditure.personnel.share", "", "18.33"),
        ("narrative_facts", "expenditure.total_current.initial_budget", "", "53804400.00"),
        ("narrative_facts", "expenditure.total_current", "", "28156100.00"),
        ("narrative_facts", "expenditure.total_current.completion_rate", "", "52.33"),
    ]
    assert [one.fiscal_year for one in read.observations] == [2022, 2022, 2022, None, None, None]


def test_a_document_that_is_no_disclosure_is_not_read() -> None:
    document = prose("上海一般公共预算收入8,500.91亿元。", title="2025年中国城市经济百强")
    assert read_narrative(document, (), 2025, None).observations == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "主要原因是新增收入总计5万元。",
        "主要用于以前年度收入总计5万元。",
        "非税收入总计5万元。",
        "其他财政拨款收入3万元。",
        "预计2023年收入总计1200万元。",
        "收入总计每人300元/人。",
        "收入总计1,1 14.03万元。",
        "全年医疗总费用110220.77万元，拒付不合理费用183.56万元。",
        "专项经费3：特困企业医疗保险，年初预算安排150万元，项目支出133万元。",
        "拟对1个项目开展部门重点绩效评价，涉及预算资金8000万元。",
        "收入决算总计**万元，完成预算**%。",
    ],
)
def test_what_is_unclear_becomes_no_fact(sentence: str) -> None:
    assert final("一、收入支出决算总体情况说明", sentence).observations == ()


def test_parts_of_a_unit_become_facts_only_where_a_table_prints_them() -> None:
    rows = {"合计": {"total": "1114.03", "basic": "126.18", "project": "987.85"}}
    read = final(
        "三、支出决算情况说明",
        "甲市丙中心支出合计300万元，其中：基本支出126.18万元；项目支出200万元。",
        tables=(table("fa_expenditure", rows),),
    )
    assert facts(read) == [("fa_expenditure", "basic", "合计", "1261800.00")]


def test_a_fact_keeps_its_sentence_its_heading_and_its_place() -> None:
    lines = page(
        ("二、收入决算情况说明", 96, 230),
        ("2022年度收入合计1114.03万元。其中：财政拨款收入1114.03", 96, 516),
        ("万元，占100%。", 72, 160),
        number=14,
    )
    read = read_narrative(printed(*lines), (), 2022, "final_accounts")
    first, second, share = read.observations
    assert first.text == "2022年度收入合计1114.03万元。"
    assert (first.header, first.page) == ("二、收入决算情况说明/2022年度收入合计", 14)
    assert first.bbox == (96.0, 120.0, 516.0, 132.0)
    assert second.text == "其中：财政拨款收入1114.03万元，占100%。"
    assert second.bbox == (72.0, 120.0, 516.0, 152.0)
    assert (share.cell, share.grade) == ("n003", "B")


def test_a_change_against_the_same_period_is_one_against_last_year() -> None:
    read = budget("（一）收入预算说明。", "2026年收入总预算317.6万元，同比增加8.25万元，增长2.67%。")
    assert [(one.field, one.value) for one in read.observations] == [
        ("income_amount", "3176000.00"),
        ("income_amount.change", "82500.00"),
        ("income_amount.change_rate", "2.67"),
    ]


def test_the_sources_of_procurement_are_no_income_of_the_department() -> None:
    read = budget(
        "（二）政府采购预算安排情况说明。",
        "2026年政府采购预算17000元。按资金类型划分，一般公共预算拨款17000元，财政专户管理资金0元。",
        "其中：货物类采购10000元，工程类采购0元，服务类采购7000元。",
    )
    assert [(one.field, one.value) for one in read.observations] == [
        ("amount", "17000.00"),
        ("procurement.goods", "10000.00"),
        ("procurement.works", "0.00"),
        ("procurement.services", "7000.00"),
    ]


def test_what_a_budget_says_of_last_years_outcome_is_no_budget() -> None:
    read = budget("二、2025年度“三公”经费决算情况", "2025年度“三公”经费合计支出20.12万元，其中：公务接待12.39万元。")
    assert [(one.field, one.value, one.fiscal_year, one.phase) for one in read.observations] == [
        ("prior_final.budget.total", "201200.00", 2025, "final"),
        ("prior_final.budget.reception", "123900.00", 2025, "final"),
    ]


def test_the_agency_may_be_named_with_its_province() -> None:
    read = read_narrative(
        prose(
            "（一）“三公”经费支出决算总体情况说明。",
            "安徽省乙县文物保护中心2022年度一般公共预算财政拨款“三公”经费支出决算为1.71万元。",
            title="乙县文物保护中心2022年度部门决算",
        ),
        [table(THREE, {"合计": {"final.reception": "0.53"}})],
        2022,
        "final_accounts",
    )
    assert [(one.field, one.value) for one in read.observations] == [("final.total", "17100.00")]


def test_all_expenditure_of_one_fund_is_of_that_fund() -> None:
    read = final("2022年度，本单位一般公共预算财政拨款支出总计1741.75万元。")
    assert [(one.kind, one.fund) for one in read.observations] == [(GENERAL, "general_public_budget")]
