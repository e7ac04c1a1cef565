"""Tables over page breaks, drawn: what goes on is joined, what begins anew stays apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import JoinMethod
from tests.extractors.pdf.drawn import only_grid, pdf, read, rows_of
from tests.parted import parted, printed

HEAD = ["Item", "Budget", "Actual", "Rate"]
BODY = [[f"Item {row}", f"{row + 1}.50", f"{row + 2}.25", f"{90 + row}.1"] for row in range(8)]
XS = (60.0, 160.0, 260.0, 360.0, 460.0)
Page = Callable[[Any], None]


def say(canvas: Any, x: float, down: float, words: str) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(x, canvas._pagesize[1] - down, words)


def draw(canvas: Any, rows: Sequence[Sequence[str]], xs: Sequence[float] = XS, top: float = 100.0) -> None:
    height = canvas._pagesize[1]
    ys = [top + 20 * place for place in range(len(rows) + 1)]
    for y in ys:
        canvas.line(xs[0], height - y, xs[-1], height - y)
    for x in xs:
        canvas.line(x, height - ys[0], x, height - ys[-1])
    for y, row in zip(ys, rows, strict=False):
        for x, word in zip(xs, row, strict=False):
            say(canvas, x + 3, y + 14, word)


def page(rows: Sequence[Sequence[str]], *lines: tuple[float, str], xs: Sequence[float] = XS) -> Page:
    """A page with a table from 100 points on, and lines at other heights."""

    def drawn(canvas: Any) -> None:
        draw(canvas, rows, xs)
        for down, words in lines:
            say(canvas, 60, down, words)

    return drawn


def landscape(rows: Sequence[Sequence[str]]) -> Page:
    """The same table over the width of a turned sheet."""

    def drawn(canvas: Any) -> None:
        canvas.setPageSize((842, 595))
        draw(canvas, rows, [60.0 + 160 * place for place in range(5)])

    return drawn


@pytest.mark.parametrize("head", [[], [HEAD]])
def test_a_table_goes_on_at_another_scale_on_a_landscape_page(head: list[list[str]]) -> None:
    grid = only_grid(pdf(page([HEAD, *BODY[:4]], (60, "Table 1")), landscape(head + BODY[4:]), size=(595.0, 842.0)))

    assert rows_of(grid) == [HEAD, *BODY[:4], *head, *BODY[4:]]
    assert grid.parts[1].header_rows == len(head)


def test_columns_of_other_widths_under_the_same_head_are_the_same_columns() -> None:
    wider = (60.0, 180.0, 270.0, 340.0, 460.0)

    grid = only_grid(pdf(page([HEAD, *BODY[:4]], (60, "Table 1")), page([HEAD, *BODY[4:]], xs=wider)))

    assert rows_of(grid) == [HEAD, *BODY[:4], HEAD, *BODY[4:]]
    assert {cell.col_span for cell in grid.cells} == {1}


def test_columns_of_other_widths_without_a_head_are_left_apart_and_said_to_be() -> None:
    document = read(
        pdf(page([HEAD, *BODY[:4]], (60, "Table 1")), page(BODY[4:], xs=(60.0, 180.0, 270.0, 340.0, 460.0)))
    )

    assert [rows_of(grid) for grid in document.grids] == [[HEAD, *BODY[:4]], BODY[4:]]
    assert [notice.code for notice in document.notices] == ["doubtful_join"]


@pytest.mark.parametrize("head", [[], [HEAD]])
def test_a_note_printed_under_every_part_does_not_end_the_table(head: list[list[str]]) -> None:
    note = "Note: rounded to tens"

    grid = only_grid(pdf(page([HEAD, *BODY[:4]], (60, "Table 1"), (220, note)), page(head + BODY[4:], (240, note))))

    assert rows_of(grid) == [HEAD, *BODY[:4], *head, *BODY[4:]]
    assert [line.text for line in grid.between] == [note]
    assert [line.text for line in grid.below] == [note]


def test_tables_beside_each_other_go_on_each_in_its_own_place() -> None:
    left, right = [60.0, 120.0, 180.0], [300.0, 360.0, 420.0]
    one = [[f"L{row}", f"{row}.1"] for row in range(6)]
    other = [[f"R{row}", f"9{row}.1"] for row in range(6)]

    def half(rows: slice, titled: bool) -> Page:
        def drawn(canvas: Any) -> None:
            draw(canvas, one[rows], left)
            draw(canvas, other[rows], right)
            if titled:
                say(canvas, 100, 80, "Left")
                say(canvas, 340, 80, "Right")

        return drawn

    document = read(pdf(half(slice(3), True), half(slice(3, 6), False)))

    assert [rows_of(grid) for grid in document.grids] == [one, other]
    assert [[line.text for line in grid.above] for grid in document.grids] == [["Left"], ["Right"]]


def test_a_title_over_both_of_two_tables_is_not_parted() -> None:
    def drawn(canvas: Any) -> None:
        say(canvas, 190, 60, "One title for both")
        say(canvas, 60, 80, "Unit A")
        say(canvas, 380, 80, "yuan")
        draw(canvas, [["a", "1"], ["b", "2"]], [60.0, 120.0, 180.0])
        draw(canvas, [["c", "3"], ["d", "4"]], [300.0, 360.0, 420.0])

    first, second = read(pdf(drawn)).grids

    assert [line.text for line in first.above] == ["One title for both", "Unit A yuan"]
    assert second.above == ()


def test_two_tables_of_one_kind_with_titles_of_their_own_stay_apart() -> None:
    document = read(pdf(page([HEAD, *BODY[:4]], (60, "Unit A")), page([HEAD, *BODY[4:]], (60, "Unit B"))))

    assert [len(grid.parts) for grid in document.grids] == [1, 1]


def test_two_tables_of_one_kind_with_the_same_labels_and_no_title_stay_apart_in_doubt() -> None:
    again = [[row[0], "7.5", "7.5", "7.5"] for row in BODY[:4]]
    document = read(pdf(page([HEAD, *BODY[:4]], (60, "Unit A")), page([HEAD, *again])))

    assert [len(grid.parts) for grid in document.grids] == [1, 1]
    assert [notice.code for notice in document.notices] == ["doubtful_join"]


def test_an_empty_table_is_not_filled_by_the_next() -> None:
    empty = [HEAD, ["", "", "", ""]]
    document = read(
        pdf(page(empty, (60, "Funds"), (170, "There are none.")), page([HEAD, *BODY[:4]], (60, "State capital")))
    )

    assert [rows_of(grid) for grid in document.grids] == [empty, [HEAD, *BODY[:4]]]


def test_a_column_that_the_next_page_does_not_draw_leaves_a_wide_cell() -> None:
    narrow = [row[:3] for row in BODY[4:]]

    grid = only_grid(pdf(page([HEAD, *BODY[:4]], (60, "Table 1")), page(narrow, xs=(60.0, 160.0, 260.0, 460.0))))

    assert rows_of(grid)[5:] == [[*row, ""] for row in narrow]
    assert {cell.col_span for cell in grid.cells if cell.row > 4 and cell.col == 2} == {2}


def test_a_merged_cell_cut_by_the_break_is_a_cell_on_each_page() -> None:
    def group(rows: list[list[str]], words: str) -> Page:
        def drawn(canvas: Any) -> None:
            draw(canvas, [row[1:] for row in rows], XS[1:])
            canvas.rect(XS[0], canvas._pagesize[1] - 180, XS[1] - XS[0], 80)
            say(canvas, 63, 114, words)

        return drawn

    grid = only_grid(pdf(group(BODY[:4], "Group"), group(BODY[4:], "")))

    assert [(cell.row, cell.row_span, cell.text) for cell in grid.cells if cell.col == 0] == [
        (0, 4, "Group"),
        (4, 4, ""),
    ]
    assert [row[1:] for row in rows_of(grid)] == [row[1:] for row in BODY]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=4), st.booleans(), st.data())
def test_a_table_cut_anywhere_is_joined_and_the_join_can_be_undone(
    heights: list[int], repeated: bool, data: st.DataObject
) -> None:
    number = data.draw(st.decimals(0, 999_999, places=2).map(str))
    rows = [[f"Item {row}", f"{row}.5", number, "x"] for row in range(sum(heights))]
    starts = [sum(heights[:place]) for place in range(len(heights))]
    cuts = [rows[start : start + height] for start, height in zip(starts, heights, strict=True)]
    pages = [page(([HEAD] if repeated or place == 0 else []) + cut) for place, cut in enumerate(cuts)]
    bytes_of = pdf(*pages)

    grid = only_grid(bytes_of)

    again = [HEAD] if repeated else []
    assert rows_of(grid) == [row for place, cut in enumerate(cuts) for row in ([HEAD] if place == 0 else again) + cut]
    assert grid.n_rows == 1 + len(rows) + sum(part.header_rows for part in grid.parts)
    assert {part.header_rows for part in grid.parts[1:]} == {int(repeated)}
    for place, cells in enumerate(parted(grid)):
        alone = only_grid(pdf(pages[place]))
        assert [entry[:3] for entry in printed(cells)] == [entry[:3] for entry in printed(list(alone.cells))]
    assert grid.join is not None
    assert grid.join.method in (JoinMethod.HEADER_REPEATED, JoinMethod.SAME_COLUMNS, JoinMethod.TOTAL_ROW)


def bare(rows: Sequence[Sequence[str]], *lines: tuple[float, str], ends: Sequence[float] = (220, 330, 440)) -> Page:
    """A page with a table that no rules hold together: labels, and amounts under each other."""

    def drawn(canvas: Any) -> None:
        for place, (label, *amounts) in enumerate(rows):
            say(canvas, 60, 120 + 18 * place, label)
            for end, amount in zip(ends, amounts, strict=True):
                say(canvas, end - canvas.stringWidth(amount, "Helvetica", 9), 120 + 18 * place, amount)
        for down, words in lines:
            say(canvas, 60, down, words)

    return drawn


@pytest.mark.parametrize("head", [[], [HEAD]])
def test_a_row_alone_on_the_next_page_goes_on_with_a_table_without_rules(head: list[list[str]]) -> None:
    grid = only_grid(pdf(bare([HEAD, *BODY[:6]], (60, "Table 1")), bare([*head, BODY[6]])))

    assert rows_of(grid) == [HEAD, *BODY[:6], *head, BODY[6]]
    assert [part.header_rows for part in grid.parts] == [0, len(head)]


@pytest.mark.parametrize(
    "following",
    [bare([BODY[6]], ends=(250, 380, 520)), bare([BODY[6]], (60, "Table 2"))],
)
def test_a_line_of_amounts_that_shows_no_such_thing_stays_a_line(following: Page) -> None:
    document = read(pdf(bare([HEAD, *BODY[:6]], (60, "Table 1")), following))

    assert [rows_of(grid) for grid in document.grids] == [[HEAD, *BODY[:6]]]
