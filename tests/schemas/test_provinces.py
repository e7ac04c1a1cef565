"""Forms as whole provinces print them, with their own titles and headers: each is a table of a known kind."""

from __future__ import annotations

import pytest

from schemas.catalogue import load_catalogue
from schemas.result import Reading
from schemas.titles import match_title
from tests.schemas.drawn import only_table, read_drawn

BUDGET = "临溪市档案馆2024年部门预算"


def values(reading: Reading) -> dict[tuple[str, str | None], str | None]:
    """Field and the row's code, item or label -> the printed text."""
    return {
        (one.field, one.row.code or one.row.item or one.row.label): one.text for one in reading.observations if one.text
    }


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024年部门综合预算收支总表", "bg_income_expenditure_summary"),
        ("2024年部门综合预算收入总表", "bg_income"),
        ("2024年单位综合预算支出总表", "bg_expenditure"),
        ("部门综合预算政府采购（资产购置、购买服务）预算表", "bg_procurement"),
        ("部门综合预算一般公共预算支出明细表（按支出功能分类科目）", "bg_general_budget_expenditure"),
        ("部门综合预算一般公共预算支出明细表（按支出经济分类科目）", "bg_general_budget_by_economic"),
        ("部门综合预算一般公共预算基本支出明细表（按支出功能分类科目）", "bg_general_budget_basic_by_function"),
        ("部门综合预算一般公共预算基本支出明细表（按支出经济分类科目）", "bg_general_budget_basic_expenditure"),
        ("一般公共预算支出情况表（政府经济科目）", "bg_general_budget_by_government_economic"),
        ("政府性基金预算支出情况表（部门经济科目）", "bg_government_fund_by_economic"),
        ("政府性基金预算支出情况表（政府经济科目）", "bg_government_fund_by_government_economic"),
        ("部门基本支出预算表（人员类、运转类公用经费项目）", "bg_basic_expenditure"),
        ("部门项目支出预算表（其他运转类、特定目标类项目）", "bg_project_expenditure"),
        ("部门预算一般公共预算支出表", "bg_general_budget_expenditure"),
        ("2014年公共财政预算拨款支出预算表", "bg_general_budget_expenditure"),
        ("财政拨款支出预算表（部门经济分类科目）", "bg_fiscal_appropriation_by_economic"),
        ("项目支出决算表", "fa_project_expenditure"),
        ("政府性基金预算财政拨款“三公”经费支出决算表", "fa_government_fund_three_public"),
        ("收入决算表（按功能分类列示）", "fa_income"),
        ("收入决算表（按单位列示）", "fa_income"),
    ],
)
def test_a_title_of_a_province_names_its_kind(title: str, kind: str) -> None:
    catalogue = load_catalogue()
    assert [one.kind_id for one in match_title(title, catalogue.kinds, catalogue.lexicon)] == [kind]


def test_four_panels_by_major_classes() -> None:
    reading = read_drawn(
        BUDGET,
        "2024年部门综合预算收支总表",
        "单位：万元",
        """
        | 收入 | < | 支出 | < | < | < | < | < |
        | 项目 | 预算数 | {function} | 预算数 | {economic} | 预算数 | {government} | 预算数 |
        | 一、部门预算 | 50.00 | 一、部门预算 | 50.00 | 一、部门预算 | 50.00 | 一、部门预算 | 50.00 |
        | 1、财政拨款|50.00|1、一般公共服务支出|50.00|1、人员经费和公用经费支出|30.00|1、机关工资福利支出|25.00|
        | (1)一般公共预算拨款 | 50.00 | 2、外交支出 | | (1)工资福利支出 | 25.00 | 2、机关商品和服务支出 | 25.00 |
        | 2、上级补助收入 | | 3、国防支出 | | (2)商品和服务支出 | 5.00 | 3、机关资本性支出（一） | |
        | 3、事业收入 | | 4、公共安全支出 | | 2、专项业务经费支出 | 20.00 | | |
        | 4、其他收入 | | 5、教育支出 | | (1)商品和服务支出 | 20.00 | | |
        | 本年收入合计 | 50.00 | 本年支出合计 | 50.00 | 本年支出合计 | 50.00 | 本年支出合计 | 50.00 |
        | 收入总计 | 50.00 | 支出总计 | 50.00 | 支出总计 | 50.00 | 支出总计 | 50.00 |
        """.format(
            function="支出功能分科目（按大类）",
            economic="部门预算支出经济科目（按大类）",
            government="政府预算支出经济分类科目（按大类）",
        ),
    )
    seen = values(reading)
    assert only_table(reading).kind == "bg_income_expenditure_summary"
    assert seen["expenditure_amount", "expenditure.201"] == "50.00"
    assert seen["economic_amount", "expenditure_economic.basic.302"] == "5.00"
    assert seen["economic_amount", "expenditure_economic.project.302"] == "20.00"
    assert seen["government_economic_amount", "expenditure_government_economic.502"] == "25.00"


def test_the_three_expenses_are_a_part_of_a_total_with_meetings_and_training() -> None:
    reading = read_drawn(
        BUDGET,
        "部门综合预算一般公共预算拨款“三公”经费及会议费、培训费支出预算表",
        "单位：万元",
        """
        | 单位编码 | 单位名称 | 2024年 | < | < | < | < | < | < |
        | ^ | ^ | 合计 | 一般公共预算拨款安排的“三公”经费预算 | < | < | < | 会议费 | 培训费 |
        | ^ | ^ | ^ | 小计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置及运行维护费 | ^ | ^ |
        | 135 | 某某局 | 18.00 | 11.00 | | 1.00 | 10.00 | 4.00 | 3.00 |
        """,
    )
    seen = {one.field: one.text for one in reading.observations}
    assert (seen["budget.grand_total"], seen["budget.total"], seen["budget.vehicle_total"]) == (
        "18.00",
        "11.00",
        "10.00",
    )
    assert {check.status for check in reading.checks} == {"pass"}


def test_economic_items_as_columns_under_headings_that_are_no_class() -> None:
    reading = read_drawn(
        BUDGET,
        "一般公共预算基本支出表-人员经费（工资福利支出）（按部门预算经济分类）",
        "单位：万元",
        """
        | 科目编码 | < | < | 单位代码 | 单位名称（科目） | 总计 | 工资津补贴 | < | 社会保障缴费 | < | 住房公积金 |
        | 类 | 款 | 项 | ^ | ^ | ^ | 合计 | 基本工资 | 合计 | 职业年金缴费 | ^ |
        | | | | 合计 | < | 50.00 | 38.00 | 38.00 | 8.00 | 8.00 | 4.00 |
        | 204 | 05 | 01 | | 行政运行 | 50.00 | 38.00 | 38.00 | 8.00 | 8.00 | 4.00 |
        """,
    )
    seen = values(reading)
    assert only_table(reading).kind == "bg_general_budget_basic_by_economic_item"
    assert seen["economic.30109", "2040501"] == "8.00"
    assert seen["pay", "2040501"] == "38.00"


def test_a_code_in_three_columns_under_a_heading_that_speaks_of_the_subject_is_a_code() -> None:
    reading = read_drawn(
        BUDGET,
        "一般公共预算支出表",
        "单位：万元",
        """
        | 功能科目 | < | < | 单位代码 | 单位名称（功能分类科目） | 合计 | 基本支出 | < | < | < | 项目支出 |
        | 类 | 款 | 项 | ^ | ^ | ^ | 小计 | 人员经费 | < | 公用经费 | ^ |
        | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 工资福利支出 | 对个人和家庭的补助 | ^ | ^ |
        | 204 | 05 | 01 | | 行政运行 | 800.00 | 600.00 | 500.00 | 20.00 | 80.00 | 200.00 |
        """,
    )
    seen = values(reading)
    assert seen["basic_personnel.301", "2040501"] == "500.00"
    assert seen["basic_personnel.303", "2040501"] == "20.00"
    assert seen["project", "2040501"] == "200.00"


FINAL = "临溪市档案馆2017年度部门决算"


def test_final_basic_expenditure_in_one_list_with_its_parts_as_columns() -> None:
    reading = read_drawn(
        FINAL,
        "一般公共预算财政拨款基本支出决算表",
        "单位：万元",
        """
        | 科目编码 | <  | 科目名称       | 合计   | 人员经费 | 公用经费 |
        | 类       | 款 | ^              | ^      | ^        | ^        |
        | 合计     | <  | <              | 240.00 | 200.00   | 40.00    |
        | 301      |    | 工资福利支出   | 200.00 | 200.00   |          |
        | 301      | 01 | 基本工资       | 200.00 | 200.00   |          |
        | 302      |    | 商品和服务支出 | 40.00  |          | 40.00    |
        | 302      | 01 | 办公费         | 40.00  |          | 40.00    |
        """,
    )
    seen = values(reading)
    assert only_table(reading).kind == "fa_general_budget_basic_expenditure"
    assert (seen["total", "302"], seen["public", "30201"], seen["personnel", "301"]) == ("40.00", "40.00", "200.00")
    assert {check.status for check in reading.checks} == {"pass"}


def test_balances_printed_around_the_expenditure_are_more_than_the_title_says_and_no_contradiction() -> None:
    reading = read_drawn(
        FINAL,
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        """
        | 项目 | < | 年初结转和结余 | < | < | 本年收入 | < | < | 本年支出 | < | < | 年末结转和结余 | < | < |
        | 科目编码 | 科目名称 | {0} | {1} | {1} | {0} |
        | 201 | 一般公共服务支出 | 5.00 | | 5.00 | 29.00 | 26.00 | 3.00 | 24.00 | 22.00 | 2.00 | 10.00 | | 10.00 |
        """.format("合计 | 基本支出结转 | 项目支出结转和结余", "合计 | 基本支出 | 项目支出"),
    )
    table = only_table(reading)
    assert (table.kind, table.kind_score) == ("fa_general_budget_income_expenditure", 0.9)
    assert [one.grade for one in reading.observations if one.text and one.field == "expenditure_total"] == ["A"]
    assert "title_header_disagree" not in {found.code for found in reading.findings}


FUND = "临溪市2024年城乡居民基本医疗保险基金预算公开"


def test_what_a_fund_has_left_is_held_against_the_income_beside_it() -> None:
    reading = read_drawn(
        FUND,
        "城乡居民基本医疗保险基金收支预算表",
        "单位：万元",
        """
        | 项目 | 2023年执行数 | 2024年预算数 | 项目 | 2023年执行数 | 2024年预算数 |
        | 一、基本医疗保险费收入 | 27.00 | 28.00 | 一、基本医疗保险待遇支出 | 70.00 | 71.00 |
        | 二、财政补贴收入 | 50.00 | 49.00 | 二、大病保险支出 | 6.00 | 6.00 |
        | 三、本年收入合计 | 77.00 | 77.00 | 三、本年支出合计 | 76.00 | 77.00 |
        | × | × | × | 四、本年收支结余 | 1.00 | 0.00 |
        | 四、上年结余 | 35.00 | 36.00 | 五、年末滚存结余 | 36.00 | 36.00 |
        """,
    )
    assert {check.rule: check.status for check in reading.checks if check.rule in ("SS.flow", "SS.current")} == {
        "SS.flow": "pass",
        "SS.current": "pass",
    }
    assert "×" not in {one.row.label for one in reading.observations}


def test_several_small_tables_drawn_as_one_repeat_their_header() -> None:
    reading = read_drawn(
        FUND,
        "医保基金收支情况表",
        "单位：万元",
        """
        | 指标名称     | 金额   |
        | 一、上年结余 | 100.00 |
        | 四、滚存结余 | 105.00 |
        | 城乡居民医疗 | <      |
        | 指标名称     | 金额   |
        | 一、上年结余 | 20.00  |
        | 四、滚存结余 | 25.00  |
        """,
    )
    assert [one.text for one in reading.observations] == ["100.00", "105.00", "20.00", "25.00"]
    assert "amount_unreadable" not in {found.code for found in reading.findings}


def test_a_scale_of_scores_under_the_title_of_a_form_is_a_scale() -> None:
    reading = read_drawn(
        "临溪市档案馆2023年度部门整体支出绩效评价自评表",
        """
        | 序号 | 一级指标 | 二级指标 | 三级指标 | 指标分值 | 指标解释 | 指标说明及评分标准 | 自评得分 |
        | 1 | 规划（15分） | 基础信息（3分） | 信息完整性 | 3 | 信息真实 | 真实（1分）；完整 | 3 |
        | 2 | ^ | 工作计划（12分） | 工作计划完整性 | 12 | 计划可行 | 年度工作计划是否完整 | 11 |
        """,
    )
    seen = values(reading)
    assert only_table(reading).kind == "pf_overall_score_table"
    assert (seen["weight", "工作计划完整性"], seen["score", "工作计划完整性"]) == ("12", "11")


def test_expenditure_paid_from_this_years_money_or_from_what_was_carried_over() -> None:
    reading = read_drawn(
        BUDGET,
        "一般公共预算支出预算表",
        "单位：万元",
        """
        | 项目     | <  | <  | <        | <                | 合计  | 当年财政拨款安排 | 上年结转安排 |
        | 科目编码 | <  | <  | 单位代码 | 单位名称（科目） | ^     | ^                | ^            |
        | 类       | 款 | 项 | ^        | ^                | ^     | ^                | ^            |
        | 201      | 04 | 01 | 301      | 行政运行         | 30.00 | 26.00            | 4.00         |
        """,
    )
    seen = values(reading)
    assert only_table(reading).kind == "bg_general_budget_expenditure"
    assert (seen["total", "2010401"], seen["current", "2010401"], seen["carryover", "2010401"]) == (
        "30.00",
        "26.00",
        "4.00",
    )
