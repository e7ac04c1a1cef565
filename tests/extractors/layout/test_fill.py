from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout.cells import Lattice, Span
from extractors.layout.fill import fill
from extractors.layout.ink import Run
from tests.extractors.layout.shapes import run, texts

TWO = Lattice([0, 50, 100], [0, 20], [Span(0, 0, 1, 1), Span(0, 1, 1, 1)])


def read(*runs: Run) -> list[list[str]]:
    return texts(fill(TWO, list(runs), 1).grid)


def test_each_text_goes_to_the_cell_that_holds_its_centre() -> None:
    assert read(run("201", 5, 5), run("10.00", 60, 5)) == [["201", "10.00"]]


def test_a_number_drawn_across_a_rule_is_never_cut_in_two() -> None:
    number = run("1234567.89", 30, 5)

    assert read(number) == [["", "1234567.89"]]
    assert [notice.code for notice in fill(TWO, [number], 1).notices] == ["text_crosses_rule"]


def test_a_label_longer_than_its_cell_stays_in_it_however_far_it_runs_over() -> None:
    label = "一般公共预算财政拨款支出合计数"

    for length in (11, 15, 18):  # over a little, beyond its middle, to the end of the next cell
        text = (label + label)[:length]
        assert read(run(text, 3, 5)) == [[text, ""]]
    assert read(run("1,234,567,890.00", 97 - 5 * 16, 5)) == [["", "1,234,567,890.00"]]


def test_a_text_that_begins_between_two_borders_stands_in_the_cell_behind_them() -> None:
    lattice = Lattice([0, 50, 53, 100], [0, 20], [Span(0, 0, 1, 1), Span(0, 1, 1, 1), Span(0, 2, 1, 1)])

    assert texts(fill(lattice, [run("教育支出", 52, 5), run("一", 5, 5)], 1).grid)[0][-1] == "教育支出"


def test_numbers_of_two_cells_drawn_close_to_their_rule_are_never_glued() -> None:
    first, second = run("293", 33.5, 5), run("41", 51.5, 5)
    near = Run("29341", 33.5, 5, 61.5, 15, first.lefts + second.lefts, first.rights + second.rights)

    assert read(near) == [["293", "41"]]


def test_text_outside_the_outer_rules_is_left_to_the_page() -> None:
    title = run("收入决算表", 10, -30)

    assert fill(TWO, [title], 1).outside == [title]


def test_a_number_half_inside_the_outer_rule_is_left_to_the_page_and_reported() -> None:
    filled = fill(TWO, [run("88.00", 20, 16)], 3)

    assert [piece.text for piece in filled.outside] == ["88.00"]
    assert [(notice.code, notice.location.page if notice.location else 0) for notice in filled.notices] == [
        ("leftover_text", 3)
    ]


def test_only_a_last_line_that_reaches_the_side_may_go_on_on_the_next_page() -> None:
    wide = Lattice([0, 50, 100], [0, 20, 40], [Span(r, c, 1, 1) for r in range(2) for c in range(2)])

    assert fill(wide, [run("短", 2, 25), run("到边的一行字字字字", 53, 25)], 1).brimming == {1}


@given(st.lists(st.tuples(st.integers(0, 999_999), st.floats(1, 95), st.integers(0, 2)), max_size=20))
def test_every_digit_inside_the_region_ends_in_a_cell(drawn: list[tuple[int, float, int]]) -> None:
    table = Lattice([0, 33, 66, 130], [0, 20, 40, 60], [Span(r, c, 1, 1) for r in range(3) for c in range(3)])
    runs = [run(str(number), x0, 20 * row + 5 + 0.01 * place) for place, (number, x0, row) in enumerate(drawn)]
    apart = [
        piece
        for place, piece in enumerate(runs)
        if all(abs(piece.top - other.top) > 5 or piece.x0 > other.x1 or piece.x1 < other.x0 for other in runs[:place])
    ]

    filled = fill(table, apart, 1)

    printed = sorted("".join(piece.text for piece in apart if piece not in filled.outside))
    assert sorted("".join(cell.text for cell in filled.grid.cells).replace(" ", "").replace("\n", "")) == printed


def test_columns_that_only_the_head_rules_are_read_from_the_alignment_of_amounts() -> None:
    head = [Span(0, col, 1, 1) for col in range(3)]
    body = [Span(1, 0, 1, 3), Span(2, 0, 1, 3), Span(3, 0, 1, 3)]
    table = Lattice([0, 100, 200, 300], [0, 20, 40, 60, 80], [*head, *body])
    runs = [run(word, 102 * col + 2, 5) for col, word in enumerate(["科目", "预算数", "决算数"])]
    for row, (first, second) in enumerate([("1.00", "2.50"), ("3.00", "4,000.00")], 1):
        runs += [run(f"项目{row}", 5, 20 * row + 5), run(first, 150, 20 * row + 5), run(second, 240, 20 * row + 5)]
    runs.append(run("注：本表反映收支", 5, 65))

    filled = fill(table, runs, 1)

    assert texts(filled.grid) == [
        ["科目", "预算数", "决算数"],
        ["项目1", "1.00", "2.50"],
        ["项目2", "3.00", "4,000.00"],
        ["注：本表反映收支", "", ""],
    ]
    assert [notice.code for notice in filled.notices] == ["rules_inferred"]


def test_rows_without_rules_between_them_are_cut_where_the_amounts_stand() -> None:
    table = Lattice([0, 100, 200], [0, 20, 100], [Span(r, c, 1, 1) for r in range(2) for c in range(2)])
    runs = [run("科目", 5, 5), run("合计", 105, 5)]
    for line, (label, amount) in enumerate([("一般公共服务", "10.00"), ("教育支出", "2.00"), ("合计", "12.00")]):
        runs += [run(label, 5, 25 + 25 * line), run(amount, 150, 25 + 25 * line)]

    grid = fill(table, runs, 1).grid

    assert texts(grid)[1:] == [["一般公共服务", "10.00"], ["教育支出", "2.00"], ["合计", "12.00"]]
    assert grid.parts[0].last_row == 3


def test_two_amounts_in_one_cell_of_a_fully_ruled_row_stay_there() -> None:
    assert read(run("10.00", 5, 2), run("12.00", 5, 11), run("备注", 60, 5)) == [["10.00\n12.00", "备注"]]
