"""The fund block: matrices, label-value pairs, amounts behind their labels, sources turned across, dashes, units."""

from __future__ import annotations

from tests.schemas.forms.printed import form, funds, grid, plain, reading

TAIL = """
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| ^        | 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   | 10   |
"""


def over(block: str) -> str:
    return "| 项目名称 | 会议费 | < | < | < | < | < | < |\n" + block.strip("\n") + "\n" + TAIL.strip("\n")


def test_rows_of_money_cross_the_phases_of_the_year() -> None:
    found = form(
        over("""
| 项目资金\\n（万元） |                      | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^                  | 年度资金总额         | 100        | 120.5      | 60.25      | 10   | 50%    | 5    |
| ^                  | 其中：当年财政拨款   | 90         | 110.5      | 60.25      | —    | 54.52% | —    |
| ^                  | 上年结转资金         | 10         | 10         |            | —    |        | —    |
""")
    )

    assert funds(found) == {
        ("total", "initial_budget"): "1000000",
        ("total", "adjusted_budget"): "1205000",
        ("total", "executed"): "602500",
        ("total", "weight"): "10",
        ("total", "execution_rate"): "50",
        ("total", "score"): "5",
        ("fiscal", "initial_budget"): "900000",
        ("fiscal", "adjusted_budget"): "1105000",
        ("fiscal", "executed"): "602500",
        ("fiscal", "weight"): None,
        ("fiscal", "execution_rate"): "54.52",
        ("fiscal", "score"): None,
        ("carryover", "initial_budget"): "100000",
        ("carryover", "adjusted_budget"): "100000",
        ("carryover", "weight"): None,
        ("carryover", "score"): None,
    }


def test_a_dash_is_a_value_that_does_not_apply_and_no_zero() -> None:
    found = form(
        over("""
| 项目资金（万元） | 年度资金总额 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^                | 其中：财政拨款 | —        | /          | 0          | --   | ……     | 0.00 |
""")
    )

    assert {(fund.field, plain(fund.value), fund.value_status) for fund in found.funds} == {
        ("initial_budget", None, "not_applicable"),
        ("adjusted_budget", None, "not_applicable"),
        ("executed", "0", "printed_zero"),
        ("weight", None, "not_applicable"),
        ("execution_rate", None, "not_applicable"),
        ("score", "0", "printed_zero"),
    }


def test_label_and_value_alternate_in_the_row() -> None:
    found = form(
        over("""
| 预算执行情况（万元） | 预算数：     | < | 60万  | < | 执行数：     | < | 58.5万 |
| ^                    | 其中-财政拨款 | < | 60万 | < | 其中-财政拨款 | < | 58.5万 |
| ^                    | 其它资金     | < |       | < | 其它资金     | < |        |
""")
    )

    assert funds(found) == {
        ("total", "adjusted_budget"): "600000",
        ("total", "executed"): "585000",
        ("fiscal", "adjusted_budget"): "600000",
        ("fiscal", "executed"): "585000",
    }


def test_phases_stand_over_pairs_that_name_them_again() -> None:
    found = form(
        over("""
| 预算安排情况（调整后） | < | 资金到位情况 | < | 资金执行情况 | < | 预算执行率 | < |
| 预算数：       | 4344.065 | 到位数：       | 4344.065 | 执行数：       | 4236.085 | 97.5% | < |
| 其中：财政资金 | 4344.065 | 其中：财政资金 | 4344.065 | 其中：财政资金 | 4236.085 |       | < |
| 其他           |          | 其他           |          | 其他           |          |       | < |
""")
    )

    assert funds(found) == {
        ("total", "adjusted_budget"): "43440650",
        ("total", "received"): "43440650",
        ("total", "executed"): "42360850",
        ("total", "execution_rate"): "97.5",
        ("fiscal", "adjusted_budget"): "43440650",
        ("fiscal", "received"): "43440650",
        ("fiscal", "executed"): "42360850",
    }


def test_amounts_stand_behind_their_labels_in_one_cell() -> None:
    found = form(
        over("""
| 年度预算申请（万元） | 年度资金总额：3,000.50   | < | < | < | 资金执行情况：2,900 | < | < |
| ^                    | 按收入性质分：           | < | < | < | 按支出性质分：      | < | < |
| ^                    | 其中：一般公共预算：2,500.50 | < | < | < | 其中：基本支出：1,000.50 | < | < |
| ^                    | 其他资金：500            | < | < | < | 项目支出：2,000     | < | < |
""")
    )

    assert funds(found) == {
        ("total", "amount"): "30005000",
        ("total", "executed"): "29000000",
        ("fiscal", "amount"): "25005000",
        ("basic_total", "basic_total"): "10005000",
        ("other", "amount"): "5000000",
        ("project_total", "project_total"): "20000000",
    }


def test_sources_stand_across_and_one_row_of_values_under_them() -> None:
    found = form(
        over("""
| 总体资金情况（万元） | 预算支出总额 | 财政拨款 | <        | <        | 其他资金 | <        | <        |
| ^                    | ^            | 合计     | 基本支出 | 项目支出 | 合计     | 基本支出 | 项目支出 |
| ^                    | 866.5        | 857.9    | 644.8    | 213.1    | 8.6      |          | 8.6      |
"""),
        "部门整体支出绩效目标表",
    )

    assert [(fund.row, fund.label, plain(fund.value)) for fund in found.funds] == [
        ("total", "预算支出总额", "8665000"),
        ("fiscal", "财政拨款/合计", "8579000"),
        (None, "财政拨款/基本支出", "6448000"),
        (None, "财政拨款/项目支出", "2131000"),
        ("other", "其他资金/合计", "86000"),
        (None, "其他资金/项目支出", "86000"),
    ]


def test_columns_carry_marks_and_formulas() -> None:
    found = form(
        over("""
| 资金情况（万元） |  | 预算安排 | < | < | 拨付情况 | < | 得分 |
| ^ | ^    | 年初预算安排金额① | 年中调整金额② | 小计③=①+② | 年度拨付金额④ | 支出实现率(%)⑤=④/③ | ^ |
| ^ | 合计 | 90.5 | 9.5 | 100.0 | 80.0 | 80.00 | 8 |
| ^ | ①中央财政资金 | 0.0 | 0.0 | 0.0 | 0.0 | 0.00 |  |
""")
    )

    assert funds(found) == {
        ("total", "initial_budget"): "905000",
        ("total", "adjustment"): "95000",
        ("total", "adjusted_budget"): "1000000",
        ("total", "executed"): "800000",
        ("total", "execution_rate"): "80",
        ("total", "score"): "8",
        ("central", "initial_budget"): "0",
        ("central", "adjustment"): "0",
        ("central", "adjusted_budget"): "0",
        ("central", "executed"): "0",
        ("central", "execution_rate"): "0",
    }


def test_a_row_that_is_a_field_of_its_own_needs_no_phase_and_its_unit_may_stand_in_its_cell() -> None:
    found = form(
        over("""
| 基本支出总额 | 126.18（万元） | < | < | 项目支出总额 | 987.85（万元） | < | < |
| 预算执行情况（万元）（20分） |  | 预算数（A） | < | 执行数（B） | < | 执行率（B/A） | 得分（20分*执行率） |
| 部门整体支出总额 | < | 1910.44 | < | 1114.03 | < | 58.31% | 11.66 |
"""),
        "部门整体绩效自评表",
    )

    assert funds(found) == {
        ("basic_total", "basic_total"): "1261800",
        ("project_total", "project_total"): "9878500",
        ("total", "adjusted_budget"): "19104400",
        ("total", "executed"): "11140300",
        ("total", "execution_rate"): "58.31",
        ("total", "score"): "11.66",
    }


def test_a_row_that_the_vocabulary_lacks_keeps_its_label_and_has_no_id() -> None:
    found = form(
        over("""
| 项目资金（万元） |              | 年初预算数 | < | 全年预算数 | < | 全年执行数 | < |
| ^                | 债券资金     | 7          | < | 8          | < | 9          | < |
""")
    )

    assert [(fund.row, fund.label, fund.field, plain(fund.value)) for fund in found.funds] == [
        (None, "债券资金", "initial_budget", "70000"),
        (None, "债券资金", "adjusted_budget", "80000"),
        (None, "债券资金", "executed", "90000"),
    ]


def test_a_telephone_number_under_a_column_of_money_is_no_amount() -> None:
    found = form(
        over("""
| 项目资金（万元） |              | 年初预算数 | < | 全年预算数 | < | 全年执行数 | < |
| ^                | 年度资金总额 | 7          | < | 8          | < | 9          | < |
| 项目编码         | 0301         | <          | < | 联系电话   | < | 81234567   | < |
""")
    )

    assert [fund.text for fund in found.funds] == ["7", "8", "9"]


def test_an_amount_of_a_target_form_is_the_budget_that_the_year_begins_with() -> None:
    found = form(
        """
| 项目名称     | 会议费 | <        | <                |
| 年度预算资金总额： | 8.00 | 其中：财政拨款 | 8.00     |
| 一级指标     | 二级指标 | 三级指标 | 年度指标值     |
| 产出指标     | 数量指标 | 培训次数 | ≥4次           |
""",
        "项目支出绩效目标表",
        "单位：万元",
    )

    assert funds(found) == {("total", "initial_budget"): "80000", ("fiscal", "initial_budget"): "80000"}


def test_the_unit_of_a_label_counts_before_the_caption_and_is_the_unit_of_the_form() -> None:
    found = form(
        over("| 年度资金总额（元） | 1234.50 | < | < | < | < | < | < |"),
        "项目支出绩效自评表",
        "单位：万元",
    )

    assert funds(found) == {("total", "amount"): "1234.5"}
    assert found.unit is not None
    assert (found.unit.text, found.unit.source) == ("元", "header")


def test_each_column_has_the_unit_that_its_own_label_prints() -> None:
    found = form(
        over("""
|              | < | 年初预算数（万元） | < | 全年执行数（元） | < | < | < |
| 年度资金总额 | < | 12.5               | < | 125000          | < | < | < |
"""),
        "项目支出绩效自评表",
    )

    assert funds(found) == {("total", "initial_budget"): "125000", ("total", "executed"): "125000"}


def test_an_amount_between_two_units_is_not_converted() -> None:
    found = form(
        over("""
|              | < | 年初预算数（万元） | < | 全年执行数（元） | < | 全年预算数 | < |
| 年度资金总额 | < | 12.5               | < | 125000          | < | 12.5       | < |
"""),
        "项目支出绩效自评表",
    )

    assert funds(found)["total", "adjusted_budget"] is None


def test_an_amount_without_a_printed_unit_is_text_only_and_a_finding_says_so() -> None:
    found = reading(grid(over("| 年度资金总额 | < | < | < | 1234.50 | < | < | < |"), "项目支出绩效自评表"))

    (fund,) = found.forms[0].funds
    assert (fund.text, fund.value, fund.grade) == ("1234.50", None, "C")
    assert "unit_not_printed" in {finding.code for finding in found.findings}
