from __future__ import annotations

from extractors.layout.words import block_text, text_lines
from tests.extractors.layout.shapes import run


def test_chinese_characters_that_touch_are_not_parted_by_a_space() -> None:
    assert block_text([run("一般公共", 0, 0, 10), run("服务", 40, 0, 10)]) == "一般公共服务"


def test_a_printed_gap_between_words_is_one_space() -> None:
    assert block_text([run("合计", 0, 0, 10), run("709.41", 60, 0)]) == "合计 709.41"


def test_lines_are_separated_by_line_feeds_whatever_the_order_of_drawing() -> None:
    assert block_text([run("费", 0, 12, 10), run("因公出国", 0, 0, 10)]) == "因公出国\n费"


def test_a_line_printed_twice_for_boldness_is_read_once() -> None:
    assert block_text([run("合计11.00", 0, 0), run("合计11.00", 0.4, 0.1)]) == "合计11.00"


def test_real_doubles_of_digits_survive() -> None:
    assert block_text([run("1", 0, 0), run("1", 5, 0), run("00", 10, 0), run("22", 20, 0)]) == "110022"


def test_glyphs_drawn_twice_one_by_one_are_read_once() -> None:
    runs = [run(glyph, 5.0 * place + shift, 0) for place, glyph in enumerate("1100") for shift in (0, 0.3)]

    assert block_text(runs) == "1100"


def test_two_baselines_a_line_apart_stay_two_lines_and_carry_their_boxes() -> None:
    lines = text_lines([run("单位：万元", 300, 30, 10), run("收入支出决算总表", 200, 10, 12, 14)], page=4)

    assert [line.text for line in lines] == ["收入支出决算总表", "单位：万元"]
    assert lines[1].location.page == 4
    assert lines[1].location.box is not None
    assert (lines[1].location.box.x0, lines[1].location.box.top) == (300, 30)
    assert lines[0].size == 14
