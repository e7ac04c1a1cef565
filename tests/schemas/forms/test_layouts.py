"""Whole forms as provinces print them, each with what tells its layout from the others."""

from __future__ import annotations

from tests.schemas.forms.printed import form, forms, funds, grid, levels, plain, reading, texts


def test_sichuan_prints_the_execution_with_a_reason_and_slashes_for_what_is_not_scored() -> None:
    found = form(
        """
| 项目名称 | < | 51000022R-业务经费 | < | < | < | < | < | < | < | < |
| 主管部门 | < | 四川省某局 | < | < | < | 实施单位（盖章） | < | 某局机关 | < | < |
| 项目基本情况 | 1.项目年度目标完成情况 | 年度目标 | < | < | < | 年度目标完成情况 | < | < | < | < |
| ^ | ^ | 保障业务开展 | < | < | < | 业务正常开展 | < | < | < | < |
| 预算执行情况（10分）|年度预算数（万元）|年初预算|<|调整后预算数|<|预算执行数|预算执行率|权重|得分|原因 |
| ^ | 总额 | 100.00 | < | 90.00 | < | 89.10 | 99.00% | 10 | 9.9 | 结转 |
| ^ | 其中：财政资金 | 100.00 | < | 90.00 | < | 89.10 | 99.00% | / | / | / |
| 绩效指标（90分）|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析 |
| ^ | 产出指标 | 数量指标 | 培训次数 | ≥ | 4 | 次 | 5 | 90 | 88 | 无 |
| 合计 | < | < | < | < | < | < | < | 100 | 97.9 | < |
| 评价结论 | 完成较好 | < | < | < | < | < | < | < | < | < |
"""
    )

    assert {field: value.text for field, value in found.goals.items()} == {
        "goal_expected": "保障业务开展",
        "goal_actual": "业务正常开展",
    }
    assert [(fund.row, fund.field, fund.text) for fund in found.funds if fund.field in ("reason", "score")] == [
        ("total", "score", "9.9"),
        ("total", "reason", "结转"),
        ("fiscal", "score", "/"),
    ]
    assert found.total_score is not None
    assert found.total_score.text == "97.9"
    assert found.header["conclusion"].text == "完成较好"


def test_chongqing_prints_the_total_in_the_head_and_adjusted_targets_beside_those_of_the_year_before() -> None:
    found = reading(
        grid(
            """
| 项目名称 | 运转经费 | < | 自评总分（分） | 99.5 | < | < | < | < | < | < |
| 项目资金（万元）|年初预算数|<|全年（调整）预算数|<|全年执行数|<|执行率（%）|执行率权重|执行率得分|< |
| 总金额 | 100 | < | 110 | < | 105 | < | 95.45 | 10 | 9.5 | < |
| 其中：财政拨款 | 100 | < | 110 | < | 105 | < | 95.45 | 10 | 9.5 | < |
| 年初绩效目标 | < | < | < | 全年（调整）绩效目标 | < | < | 全年绩效目标实际完成情况 | < | < | < |
| 保障运转 | < | < | < | 保障运转良好 | < | < | 已保障 | < | < | < |
| 指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|偏离度（%）|得分系数（%）|指标权重|指标得分|是否核心指标 |
| 培训次数 | 次 | ≥ | 4 | 5 | 5 | 0 | 100 | 90 | 90 | 是 |
""",
            "2023年度项目自评表",
        )
    )

    (self_evaluation,) = found.forms
    assert {field: value.text for field, value in self_evaluation.goals.items()} == {
        "goal_expected": "保障运转",
        "goal_adjusted": "保障运转良好",
        "goal_actual": "已保障",
    }
    assert self_evaluation.indicators[0].others["调整指标值"] == "5"
    assert self_evaluation.fiscal_year == 2023
    status = {check.rule: check.status for check in found.checks}
    assert (status["PE.total"], status["PE.weights"]) == ("pass", "pass")


def test_transfers_name_the_departments_of_both_levels_and_money_by_level() -> None:
    found = form(
        """
| 转移支付（项目）名称 | < | 医疗救助补助 | < | < | < | < |
| 中央主管部门 | < | 国家医疗保障局 | < | < | < | < |
| 地方主管部门 | < | 省医疗保障局 | < | 资金使用单位 | 各县区 | < |
| 资金投入情况（万元） | < |  | 全年预算数（A） | 全年执行数（B） | 预算执行率（B/A×100%） | < |
| ^ | < | 年度资金总额： | 100 | 90 | 90.00% | < |
| ^ | < | 其中：中央财政资金 | 80 | 75 | 93.75% | < |
| ^ | < | 地方资金 | 20 | 15 | 75.00% | < |
| 总体目标完成情况 | < | 总体目标 | < | < | 全年实际完成情况 | < |
| ^ | < | 减轻负担 | < | < | 负担减轻 | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 | 未完成原因和改进措施 |
| ^ | 产出指标 | 数量指标 | 救助人次 | ≥100人次 | 120人次 | 无 |
| 说明 | < | 无 | < | < | < | < |
""",
        "转移支付区域（项目）绩效目标自评表",
        "（2023年度）",
    )

    assert found.kind == "pf_project_self_evaluation"
    assert funds(found)["central", "executed"] == "750000"
    assert funds(found)["local", "adjusted_budget"] == "200000"
    assert funds(found)["total", "execution_rate"] == "90"
    assert found.header["supervising_department"].text == "国家医疗保障局"
    assert found.goals["goal_actual"].text == "负担减轻"


def test_hunan_splits_the_money_of_a_department_behind_labels_and_leaves_slots_of_the_template() -> None:
    found = form(
        """
| 省级预算部门名称 | 湖南省某局 | < | < | < | < | < | < | < |
| 年度预算申请（万元） |  |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | < | 1000 | 1100 | 1045 | 10 | 95% | 9.5 |
| ^ | 按收入性质分： | < | < | < | 按支出性质分： | < | < | < |
| ^ | 其中：一般公共预算：900 | < | < | < | 其中：基本支出：500 | < | < | < |
| ^ | 政府性基金拨款： | < | < | < | 项目支出：545 | < | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| ^ | 产出指标\\n(50分) | 数量指标 | 指标1：培训次数 | 4次 | 5次 | 50 | 50 |  |
| ^ | ^ | ^ | 指标2： |  |  |  |  |  |
| ^ | ^ | ^ | …… |  |  |  |  |  |
""",
        "部门整体支出绩效自评表",
        "（2022年度）",
    )

    assert texts(found)["department_name"] == "湖南省某局"
    assert [(fund.row, fund.field, plain(fund.value)) for fund in found.funds[6:]] == [
        ("fiscal", "amount", "9000000"),
        ("basic_total", "basic_total", "5000000"),
        ("project_total", "project_total", "5450000"),
    ]
    assert [(one.level3, one.status) for one in found.indicators] == [
        ("指标1：培训次数", "printed"),
        ("指标2：", "unused"),
        ("……", "unused"),
    ]


def test_henan_prints_sources_and_uses_of_money_as_one_list_under_the_block() -> None:
    found = form(
        """
| 部门（单位）名称 | 某县医疗保障局 | < | < | < |
| 年度履职目标 | 履行职责 | < | < | < |
| 年度主要任务 | 任务名称 | 主要内容 | < | < |
| ^ | 参保 | 应保尽保 | < | < |
| 预算情况 | 部门预算总额（万元） | < | 1234.50 | < |
| ^ | 1、资金来源：（1）政府预算资金 | < | 1200.00 | < |
| ^ | （2）财政专户管理资金 | < | 0.00 | < |
| ^ | （3）单位资金 | < | 34.50 | < |
| ^ | 2、资金结构：（1）基本支出 | < | 234.50 | < |
| ^ | （2）项目支出 | < | 1000.00 | < |
| ^ | （3）预留经费 | < | 7.00 | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值说明 |
| 效益指标 | 履职效益 | 知晓率 | ≥90% | 群众知晓 |
""",
        "部门（单位）整体绩效目标表",
        "（2024年度）",
    )

    assert [(fund.row, plain(fund.value)) for fund in found.funds] == [
        ("total", "12345000"),
        ("fiscal", "12000000"),
        ("fiscal_account", "0"),
        ("unit_funds", "345000"),
        ("basic_total", "2345000"),
        ("project_total", "10000000"),
        (None, "70000"),
    ]
    assert found.goals["goal_expected"].text == "履行职责"
    assert [(task.name, task.content) for task in found.tasks] == [("参保", "应保尽保")]


def test_money_of_all_years_stands_beside_that_of_the_year() -> None:
    found = form(
        """
| 项目名称 | 会议费 | < | < |
| 中期资金总额（万元）： | 300 | 年度资金总额（万元）： | 100 |
| 其中：财政拨款 | 280 | 其中：财政拨款 | 95 |
| 其他资金 | 20 | 其他资金 | 5 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次 |
""",
        "项目支出绩效目标表",
    )

    assert funds(found) == {
        ("total", "period_amount"): "3000000",
        ("total", "initial_budget"): "1000000",
        ("fiscal", "period_amount"): "2800000",
        ("fiscal", "initial_budget"): "950000",
        ("other", "period_amount"): "200000",
        ("other", "initial_budget"): "50000",
    }


def test_shanghai_prints_yuan_dates_and_the_money_of_the_year_before() -> None:
    found = form(
        """
| 项目名称： | 会议费 | < | 项目类别： | 经常性专项业务费 |
| 计划开始日期： | 2024-01-01 | < | 计划完成日期： | 2024-12-31 |
| 项目总预算（元）： | 500,000 | < | 项目当年预算（元）： | 250,000 |
| 同名项目上年预算额（元）： | 400,000 | < | 同名项目上年预算执行数（元）： | 390,000 |
| 绩效指标 | 一级目标 | 二级目标 | 三级目标 | 指标目标值 |
| ^ | 产出目标 | 数量 | 会议次数 | ≥4次 |
""",
        "项目绩效目标申报表",
        "（2024年度）",
    )

    assert funds(found) == {
        ("total", "period_amount"): "500000",
        ("total", "initial_budget"): "250000",
        ("prior_budget", "prior_budget"): "400000",
        ("prior_executed", "prior_executed"): "390000",
    }
    assert found.header["project_end"].value == "2024-12-31"
    assert levels(found.indicators) == [("产出目标", "数量", "会议次数")]


def test_yunnan_lists_units_and_projects_in_one_column() -> None:
    found = forms(
        grid(
            """
| 单位名称、项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 |
| 某局 |  |  |  |  |  |  |  |  |
| 参保经费 | 完成参保 | 产出指标 | 数量指标 | 参保人数 | ≥ | 1000 | 人 | 定量指标 |
| ^ | ^ | ^ | 质量指标 | 参保率 | ≥ | 95 | % | 定量指标 |
| 救助经费 | 完成救助 | 产出指标 | 数量指标 | 救助人次 | ≥ | 10 | 人次 | 定量指标 |
""",
            "项目支出绩效目标表",
        )
    )

    assert [one.header["project_name"].text for one in found] == ["参保经费", "救助经费"]
    assert levels(found[0].indicators) == [
        ("产出指标", "数量指标", "参保人数"),
        ("产出指标", "质量指标", "参保率"),
    ]
    assert found[1].goals["goal_expected"].text == "完成救助"


def test_title_and_caption_stand_inside_the_frame() -> None:
    found = form(
        """
| 2023年度项目支出绩效自评表 | < | < | < | < | < |
| 填报单位：市某局 | < | < | < | 金额单位：万元 | < |
| 项目名称 | 会议费 | < | 主管部门 | 市某局 | < |
| 年度预算数 | 10 | < | 执行数 | 9 | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 完成值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次 | 4次 | 100 |
| 自评得分 | < | < | < | < | 100 |
"""
    )

    assert found.title == "2023年度项目支出绩效自评表"
    assert found.fiscal_year == 2023
    assert texts(found)["department_name"] == "市某局"
    assert funds(found) == {("total", "adjusted_budget"): "100000", ("total", "executed"): "90000"}
    assert found.total_score is not None
    assert found.total_score.text == "100"
