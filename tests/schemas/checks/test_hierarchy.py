from dataclasses import replace
from decimal import Decimal

from schemas.checks import run_checks
from schemas.result import Check
from tests.schemas.checks.readings import Line, line, reading


def hier(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.id.partition("#")[2]: check.status for check in checks if check.scope == "hierarchy"}


def t5(*rows: tuple[str, str], **more: Line) -> list[Line]:
    return [*(line(key, total=total) for key, total in rows), *more.values()]


def test_each_level_is_the_sum_of_the_next_and_the_total_of_the_first() -> None:
    table = reading(
        "fa_general_budget_expenditure",
        *t5(
            ("合计", "10.00"),
            ("208 社会保障和就业支出", "4.00"),
            ("20805 行政事业单位养老支出", "4.00"),
            ("2080505 基本养老保险缴费支出", "3.00"),
            ("2080506 职业年金缴费支出", "1.00"),
            ("210 卫生健康支出", "6.00"),
            ("21011 行政事业单位医疗", "6.00"),
            ("2101101 行政单位医疗", "5.00"),
        ),
    )
    checks = run_checks([table])
    assert hier(checks) == {"1.c2": "pass", "2.c2": "pass", "3.c2": "pass", "6.c2": "pass", "7.c2": "fail"}
    wrong = next(check for check in checks if check.status == "fail")
    assert (wrong.id, wrong.diff, wrong.cells) == ("T5.hier#7.c2", Decimal("10000"), ["t01.r7.c2", "t01.r8.c2"])


def test_a_level_may_be_left_out() -> None:
    rows = t5(
        ("合计", "3.00"), ("208 社会保障和就业支出", "3.00"), ("2080505 缴费支出", "2.00"), ("2080506 年金", "1.00")
    )
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "pass", "2.c2": "pass"}


def test_a_class_whose_items_print_nothing_lacks_a_row() -> None:
    rows = t5(("合计", "3.00"), ("208 社会保障和就业支出", "3.00"), ("2080505 缴费支出", ""), ("2080506 年金", ""))
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "pass", "2.c2": "fail"}


def test_the_total_may_stand_last() -> None:
    rows = t5(("208 社会保障和就业支出", "3.00"), ("210 卫生健康支出", "4.00"), ("合计", "7.00"))
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"3.c2": "pass"}


def test_a_row_printed_again_on_the_next_page_is_summed_once() -> None:
    rows = t5(("合计", "7.00"), ("208 社会保障和就业支出", "3.00"))
    again = Line("合计", {"total": "7.00"}, repeat=True)
    rows += [again, line("210 卫生健康支出", total="4.00")]
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "pass"}


def test_a_code_on_several_rows_is_read_the_way_that_adds_up() -> None:
    rows = t5(
        ("合计", "5.00"),
        ("20103 政府办公厅事务", "5.00"),
        ("2010302 一般行政管理事务", "5.00"),
        ("2010302 项目甲", "2.00"),
        ("2010302 项目乙", "3.00"),
    )
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "pass", "2.c2": "pass"}


def test_a_code_on_several_rows_accuses_nobody() -> None:
    rows = t5(("20103 政府办公厅事务", "9.00"), ("2010302 项目甲", "2.00"), ("2010302 项目乙", "3.00"))
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "insufficient"}


def test_a_row_without_a_usable_code_may_hold_the_difference() -> None:
    rows = t5(("合计", "9.00"), ("208 社会保障和就业支出", "3.00"), ("21 卫生健康支出", "6.00"))
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "insufficient"}


def test_rows_out_of_order_find_the_one_parent_they_continue() -> None:
    rows = t5(
        ("208 社会保障和就业支出", "3.00"),
        ("210 卫生健康支出", "4.00"),
        ("2080505 缴费支出", "3.00"),
        ("2101101 行政单位医疗", "4.00"),
    )
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {"1.c2": "pass", "2.c2": "pass"}


def test_panels_side_by_side_are_read_one_after_the_other() -> None:
    table = reading(
        "fa_general_budget_basic_expenditure",
        line("301 工资福利支出", "personnel", 1, amount="3.00"),
        line("302 商品和服务支出", "public", 1, amount="5.00"),
        line("30101 基本工资", "personnel", 2, amount="1.00"),
        line("30201 办公费", "public", 2, amount="5.00"),
        line("30102 津贴补贴", "personnel", 3, amount="2.00"),
        code_list="economic",
    )
    assert hier(run_checks([table])) == {"1.c2": "pass", "1.c3": "pass"}


def test_each_unit_is_the_sum_of_its_classes_and_the_total_of_its_units() -> None:
    def unit(key: str, name: str, total: str) -> Line:
        return Line(key, {"total": total}, unit_name=name)

    rows = [
        line("合计", total="12.00"),
        unit("甲局", "甲局", "7.00"),
        unit("201 一般公共服务支出", "甲局", "3.00"),
        unit("208 社会保障和就业支出", "甲局", "4.00"),
        unit("乙中心", "乙中心", "5.00"),
        unit("208 社会保障和就业支出", "乙中心", "5.00"),
    ]
    assert hier(run_checks([reading("fa_expenditure", *rows)])) == {"1.c2": "pass", "2.c2": "pass", "5.c2": "pass"}


def test_sections_with_total_rows_of_their_own_are_not_accused() -> None:
    rows = t5(("201 一般公共服务支出", "3.00"), ("合计", "3.00"), ("208 社会保障和就业支出", "4.00"), ("合计", "5.00"))
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {
        "2.c2": "pass",
        "4.c2": "insufficient",
    }


def test_depth_alone_proves_but_never_accuses() -> None:
    rows = [
        Line("社会保障和就业支出", {"total": "3.00"}, level=1),
        Line("养老支出", {"total": "3.00"}, level=2),
        Line("卫生健康支出", {"total": "5.00"}, level=1),
        Line("医疗", {"total": "4.00"}, level=2),
    ]
    assert hier(run_checks([reading("fa_general_budget_expenditure", *rows)])) == {
        "1.c2": "pass",
        "3.c2": "insufficient",
    }


def test_two_rows_on_one_line_without_a_named_panel_stay_apart() -> None:
    table = reading(
        "fa_general_budget_basic_expenditure",
        line("301 工资福利支出", None, 1, amount="3.00"),
        line("30101 基本工资", None, 2, amount="3.00"),
        code_list="economic",
    )
    right = reading(
        "fa_general_budget_basic_expenditure",
        line("302 商品和服务支出", "right", 1, amount="5.00"),
        line("30201 办公费", "right", 2, amount="5.00"),
        code_list="economic",
    )
    shifted = [
        replace(v, row=replace(v.row, panel=None), grid_col=5, cell=f"t01.r{v.grid_row}.c5") for v in right.values
    ]
    both = replace(table, values=(*table.values, *shifted))
    assert hier(run_checks([both])) == {"1.c2": "pass", "1.c5": "pass"}
