"""Projects and levels that a page break cuts in two: their text stands on either side of it, or is cut itself."""

from __future__ import annotations

from tests.schemas.forms.printed import forms, funds, grid, levels, reading

TITLE = ("项目支出绩效目标表", "单位：万元")
HEAD = """
| 项目名称 | 项目总额 | 绩效目标 | 一级指标 | 三级指标 | 指标值 |
| 差旅     | 11       | 管好差旅 | 产出指标 | 出差次数 | ≤2次   |
| 车辆     | 12       | 管好车辆 | 产出指标 | 车辆数   | ≤2辆   |
| 网络     | 13       | 管好网络 | 产出指标 | 网络数   | ≥2个   |
| 设备     | 14       | 管好设备 | 产出指标 | 设备数   | ≥2台   |
| 会议     | 20       | 开好会议 | 产出指标 | 会议次数 | ≥2次   |
| ^        | ^        | ^        | 产出指标 | 参会人次 | ≥9人次 |
"""
BEFORE = 5  # projects that stand whole on the first page


def two_pages(upper: str, lower: str) -> list[tuple[str | None, str | None, list[str | None]]]:
    """Name, goal and indicators of each project after the first five of a list whose last project is cut."""
    drawn = HEAD.strip("\n") + "\n" + upper.strip("\n") + "\n" + lower.strip("\n")
    first = 7 + upper.strip("\n").count("\n") + 1
    found = forms(grid(drawn, *TITLE, page=1, pages=[(1, 0), (2, first)]))
    return [
        (
            form.header["project_name"].text,
            form.goals["goal_expected"].text if form.goals else None,
            [one.level3 for one in form.indicators],
        )
        for form in found[BEFORE:]
    ]


UPPER = """
| {name} | {money} | {goal} | 产出指标 | 培训次数 | ≥4次 |
| ^      | ^       | ^      | 产出指标 | 参训人次 | ≥90人次 |
"""
LOWER = """
| {name} | {money} | {goal} | 效益指标 | 知晓率 | ≥90% |
| ^      | ^       | ^      | 效益指标 | 使用率 | ≥95% |
"""
INDICATORS = ["培训次数", "参训人次", "知晓率", "使用率"]


def test_name_and_money_stand_before_the_break_and_the_goal_goes_on_after_it() -> None:
    found = two_pages(
        UPPER.format(name="培训", money="50", goal="办好培训，"), LOWER.format(name="", money="", goal="提高水平。")
    )

    assert found == [("培训", "办好培训，提高水平。", INDICATORS)]


def test_name_and_money_stand_after_the_break() -> None:
    found = two_pages(
        UPPER.format(name="", money="", goal="办好培训，"), LOWER.format(name="培训", money="50", goal="提高水平。")
    )

    assert found == [("培训", "办好培训，提高水平。", INDICATORS)]


def test_a_project_without_any_text_before_the_break_is_not_the_one_above_it() -> None:
    found = two_pages(
        UPPER.format(name="", money="", goal=""), LOWER.format(name="培训", money="50", goal="办好培训。")
    )

    assert found == [("培训", "办好培训。", INDICATORS)]


def test_the_break_goes_through_the_name() -> None:
    found = two_pages(
        UPPER.format(name="0301-培", money="", goal=""), LOWER.format(name="训项目", money="50", goal="办好培训。")
    )

    assert found == [("0301-培训项目", "办好培训。", INDICATORS)]


def test_a_line_that_the_break_goes_through_is_drawn_on_both_pages_and_read_once() -> None:
    found = two_pages(
        UPPER.format(name="培训", money="50", goal="办好业务培训，提高水平"),
        LOWER.format(name="", money="", goal="提高水平，服务群众。"),
    )

    assert found == [("培训", "办好业务培训，提高水平，服务群众。", INDICATORS)]


def test_two_projects_that_meet_at_the_break_are_two() -> None:
    found = two_pages(
        UPPER.format(name="培训", money="50", goal="办好培训。"),
        LOWER.format(name="宣传", money="7", goal="做好宣传。"),
    )

    assert [(name, goal) for name, goal, _ in found] == [("培训", "办好培训。"), ("宣传", "做好宣传。")]


def test_a_block_with_money_of_its_own_under_a_blank_name_is_another_project_of_that_name() -> None:
    found = two_pages(
        UPPER.format(name="培训", money="50", goal="办好培训。"), LOWER.format(name="", money="7", goal="做好宣传。")
    )

    assert [(name, goal) for name, goal, _ in found] == [("培训", "办好培训。"), ("培训", "做好宣传。")]


def test_a_project_over_a_page_break_says_so() -> None:
    drawn = HEAD.strip("\n") + UPPER.format(name="培训", money="50", goal="办好").rstrip("\n")
    drawn += LOWER.format(name="", money="", goal="培训").rstrip("\n")
    found = reading(grid(drawn, *TITLE, page=1, pages=[(1, 0), (2, 9)]))

    said = [finding.message for finding in found.findings if finding.code == "value_from_span"]
    assert len(said) == 1
    assert "培训" in said[0]
    assert funds(found.forms[BEFORE]) == {("total", "initial_budget"): "500000"}


FORM = """
| 项目名称 | 会议费   | <        | <          | <          | <    |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
| 产出指标 | 数量指标 | 会议次数 | ≥4次       | 5次        | 10   |
"""


def test_a_level_cell_that_is_drawn_over_several_rows_and_prints_nothing_is_a_level_without_a_name() -> None:
    (form,) = forms(
        grid(
            FORM.strip("\n")
            + """
| ^        |          | 合格率   | ≥95%       | 96%        | 10   |
| ^        | ^        | 优秀率   | ≥20%       | 25%        | 10   |
| 效益指标 | 社会效益指标 | 知晓率 | ≥90%     | 93%        | 10   |
""".rstrip("\n"),
            "项目支出绩效自评表",
        )
    )

    assert levels(form.indicators)[1:] == [
        ("产出指标", None, "合格率"),
        ("产出指标", None, "优秀率"),
        ("效益指标", "社会效益指标", "知晓率"),
    ]


def test_the_name_of_a_level_cut_by_the_break_may_stand_after_it() -> None:
    cut = """
|          |              | 知晓率   | ≥90%       | 93%        | 10   |
| ^        | ^            | 使用率   | ≥95%       | 96%        | 10   |
| 效益指标（40分） | 社会效益指标 | 覆盖率 | ≥95%   | 96%        | 10   |
"""
    (form,) = forms(grid(FORM.strip("\n") + cut.rstrip("\n"), "项目支出绩效自评表", page=1, pages=[(1, 0), (2, 5)]))

    assert levels(form.indicators)[1:] == [
        ("效益指标", "社会效益指标", "知晓率"),
        ("效益指标", "社会效益指标", "使用率"),
        ("效益指标", "社会效益指标", "覆盖率"),
    ]
    assert [(one.level1_weight, one.from_span) for one in form.indicators[1:]] == [
        ("40", True),
        ("40", True),
        ("40", False),
    ]


def test_a_level_cut_by_the_break_is_carried_down_when_it_stands_before_it() -> None:
    cut = """
|          |              | 参会人次 | ≥90人次    | 93人次     | 10   |
| ^        | ^            | 会议天数 | ≤2天       | 2天        | 10   |
"""
    (form,) = forms(grid(FORM.strip("\n") + cut.rstrip("\n"), "项目支出绩效自评表", page=1, pages=[(1, 0), (2, 3)]))

    assert levels(form.indicators)[1:] == [
        ("产出指标", "数量指标", "参会人次"),
        ("产出指标", "数量指标", "会议天数"),
    ]
