"""What another place of the document says against a table: unit, order, names and rows."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Location, Part
from schemas.checks import run_checks
from schemas.checks.indexed import index_tables
from schemas.grades import grade_values
from schemas.records import TableReading
from schemas.witness import Doubt, doubts_of
from tests.schemas.checks.readings import Line, line, reading


def doubts(*tables: TableReading) -> list[Doubt]:
    return doubts_of(index_tables(tables), run_checks(tables))


def codes(*tables: TableReading) -> list[tuple[str, str | None]]:
    return [(doubt.finding.code, doubt.finding.table) for doubt in doubts(*tables)]


def coded(key: str, amount: str) -> Line:
    return line(key, total=amount, basic=amount)


def expenditure(table_id: str = "t01", factor: int = 10000, **amounts: str) -> TableReading:
    shown = {"total": "29.25", "health": "12.34", "education": "5.61", "security": "11.30"} | amounts
    return reading(
        "fa_expenditure" if table_id == "t01" else "fa_general_budget_expenditure",
        coded("合计", shown["total"]),
        coded("205 教育支出", shown["education"]),
        coded("208 社会保障和就业支出", shown["security"]),
        coded("210 卫生健康支出", shown["health"]),
        table_id=table_id,
        factor=factor,
    )


def test_tables_that_agree_raise_no_doubt() -> None:
    assert doubts(expenditure(), expenditure("t02")) == []


def test_amounts_ten_thousand_times_apart_put_the_unit_of_both_tables_in_doubt() -> None:
    found = doubts(expenditure(), expenditure("t02", factor=1))

    assert [(one.finding.code, one.finding.table, len(one.cells)) for one in found] == [
        ("unit_contradicted", "t01", 8),
        ("unit_contradicted", "t02", 8),
    ]
    assert "t01.r1.c2" in found[0].finding.cells


def test_a_table_alone_against_two_is_the_one_in_doubt() -> None:
    third = reading(
        "fa_government_fund",
        *(line(k, total=v) for k, v in (("合计", "29.25"), ("205 教育支出", "5.61"))),
        table_id="t03",
    )

    assert codes(expenditure(), expenditure("t02", factor=1), third) == [("unit_contradicted", "t02")]


def test_rows_that_changed_places_are_doubted_in_both_tables() -> None:
    found = doubts(expenditure(), expenditure("t02", education="11.30", security="5.61"))

    assert [(one.finding.code, one.finding.table) for one in found] == [
        ("amounts_exchanged", "t01"),
        ("amounts_exchanged", "t02"),
    ]
    assert found[1].cells == {"t02.r2.c2", "t02.r2.c3", "t02.r3.c2", "t02.r3.c3"}


def test_a_third_table_says_which_of_two_changed_its_rows() -> None:
    rows = (
        ("合计", "29.25"),
        ("205 教育支出", "5.61"),
        ("208 社会保障和就业支出", "11.30"),
        ("210 卫生健康支出", "12.34"),
    )
    third = reading("fa_government_fund", *(line(key, total=amount) for key, amount in rows), table_id="t03")

    swapped = expenditure("t02", education="11.30", security="5.61")

    assert codes(expenditure(), swapped, third) == [("amounts_exchanged", "t02")]


def columns(table_id: str, basic: str, project: str, kind: str = "fa_expenditure") -> TableReading:
    half, rest = ("20.00", "15.50") if basic == "30.10" else ("15.50", "20.00")
    lesser = {"20.00": "10.10", "15.50": "3.75"}
    return reading(
        kind,
        line("合计", total="49.35", basic=basic, project=project),
        line("205 教育支出", total="35.50", basic=half, project=rest),
        line("210 卫生健康支出", total="13.85", basic=lesser[half], project=lesser[rest]),
        table_id=table_id,
    )


def test_columns_that_changed_places_are_doubted() -> None:
    first = columns("t01", "30.10", "19.25")
    second = columns("t02", "19.25", "30.10", "fa_general_budget_expenditure")

    found = doubts(first, second)

    assert {(one.finding.code, one.finding.table) for one in found} == {
        ("amounts_exchanged", "t01"),
        ("amounts_exchanged", "t02"),
    }
    assert {"t02.r1.c3", "t02.r1.c4", "t02.r3.c4"} <= found[-1].cells


def test_a_column_that_the_witness_has_under_another_field_and_lacks_itself_is_doubted() -> None:
    income = reading(
        "fa_general_budget_expenditure",
        line("合计", total="49.35", basic="30.10"),
        line("205 教育支出", total="35.50", basic="20.00"),
        line("210 卫生健康支出", total="13.85", basic="10.10"),
    )
    moved = reading(
        "fa_expenditure",
        line("合计", total="49.35", basic="0.00", project="30.10"),
        line("205 教育支出", total="35.50", basic="0.00", project="20.00"),
        line("210 卫生健康支出", total="13.85", basic="0.00", project="10.10"),
        table_id="t02",
    )

    found = doubts(income, moved)

    assert {(one.finding.code, one.finding.table) for one in found} == {
        ("amounts_exchanged", "t01"),
        ("amounts_exchanged", "t02"),
    }
    assert {f"t02.r{row}.c{col}" for row in (1, 2, 3) for col in (3, 4)} in [one.cells for one in found]


def test_a_column_of_other_money_beside_the_same_column_is_no_doubt() -> None:
    witness = reading(
        "fa_general_budget_expenditure",
        line("合计", total="30.10", basic="30.10"),
        line("205 教育支出", total="20.00", basic="20.00"),
        line("210 卫生健康支出", total="10.10", basic="10.10"),
    )
    wider = reading(
        "fa_expenditure",
        line("合计", total="60.20", basic="30.10", project="30.10"),
        line("205 教育支出", total="40.00", basic="20.00", project="20.00"),
        line("210 卫生健康支出", total="20.20", basic="10.10", project="10.10"),
        table_id="t02",
    )

    assert doubts(witness, wider) == []


def over_two_pages(total: str, first: str) -> TableReading:
    table = reading(
        "fa_expenditure",
        line("合计", total="29.25"),
        line("205 教育支出", total="17.95"),
        line("合计", total=total),
        line("208 社会保障和就业支出", total=first),
    )
    parts = (Part(Location(8), 0, 2), Part(Location(9), 3, 4))
    return replace(table, grid=replace(table.grid, parts=parts))


def test_a_total_printed_again_on_the_next_page_with_another_amount_is_doubted() -> None:
    (found,) = [one for one in doubts(over_two_pages("11.30", "29.25")) if one.finding.code == "total_differs"]

    assert found.cells == {"t01.r1.c2", "t01.r3.c2", "t01.r4.c2"}  # the row that prints the amount of the total too


def test_a_total_printed_again_alike_is_no_doubt() -> None:
    assert "total_differs" not in [code for code, _ in codes(over_two_pages("29.25", "11.30"))]


def test_a_label_of_another_code_of_the_document_is_doubted() -> None:
    table = reading(
        "fa_expenditure",
        line("合计", total="9.00"),
        line("205 卫生健康支出", total="5.00"),
        line("210 教育支出", total="4.00"),
    )

    found = doubts(table)

    assert [one.finding.code for one in found] == ["code_label_disagree"] * 2
    assert found[0].finding.message == "code 205 is printed beside 卫生健康支出, which is the name of 210"
    assert found[0].cells == {"t01.r2.c2", "t01.r3.c2"}


def test_names_that_go_with_the_end_of_a_code_are_known_without_the_list() -> None:
    table = reading(
        "fa_expenditure",
        line("合计", total="9.00"),
        line("2197701 某事务管理", total="5.00"),
        line("2197704 行政运行", total="4.00"),
    )

    (found,) = [one for one in doubts(table) if one.finding.code == "code_label_disagree"]

    assert found.finding.message == "code 2197704 is printed beside 行政运行, which is the name of 2197701"
    assert found.cells == {"t01.r2.c2", "t01.r3.c2"}


def test_names_that_another_table_prints_beside_other_codes_are_doubted() -> None:
    rows = (("合计", "9.00"), ("2197706 水文管理", "5.00"), ("2197707 防汛管理", "4.00"))
    first = reading("fa_expenditure", *(line(key, total=text) for key, text in rows))
    swapped = (("合计", "9.00"), ("2197706 防汛管理", "5.00"), ("2197707 水文管理", "4.00"))
    second = reading("fa_government_fund", *(line(key, total=text) for key, text in swapped), table_id="t02")

    assert {table for code, table in codes(first, second) if code == "code_label_disagree"} == {"t01", "t02"}


def test_the_total_that_changed_names_with_a_class_is_doubted() -> None:
    table = reading(
        "fa_expenditure",
        line("教育支出", total="9.00"),
        line("205 合计", total="9.00"),
        line("20502 普通教育", total="9.00"),
    )

    (found,) = [one for one in doubts(table) if one.finding.code == "code_label_disagree"]

    assert found.cells == {"t01.r1.c2", "t01.r2.c2"}


def test_a_spelling_of_the_publisher_is_no_doubt() -> None:
    assert codes(reading("fa_expenditure", line("205 教育类支出", total="5.00"), line("合计", total="5.00"))) == []


def test_the_only_part_of_a_code_may_go_by_its_name() -> None:
    table = reading(
        "fa_expenditure",
        line("合计", total="5.00"),
        line("211 节能环保支出", total="5.00"),
        line("21110 能源节约利用", total="5.00"),
        line("2111001 能源节约利用", total="5.00"),
    )

    assert codes(table) == []


def test_a_row_that_stands_twice_is_doubted() -> None:
    row = line("205 教育支出", total="5.00")

    found = doubts(reading("fa_expenditure", line("合计", total="5.00"), row, row))

    assert [(one.finding.code, one.cells) for one in found] == [("row_twice", frozenset({"t01.r2.c2", "t01.r3.c2"}))]


def levels(*left_out: str) -> TableReading:
    keys = [
        *("205 教育支出", "20502 普通教育", "2050201 学前教育", "2050202 小学教育"),
        *("208 社会保障和就业支出", "20805 行政事业单位养老支出", "2080505 机关事业单位基本养老保险缴费支出"),
        *("210 卫生健康支出", "21011 行政事业单位医疗", "2101101 行政单位医疗"),
    ]
    lines = [line(key, total="5.00") for key in keys if key not in left_out]
    return reading("fa_expenditure", line("合计", total="15.00"), *lines)


def test_a_row_that_the_others_ask_for_is_missed() -> None:
    found = doubts(levels("20805 行政事业单位养老支出"))

    assert ("row_missing", frozenset()) in [(one.finding.code, one.cells) for one in found]
    assert [one.finding.message.split(",")[0] for one in found if one.finding.code == "row_missing"] == [
        "rows below code 20805 are printed"
    ]


def test_a_class_of_a_table_of_one_class_is_missed_where_other_levels_are_printed() -> None:
    keys = ("20502 普通教育", "2050201 学前教育", "2050202 小学教育")
    table = reading("fa_expenditure", *(line(key, total="5.00") for key in ("合计", *keys)))

    (found,) = [one for one in doubts(table) if one.finding.code == "row_missing"]

    assert found.finding.message == "rows below code 205 are printed, and no row of 205 itself"


def test_a_table_of_items_alone_misses_nothing() -> None:
    keys = ("2050201 学前教育", "2050202 小学教育", "2080505 机关事业单位基本养老保险缴费支出")
    table = reading("fa_expenditure", *(line(key, total="5.00") for key in ("合计", *keys)))

    assert "row_missing" not in [code for code, _ in codes(table)]


def test_a_table_of_several_codes_without_a_total_says_so_even_alone() -> None:
    rows = [
        line("205 教育支出", total="5.61"),
        line("208 社会保障和就业支出", total="1.00"),
        line("210 卫生健康支出", total="2.00"),
    ]

    assert codes(reading("fa_expenditure", *rows)) == [("total_missing", "t01")]
    assert codes(reading("fa_expenditure", *rows[:2])) == []


def test_a_line_of_the_national_form_is_missed() -> None:
    rows = ("income.other", "income.total_current", "income.total")
    table = reading("fa_income_expenditure_summary", *(line(key, "income", income_amount="5.00") for key in rows))
    form = replace(table, kind=replace(table.kind, always=("income.total_current", "income.total")))
    bare = replace(form, rows=form.rows[:2], values=form.values[:2])

    assert codes(form) == []
    assert [one.finding.message for one in doubts(bare)] == [
        "the line 总计 is missing, which every publisher prints in this form"
    ]


def test_a_code_without_the_rows_below_it_is_missed() -> None:
    assert codes(levels("2101101 行政单位医疗")) == [("row_without_parts", "t01")]


def test_codes_without_rows_below_them_in_every_table_are_the_publishers_way() -> None:
    first = levels("2101101 行政单位医疗")

    assert codes(first, replace(first, id="t02")) == []


def test_a_table_of_codes_without_a_total_says_so_where_another_has_one() -> None:
    bare = reading("fa_expenditure", line("205 教育支出", total="5.61"))

    assert codes(bare) == []
    assert codes(bare, expenditure("t02")) == [("total_missing", "t01")]


def numbered(*numbers: int) -> TableReading:
    table = expenditure()
    rows = tuple(replace(row, line_no=number) for row, number in zip(table.rows, numbers, strict=True))
    return replace(table, rows=rows)


def test_a_line_number_out_of_its_sequence_is_said() -> None:
    (found,) = doubts(numbered(28, 39, 30, 31))

    assert found.finding.message == "the line number of 教育支出 is 39, between its neighbours stands 29"
    assert (found.cells, found.finding.cells) == (frozenset(), ["t01.r2.c2", "t01.r2.c3"])


def test_line_numbers_that_jump_and_go_on_are_no_error() -> None:
    assert doubts(numbered(28, 29, 35, 36)) == []


def test_a_blank_that_a_sum_asks_for_is_said() -> None:
    table = reading(
        "fa_expenditure",
        line("合计", total="9.00", basic="6.00", project="3.00"),
        line("205 教育支出", total="9.00", basic="6.00", project=""),
        line("20502 普通教育", total="9.00", basic="6.00", project="0.00"),
    )

    (found,) = [one.finding for one in doubts(table) if one.finding.code == "sum_undecided"]

    assert found.cells == ["t01.r2.c4"]
    assert found.message.startswith("2 sums of this table do not hold")
    assert "(205 教育支出 / 合计: 9.00 ≠ 6)" in found.message
    assert found.message.endswith("Blank cells that may lack an amount: 205 教育支出 / 项目支出 (3)")


def test_doubted_values_are_c() -> None:
    table = expenditure()
    checks = run_checks([table])

    found = grade_values([table], checks, [], {"t01.r1.c2"})

    assert found["t01.r1.c2"].grade == "C"
    assert {graded.grade for cell, graded in found.items() if cell != "t01.r1.c2"} == {"A"}
