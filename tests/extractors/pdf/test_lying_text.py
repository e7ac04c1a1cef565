"""Text that is not drawn where, as often, or as it seems to be. Each case draws a table and one lie."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from extractors.model import Document
from tests.extractors.pdf.drawn import FONT, pdf, read, rows_of, simple

HEAD = ["项目", "金额", "备注"]
LEFT, MIDDLE = 63.0, 163.0  # where the texts of the first and the second column begin
UPPER = 595.0 - 100 - 20 - 12  # baselines of the two rows below the head
LOWER = UPPER - 20
Draw = Callable[[Any], None]


def drawn_over(lie: Draw) -> Document:
    def page(canvas: Any) -> None:
        simple(canvas, [HEAD, ["", "", ""], ["", "", ""]])
        lie(canvas)

    return read(pdf(page))


def rows(lie: Draw) -> list[list[str]]:
    """The rows below the head."""
    return rows_of(drawn_over(lie).grids[0])[1:]


def say(canvas: Any, x: float, y: float, words: str, *, font: str = FONT, size: float = 9, **style: Any) -> None:
    line = canvas.beginText(x, y)
    line.setFont(font, size)
    line.setTextRenderMode(style.get("mode", 0))
    line.setCharSpace(style.get("spacing", 0))
    line.setHorizScale(style.get("scale", 100))
    line.textOut(words)
    canvas.drawText(line)
    canvas.setFont(font, size)


def apart(canvas: Any, x: float, words: str, *, font: str = "Helvetica", pitch: float = 1.0, times: int = 1) -> None:
    """Each character on its own, ``times`` over, a hair apart; ``pitch`` of its width further than the last."""
    for letter in words:
        for shift in range(times):
            say(canvas, x + 0.25 * shift, UPPER, letter, font=font)
        x += pitch * stringWidth(letter, font, 9)


@pytest.mark.parametrize("font", [FONT, "Helvetica"])
@pytest.mark.parametrize("times", [2, 3])
def test_characters_doubled_one_by_one_are_read_once(font: str, times: int) -> None:
    assert rows(lambda canvas: apart(canvas, MIDDLE, "1100.22", font=font, times=times))[0][1] == "1100.22"


@pytest.mark.parametrize(
    ("shifts", "scale"),
    [
        ([(0, 0), (0.3, 0)], 100),
        ([(0, 0), (0.3, 0)], 40),
        ([(0, 0), (0.9, 0)], 100),
        ([(0, 0), (0, 0.4)], 100),
        ([(0, 0), (0.3, 0.3), (0.6, 0)], 100),
    ],
)
def test_words_printed_over_themselves_are_read_once(shifts: list[tuple[float, float]], scale: float) -> None:
    def bold(canvas: Any) -> None:
        for x, y in shifts:
            say(canvas, LEFT + x, UPPER + y, "合计")
            say(canvas, MIDDLE + x, UPPER + y, "1100.22", font="Helvetica", scale=scale)

    assert rows(bold)[0] == ["合计", "1100.22", ""]


def test_the_second_print_may_come_in_other_pieces() -> None:
    def bold(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "1100.22")
        say(canvas, MIDDLE + 0.3, UPPER, "11")
        say(canvas, MIDDLE + 0.3 + stringWidth("11", FONT, 9), UPPER, "00.22")

    assert rows(bold)[0][1] == "1100.22"


@pytest.mark.parametrize("pitch", [0.8, 0.9, 1.0])
def test_real_double_digits_survive_however_tight(pitch: float) -> None:
    assert rows(lambda canvas: apart(canvas, MIDDLE, "1100.2200", pitch=pitch))[0][1] == "1100.2200"


@pytest.mark.parametrize("style", [{"scale": 30}, {"spacing": -1.2}, {"scale": 200}])
def test_real_double_digits_survive_squeezed_and_stretched(style: dict[str, float]) -> None:
    assert rows(lambda canvas: say(canvas, MIDDLE, UPPER, "110022", font="Helvetica", **style))[0][1] == "110022"


def test_digits_spaced_out_evenly_are_one_number() -> None:
    def spaced(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "1413.84", font="Helvetica", spacing=4)
        for place, letter in enumerate("-2,413"):
            say(canvas, MIDDLE + 8 * place, LOWER, letter)

    assert [row[1] for row in rows(spaced)] == ["1413.84", "-2,413"]


def test_numbers_that_stand_apart_stay_apart() -> None:
    def two(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12.30 45.10")
        for x in (0, 12, 40):
            say(canvas, MIDDLE + x, LOWER, "7")

    assert [row[1] for row in rows(two)] == ["12.30 45.10", "7 7 7"]


def test_characters_drawn_in_any_order_read_from_left_to_right() -> None:
    words = "1,234,567.89"

    def shuffled(canvas: Any) -> None:
        places = list(range(len(words)))
        random.Random(3).shuffle(places)
        for place in places:
            say(canvas, MIDDLE + stringWidth(words[:place], FONT, 9), UPPER, words[place])

    assert rows(shuffled)[0][1] == words


def test_wrapped_labels_drawn_turn_and_turn_about_stay_in_their_cells() -> None:
    def interleaved(canvas: Any) -> None:
        for x, y, words in ((LEFT, 5, "一般公共"), (263, 5, "其中预算"), (MIDDLE, 0, "12.30"), (LEFT, -4, "预算财政")):
            say(canvas, x, UPPER + y, words, size=7)
        say(canvas, 263, UPPER - 4, "财政拨款", size=7)

    assert rows(interleaved)[0] == ["一般公共\n预算财政", "12.30", "其中预算\n财政拨款"]


def test_texts_printed_over_each_other_are_never_one_number() -> None:
    def overprinted(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12", font="Helvetica")
        say(canvas, MIDDLE + 1, UPPER, "34", font="Helvetica")

    assert rows(overprinted)[0][1] == "12\n34"


def test_a_number_over_the_side_of_its_cell_is_whole_and_in_doubt() -> None:
    document = drawn_over(lambda canvas: say(canvas, MIDDLE, UPPER, "123456789012345678901234.56", font="Helvetica"))

    assert rows_of(document.grids[0])[1] == ["", "123456789012345678901234.56", ""]
    assert [notice.code for notice in document.notices] == ["text_crosses_rule"]


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    say(canvas, MIDDLE, UPPER, "999")


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)
    say(canvas, MIDDLE, UPPER, "999")


def white_outline(canvas: Any) -> None:
    canvas.setStrokeColorRGB(1, 1, 1)
    say(canvas, MIDDLE, UPPER, "999", mode=1)


def unpainted(canvas: Any) -> None:
    say(canvas, MIDDLE, UPPER, "999", mode=3)


def clip_only(canvas: Any) -> None:
    say(canvas, MIDDLE, UPPER, "999", mode=7)


def dust(canvas: Any) -> None:
    say(canvas, MIDDLE, UPPER, "999", size=0.3)


@pytest.mark.parametrize("lie", [white, transparent, white_outline, unpainted, clip_only, dust])
def test_what_nobody_sees_is_in_no_cell_and_said(lie: Draw) -> None:
    document = drawn_over(lie)

    assert rows_of(document.grids[0])[1] == ["", "", ""]
    assert [notice.code for notice in document.notices] == ["hidden_text_removed", "table_text_left_out"]
    assert "invisible" in document.notices[1].message
    assert "“999”" in document.notices[1].message
    assert document.notices[1].location == document.grids[0].location


def painted_over(canvas: Any) -> None:
    say(canvas, MIDDLE, UPPER, "62.94")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(MIDDLE - 1, UPPER - 2, 40, 11, stroke=0, fill=1)


@pytest.mark.parametrize("mode", [None, 0, 3])
def test_what_nobody_sees_takes_no_character_from_the_text_at_its_place(mode: int | None) -> None:
    def replaced(canvas: Any) -> None:
        canvas.saveState()
        if mode is None:
            painted_over(canvas)
        else:
            canvas.setFillColorRGB(1, 1, 1)
            say(canvas, MIDDLE, UPPER, "62.94", mode=mode)
        canvas.restoreState()
        say(canvas, MIDDLE, UPPER, "30.01")

    document = drawn_over(replaced)

    assert rows_of(document.grids[0])[1] == ["", "30.01", ""]
    assert "“62.94”" in document.notices[-1].message


@pytest.mark.parametrize("size", [(600.0, 12_100.0), (12_100.0, 600.0), (14_400.0, 14_400.0)])
def test_on_a_large_sheet_ordinary_text_is_read_and_dust_is_not(size: tuple[float, float]) -> None:
    body = [[f"项目{place}", f"{place}.50", ""] for place in range(1, 20)]

    def page(canvas: Any) -> None:
        simple(canvas, [HEAD, *body])
        say(canvas, MIDDLE + 100, size[1] - 132, "999", size=0.3)

    document = read(pdf(page, size=size))

    assert rows_of(document.grids[0]) == [HEAD, *body]
    assert [notice.code for notice in document.notices] == ["hidden_text_removed", "table_text_left_out"]
    assert "“999”" in document.notices[1].message


def dark_rectangle(canvas: Any) -> None:
    canvas.rect(161, UPPER - 7, 98, 18, stroke=0, fill=1)


def dark_rectangle_with_outline(canvas: Any) -> None:
    canvas.rect(161, UPPER - 7, 98, 18, stroke=1, fill=1)


def thick_line(canvas: Any) -> None:
    canvas.setLineWidth(16)
    canvas.line(162, UPPER + 2, 258, UPPER + 2)


def picture(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (20, 10), "navy")), 161, UPPER - 7, 98, 18)


@pytest.mark.parametrize("ground", [dark_rectangle, dark_rectangle_with_outline, thick_line, picture])
def test_white_letters_on_something_dark_are_seen(ground: Draw) -> None:
    def head(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.setStrokeColorRGB(0, 0, 0.5)
        ground(canvas)
        canvas.setFillColorRGB(1, 1, 1)
        say(canvas, MIDDLE, UPPER, "999")

    assert rows(head)[0][1] == "999"


def test_white_letters_below_something_dark_are_not_seen() -> None:
    def head(canvas: Any) -> None:
        white(canvas)
        canvas.setFillColorRGB(0, 0, 0.5)
        dark_rectangle(canvas)

    assert rows(head)[0][1] == ""


@pytest.mark.parametrize("shade", [0.88, None])
def test_a_large_pale_text_over_cells_is_a_watermark(shade: float | None) -> None:
    def marked(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12.50")
        canvas.saveState()
        canvas.setFillGray(shade) if shade else canvas.setFillAlpha(0.3)
        say(canvas, 80, LOWER - 3, "公开2020", size=40)
        canvas.restoreState()

    document = drawn_over(marked)

    assert rows_of(document.grids[0])[1:] == [["", "12.50", ""], ["", "", ""]]
    assert [notice.code for notice in document.notices] == ["watermark_removed", "table_text_left_out"]
    assert "“公开2020”" in document.notices[1].message


def test_small_pale_text_is_text() -> None:
    def grey(canvas: Any) -> None:
        canvas.setFillGray(0.75)
        say(canvas, MIDDLE, UPPER, "12.50")

    assert rows(grey)[0][1] == "12.50"


def test_a_seal_of_slanted_letters_over_cells_is_left_out() -> None:
    def sealed(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12.50")
        canvas.setFillColorRGB(0.9, 0, 0)
        for place, letter in enumerate("某市财政局2020"):
            canvas.saveState()
            canvas.translate(200, UPPER)
            canvas.rotate(75 - 18.3 * place)
            say(canvas, 0, 25, letter)
            canvas.restoreState()

    assert rows(sealed)[0][1] == "12.50"


@pytest.mark.parametrize(("colour", "kept"), [((0.9, 0, 0), "12.50"), ((0, 0, 0), "12.50 专用章")])
def test_upright_letters_of_a_seal_are_no_text_of_the_cell_below(colour: tuple[float, float, float], kept: str) -> None:
    def sealed(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12.50")
        canvas.setFillColorRGB(*colour)
        canvas.setStrokeColorRGB(0.9, 0, 0)
        canvas.circle(MIDDLE + 50, UPPER + 20, 55)
        say(canvas, MIDDLE + 40, UPPER, "专用章")

    document = drawn_over(sealed)

    assert rows_of(document.grids[0])[1][1] == kept
    assert [notice.code for notice in document.notices] == ["seal_text_removed"] * (colour[0] > 0)


def test_a_red_number_that_is_in_no_seal_is_read() -> None:
    def red(canvas: Any) -> None:
        canvas.setFillColorRGB(0.9, 0, 0)
        say(canvas, MIDDLE, UPPER, "-12.50")
        canvas.setStrokeColorRGB(0.9, 0, 0)
        canvas.circle(MIDDLE + 300, UPPER, 55)

    assert rows(red)[0][1] == "-12.50"


def test_a_label_of_one_character_a_line_reads_down() -> None:
    def label(canvas: Any) -> None:
        for place, letter in enumerate("产出"):
            say(canvas, LEFT, UPPER + 4 - 8 * place, letter, size=7)

    assert rows(label)[0][0] == "产\n出"


@pytest.mark.parametrize(("degrees", "first", "step"), [(90, 75, 10), (-90, 95, -10)])
def test_lines_on_their_side_in_a_cell_read_in_their_own_order(degrees: float, first: float, step: float) -> None:
    def label(canvas: Any) -> None:
        say(canvas, MIDDLE, UPPER, "12.50")
        for place, words in enumerate(("2022", "年度")):
            canvas.saveState()
            canvas.translate(first + step * place, UPPER - 5 if degrees > 0 else UPPER + 11)
            canvas.rotate(degrees)
            say(canvas, 0, 0, words, size=6)
            canvas.restoreState()

    assert rows(label)[0] == ["2022\n年度", "12.50", ""]


def test_labels_on_their_side_stay_each_in_its_own_cell() -> None:
    def labels(canvas: Any) -> None:
        for y, words in ((UPPER - 6, "甲11"), (LOWER - 6, "乙22")):
            canvas.saveState()
            canvas.translate(75, y)
            canvas.rotate(90)
            say(canvas, 0, 0, words, size=8)
            canvas.restoreState()

    assert [row[0] for row in rows(labels)] == ["甲11", "乙22"]


def test_a_number_upside_down_in_an_upright_table_is_read() -> None:
    def turned(canvas: Any) -> None:
        canvas.translate(200, UPPER + 5)
        canvas.rotate(180)
        say(canvas, 0, 0, "12.50")

    assert rows(turned)[0][1] == "12.50"


def test_radicals_and_compatibility_characters_are_the_characters_they_show() -> None:
    assert rows(lambda canvas: say(canvas, LEFT, UPPER, "⾦额⽀出⺠政㎡"))[0][0] == "金额支出民政㎡"


def test_a_label_cut_off_at_its_cell_takes_no_number_that_touches_its_hidden_end() -> None:
    label = "其他社会保障和就业支出情况"

    def clipped(canvas: Any) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(60, UPPER - 8, 100, 20)
        canvas.clipPath(path, stroke=0, fill=0)
        say(canvas, LEFT, UPPER, label)
        canvas.restoreState()
        say(canvas, LEFT + stringWidth(label, FONT, 9), UPPER, "12.50")

    assert rows(clipped)[0] == [label, "12.50", ""]
