"""Fonts, forms and page boxes that a drawing library does not make."""

from __future__ import annotations

import pytest

from extractors.model import Box, TextVerdict
from tests.extractors.pdf.drawn import only_grid, read, rows_of
from tests.extractors.pdf.rawpdf import FONT, HELVETICA, RULES, form, one_page, say, type3

TEXTS = say(b"Item", 65, 486) + say(b"1100.22", 165, 486) + say(b"11", 165, 466)
TABLE = RULES + TEXTS
ROWS = [["Item", "1100.22"], ["", "11"]]
FORM = b"/XObject<</X1 10 0 R>>" + FONT
NUMBERS = RULES + say(b"1100.22", 165, 486) + say(b"11", 165, 466) + say(b"5", 65, 466)


@pytest.mark.parametrize("glyph_box", [b"0 0 500 700", b"0 0 0 0"])
def test_a_type_3_font_with_a_unicode_map_is_read(glyph_box: bytes) -> None:
    grid = only_grid(one_page(NUMBERS, type3(unicode_map=True, glyph_box=glyph_box)))

    assert rows_of(grid) == [["", "1100.22"], ["5", "11"]]


def test_a_type_3_font_without_a_unicode_map_is_garbled_and_no_data() -> None:
    document = read(one_page(NUMBERS, type3(unicode_map=False)))

    assert document.pages[0].text is TextVerdict.GARBLED
    assert document.blocks == ()
    assert [notice.code for notice in document.notices] == ["garbled_text"]


def test_digits_of_a_font_without_a_unicode_map_among_others_read_as_unknown() -> None:
    fonts = type3(unicode_map=False) | {7: HELVETICA[5]}
    content = RULES + say(b"An item with a long name", 65, 486).replace(b"/F1", b"/F2") + say(b"12.5", 165, 486)

    document = read(one_page(content, fonts, resources=b"/Font<</F1 5 0 R/F2 7 0 R>>"))

    assert rows_of(document.grids[0])[0] == ["An item with a long name", "\ufffd\ufffd\ufffd\ufffd"]
    assert [notice.code for notice in document.notices] == ["unmapped_characters"]


@pytest.mark.parametrize(
    ("outer", "matrix", "inner", "box"),
    [
        (b".5 0 0 .5 100 50", b".5 0 0 .5 7 9", b"2 0 0 2 10 20", (138.5, 283, 238.5, 303)),
        (b"0 1 -1 0 600 50", b"1 0 0 1 0 0", b"0 -1 1 0 0 500", (160, 45, 360, 85)),
        (b"0 1 -1 0 600 50", b"1 0 0 1 0 0", b"1 0 0 1 0 0", (100, 285, 140, 485)),
        (b"1 0 0 -1 0 595", b"1 0 0 1 0 0", b"1 0 0 -1 0 595", (60, 95, 260, 135)),
    ],
)
def test_forms_in_forms_scaled_turned_and_mirrored(
    outer: bytes, matrix: bytes, inner: bytes, box: tuple[float, ...]
) -> None:
    objects = {
        **HELVETICA,
        10: form(b"q %s cm /X2 Do Q" % inner, resources=b"/XObject<</X2 11 0 R>>", matrix=matrix),
        11: form(TABLE, matrix=b"1 0 0 1 5 5" if matrix.startswith(b".5") else b"1 0 0 1 0 0"),
    }

    grid = only_grid(one_page(b"q %s cm /X1 Do Q" % outer, objects, resources=FORM))

    assert rows_of(grid) == ROWS
    assert grid.location.box == Box(*box)


def test_what_the_box_of_an_outer_form_cuts_off_is_not_read() -> None:
    outer = form(b"/X2 Do", resources=b"/XObject<</X2 11 0 R>>").replace(b"-5000 -5000 5000 5000", b"0 0 162 595")

    document = read(one_page(b"/X1 Do", {**HELVETICA, 10: outer, 11: form(TABLE)}, resources=FORM))

    assert rows_of(document.grids[0]) == [["Item", ""], ["", ""]]
    assert [notice.code for notice in document.notices] == ["clipped_text_removed", "table_text_left_out"]


def test_a_form_drawn_twice_is_two_tables() -> None:
    content = b"/X1 Do q 1 0 0 1 300 -200 cm /X1 Do Q"

    grids = read(one_page(content, {**HELVETICA, 10: form(TABLE)}, resources=FORM)).grids

    assert [rows_of(grid) for grid in grids] == [ROWS, ROWS]


@pytest.mark.parametrize(
    ("boxes", "size", "corner"),
    [
        (b"/MediaBox[-100 -50 742 545]", (842, 595), (160, 45)),
        (b"/MediaBox[842 595 0 0]", (842, 595), (60, 95)),
        (b"/MediaBox[0 0 842 595]/CropBox[50 100 300 550]", (250, 450), (10, 50)),
        (b"/MediaBox[0 0 842 595]/CropBox[-50 -100 900 650]", (842, 595), (60, 95)),
        (b"/MediaBox[0 0 842 595]/TrimBox[50 100 300 550]", (842, 595), (60, 95)),
        (b"/MediaBox[0 0 842 595]/CropBox[50 100 300 550]/Rotate 180", (250, 450), (40, 360)),
        (b"/MediaBox[0 0 842 595]/Rotate 90", (595, 842), (460, 60)),
        (b"/MediaBox[0 0 842 595]/Rotate -90", (595, 842), (95, 582)),
        (b"/MediaBox[10 10 842 595]/CropBox[50 100 300 550]/Rotate 90", (450, 250), (360, 10)),
        (b"/MediaBox[0 0 842 595]/UserUnit 2", (842, 595), (60, 95)),
    ],
)
def test_page_boxes_and_turns_of_any_kind(boxes: bytes, size: tuple[float, float], corner: tuple[float, float]) -> None:
    document = read(one_page(TABLE, HELVETICA, boxes=boxes))
    (grid,) = document.grids
    box = grid.location.box

    assert rows_of(grid) == ROWS
    assert (document.pages[0].width, document.pages[0].height) == size
    assert box is not None
    assert (box.x0, box.top) == corner


def test_kerning_apart_and_together_changes_no_number() -> None:
    spread = b"BT /F1 9 Tf 165 486 Td [(1)-500(4)-500(1)-500(3)-500(.)-500(8)-500(4)] TJ ET "
    tight = b"BT /F1 9 Tf 165 466 Td [(11)100(00)-20(.22)] TJ ET"

    assert rows_of(only_grid(one_page(RULES + spread + tight, HELVETICA))) == [["", "1413.84"], ["", "1100.22"]]


def test_a_flipped_page_and_a_negative_size_change_no_number() -> None:
    negative = b"BT /F1 -9 Tf -1 0 0 -1 65 486 Tm (22) Tj ET "
    unit = b"BT /F1 1 Tf 9 0 0 9 165 486 Tm (1100.22) Tj ET"

    assert rows_of(only_grid(one_page(RULES + negative + unit, HELVETICA))) == [["22", "1100.22"], ["", ""]]


STATED = RULES + b"/Span<</ActualText(9999)>>BDC %s EMC " % say(b"1100.22", 165, 486)


def test_what_is_drawn_is_read_and_not_what_the_file_states_for_it() -> None:
    document = read(one_page(STATED, HELVETICA))

    assert rows_of(document.grids[0])[0] == ["", "1100.22"]
    assert document.notices == ()


def test_a_stated_text_is_read_where_the_font_does_not_say_what_it_draws() -> None:
    document = read(one_page(STATED, type3(unicode_map=False)))
    mapped = read(one_page(STATED, type3(unicode_map=True)))

    assert rows_of(document.grids[0])[0] == ["", "9999"]
    assert document.notices[0].code == "text_replaced"
    assert rows_of(mapped.grids[0])[0] == ["", "1100.22"]


def test_marks_of_a_tagged_file_are_no_news() -> None:
    content = RULES + b"/P<</MCID 0>>BDC %s EMC " % say(b"1100.22", 165, 486)

    assert read(one_page(content, HELVETICA)).notices == ()
