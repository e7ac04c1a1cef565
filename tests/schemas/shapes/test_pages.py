"""Tables that run over pages: what is printed again is kept, shown where it stands, and never summed twice."""

from __future__ import annotations

from collections import Counter

from schemas.result import Reading
from tests.schemas.drawn import at, codes, only_table, over_pages, read_drawn

BUDGET = ("临溪市档案馆2026年部门预算", "支出总表", "单位：万元")
HEADER = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n"
TOTAL = "| 合计 | < | 20.00 | 15.00 | 5.00 |\n"
EDUCATION = "| 205 | 教育支出 | 12.00 | 10.00 | 2.00 |\n"
SCIENCE = "| 206 | 科学技术支出 | 8.00 | 5.00 | 3.00 |\n"


def read_over_pages(text: str, breaks: list[int], header_rows: int = 0) -> Reading:
    return read_drawn(BUDGET[0], 7, *BUDGET[1:], over_pages(text, 7, breaks, header_rows))


def verdicts(reading: Reading) -> dict[str, int]:
    return dict(Counter(check.status for check in reading.checks))


def test_a_header_printed_again_is_header_and_the_rows_after_it_are_rows() -> None:
    reading = read_over_pages(HEADER + TOTAL + EDUCATION + HEADER + SCIENCE, [3], 1)
    table = only_table(reading)
    assert [row.role for row in table.rows] == ["header", "total", "item", "header", "item"]
    assert [(part.page, part.first_row, part.last_row) for part in table.parts] == [(7, 0, 2), (8, 3, 4)]
    assert table.joined is not None
    assert table.joined.method == "header_repeated"
    assert (at(reading, "t01.r4.c2").value, at(reading, "t01.r4.c2").page) == ("80000.00", 8)
    assert verdicts(reading) == {"pass": 6}
    assert codes(reading) == []


def test_a_total_printed_again_with_the_header_is_kept_and_not_summed_twice() -> None:
    reading = read_over_pages(HEADER + TOTAL + EDUCATION + HEADER + TOTAL + SCIENCE, [3], 1)
    assert [row.role for row in only_table(reading).rows] == ["header", "total", "item", "header", "total", "item"]
    again = at(reading, "t01.r4.c2")
    assert (again.value, again.page, again.row.role, again.grade) == ("200000.00", 8, "total", "A")
    assert "fail" not in verdicts(reading)
    assert "insufficient" not in verdicts(reading)


def test_a_total_printed_again_alone_at_the_head_of_a_page_is_not_summed_twice() -> None:
    reading = read_over_pages(HEADER + TOTAL + EDUCATION + TOTAL + SCIENCE, [3])
    assert verdicts(reading) == {"pass": 7}


def test_another_total_at_the_head_of_a_page_is_no_repetition() -> None:
    other = TOTAL.replace("20.00", "21.00").replace("15.00", "16.00")
    reading = read_over_pages(HEADER + TOTAL + EDUCATION + other + SCIENCE, [3])
    assert "insufficient" in verdicts(reading)


def test_column_numbers_printed_again_are_no_data() -> None:
    numbers = "| 栏次 | < | 1 | 2 | 3 |\n"
    reading = read_over_pages(HEADER + numbers + TOTAL + EDUCATION + HEADER + numbers + SCIENCE, [4], 2)
    assert [row.role for row in only_table(reading).rows] == [
        "header",
        "column_numbers",
        "total",
        "item",
        "header",
        "header",
        "item",
    ]
    assert [one.cell for one in reading.observations if one.field == "total"] == ["t01.r2.c2", "t01.r3.c2", "t01.r6.c2"]


def test_every_cell_of_every_part_stands_in_the_result_with_its_page() -> None:
    table = only_table(read_over_pages(HEADER + TOTAL + EDUCATION + HEADER + SCIENCE, [3], 1))
    assert [(cell.row, cell.col, cell.page) for cell in table.cells if cell.col == 2] == [
        (0, 2, 7),
        (1, 2, 7),
        (2, 2, 7),
        (3, 2, 8),
        (4, 2, 8),
    ]
    assert sum(cell.row_span * cell.col_span for cell in table.cells) == 5 * 5
