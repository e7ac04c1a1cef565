"""What was read from an image is B where a sum proves it that a misread would have broken, else D."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Document, Location, Page, TextLine, TextVerdict
from schemas.checks import run_checks, suspicions
from schemas.grades import grade_values
from schemas.recognised import recognised_pages
from schemas.records import TableReading
from tests.schemas.checks.readings import line, reading


def from_image(table: TableReading, confidence: float = 0.99, **unsure: float) -> TableReading:
    """The same table with cells that an engine read; ``unsure`` gives single columns, as c2, another confidence."""
    cells = tuple(replace(cell, confidence=unsure.get(f"c{cell.col}", confidence)) for cell in table.grid.cells)
    return replace(table, grid=replace(table.grid, cells=cells))


def row(total: str = "5.00", basic: str = "2.00", project: str = "3.00", factor: int | None = 10000) -> TableReading:
    return reading(
        "fa_expenditure", line("201 一般公共服务支出", total=total, basic=basic, project=project), factor=factor
    )


def grades(table: TableReading) -> list[str]:
    checks = run_checks([table])
    return [graded.grade for graded in grade_values([table], checks, suspicions(checks, [table])).values()]


def test_amounts_of_a_sum_that_holds_are_b() -> None:
    assert grades(from_image(row())) == ["B", "B", "B"]


def test_amounts_that_nothing_proves_are_d() -> None:
    assert grades(from_image(reading("fa_expenditure", line("201 一般公共服务支出", total="5.00")))) == ["D"]


def test_amounts_of_a_sum_that_fails_are_d() -> None:
    assert set(grades(from_image(row(total="9.00")))) == {"D"}


def test_a_sum_that_holds_but_for_rounding_proves_no_last_digit() -> None:
    assert set(grades(row(total="5.01"))) == {"A"}
    assert set(grades(from_image(row(total="5.01")))) == {"D"}


def test_a_sum_proves_nothing_when_one_of_its_cells_is_unsure() -> None:
    assert set(grades(from_image(row(), c3=0.6))) == {"D"}


def test_the_same_amount_twice_proves_it_only_when_the_engine_is_certain() -> None:
    assert set(grades(from_image(row("2.00", "2.00", "")))) == {"B"}
    assert set(grades(from_image(row("2.00", "2.00", ""), 0.9))) == {"D"}


def test_a_zero_is_proven_by_no_sum() -> None:
    assert grades(from_image(row("5.00", "5.00", "0.00"))) == ["B", "B", "D"]


def test_without_a_unit_nothing_is_proven() -> None:
    assert set(grades(from_image(row(factor=None)))) == {"D"}


def test_the_pages_that_were_recognised_are_those_that_say_so() -> None:
    pages = tuple(Page(one, 595.0, 842.0, 0, TextVerdict.SCANNED, recognised=one == 2) for one in (1, 2))
    document = Document("pdf", "application/pdf", pages, (TextLine("x", Location(1)),))
    assert recognised_pages(document) == {2}
