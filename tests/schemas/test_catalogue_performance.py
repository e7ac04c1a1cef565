"""The kinds of performance tables and of fund statements, read from documents drawn as text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractors.model import Document, Location, TextLine
from schemas.catalogue import load_catalogue
from schemas.kind import FORM_AXES, Shape
from schemas.personal import is_masked
from schemas.read import read
from schemas.result import Reading
from tests.gridtext import parse


def line(text: str) -> TextLine:
    return TextLine(text, Location())


def reading(*blocks: str, personal_data: bool = False) -> Reading:
    """A document of lines and, where a text begins with a bar, grids under the lines before them."""
    found: list[TextLine] = [line("某某局2020年度部门绩效自评")]
    grids = []
    for text in blocks:
        if text.startswith("|"):
            grids.append(replace(parse(text), above=tuple(one for one in found if isinstance(one, TextLine))))
            found.append(grids[-1])  # type: ignore[arg-type]
        else:
            found.append(line(text))
    document = Document("docx", "text/plain", (), tuple(found))
    return read(document, load_catalogue(), personal_data=personal_data)


def values(found: Reading, field: str) -> dict[str | None, str | None]:
    return {one.row.label: one.value for one in found.observations if one.field == field}


BASE_DATA = """
| 经费控制情况                 | 2019年决算数 | 2020年年初预算数 | 2020年决算数 | 备注         |
| 支出合计                     | 1400         | 1500             | 1588（1300） | 决算1300万元 |
| （一）基本支出               | 300          | 320              | 350          |              |
| （二）项目支出               | 1100         | 1180             | 1238         |              |
| 1.业务工作经费               | 100          | 80               | 90           |              |
| 2.专项经费（含政府专项）     | 1000         | 1100             | 1148         |              |
| 其中：项目1（公费医疗）      | 400          | 400              | 600          |              |
| 项目2（医疗救助）            | 600          | 670              | 498          |              |
| 其他只造预算项目（配套）.... |              | 30               | 20           | 先 上解      |
""".strip()


def base_data() -> Reading:
    return reading("部门整体支出绩效评价基础数据表", "单位：区医保局      金额单位：万元", BASE_DATA)


def test_a_cell_with_two_scopes_states_both() -> None:
    (total,) = [one for one in base_data().observations if one.text == "1588（1300）"]
    assert (total.field, total.value, total.alt_value) == ("final", "15880000.00", Decimal(13000000))


def test_a_year_in_a_header_says_which_year_its_amounts_are_of() -> None:
    found = base_data()
    assert values(found, "prior_final")["基本支出"] == "3000000.00"
    years = {one.field: (one.fiscal_year, one.phase) for one in found.observations if one.unit == "CNY"}
    assert years == {
        "prior_final": (2019, "final"),
        "initial_budget": (2020, "initial_budget"),
        "final": (2020, "final"),
    }


def test_projects_with_free_text_are_one_line_and_their_sum_takes_them_all() -> None:
    found = base_data()
    items = [one.row.item for one in found.observations if one.field == "final"]
    assert items.count("special_project_n") == 3
    sums = {check.id: (check.status, check.rhs, check.diff) for check in found.checks if check.rule == "BD.special"}
    assert sums["BD.special#c2"] == ("pass", Decimal(11000000), Decimal(0))
    assert sums["BD.special#c3"] == ("fail", Decimal(11180000), Decimal(300000))


def test_a_stamp_in_the_last_cell_is_no_part_of_its_amount() -> None:
    drawn = BASE_DATA + "\n| 资产购置支出 | 21 | 0 | 0\\n（预算单位盖章） | |"
    found = reading("部门整体支出绩效评价基础数据表", "金额单位：万元", drawn)
    assert values(found, "final")["资产购置支出"] == "0.00"


SUMMARY = """
| 序号 | 项目名称         | 实施单位 | 预算数(调整后) | <    | <    | <     | 执行数(至2020年底) | 结余数 | 自评得分 |
| ^    | ^                | ^            | 中央      | 省级 | 市级 | 区级  | ^                  | ^      | ^        |
| 1    | 医疗救助补助资金 | 某局         | 28        |      |      | 6.5   | 32                 | 2.5    | 95.5     |
| 2    | 信息设备购置经费 | 某局         | 0         | 0    | 0    | 2.391 | 2                  | 0      | 100      |
| 合计 | <                |              | 28        |      |      | 8.891 | 34                 | 2.5    |          |
""".strip()


def summary() -> Reading:
    return reading("部门绩效自评结果公开汇总表", "单位：万元", SUMMARY)


def test_a_project_names_its_row_and_is_data_too() -> None:
    found = summary()
    assert values(found, "project_name")["医疗救助补助资金"] == "医疗救助补助资金"
    assert values(found, "seq") == {"医疗救助补助资金": "1", "信息设备购置经费": "2", "合计": None}
    assert {one.row.line_no for one in found.observations if one.row.label == "信息设备购置经费"} == {2}


def test_a_total_where_rows_are_numbered_is_no_unreadable_number() -> None:
    found = summary()
    assert [one.code for one in found.findings if one.code == "amount_unreadable"] == []
    assert {one.row.role for one in found.observations if one.row.label == "合计"} == {"total"}


def test_the_level_of_government_tells_the_budget_columns_apart() -> None:
    found = summary()
    assert values(found, "budget_central")["医疗救助补助资金"] == "280000.00"
    assert values(found, "budget_district") == {
        "医疗救助补助资金": "65000.00",
        "信息设备购置经费": "23910.00",
        "合计": "88910.00",
    }


def test_the_balance_is_what_all_levels_gave_less_what_was_spent() -> None:
    verdicts = {check.id: check.status for check in summary().checks if check.rule == "PS.row"}
    assert verdicts["PS.row#2"] == "pass"
    assert verdicts["PS.row#3"] == "fail"


FUNDS = """
| 项目内容       | 安排金额 | 实际使用金额 | 结余 |
| 项目资金总额   | 1168     | 981          | 187  |
| 其中：区级资金 | 630      | 443          | 187  |
| 中央、省、市资金 | 538    | 538          | 0    |
| 其他来源资金   | 0        | 6            | 0    |
""".strip()


def test_a_fund_table_is_of_the_project_that_the_last_heading_names() -> None:
    unit = "（三）项目资金情况（单位：万元）"
    found = reading(
        "项目1：公费医疗", unit, "1、资金使用情况", FUNDS, "项目2：医疗救助", unit, "1、资金使用情况", FUNDS
    )
    named = {one.table: one.row.others for one in found.observations}
    assert named == {"t01": {"project_name": "公费医疗"}, "t02": {"project_name": "医疗救助"}}


def test_a_six_that_breaks_its_row_and_its_column_is_found() -> None:
    found = reading("（三）项目资金情况（单位：万元）", "1、资金使用情况", FUNDS)
    failed = {check.id: check.diff for check in found.checks if check.status == "fail"}
    assert failed == {"FU.row#4": Decimal(60000), "FU.col#c2": Decimal(-60000)}


TEAM = """
| 姓名   | 工作单位 | 职务     | 联系电话    | 签字 |
| 刘建国 | 某医保局 | 副局长   | 13900000000 |      |
| 张某   | 某医保局 | 财务科长 | ****        |      |
""".strip()


def test_names_and_numbers_of_persons_are_withheld_and_a_finding_says_so() -> None:
    found = reading("六、评价工作组人员名单及签字", TEAM)
    assert values(found, "position") == {None: "副局长", "张某": "财务科长"}
    assert [one.code for one in found.findings if one.table == "t01"] == ["personal_data_withheld"]
    printed = {cell.text for cell in found.tables[0].cells}
    assert not printed & {"刘建国", "13900000000"}
    assert {row.label for row in found.tables[0].rows} == {None, "张某"}


def test_names_are_given_when_they_are_asked_for() -> None:
    found = reading("六、评价工作组人员名单及签字", TEAM, personal_data=True)
    assert values(found, "phone")["刘建国"] == "13900000000"
    assert [one.code for one in found.findings if one.table == "t01"] == []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("刘某", True),
        ("王某某", True),
        ("张**", True),
        ("139****0000", True),
        ("（略）", True),
        ("刘建国", False),
        ("Max Li", False),
    ],
)
def test_a_masked_name_names_nobody(text: str, masked: bool) -> None:
    assert is_masked(text) is masked


def test_key_work_keeps_a_row_whose_goal_was_left_blank() -> None:
    drawn = """
| 序号 | 目标内容     | 完成情况（自查）   |
| 1    | 资助困难群众 | 为79名群众补缴。   |
| 2    |              | 追回基金90.50万元。 |
""".strip()
    found = reading("2022年重点工作完成情况", drawn)
    assert found.tables[0].kind == "pf_key_work"
    assert [one.value for one in found.observations if one.field == "completion"] == [
        "为79名群众补缴。",
        "追回基金90.50万元。",
    ]
    assert [one.value for one in found.observations if one.field == "seq"] == ["1", "2"]


def test_a_table_without_amounts_needs_no_unit_of_the_document() -> None:
    drawn = "| 序号 | 目标内容 | 完成情况 |\n| 1 | 参保 | 完成 |"
    found = reading("资金使用情况", "单位：万元", FUNDS, "资金使用情况", "单位：万元", FUNDS, "重点工作完成情况", drawn)
    assert [one.code for one in found.findings if one.table == "t03"] == []


def test_weights_of_a_scale_belong_to_the_indicator_on_their_left() -> None:
    drawn = """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标   | 分值 | 评价标准 | 得分 |
| 投入     | 10   | 预算配置 | 8    | 编制控制率 | 5    | 100%为满 | 4.5  |
""".strip()
    found = reading("部门整体支出绩效评价指标评分表", drawn)
    assert found.tables[0].kind == "pf_overall_score_table"
    assert {one.row.label for one in found.observations} == {"编制控制率"}
    assert found.observations[0].row.others == {"indicator_l1": "投入", "indicator_l2": "预算配置"}
    scores = {one.field: one.value for one in found.observations if one.unit == "score"}
    assert scores == {"weight_l1": "10", "weight_l2": "8", "weight": "5", "score": "4.5"}


def test_a_fund_statement_may_print_income_and_expenditure_side_by_side() -> None:
    drawn = """
| 项目               | 执行数 | 预算数 | 项目                   | 执行数 | 预算数 |
| 一、保险费收入     | 40.00  | 42.00  | 一、基本医疗保险待遇支出 | 45.00  | 44.00  |
| 二、财政补贴收入   | 10.00  | 8.00   | 二、其他支出           | 1.00   | 1.00   |
| 本年收入合计       | 50.00  | 50.00  | 本年支出合计           | 46.00  | 45.00  |
""".strip()
    found = reading("城乡居民基本医疗保险基金收支表", "单位：万元", drawn)
    assert values(found, "final")["本年支出合计"] == "460000.00"
    assert values(found, "initial_budget")["财政补贴收入"] == "80000.00"
    verdicts = {check.id: check.status for check in found.checks}
    assert verdicts == {"SS.income#c1": "pass", "SS.income#c2": "pass", "SS.exp#c4": "pass", "SS.exp#c5": "pass"}


def test_an_amount_without_a_phase_has_none() -> None:
    drawn = "| 指标名称 | 金额 |\n| 一、上年结余 | 100.00 |\n| 二、收入合计 | 50.00 |"
    found = reading("医保基金收支情况表", "单位：万元", drawn)
    assert {one.phase for one in found.observations} == {None}


def test_the_title_of_a_form_makes_no_table_of_a_grid_that_is_none() -> None:
    drawn = "| 项目内容 | 安排金额 | 实际使用金额 | 结余 |\n| 合计 | 5 | 4 | 1 |"
    (table,) = reading("项目支出绩效目标表", "单位：万元", drawn).tables
    assert table.kind is None


def test_forms_have_checks_of_their_own_and_nothing_else() -> None:
    forms = [kind for kind in load_catalogue().kinds if kind.shape is Shape.FORM]
    assert [kind.id for kind in forms] == [
        "pf_department_self_evaluation",
        "pf_department_target",
        "pf_project_self_evaluation",
        "pf_project_target",
        "pf_project_target_completion",
    ]
    for kind in forms:
        assert kind.columns == ()
        assert {rule.axis for rule in kind.checks} <= FORM_AXES


THREE_BLOCKS = """
| 财政供养人员情况（人） | 编制数 | < | 2020年实际在职人数 | < | 控制率 | < |
| 某某局 | 45 | < | 42 | < | 93.33% | < |
| 经费控制情况（万元） | 2019年决算数 | < | 2020年预算数 | < | 2020年决算数 | < |
| 三公经费 | 5.30 | < | 6.00 | < | 5.00 | < |
| 1、公务用车购置和维护经费 | 3.00 | < | 3.00 | < | 3.00 | < |
| 2、出国经费 | 0.00 | < | 0.00 | < | 0.00 | < |
| 3、公务接待 | 2.30 | < | 3.00 | < | 1.00 | < |
| 政府采购金额 | —— | < | —— | < | 31.50 | < |
| 楼堂馆所控制情况 | 批复规模 | 实际规模 | 规模控制率 | 预算投资 | 实际投资 | 投资概算控制率 |
| 办公楼 | 100 | 100 | 100% | 20 | 19 | 95% |
""".strip()


def test_a_table_of_three_headers_is_read_from_its_own_and_persons_stand_across_above_it() -> None:
    found = reading("部门整体支出绩效评价基础数据表", "填报单位：某某局", THREE_BLOCKS)
    assert found.tables[0].kind == "pf_overall_base_data"
    staff = {one.row.item: (one.value, one.unit) for one in found.observations if one.unit != "CNY"}
    assert staff == {
        "staff_quota": ("45", "count"),
        "staff_actual": ("42", "count"),
        "staff_rate": ("93.33", "percent"),
    }
    assert values(found, "prior_final")["三公经费"] == "53000.00"
    assert values(found, "final")["政府采购金额"] == "315000.00"


def test_what_a_further_header_begins_is_no_part_of_the_money() -> None:
    found = reading("部门整体支出绩效评价基础数据表", "填报单位：某某局", THREE_BLOCKS)
    assert {one.row.label for one in found.observations} & {"办公楼", "楼堂馆所控制情况"} == set()
    assert [one.code for one in found.findings if one.code in ("amount_unreadable", "unit_not_printed")] == []
    (check,) = [check for check in found.checks if check.status == "fail"]
    assert (check.id, check.diff) == ("BD.three#c5", Decimal(10000))


def test_the_number_of_a_row_and_a_text_are_no_expenditure() -> None:
    found = {one.field: (one.measure, one.phase, one.expenditure_type) for one in summary().observations}
    assert found["seq"] == (None, None, None)
    assert found["implementing_unit"] == (None, None, None)
    assert found["executed"] == ("expenditure", "final", "project")
    assert found["score"] == ("score", "final", "project")
