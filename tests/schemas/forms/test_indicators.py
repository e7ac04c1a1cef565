"""Indicator tables: levels merged, blank or repeated, values spread over columns, weights in labels, odd heads."""

from __future__ import annotations

import pytest

from schemas.result import Indicator
from tests.schemas.forms.printed import form, levels

HEAD = "| 项目名称 | 会议费 | < | < | < | < |\n"


def indicators(table: str, *above: str, head: str = HEAD) -> list[Indicator]:
    return form(head + table.strip("\n"), *above).indicators


def test_an_indicator_is_read_with_every_column_of_its_row() -> None:
    (one,) = form("""
| 项目名称 | 会议费   | <        | <          | <          | <    | <    | <                      |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 3次        | 10   | 7.5  | 疫情推迟               |
""").indicators

    assert (one.level1, one.level2, one.level3) == ("产出指标", "数量指标", "培训次数")
    assert (one.target.text, one.target.op, one.target.number, one.target.unit) == ("≥4次", ">=", "4", "次")  # type: ignore[union-attr]
    assert (one.actual.text, one.actual.number) == ("3次", "3")  # type: ignore[union-attr]
    assert (one.weight, one.score, one.deviation) == ("10", "7.5", "疫情推迟")
    assert (one.status, one.goal, one.from_span) == ("printed", None, False)
    assert one.cells == [f"t01.r2.c{col}" for col in range(8)]


WANTED = [
    ("产出指标", "数量指标", "培训次数"),
    ("产出指标", "数量指标", "参训人次"),
    ("产出指标", "时效指标", "完成时间"),
    ("效益指标", "社会效益指标", "知晓率"),
]
MERGED = """
| 一级指标 | 二级指标     | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标     | 培训次数 | ≥4次       | 5次        | 10   |
| ^        | ^            | 参训人次 | ≥90人次    | 95人次     | 10   |
| ^        | 时效指标     | 完成时间 | 12月底前   | 11月       | 10   |
| 效益指标 | 社会效益指标 | 知晓率   | ≥90%       | 93%        | 20   |
"""
BLANK = MERGED.replace("| ^        | ^            |", "|  |  |").replace("| ^        |", "|  |")
REPEATED = MERGED.replace("| ^        | ^ ", "| 产出指标 | 数量指标 ").replace("| ^        |", "| 产出指标 |")


@pytest.mark.parametrize("table", [MERGED, BLANK, REPEATED])
def test_levels_are_merged_blank_or_repeated_and_mean_the_same(table: str) -> None:
    assert levels(indicators(table)) == WANTED


def test_an_indicator_under_a_merged_level_says_so() -> None:
    assert [one.from_span for one in indicators(MERGED)] == [False, True, True, False]
    assert [one.from_span for one in indicators(REPEATED)] == [False, False, False, False]


def test_a_weight_stands_in_the_label_of_a_level_also_with_a_lost_bracket_or_without_any() -> None:
    found = indicators("""
| 一级指标         | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标（40分） | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
| 效益指标\\n40)   | 社会效益指标 | 知晓率 | ≥90%     | 93%        | 20   |
| 满意度指标10分   | 服务对象满意度指标 | 满意度 | ≥90% | 93%      | 10   |
| 成本指标         | 经济成本指标 | 成本 | ≤10万元    | 9万元      | 10   |
""")

    assert [(one.level1, one.level1_weight) for one in found] == [
        ("产出指标", "40"),
        ("效益指标", "40"),
        ("满意度指标", "10"),
        ("成本指标", None),
    ]


def test_sign_number_and_unit_stand_in_columns_of_their_own() -> None:
    found = indicators("""
| 一级指标 | 三级指标 | 指标性质 | 指标值   | 度量单位 | 完成值 |
| 产出指标 | 培训次数 | ≥        | 4        | 次       | 5      |
| 产出指标 | 经费     | ≤        | 3万      | 元       | 2.9万  |
| 产出指标 | 合格率   | ＝       | 100%     | %        | 100%   |
| 效益指标 | 影响     | 定性     | 有所提升 |          | 达成   |
""")

    targets = [one.target for one in found if one.target is not None]
    assert [(one.text, one.op, one.number, one.unit) for one in targets] == [
        ("≥4次", ">=", "4", "次"),
        ("≤3万元", "<=", "3", "万元"),
        ("＝100%", "=", "100", "%"),
        ("有所提升", None, None, None),
    ]


def test_a_slot_of_the_form_that_nobody_filled_is_unused() -> None:
    found = indicators("""
| 一级指标 | 二级指标     | 三级指标   | 预期指标值 | 指标完成值 | 自评得分 |
| 效益指标 | 经济效益指标 |            |            |            |          |
| ^        | ^            |            |            |            |          |
| ^        | 社会效益指标 | 社会影响力 | ≥90%       | 100%       | 20       |
| ^        | 生态效益指标 |            |            |            |          |
""")

    assert [(one.level2, one.level3, one.status) for one in found] == [
        ("经济效益指标", None, "unused"),
        ("社会效益指标", "社会影响力", "printed"),
        ("生态效益指标", None, "unused"),
    ]


def test_levels_that_stand_in_rows_of_their_own_are_headings_and_no_unused_slots() -> None:
    found = indicators("""
| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 |
| 产出指标 |          |          |          |        |          |
|          | 数量指标 |          |          |        |          |
|          |          | 培训次数 | ≥        | 4      | 次       |
|          |          | 参训人次 | ≥        | 90     | 人次     |
| 效益指标 |          |          |          |        |          |
|          | 社会效益指标 |      |          |        |          |
|          |          | 知晓率   | ≥        | 90     | %        |
""")

    assert levels(found) == [
        ("产出指标", "数量指标", "培训次数"),
        ("产出指标", "数量指标", "参训人次"),
        ("效益指标", "社会效益指标", "知晓率"),
    ]


def test_a_second_level_that_the_form_lacks_is_none_and_not_that_of_the_group_before() -> None:
    found = indicators("""
| 一级指标   | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标   | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
| 满意度指标 |          | 满意度   | ≥90%       | 95%        | 10   |
""")

    assert levels(found) == [("产出指标", "数量指标", "培训次数"), ("满意度指标", None, "满意度")]


def test_a_table_without_second_level_or_without_any_level_is_read() -> None:
    two = indicators("""
| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 培训次数 | ≥4次       | 5次        | 10   | 10   |
""")
    none = indicators("""
| 指标名称 | 指标性质 | 指标值 | 计量单位 | 权重 | 是否核心指标 |
| 培训次数 | ≥        | 4      | 次       | 20   | 是           |
""")

    assert levels(two) == [("产出指标", None, "培训次数")]
    assert levels(none) == [(None, None, "培训次数")]
    assert (none[0].weight, none[0].is_core) == ("20", "是")


def test_names_of_levels_before_the_name_of_an_indicator_are_parted_from_it() -> None:
    found = indicators("""
| 活动   | 绩效指标                   | < | 指标性质 | 指标值 | 度量单位 |
| 业务费 | 产出指标数量指标培训次数   | < | ≥        | 4      | 次       |
| 业务费 | 成本指标-经济成本指标-会议\\n费标准 | < | ≤ | 550    | 元/人    |
| 业务费 | 成本指标控制率             | < | ≤        | 100    | %        |
""")

    assert levels(found) == [
        ("产出指标", "数量指标", "培训次数"),
        ("成本指标", "经济成本指标", "会议费标准"),
        (None, None, "成本指标控制率"),
    ]
    assert {one.activity for one in found} == {"业务费"}


def test_a_fourth_level_stands_under_a_third_that_is_carried_down() -> None:
    found = indicators("""
| 一级指标 | 二级指标 | 三级指标 | 四级指标   | 年度指标值 | 得分 |
| 产出指标 | 数量指标 | 培训     | 培训次数   | ≥4次       | 10   |
| ^        | ^        | ^        | 参训人次   | ≥90人次    | 10   |
|          |          | 会议     | 会议次数   | ≥2次       | 10   |
|          | 质量指标 |          | 合格率     | ≥95%       | 10   |
""")

    assert [(one.level2, one.level3, one.level4) for one in found] == [
        ("数量指标", "培训", "培训次数"),
        ("数量指标", "培训", "参训人次"),
        ("数量指标", "会议", "会议次数"),
        ("质量指标", None, "合格率"),
    ]


def test_the_block_label_beside_the_table_is_no_column() -> None:
    found = indicators("""
| 绩效\\n指标 | 一级指标 | 二级指标 | 年度指标值 | 实际完成值 | 得分 |
| ^           | 产出指标 | 培训次数 | ≥4次       | 5次        | 10   |
|             | 效益指标 | 知晓率   | ≥90%       | 92%        | 10   |
""")

    assert [(one.level1, one.level2, one.level3, one.score) for one in found] == [
        ("产出指标", "培训次数", None, "10"),
        ("效益指标", "知晓率", None, "10"),
    ]


def test_a_head_of_two_rows_names_its_columns_by_the_lower_labels() -> None:
    found = indicators("""
| 绩效指标 | <        | <        | 指标值     | <          | 得分 |
| 一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | ^    |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
""")

    assert levels(found) == [("产出指标", "数量指标", "培训次数")]
    assert (found[0].target.text, found[0].actual.text, found[0].score) == ("≥4次", "5次", "10")  # type: ignore[union-attr]


def test_columns_that_the_vocabulary_lacks_keep_their_texts_under_their_labels() -> None:
    (one,) = indicators("""
| 指标名称 | 年初指标值 | 调整指标值 | 全年完成值 | 偏离度（%） | 指标得分 |
| 培训次数 | ≥4次       | ≥6次       | 6次        | 0           | 10       |
""")

    assert one.target is not None
    assert one.target.text == "≥4次"
    assert one.others == {"调整指标值": "≥6次", "偏离度（%）": "0"}


def test_weights_of_levels_stand_before_the_weight_of_the_indicator() -> None:
    (one,) = form("""
| 项目名称 | 会议费 | <        | <    | <        | <    | <          | <    |
| 一级指标 | 分值   | 二级指标 | 分值 | 三级指标 | 分值 | 实际完成值 | 得分 |
| 产出指标 | 50     | 数量指标 | 30   | 培训次数 | 10   | 5次        | 9    |
""").indicators

    assert (one.weight, one.score, one.others) == ("10", "9", {"分值": "30"})


def test_a_cell_over_all_columns_is_no_indicator() -> None:
    found = indicators("""
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| （一）业务类指标 | <    | <        | <          | <          | <    |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
""")

    assert levels(found) == [("产出指标", "数量指标", "培训次数")]


def test_labels_with_a_slip_of_the_pen_are_recognised_but_never_another_word() -> None:
    (one,) = indicators("""
| 一级指标 | 二级指标 | 三级指标 | 年度绩效指标标值 | 五级指标 | 偏差原因分析和改进措施 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次             | 5次      | 无                     |
""")

    assert one.target is not None
    assert (one.target.text, one.deviation, one.others) == ("≥4次", "无", {"五级指标": "5次"})


def test_the_head_printed_again_on_the_next_page_carries_the_levels_on() -> None:
    found = indicators("""
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标 | 培训次数 | ≥4次       | 5次        | 10   |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
|          |          | 参训人次 | ≥90人次    | 95人次     | 10   |
""")

    assert levels(found) == [("产出指标", "数量指标", "培训次数"), ("产出指标", "数量指标", "参训人次")]
    assert [one.from_span for one in found] == [False, True]
