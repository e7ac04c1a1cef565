"""Formulas that a table prints, held against its amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.checks import check_findings, run_checks, suspicions
from schemas.grades import Graded, grade_values
from schemas.printed.footnotes import parse_footnotes
from schemas.printed.formula import each_once
from schemas.records import Row, TableReading
from schemas.result import Check, Finding
from tests.schemas.checks.readings import line, reading
from tests.schemas.drawn import codes, read_drawn

FINAL = "临溪市档案馆2022年度部门决算"


def noted(table: TableReading, *notes: str, lines: dict[int, int] | None = None) -> TableReading:
    """The table with formulas under it: its columns numbered from the left, its rows by ``lines`` (grid row: 行次),
    those of expenditure ten higher."""
    columns = {col: str(number) for number, col in enumerate(sorted({value.grid_col for value in table.values}), 1)}
    rows = {row: replace(row, line_no=_number(row, lines or {})) for row in table.rows}
    values = [replace(one, column_no=columns[one.grid_col], row=rows[one.row]) for one in table.values]
    formulas = each_once(parse_footnotes(notes))
    return replace(table, rows=tuple(rows.values()), values=tuple(values), formulas=formulas)


def _number(row: Row, lines: dict[int, int]) -> int | None:
    number = lines.get(row.index)
    return number if number is None or row.side != "expenditure" else number + 10


def found(*tables: TableReading) -> dict[str, Check]:
    return {check.id: check for check in run_checks(tables)}


def told(checks: Sequence[Check], table: TableReading) -> list[Finding]:
    return check_findings(checks, [table], suspicions(checks, [table]))


def graded(checks: Sequence[Check], table: TableReading) -> Mapping[str, Graded]:
    return grade_values([table], checks, suspicions(checks, [table]))


def expenditure(total: str = "10.00") -> TableReading:
    return reading("fa_expenditure", line("205 教育支出", total=total, basic="6.00", project="3.00", operating="1.00"))


def test_a_formula_that_says_what_the_kind_says_gives_its_words_to_that_check() -> None:
    checks = found(noted(expenditure(), "1栏各行=（2+3+4）栏各行。"))
    assert {key: (check.status, check.note) for key, check in checks.items()} == {
        "T3.row#1": ("pass", "1栏各行=（2+3+4）栏各行")
    }


def test_a_formula_that_says_the_same_fails_once_and_as_any_check() -> None:
    checks = found(noted(expenditure("11.00"), "1栏各行=（2+3+4）栏各行。"))
    assert [(check.id, check.status, check.diff) for check in checks.values()] == [("T3.row#1", "fail", Decimal(10000))]


def test_a_formula_of_another_form_accuses_nobody_and_is_reported() -> None:
    table = noted(expenditure(), "1栏各行=（2+3）栏各行。")
    checks = found(table)
    assert {key: check.status for key, check in checks.items()} == {
        "T3.row#1": "pass",
        "t01:P.column1=2+3#1": "not_applicable",
    }
    assert checks["t01:P.column1=2+3#1"].note == "1栏各行=（2+3）栏各行 (the identity of the form holds here)"
    (said,) = told(tuple(checks.values()), table)
    assert (said.code, said.severity, said.table, said.page) == ("printed_formula_disagrees", "warning", "t01", 8)
    assert said.message == (
        "2022年度支出决算表 prints the formula 1栏各行=（2+3）栏各行, which does not hold for 205 教育支出 / 合计: "
        "10.00 is printed, the formula gives 9 (places where it fails: 1)"
    )
    assert said.message_zh == (
        "《2022年度支出决算表》所附公式“1栏各行=（2+3）栏各行”与列示数不符：205 教育支出 / 合计 列示 10.00，"
        "按公式为 9（不符 1 处）"
    )
    assert {one.grade for one in graded(tuple(checks.values()), table).values()} == {"A"}


def plain_list(*amounts: str) -> TableReading:
    """A table whose kind states nothing that these rows could be held against."""
    return reading("a_list", *(line(f"项目{at}", amount=amount) for at, amount in enumerate(amounts)))


def test_a_formula_proves_amounts_for_which_the_catalogue_has_no_identity() -> None:
    table = noted(plain_list("3.00", "1.00", "2.00"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 3})
    (check,) = run_checks([table])
    assert (check.id, check.rule, check.scope) == ("t01:P.line1=2+3#c2", "P.line1=2+3", "column")
    assert (check.status, check.lhs, check.rhs) == ("pass", Decimal(30000), Decimal("30000.00"))
    assert check.cells == ["t01.r1.c2", "t01.r2.c2", "t01.r3.c2"]
    assert {one.grade for one in graded([check], table).values()} == {"A"}


def test_where_the_catalogue_has_no_identity_a_formula_that_fails_is_a_failing_check() -> None:
    table = noted(plain_list("3.00", "1.00", "2.50"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 3})
    (check,) = run_checks([table])
    assert (check.status, check.diff) == ("fail", Decimal(-5000))
    (said,) = told([check], table)
    assert (said.code, said.severity) == ("check_failed", "error")
    assert {one.grade for one in graded([check], table).values()} == {"C"}


def test_rounding_is_rounding_for_printed_formulas_too() -> None:
    (check,) = run_checks([noted(plain_list("3.01", "1.00", "2.00"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 3})])
    assert (check.status, check.band) == ("rounding", Decimal("150.000"))


def test_what_is_taken_off_is_known_to_be() -> None:
    table = noted(plain_list("5.00", "9.00", "3.00"), "1行=（2-3）行；4行=（2+3）行", lines={1: 1, 2: 2, 3: 3, 4: 4})
    (check,) = run_checks([table])
    assert (check.status, check.diff) == ("fail", Decimal(-10000))
    (said,) = told([check], table)
    assert "项目1 9.00 - 项目2 3.00 = 6" in said.message


def test_a_formula_over_lines_that_are_not_printed_is_held_and_accuses_nobody() -> None:
    holds = noted(plain_list("3.00", "1.00", "2.00"), "1行=（2+3+9）行", lines={1: 1, 2: 2, 3: 3})
    fails = noted(plain_list("3.00", "1.00", "1.00"), "1行=（2+3+9）行", lines={1: 1, 2: 2, 3: 3})
    assert [check.status for check in run_checks([holds])] == ["pass"]
    assert [check.status for check in run_checks([fails])] == ["not_applicable"]


def test_nothing_is_applied_where_the_lines_have_no_numbers_or_share_one() -> None:
    assert run_checks([noted(plain_list("3.00", "1.00", "2.00"), "1行=（2+3）行")]) == ()
    shared = noted(plain_list("3.00", "1.00", "2.00"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 2})
    assert run_checks([shared]) == ()


def test_a_blank_left_side_says_nothing() -> None:
    assert run_checks([noted(plain_list("", "1.00", "2.00"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 3})]) == ()


def summary(other: str = "1.00") -> TableReading:
    return reading(
        "fa_income_expenditure_summary",
        line("income.general_public_budget", "income", 1, income_amount="9.00"),
        line("income.other", "income", 2, income_amount=other),
        line("income.total_current", "income", 3, income_amount="10.00"),
        line("income.opening_balance", "income", 4, income_amount="2.00"),
        line("income.total", "income", 5, income_amount="12.00"),
        line("expenditure.208", "expenditure", 1, expenditure_amount="12.00"),
        line("expenditure.total", "expenditure", 5, expenditure_amount="12.00"),
    )


def test_a_formula_of_the_form_of_another_year_is_off_by_one_line() -> None:
    """27行 was the total when the form had a line less; in this one it is a balance, and the amounts are right."""
    table = noted(summary(), "4行=（1+2）行；6行=（3+4）行", lines={1: 1, 2: 2, 3: 3, 4: 4, 5: 5})
    statuses = {check.id: check.status for check in run_checks([table])}
    assert statuses["t01:P.line4=1+2#c2"] == "not_applicable"
    assert {status for key, status in statuses.items() if not key.startswith("t01:P.")} == {"pass"}


def test_a_wrong_amount_is_still_found_beside_a_wrong_formula() -> None:
    table = noted(summary(other="1.50"), "4行=（1+2）行", lines={1: 1, 2: 2, 3: 3, 4: 4, 5: 5})
    statuses = {check.id: check.status for check in run_checks([table])}
    assert statuses["T1.income#c2"] == "fail"
    assert statuses["t01:P.line4=1+2#c2"] == "not_applicable"


def test_where_the_identity_of_the_kind_fails_a_formula_of_another_form_says_nothing() -> None:
    checks = found(noted(expenditure("11.00"), "1栏各行=（2+3）栏各行。"))
    assert {key: check.status for key, check in checks.items()} == {"T3.row#1": "fail"}


def test_a_cell_that_nobody_can_read_is_no_disagreement() -> None:
    table = reading("fa_expenditure", line("205 教育支出", total="10.00", basic="6.00", project="4.00", operating="?"))
    assert [check.status for check in run_checks([noted(table, "1栏各行=（2+4）栏各行。")])] == ["insufficient"]


def test_lines_of_both_sides_are_compared() -> None:
    table = noted(summary(), "5行=15行", lines={1: 1, 5: 5})
    checks = [check for check in run_checks([table]) if check.note == "5行=15行"]
    assert [(check.id, check.status) for check in checks] == [("T1.balance#5.c2", "pass")]


def test_a_formula_that_fails_in_most_rows_is_wrong_and_not_the_amounts() -> None:
    rows = [line(f"{code} 类", total="9.00", basic="2.00") for code in (201, 205, 208)]
    table = noted(reading("fa_expenditure", *rows), "2栏各行=1栏各行")
    checks = [check for check in run_checks([table]) if check.rule == "P.column2=1"]
    assert [check.status for check in checks] == ["not_applicable"] * 3


def test_formulas_of_two_tables_are_told_apart() -> None:
    first = noted(plain_list("3.00", "1.00", "2.00"), "1行=（2+3）行", lines={1: 1, 2: 2, 3: 3})
    values = tuple(replace(value, cell=value.cell.replace("t01", "t02")) for value in first.values)
    assert [check.id for check in run_checks([first, replace(first, id="t02", values=values)])] == [
        "t01:P.line1=2+3#c2",
        "t02:P.line1=2+3#c2",
    ]


def rates(rate: str) -> list[tuple[str, str]]:
    table = noted(reading("a_list_of_rates", line("项目1", budget="20.00", executed="15.00", rate=rate)), "3栏=2栏/1栏")
    checks = run_checks([table])
    assert {one.grade for one in graded(checks, table).values()} == {"B"}
    return [(check.id, check.status) for check in checks]


def test_a_percentage_is_held_and_neither_proves_nor_accuses_an_amount() -> None:
    assert rates("75") == [("t01:P.column3=2/1#1", "pass")]
    assert rates("75.1") == [("t01:P.column3=2/1#1", "rounding")]
    assert rates("70") == [("t01:P.column3=2/1#1", "fail")]
    assert rates("0.75") == []
    assert rates("") == []


def test_the_label_of_a_line_may_say_how_it_is_computed() -> None:
    amounts = """
        | 项目                       | 行次 | 决算数 | 项目                       | 行次 | 决算数 |
        | 一、一般公共预算财政拨款收入 | 1    | 9.00   | 一、一般公共服务支出     | 32   | 10.50  |
        | 八、其他收入               | 8    | 1.00   | 八、社会保障和就业支出     | 39   | 0.50   |
        | 本年收入合计（27=1+…+8）   | 27   | 10.00  | 本年支出合计（59=32+…+57） | 58   | 11.00  |
        | 年初结转和结余             | 29   | 2.00   | 年末结转和结余             | 60   | 1.00   |
        | 总计（=27+29）             | 31   | 12.00  | 总计                       | 62   | 12.00  |
    """
    notes = {check.id: check.note for check in read_drawn(FINAL, "收入支出决算总表", "单位：万元", amounts).checks}
    assert notes["T1.income#c2"] == "本年收入合计（27=1+…+8）"
    assert notes["T1.expenditure#c5"] == "本年支出合计=各类"  # the label speaks of another line than its own
    assert notes["T1.income_total#c2"] == "总计（=27+29）"


AMOUNTS = st.sampled_from(["", "0.00", "1.00", "2.00", "3.00", "4.50"])
NOTES = st.builds(
    lambda target, terms, axis: f"{target}{axis}=（{'+'.join(map(str, terms))}）{axis}",
    st.integers(1, 6),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.sampled_from("行栏"),
)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=4), notes=st.lists(NOTES, max_size=4))
def test_whatever_formulas_are_printed_only_failing_checks_lower_a_grade(
    rows: list[tuple[str, str, str]], notes: list[str]
) -> None:
    lines = [
        line(f"20{at} 类", total=total, basic=basic, project=rest) for at, (total, basic, rest) in enumerate(rows, 1)
    ]
    bare = reading("fa_expenditure", *lines)
    table = noted(bare, *notes, lines={at: at for at in range(1, len(rows) + 1)})
    before, after = run_checks([bare]), run_checks([table])
    accused = {cell for check in after if check.status in ("fail", "insufficient") for cell in check.cells}
    grades = [graded(checks, one) for one, checks in ((bare, before), (table, after))]
    assert len({check.id for check in after}) == len(after)
    assert [(check.id, check.status) for check in after][: len(before)] == [(one.id, one.status) for one in before]
    assert [cell for cell in grades[0] if grades[1][cell].grade > grades[0][cell].grade and cell not in accused] == []


DOCUMENT = (
    FINAL,
    4,
    "收入支出决算总表",
    "部门：临溪市档案馆 单位：万元",
    """
    | 收入                       | <    | <      | 支出                   | <    | <      |
    | 项目                       | 行次 | 决算数 | 项目                   | 行次 | 决算数 |
    | 栏次                       |      | 1      | 栏次                   |      | 2      |
    | 一、一般公共预算财政拨款收入 | 1    | 9.00   | 一、一般公共服务支出   | 32   | 7.50   |
    | 八、其他收入               | 8    | 1.00   | 八、社会保障和就业支出 | 39   | 3.50   |
    | 本年收入合计               | 27   | 10.00  | 本年支出合计           | 58   | 11.00  |
    | 使用非财政拨款结余         | 28   |        | 结余分配               | 59   |        |
    | 年初结转和结余             | 29   | 2.00   | 年末结转和结余         | 60   | 1.00   |
    | 总计                       | 31   | 12.00  | 总计                   | 62   | 12.00  |
    """,
    "注：1.本表反映部门本年度的总收支和年末结转结余情况。",
    "2.本套报表金额单位转换时可能存在尾数误差。",
    "²⁷ 行= (1+2+3+4+5+6+7+8) 行; 31 行= (27+28+29) 行;",
    r"⁵⁸ 行= $(32+33+\cdots+57)$ 行; 61 行= (58+59+60) 行。",
    5,
    "支出决算表",
    "部门：临溪市档案馆 单位：万元",
    """
    | 科目编码 | 科目名称             | 合计  | 基本支出 | 项目支出 | 经营支出 |
    | 栏次     | <                    | 1     | 2        | 3        | 4        |
    | 合计     | <                    | 11.00 | 6.00     | 4.00     | 1.00     |
    | 201      | 一般公共服务支出     | 7.50  | 4.00     | 3.50     |          |
    | 208      | 社会保障和就业支出   | 3.50  | 2.00     | 0.50     | 1.00     |
    """,
    "注：本表反映部门本年度各项支出情况。",
    "1栏各行=（2+3）栏各行。",
)


def test_a_document_is_held_against_its_own_formulas() -> None:
    reading = read_drawn(*DOCUMENT)
    notes = {check.id: (check.status, check.note) for check in reading.checks}
    assert notes["T1.income#c2"] == ("pass", "²⁷ 行= (1+2+3+4+5+6+7+8) 行")
    assert notes["T1.income_total#c2"] == ("pass", "31 行= (27+28+29) 行")
    assert notes["T1.expenditure#c5"] == ("pass", r"⁵⁸ 行= $(32+33+\cdots+57)$ 行")
    assert notes["T1.expenditure_total#c5"] == (
        "pass",
        "总计=本年支出合计+结余分配+年末结转和结余",
    )  # line 61 is not printed
    assert [(key, status) for key, (status, _) in notes.items() if ":P." in key] == [
        ("t02:P.column1=2+3#2", "not_applicable"),
        ("t02:P.column1=2+3#4", "not_applicable"),
    ]
    assert notes["T3.row#3"] == ("pass", "1栏各行=（2+3）栏各行")  # nothing stands in the column that it leaves out
    assert codes(reading) == ["printed_formula_disagrees"]
    assert {one.grade for one in reading.observations if one.value is not None} == {"A"}
