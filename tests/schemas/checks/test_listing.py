from schemas.checks import run_checks
from schemas.checks.listing import AXIS
from schemas.result import Check, Reading
from tests.schemas.checks.readings import Line, line, reading
from tests.schemas.drawn import read_drawn


def checked(*lines: Line) -> list[Check]:
    return list(run_checks([reading("a_list", *lines)]))


def test_the_total_of_a_list_is_the_sum_of_its_rows() -> None:
    (check,) = checked(line("合计", amount="384.23"), line("甲", amount="119.93"), line("乙", amount="264.30"))
    assert (check.id, check.status, check.scope) == ("L.list#1", "pass", "column")
    assert check.cells == ["t01.r1.c2", "t01.r2.c2", "t01.r3.c2"]


def test_a_sum_that_no_way_of_reading_the_list_makes_is_left_undecided() -> None:
    (check,) = checked(line("甲", amount="10.00"), line("乙", amount="4.00"), line("合计", amount="15.00"))
    assert check.status == "insufficient"
    assert "rows may be left out" in check.note


def test_groups_make_the_total_and_their_rows_make_them() -> None:
    checks = checked(
        line("合计", amount="40.00"),
        line("甲局", amount="30.00"),
        line("办公", amount="10.00"),
        line("会议", amount="20.00"),
        line("乙局", amount="10.00"),
        line("差旅", amount="10.00"),
        line("培训", amount="0.00"),
    )
    assert [(check.id, check.status) for check in checks] == [
        ("L.list#1", "pass"),
        ("L.list#2", "pass"),
        ("L.list#5", "pass"),
    ]
    assert checks[0].cells == ["t01.r1.c2", "t01.r2.c2", "t01.r5.c2"]
    assert checks[2].cells == ["t01.r5.c2", "t01.r6.c2", "t01.r7.c2"]


def test_a_total_printed_again_on_the_next_page_is_summed_once() -> None:
    again = Line("合计", {"amount": "3.00"}, repeat=True)
    (check,) = checked(line("合计", amount="3.00"), line("甲", amount="1.00"), again, line("乙", amount="2.00"))
    assert check.status == "pass"


def test_a_list_with_two_totals_or_one_row_is_not_checked() -> None:
    assert checked(line("合计", amount="1.00"), line("甲", amount="1.00")) == []
    assert (
        checked(
            line("合计", amount="1.00"),
            line("甲", amount="1.00"),
            line("乙", amount="0.00"),
            line("合计", amount="1.00"),
        )
        == []
    )


def test_the_axis_bears_the_name_that_rules_give_it() -> None:
    assert AXIS.name == "list"


PROJECTS = """
| 项目名称 | 项目类别   | 合计   | 一般公共预算 | 政府性基金预算 |
| 合计     |            | 246.30 | 236.30       | 10.00          |
| 馆藏保护 | 特定目标类 | 60.00  | {general}    | {fund}         |
| 查阅大厅 | 特定目标类 | 176.30 | 176.30       |                |
| 设备更新 | 其他运转类 | {last} |              | 10.00          |
"""


def projects(general: str = "60.00", fund: str = "", last: str = "10.00", note: str = "注：略。") -> Reading:
    table = PROJECTS.format(general=general, fund=fund, last=last)
    return read_drawn("临溪市档案馆2024年部门预算", "项目支出表", "单位：万元", table, note)


def test_every_column_of_a_list_of_projects_is_held() -> None:
    checks = {check.id: check.status for check in projects().checks if check.rule == "B10.list"}
    assert checks == {"B10.list#1.c2": "pass", "B10.list#1.c3": "pass", "B10.list#1.c4": "pass"}


def test_a_column_that_adds_up_tells_that_another_one_must() -> None:
    reading = projects(general="", fund="60.00")
    failing = [check.id for check in reading.checks if check.status == "fail"]
    assert failing == ["B10.list#1.c3", "B10.list#1.c4"]
    grades = {one.cell: one.grade for one in reading.observations}
    assert grades["t01.r2.c4"] == "C"


def test_a_list_of_which_no_column_adds_up_is_said_and_is_information_where_rows_are_left_out_by_law() -> None:
    told = [one for one in projects(last="").findings if one.code == "list_total_differs"]
    assert told == []  # two columns still add up, so that the third one fails
    apart = projects(general="50.00", fund="1.00", last="9.00")
    (said,) = (one for one in apart.findings if one.code == "list_total_differs")
    assert (said.severity, said.cells) == ("warning", ["t01.r1.c2", "t01.r1.c3", "t01.r1.c4"])
    assert "合计 / 合计: 246.30 ≠ 245.3" in said.message
    law = projects(general="50.00", fund="1.00", last="9.00", note="注：涉密项目信息予以剔除。")
    assert [one.severity for one in law.findings if one.code == "list_total_differs"] == ["info"]


def test_where_a_note_says_that_projects_are_left_out_a_column_that_adds_up_tells_nothing() -> None:
    disclosed = projects(general="50.00", last="9.00", note="注：根据国家保密法律法规，部分项目信息公开时予以剔除。")
    statuses = {check.id: check.status for check in disclosed.checks if check.rule == "B10.list"}
    assert statuses == {
        "B10.list#1.c2": "insufficient",
        "B10.list#1.c3": "insufficient",
        "B10.list#1.c4": "pass",
    }
    assert [one.severity for one in disclosed.findings if one.code == "list_total_differs"] == ["info"]
    others = {check.id for check in projects(general="50.00", last="9.00").checks if check.status == "fail"}
    assert {"B10.list#1.c2", "B10.list#1.c3"} <= others
