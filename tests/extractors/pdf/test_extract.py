from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractors.layout.cells import Span
from extractors.model import PageStatus, TextVerdict
from tests.extractors.layout.shapes import merged_grids, packed
from tests.extractors.pdf.drawn import PAGE, only_grid, pdf, read, rows_of, simple, table, text

ROWS = [["科目编码", "科目名称", "合计"], ["2101301", "城乡医疗救助", "709.41"], ["", "合计", "709.41"]]


def drawn(canvas: Any) -> None:
    text(canvas, 300, 540, "收入决算表", 16)
    text(canvas, 60, 510, "部门：某某局")
    text(canvas, 500, 510, "单位：万元")
    simple(canvas, ROWS)
    text(canvas, 400, 30, "— 3 —")


def test_a_ruled_table_and_the_lines_around_it_are_read() -> None:
    document = read(pdf(drawn))

    assert rows_of(document.grids[0]) == ROWS
    assert [line.text for line in document.grids[0].above] == ["收入决算表", "部门：某某局 单位：万元"]
    assert [line.text for line in document.grids[0].below] == ["— 3 —"]
    assert document.pages[0].text is TextVerdict.DIGITAL
    assert (document.pages[0].width, document.pages[0].height, document.pages[0].rotation) == (842, 595, 0)


def test_boxes_are_points_from_the_top_left_of_the_displayed_page() -> None:
    grid = only_grid(pdf(drawn))

    (cell,) = [cell for cell in grid.cells if cell.text == "2101301"]
    assert cell.location.page == 1
    assert cell.location.box is not None
    assert (cell.location.box.x0, cell.location.box.top) == pytest.approx((60, 120), abs=0.5)
    assert (cell.location.box.x1, cell.location.box.bottom) == pytest.approx((160, 140), abs=0.5)


def test_a_title_drawn_last_is_still_the_first_line() -> None:
    def title_last(canvas: Any) -> None:
        simple(canvas, ROWS)
        text(canvas, 500, 510, "单位：元")
        text(canvas, 300, 540, "三公经费表", 16)

    assert [line.text for line in read(pdf(title_last)).lines] == ["三公经费表", "单位：元"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_whose_text_is_drawn_for_its_rotation_reads_upright(rotation: int) -> None:
    def turned(canvas: Any) -> None:
        canvas.setPageRotation(rotation)
        if rotation == 90:
            canvas.translate(595, 0)
        elif rotation == 180:
            canvas.translate(842, 595)
        else:
            canvas.translate(0, 842)
        canvas.rotate({90: 90, 180: 180, 270: -90}[rotation])
        drawn_on_landscape(canvas)

    document = read(pdf(turned))  # reportlab swaps the sides of a page turned by a quarter

    assert rows_of(document.grids[0]) == ROWS
    assert (document.pages[0].width, document.pages[0].height) == (842, 595)
    assert document.pages[0].rotation == rotation
    box = document.grids[0].location.box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((60, 100), abs=0.5)


def drawn_on_landscape(canvas: Any) -> None:
    size, canvas._pagesize = canvas._pagesize, PAGE
    drawn(canvas)
    canvas._pagesize = size


def test_a_table_laid_on_its_side_reads_upright_while_its_boxes_stay_where_they_are_displayed() -> None:
    def sideways(canvas: Any) -> None:
        canvas.translate(595, 0)
        canvas.rotate(90)
        drawn_on_landscape(canvas)

    document = read(pdf(sideways, size=(595.0, 842.0)))

    assert rows_of(document.grids[0]) == ROWS
    assert document.grids[0].above[0].text == "收入决算表"
    assert (document.pages[0].width, document.pages[0].height) == (595, 842)
    box = document.grids[0].location.box
    assert box is not None
    assert (box.x0, box.x1) == pytest.approx((100, 160), abs=0.5)
    assert (box.top, box.bottom) == pytest.approx((842 - 360, 842 - 60), abs=0.5)


def test_a_label_and_a_page_number_on_their_side_are_read_as_lines_of_their_own() -> None:
    def labelled(canvas: Any) -> None:
        drawn(canvas)
        for x, y, words in ((40, 300, "附件3"), (820, 280, "— 12 —")):
            canvas.saveState()
            canvas.translate(x, y)
            canvas.rotate(90)
            text(canvas, 0, 0, words)
            canvas.restoreState()

    document = read(pdf(labelled))

    assert rows_of(document.grids[0]) == ROWS
    assert {"附件3", "— 12 —"} <= {line.text for line in document.lines}
    (label,) = [line.location.box for line in document.lines if line.text == "附件3"]
    assert label is not None
    assert (label.x0, label.bottom) == pytest.approx((40 - 9 * 0.88, 295), abs=1.5)


def test_a_table_inside_a_scaled_form_object_stands_where_it_is_placed() -> None:
    def in_form(canvas: Any) -> None:
        canvas.beginForm("part")
        drawn(canvas)
        canvas.endForm()
        canvas.translate(100, 50)
        canvas.scale(0.5, 0.5)
        canvas.doForm("part")

    grid = only_grid(pdf(in_form))

    assert rows_of(grid) == ROWS
    assert grid.location.box is not None
    assert grid.location.box.x0 == pytest.approx(100 + 60 / 2, abs=0.5)
    assert grid.location.box.top == pytest.approx(595 - 50 - (595 - 100) / 2, abs=0.5)


def test_hidden_white_and_off_page_things_are_left_out() -> None:
    def trapped(canvas: Any) -> None:
        drawn(canvas)
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.line(60, 485, 360, 485)
        hidden = canvas.beginText(65, 480)
        hidden.setTextRenderMode(3)
        hidden.textOut("999999")
        canvas.drawText(hidden)
        text(canvas, 2000, 480, "888888")

    document = read(pdf(trapped))

    assert rows_of(document.grids[0]) == ROWS
    assert "hidden_text_removed" in [notice.code for notice in document.notices]


def test_text_that_a_clip_hides_is_left_out_and_reported() -> None:
    def clipped(canvas: Any) -> None:
        drawn(canvas)
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(60, 475, 100, 20)
        canvas.clipPath(window, stroke=0, fill=0)
        text(canvas, 163, 443, "777777")
        canvas.restoreState()

    document = read(pdf(clipped))

    assert rows_of(document.grids[0]) == ROWS
    assert "clipped_text_removed" in [notice.code for notice in document.notices]


@pytest.mark.parametrize("picture", [False, True])
def test_a_title_covered_by_something_white_is_left_out_and_reported(picture: bool) -> None:
    def edited(canvas: Any) -> None:
        text(canvas, 300, 570, "支出决算表", 16)
        if picture:
            canvas.drawImage(ImageReader(Image.new("RGB", (20, 10), "white")), 290, 560, 120, 30)
        else:
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(290, 560, 120, 30, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        drawn(canvas)

    document = read(pdf(edited))

    assert document.lines[0].text == "收入决算表"
    assert [notice.code for notice in document.notices] == ["covered_text_removed"]


def test_a_seal_over_text_hides_nothing() -> None:
    def sealed(canvas: Any) -> None:
        drawn(canvas)
        canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "red")), 290, 530, 130, 40)

    assert read(pdf(sealed)).lines[0].text == "收入决算表"


def test_a_slanted_watermark_is_dropped_and_reported() -> None:
    def marked(canvas: Any) -> None:
        drawn(canvas)
        canvas.saveState()
        canvas.translate(150, 420)
        canvas.rotate(30)
        text(canvas, 0, 0, "内部资料2020", 20)
        canvas.restoreState()

    document = read(pdf(marked))

    assert rows_of(document.grids[0]) == ROWS
    assert [notice.code for notice in document.notices] == ["watermark_removed", "table_text_left_out"]
    assert "“内部资料2020”" in document.notices[1].message


def test_fake_bold_is_read_once_and_real_double_digits_survive() -> None:
    def bold(canvas: Any) -> None:
        simple(canvas, [["合计", "11.00"], ["", "2200"]])
        text(canvas, 63.3, 595 - 100 - 12, "合计")
        text(canvas, 163.3, 595 - 100 - 12, "11.00")

    assert rows_of(only_grid(pdf(bold))) == [["合计", "11.00"], ["", "2200"]]


def test_thin_filled_rectangles_are_rules() -> None:
    def filled(canvas: Any) -> None:
        for y in (495, 475, 455):
            canvas.rect(60, y, 200, 0.6, stroke=0, fill=1)
        for x in (60, 160, 259.4):
            canvas.rect(x, 455, 0.6, 40, stroke=0, fill=1)
        text(canvas, 65, 480, "甲")
        text(canvas, 165, 460, "12.5")

    assert rows_of(only_grid(pdf(filled))) == [["甲", ""], ["", "12.5"]]


def test_a_page_box_that_does_not_begin_at_zero_shifts_nothing() -> None:
    data = pdf(drawn).replace(b"/MediaBox [ 0 0 842 595 ]", b"/MediaBox [ 0 0 842 595 ]/CropBox [40 45 802 595]")

    document = read(data)

    assert (document.pages[0].width, document.pages[0].height) == (762, 550)
    box = document.grids[0].location.box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((20, 100), abs=0.5)


def test_enclosed_numbers_and_powers_keep_their_own_characters() -> None:
    assert rows_of(only_grid(pdf(lambda canvas: simple(canvas, [["小计③=①+②", "㎡"], ["（１）", "≥95％"]])))) == [
        ["小计③=①+②", "㎡"],
        ["（１）", "≥95％"],
    ]


def test_pages_without_ink_or_with_a_picture_alone_are_told_apart() -> None:
    def blank(canvas: Any) -> None:
        canvas.setLineWidth(2)

    def scan(canvas: Any) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (80, 60), 128)), 0, 0, 842, 595)

    def both(canvas: Any) -> None:
        scan(canvas)
        drawn(canvas)

    document = read(pdf(blank, scan, both))

    assert [page.text for page in document.pages] == [TextVerdict.EMPTY, TextVerdict.SCANNED, TextVerdict.MIXED]
    assert {page.status for page in document.pages} == {PageStatus.OK}


def test_only_the_pages_asked_for_are_read_and_each_is_announced() -> None:
    told: list[tuple[int, int]] = []

    document = read(
        pdf(drawn, drawn, drawn), pages=frozenset({2, 3}), on_page=lambda place, all_: told.append((place, all_))
    )

    assert [(page.number, page.status, page.width, page.height) for page in document.pages] == [
        (1, PageStatus.SKIPPED, 842, 595),
        (2, PageStatus.OK, 842, 595),
        (3, PageStatus.OK, 842, 595),
    ]
    assert [grid.location.page for grid in document.grids] == [2, 3]
    assert told == [(1, 2), (2, 2)]


def test_the_same_bytes_give_the_same_document() -> None:
    data = pdf(drawn, drawn)

    assert read(data) == read(data)


@settings(max_examples=40, deadline=None)
@given(merged_grids(5), st.data())
def test_any_drawn_grid_is_read_back(shape: tuple[int, int, list[Span]], data: st.DataObject) -> None:
    n_rows, n_cols, spans = shape
    amount = st.decimals(0, 999_999, places=2).map(str)
    words = [data.draw(amount) for _ in spans]
    left, top = data.draw(st.floats(20, 60)), data.draw(st.floats(40, 90))
    xs = [left + 110 * step for step in range(n_cols + 1)]
    ys = [top + 22 * step for step in range(n_rows + 1)]
    expected = packed(n_rows, n_cols, spans)

    document = read(pdf(lambda canvas: table(canvas, spans, xs, ys, words)))

    if len(expected) > 1:
        (grid,) = document.grids
        assert [(Span(c.row, c.col, c.row_span, c.col_span), c.text) for c in grid.cells] == [
            (span, word) for span, word in zip(expected, words, strict=True)
        ]
    else:
        assert [line.text for line in document.lines] == words


@settings(max_examples=20, deadline=None)
@given(st.integers(4, 30), st.data())
def test_a_table_drawn_over_two_pages_is_one_grid(rows: int, data: st.DataObject) -> None:
    body = [[f"{201 + row}", f"第{row}行支出", f"{row}.50"] for row in range(rows)]
    cut = data.draw(st.integers(1, min(rows - 2, 20)))
    repeated = data.draw(st.booleans())
    head = [["科目编码", "科目名称", "合计"]]
    rest = body[cut : cut + 20]
    data_bytes = pdf(
        lambda canvas: simple(canvas, head + body[:cut], top=60),
        lambda canvas: simple(canvas, (head if repeated else []) + rest, top=60),
    )

    grid = only_grid(data_bytes)

    assert rows_of(grid) == head + body[:cut] + (head if repeated else []) + rest
    assert [part.location.page for part in grid.parts] == [1, 2]
