from decimal import Decimal

from schemas.checks import run_checks
from schemas.result import Check
from tests.schemas.checks.readings import Line, line, reading


def of(checks: tuple[Check, ...], rule: str) -> list[Check]:
    return [check for check in checks if check.rule == rule]


def test_a_row_whose_parts_add_up_passes_and_names_its_cells() -> None:
    table = reading("fa_expenditure", line("2101301 城乡医疗救助", total="709.41", basic="0.01", project="709.40"))
    (check,) = of(run_checks([table]), "T3.row")
    assert (check.id, check.status, check.scope) == ("T3.row#1", "pass", "row")
    assert (check.lhs, check.rhs, check.diff) == (Decimal("7094100"), Decimal("7094100"), Decimal(0))
    assert check.cells == ["t01.r1.c2", "t01.r1.c3", "t01.r1.c4"]
    assert check.note == "合计=基本支出+项目支出+经营支出"


def test_the_sum_may_miss_by_half_a_unit_for_each_part_and_one_more() -> None:
    table = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="10.00", basic="5.01", project="5.00"),
        line("2010302 一般行政管理事务", total="10.00", basic="5.02", project="5.00"),
    )
    near, far = of(run_checks([table]), "T3.row")
    assert (near.status, near.band) == ("rounding", Decimal("150"))
    assert far.status == "fail"
    assert far.diff == Decimal("-200")


def test_amounts_in_yuan_with_fen_have_no_band() -> None:
    table = reading(
        "fa_expenditure", line("201 一般公共服务支出", total="10.01", basic="5.00", project="5.00"), factor=1
    )
    (check,) = of(run_checks([table]), "T3.row")
    assert (check.status, check.band) == ("fail", Decimal(0))


def test_the_most_decimals_of_the_table_decide_for_every_row() -> None:
    table = reading(
        "fa_expenditure",
        line("2010301 行政运行", total="28", basic="13", project="15.02"),
        line("2010302 一般行政管理事务", total="191.8", basic="161.258", project="30.542"),
    )
    first, second = of(run_checks([table]), "T3.row")
    assert first.status == "fail"
    assert second.status == "pass"


def test_a_blank_is_zero_where_the_sum_then_holds() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="10.00", basic="10.00", project=""))
    (check,) = of(run_checks([table]), "T3.row")
    assert check.status == "pass"
    assert check.cells == ["t01.r1.c2", "t01.r1.c3"]


def test_a_blank_beside_printed_zeros_leaves_a_wrong_sum_undecided() -> None:
    table = reading(
        "fa_expenditure",
        line("201 一般公共服务支出", total="10.00", basic="4.00", project=""),
        line("202 外交支出", total="0.00", basic="0.00", project="0.00"),
    )
    assert of(run_checks([table]), "T3.row")[0].status == "insufficient"


def test_a_blank_counts_as_zero_in_a_table_that_prints_no_zero() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="10.00", basic="4.00", project=""))
    assert of(run_checks([table]), "T3.row")[0].status == "fail"


def test_an_unreadable_part_leaves_the_row_undecided_even_when_the_rest_adds_up() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="10.00", basic="10.00", project="?"))
    assert of(run_checks([table]), "T3.row")[0].status == "insufficient"


def test_a_row_of_blanks_makes_no_check() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="", basic="", project=""))
    assert run_checks([table]) == ()


def three_public(total: str, meeting: str) -> Line:
    return line(
        "本单位",
        final__total=total,
        final__overseas="1.00",
        final__vehicle_total="2.00",
        final__reception="3.00",
        final__meeting=meeting,
    )


def test_a_printed_column_without_a_rule_may_hold_what_is_missing() -> None:
    table = reading("fa_three_public", three_public(total="10.00", meeting="4.00"))
    (check,) = of(run_checks([table]), "T9.final")
    assert check.status == "insufficient"
    assert "会议费" in check.note


def test_a_column_without_a_rule_excuses_no_parts_above_the_whole() -> None:
    table = reading("fa_three_public", three_public(total="5.00", meeting="4.00"))
    assert of(run_checks([table]), "T9.final")[0].status == "fail"


def test_a_column_counted_within_another_accuses_no_row() -> None:
    table = reading(
        "fa_expenditure",
        line("2111450 事业运行", total="10.00", basic="4.00", project="6.00", operating="5.00"),
        line("2210201 住房公积金", total="3.00", basic="3.00", project="0.00", operating="3.00"),
        line("2210203 购房补贴", total="2.00", basic="2.00", project="0.00", operating="0.00"),
    )
    checks = of(run_checks([table]), "T3.row")
    assert [check.status for check in checks] == ["insufficient", "insufficient", "pass"]
    assert "without operating" in checks[0].note


def test_a_column_that_some_row_needs_is_counted_beside_the_others() -> None:
    table = reading(
        "fa_expenditure",
        line("2111450 事业运行", total="10.00", basic="4.00", project="6.00", operating="5.00"),
        line("2210201 住房公积金", total="3.00", basic="3.00", project="0.00", operating="3.00"),
        line("2210203 购房补贴", total="2.00", basic="1.00", project="0.00", operating="1.00"),
    )
    assert [check.status for check in of(run_checks([table]), "T3.row")] == ["fail", "fail", "pass"]


def test_a_blank_left_side_whose_parts_add_up_is_undecided_and_named() -> None:
    table = reading("fa_expenditure", line("201 一般公共服务支出", total="", basic="4.00", project="6.00"))
    (check,) = of(run_checks([table]), "T3.row")
    assert (check.status, check.lhs, check.rhs) == ("insufficient", None, Decimal("100000"))
    assert "201 一般公共服务支出 / 合计 is blank" in check.note


def test_amounts_in_yuan_rounded_for_display_bring_their_own_half_unit() -> None:
    table = reading("fa_expenditure", line("201 支出", total="79.34", basic="50", project="29.00"), factor=1)
    (check,) = of(run_checks([table]), "T3.row")
    assert (check.status, check.band) == ("rounding", Decimal("0.5"))


def test_a_missing_subtotal_is_replaced_by_its_parts() -> None:
    table = reading(
        "fa_three_public",
        line(
            "本单位",
            final__total="10.00",
            final__overseas="1.00",
            final__vehicle_purchase="2.00",
            final__vehicle_operation="4.00",
            final__reception="3.00",
        ),
    )
    (check,) = of(run_checks([table]), "T9.final")
    assert check.status == "pass"
    assert len(check.cells) == 5


def test_the_list_form_of_the_three_public_table_is_one_record() -> None:
    table = reading(
        "fa_three_public",
        line("合计", final__total="6.00"),
        line("因公出国", final__overseas="1.00"),
        line("公务用车", final__vehicle_total="2.00"),
        line("公务接待", final__reception="3.00"),
    )
    (check,) = of(run_checks([table]), "T9.final")
    assert check.status == "pass"
    assert check.cells == ["t01.r1.c2", "t01.r2.c3", "t01.r3.c4", "t01.r4.c5"]


def test_a_minus_term_is_subtracted() -> None:
    table = reading(
        "fa_government_fund",
        line("212 城乡社区支出", opening_balance="1.00", income="9.00", total="8.00", closing_balance="2.00"),
    )
    (check,) = of(run_checks([table]), "T7.flow")
    assert check.status == "pass"


def test_checks_of_several_tables_of_one_kind_carry_the_table() -> None:
    row = line("201 一般公共服务支出", total="10.00", basic="4.00", project="6.00")
    tables = [reading("fa_expenditure", row, table_id=name) for name in ("t03", "t09")]
    assert [check.id for check in of(run_checks(tables), "T3.row")] == ["t03:T3.row#1", "t09:T3.row#1"]


def test_numbers_are_stated_as_printed_while_the_unit_is_unknown() -> None:
    table = reading(
        "fa_expenditure", line("201 一般公共服务支出", total="10.00", basic="4.00", project="6.00"), factor=None
    )
    (check,) = of(run_checks([table]), "T3.row")
    assert (check.status, check.lhs) == ("pass", Decimal("10.00"))


def detail(**texts: str) -> dict[str, str]:
    row = Line("201 一般公共服务支出", {name.replace("__", "."): text for name, text in texts.items()})
    return {check.id: check.status for check in run_checks([reading("fa_expenditure_detail_by_economic", row)])}


def test_a_class_is_the_sum_of_the_columns_of_its_items() -> None:
    classes = {"total": "12.00", "economic__301": "10.00", "economic__302": "2.00"}
    assert detail(**classes, economic__30101="6.00", economic__30102="4.00") == {
        "D.row#1": "pass",
        "D.group.301#1": "pass",
    }
    assert detail(**classes, economic__30101="6.00", economic__30102="3.00") == {
        "D.row#1": "pass",
        "D.group.301#1": "fail",
    }
    assert detail(**classes) == {"D.row#1": "pass"}


def test_the_columns_of_items_are_known_and_excuse_no_wrong_total() -> None:
    classes = {"total": "13.00", "economic__301": "10.00", "economic__302": "2.00"}
    assert detail(**classes, economic__30101="6.00", economic__30102="4.00")["D.row#1"] == "fail"
