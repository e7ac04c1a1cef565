"""An amount that an engine misread is chosen anew when one near reading, and one only, makes its sums hold."""

from __future__ import annotations

from decimal import Decimal

from schemas.checks import run_checks, suspicions
from schemas.grades import grade_values
from schemas.misread import Mended, mend, near_readings
from schemas.records import TableReading
from tests.schemas.checks.readings import line, reading
from tests.schemas.test_recognised import from_image


def table(total: str = "9.00", basic: str = "6.00", first: str = "5.00", below: str = "2.00") -> TableReading:
    return from_image(
        reading(
            "fa_general_budget_expenditure",
            line("合计", total=total, basic=basic, project="3.00"),
            line("208 社会保障和就业支出", total=first, basic=below, project="3.00"),
            line("210 卫生健康支出", total="4.00", basic="4.00", project="0.00"),
        )
    )


def row(total: str, basic: str, project: str) -> TableReading:
    amounts = line("201 一般公共服务支出", total=total, basic=basic, project=project)
    return from_image(reading("fa_expenditure", amounts))


def mended(one: TableReading) -> Mended:
    return mend([one], run_checks([one]))


def number_at(result: Mended, cell: str) -> Decimal | None:
    return next(value.number for value in result.readings[0].values if value.cell == cell)


def test_one_digit_taken_for_one_that_looks_like_it_is_put_right_and_said() -> None:
    result = mended(table(below="7.00"))  # 2 read as 7: the sum across and the one down both fail by it
    assert result.cells == {"t01.r2.c3"}
    assert number_at(result, "t01.r2.c3") == 2
    value = next(one for one in result.readings[0].values if one.cell == "t01.r2.c3")
    assert (value.text, value.value, value.doubtful) == ("7.00", Decimal("20000.00"), True)
    assert [(one.code, one.cells) for one in result.findings] == [("amount_repaired", ["t01.r2.c3"])]
    assert "7.00" in result.findings[0].message
    assert "2.00" in result.findings[0].message


def test_what_was_put_right_is_c_and_proves_nothing_of_its_neighbours() -> None:
    result = mended(table(below="7.00"))
    checks = run_checks(result.readings)
    grades = grade_values(result.readings, checks, suspicions(checks, result.readings), repaired=result.cells)
    assert grades["t01.r2.c3"].grade == "C"
    assert grades["t01.r2.c2"].grade == "B"  # by the sum down the column
    assert "A" not in {one.grade for one in grades.values()}


def test_a_lost_point_is_found() -> None:
    assert number_at(mended(table(below="200")), "t01.r2.c3") == 2


def test_what_no_near_reading_explains_stays_as_it_was_read() -> None:
    assert mended(table(below="4.00")).cells == frozenset()  # 2 and 4 do not look alike


def test_two_ways_to_explain_a_failure_are_none() -> None:
    one = from_image(
        reading("fa_expenditure", line("201 一般公共服务支出", total="8.00", basic="1.50", project="1.50"))
    )
    other = from_image(
        reading("fa_expenditure", line("201 一般公共服务支出", total="8.00", basic="2.00", project="1.00"))
    )
    assert number_at(mended(one), "t01.r1.c2") == 3  # 3 was read as 8, and nothing else explains it
    assert mended(other).cells == frozenset()  # 3 was read as 8, or 7 as 2


def test_what_a_text_layer_prints_is_never_touched() -> None:
    printed = reading("fa_expenditure", line("201 一般公共服务支出", total="8.00", basic="1.50", project="1.50"))
    assert mended(printed).cells == frozenset()


def test_near_readings_change_one_digit_or_the_point() -> None:
    (value,) = reading("fa_expenditure", line("201 一般公共服务支出", total="1230")).values
    near = "7230 4230 1730 1280 1250 1238 1236 1239 12.30"
    assert set(near_readings(value)) == {Decimal(text) for text in near.split()}
