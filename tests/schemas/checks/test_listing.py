from schemas.checks import run_checks
from schemas.checks.listing import AXIS
from schemas.result import Check
from tests.schemas.checks.readings import Line, line, reading


def checked(*lines: Line) -> list[Check]:
    return list(run_checks([reading("a_list", *lines)]))


def test_the_total_of_a_list_is_the_sum_of_its_rows() -> None:
    (check,) = checked(line("合计", amount="384.23"), line("甲", amount="119.93"), line("乙", amount="264.30"))
    assert (check.id, check.status, check.scope) == ("L.list#1", "pass", "column")
    assert check.cells == ["t01.r1.c2", "t01.r2.c2", "t01.r3.c2"]


def test_a_sum_that_does_not_hold_is_left_undecided_because_a_list_may_hold_groups() -> None:
    (check,) = checked(line("甲", amount="10.00"), line("乙", amount="10.00"), line("合计", amount="10.00"))
    assert check.status == "insufficient"
    assert "groups" in check.note


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
