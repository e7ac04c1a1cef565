"""Goals, tasks of the year, and what follows the indicators."""

from __future__ import annotations

from tests.schemas.forms.printed import form, funds, levels, plain

HEAD = "| 项目名称 | 会议费 | < | < | < | < |\n"
TABLE = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
"""


def test_expected_and_reached_goal_stand_under_their_labels() -> None:
    found = form(
        HEAD
        + """
| 年度总体目标 | 预期目标 | <        | 实际完成情况 | <  | < |
| ^            | 开好会议 | <        | 会议都开了   | <  | < |
""".strip("\n")
        + TABLE
    )

    assert {field: value.text for field, value in found.goals.items()} == {
        "goal_expected": "开好会议",
        "goal_actual": "会议都开了",
    }


def test_goals_of_the_period_and_of_the_year_stand_beside_one_another() -> None:
    found = form(
        HEAD
        + """
| 总体目标 | 实施期目标（2023-2025年） | < | 年度目标（2023年） | < | < |
| ^        | 三年开好会议              | < | 今年开好会议       | < | < |
""".strip("\n")
        + TABLE
    )

    assert {field: value.text for field, value in found.goals.items()} == {
        "goal_period": "三年开好会议",
        "goal_expected": "今年开好会议",
    }


def test_several_goals_have_weights_and_an_indicator_table_each() -> None:
    found = form(
        """
| 部门名称 | 市财政局 | < | < | < | < |
| 年度目标1\\n（30分） | 开好会议 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次 | 5次 | 30 |
| 年度目标2（25分） | 办好培训 | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分 |
|          |          | 培训次数 | ≥2次 | 2次 | 25 |
| 总分 | < | < | < | < | 55 |
""",
        "部门整体绩效自评表",
    )

    assert [(goal.index, goal.weight, goal.expected and goal.expected.text) for goal in found.goal_list] == [
        (1, "30", "开好会议"),
        (2, "25", "办好培训"),
    ]
    assert [(one.goal, one.level1, one.level3) for one in found.indicators] == [
        (1, "产出指标", "会议次数"),
        (2, None, "培训次数"),
    ]


def test_goals_listed_over_one_table_belong_to_no_indicator() -> None:
    found = form(
        HEAD
        + """
| 年度总体目标 | 目标1：开好会议 | < | < | < | < |
| ^            | 目标2：办好培训 | < | < | < | < |
""".strip("\n")
        + TABLE
    )

    assert [(goal.index, goal.expected and goal.expected.text) for goal in found.goal_list] == [
        (1, "开好会议"),
        (2, "办好培训"),
    ]
    assert [one.goal for one in found.indicators] == [None]


TARGETS = """
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 权重 | 备注 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 10   |      |
"""
TASKS = """
| 部门名称     | 市财政局   | <              | <        | <        | <        |
| 年度主要任务 | 任务名称   | 主要内容       | 预算金额（万元） | < | <        |
| ^            | ^          | ^              | 总额     | 财政拨款 | 其他资金 |
| ^            | 预算管理   | 编制部门预算   | 30.5     | 30.5     |          |
| ^            | 其他       | 其余工作       | 20       | 15       | 5        |
| ^            | ……         |                |          |          |          |
| ^            | 金额合计   | <              | 50.5     | 45.5     | 5        |
| 年度总体目标 | 管好预算   | <              | <        | <        | <        |
"""


def test_tasks_of_the_year_have_a_name_a_content_and_money_by_source() -> None:
    found = form(TASKS.strip("\n") + TARGETS, "部门整体支出绩效目标表")

    assert [(task.name, task.content) for task in found.tasks] == [
        ("预算管理", "编制部门预算"),
        ("其他", "其余工作"),
    ]
    assert [[(one.row, one.field, plain(one.value)) for one in task.amounts] for task in found.tasks] == [
        [("total", "initial_budget", "305000"), ("fiscal", "initial_budget", "305000")],
        [
            ("total", "initial_budget", "200000"),
            ("fiscal", "initial_budget", "150000"),
            ("other", "initial_budget", "50000"),
        ],
    ]
    assert found.tasks[0].cells == ["t01.r3.c1", "t01.r3.c2", "t01.r3.c3", "t01.r3.c4"]


def test_the_sum_of_the_tasks_is_the_fund_block_of_the_form() -> None:
    found = form(TASKS.strip("\n") + TARGETS, "部门整体支出绩效目标表")

    assert funds(found) == {
        ("total", "initial_budget"): "505000",
        ("fiscal", "initial_budget"): "455000",
        ("other", "initial_budget"): "50000",
    }
    assert found.goals["goal_expected"].text == "管好预算"


def test_tasks_may_name_their_end_and_their_money_once() -> None:
    found = form(
        """
| 部门名称           | 市环保局 | <                  | <            | <              | < |
| 年度重点工作任务   | 名称     | 主要实施内容       | 拟投入的资金（万元） | 期望达到的目标（概述） | < |
| ^                  | 大气防治 | 监管全市大气污染防治 | 2,327.67   | 浓度控制在25以下 | < |
| 其他需完成的任务（可选填） |  | <                 | <            | <              | < |
""".strip("\n")
        + TABLE,
        "部门整体预算绩效目标申报表",
    )

    (task,) = found.tasks
    assert (task.name, task.content, task.expected) == ("大气防治", "监管全市大气污染防治", "浓度控制在25以下")
    assert [(one.row, plain(one.value)) for one in task.amounts] == [("total", "23276700")]
    assert found.funds == []


def test_planned_and_spent_money_of_a_task_stand_side_by_side() -> None:
    found = form(
        """
| 部门名称     | 市财政局 | <        | <            | <              | < |
| 年度主要任务 | 任务名称 | 完成情况 | 预算数（万元） | 执行数（万元） | < |
|              | 预算管理 | 已完成   | 30           | 29.5           | < |
""".strip("\n")
        + TABLE,
        "部门整体支出绩效自评表",
    )

    (task,) = found.tasks
    assert task.actual == "已完成"
    assert [(one.field, plain(one.value)) for one in task.amounts] == [
        ("adjusted_budget", "300000"),
        ("executed", "295000"),
    ]


def test_the_total_is_the_number_under_the_scores_and_never_the_sum_of_the_weights() -> None:
    weighed = """
| 项目名称 | 会议费 | < | < | < | < |
| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 培训次数 | ≥4次       | 5次        | 100  | 95.5 |
"""
    both = form(weighed + "| 总分 | < | < | < | 100 | 95.5 |")
    merged = form(weighed + "| 总分 | < | < | < | 95.5 | < |")
    weights = form(weighed + "| 合计 | < | < | < | 100 |  |")

    assert both.total_score is not None
    assert both.total_score.value == "95.5"
    assert merged.total_score is not None
    assert merged.total_score.value == "95.5"
    assert weights.total_score is None


def test_the_total_may_stand_in_the_cell_of_its_label_or_in_the_head() -> None:
    below = form(HEAD + TABLE.strip("\n") + "\n| 总分：95 | < | < | < | < | < |")
    above = form("| 项目名称 | 会议费 | < | 自评总分（分） | 88 | < |" + TABLE.rstrip("\n"))

    assert below.total_score is not None
    assert below.total_score.text == "95"
    assert above.total_score is not None
    assert above.total_score.text == "88"
    assert "total_score" not in above.header


def test_texts_follow_the_indicators_and_hold_no_indicator() -> None:
    found = form(
        HEAD
        + TABLE.strip("\n")
        + """
| 总分 | < | < | < | < | 95 |
| 评价等级 | 优 | < | < | < | < |
| 偏差大或\\n目标未完成\\n原因分析 | 经费到位较晚 | < | < | < | < |
| 改进措施及结果应用方案 | 加快支出 | < | < | < | < |
| 备注：1.预算数为调整后数。\\n2.得分不超过权重。 | < | < | < | < | < |
""".rstrip("\n")
    )

    assert {field: value.text for field, value in found.header.items()} == {
        "project_name": "会议费",
        "grade": "优",
        "deviation_text": "经费到位较晚",
        "improvement_text": "加快支出",
        "notes": "1.预算数为调整后数。2.得分不超过权重。",
    }
    assert levels(found.indicators) == [("产出指标", "数量指标", "培训次数")]


def test_a_text_stands_under_a_label_that_fills_its_row() -> None:
    found = form(
        HEAD
        + TABLE.strip("\n")
        + """
| 五、绩效目标执行出现的偏差和采取的措施 | < | < | < | < | < |
| 支出较慢，已督办 | < | < | < | < | < |
""".rstrip("\n")
    )

    assert found.header["deviation_text"].text == "支出较慢，已督办"


def test_a_summary_of_what_was_reached_is_a_label_and_the_title_of_the_form_is_none() -> None:
    found = form(
        """
| 项目绩效目标表 | < | < | < | < | < |
| （2022年度） | < | < | < | < | < |
""".lstrip("\n")
        + HEAD
        + """
| 年度总体目标 | 年初设定目标 | < | 年度总体目标完成情况综述 | < | < |
| ^            | 开好会议     | < | 会议都开了               | < | < |
""".strip("\n")
        + TABLE
    )

    assert {field: value.text for field, value in found.goals.items()} == {
        "goal_expected": "开好会议",
        "goal_actual": "会议都开了",
    }
