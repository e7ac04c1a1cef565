"""The picture of a page: cells where they are, in the colour of what is known of them."""

from __future__ import annotations

import io

import msgspec
from PIL import Image

from schemas.result import ColumnInfo
from service.draw import HEADER, KEY, NO_AMOUNT, UNMATCHED, draw_page, marks
from service.export.grades import LOOKS
from tests.service.builders import observation, result, table


def blank(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def test_headers_keys_and_values_have_their_own_colours() -> None:
    assert [mark.colour for mark in marks(result(), 1)] == [HEADER, HEADER, KEY, LOOKS["A"].line]


def test_a_cell_that_prints_no_amount_is_told_from_the_key_of_its_row() -> None:
    blank = msgspec.structs.replace(observation("t01.r1.c1", "", None), grade=None)
    assert [mark.colour for mark in marks(result(observations=[blank]), 1)] == [HEADER, HEADER, KEY, NO_AMOUNT]


def test_a_column_that_was_not_matched_is_grey() -> None:
    unmatched = msgspec.structs.replace(table(), columns=[ColumnInfo(0, ["项目"]), ColumnInfo(1, ["其他"])])
    assert [mark.colour for mark in marks(result([unmatched], []), 1)] == [UNMATCHED] * 4


def test_a_table_that_was_not_recognised_is_grey() -> None:
    unknown = msgspec.structs.replace(table(), kind=None)
    assert {mark.colour for mark in marks(result([unknown], []), 1)} == {UNMATCHED}


def test_a_doubtful_value_looks_doubtful_even_when_another_reading_of_the_cell_is_good() -> None:
    both = [observation("t01.r1.c1", "1", "1", "C"), observation("t01.r1.c1", "1", "1", "A")]
    assert [mark.colour for mark in marks(result(observations=both), 1)][3] == LOOKS["C"].line


def test_other_pages_are_not_drawn() -> None:
    assert list(marks(result(), 2)) == []


def test_the_picture_has_the_cells_edge_where_the_page_has_it() -> None:
    drawn = Image.open(io.BytesIO(draw_page(result(), 1, blank(600, 400), 144)))
    assert drawn.size[0] == 600
    assert drawn.size[1] > 400
    inside, edge, outside = (drawn.getpixel((x, 260)) for x in (440, 500, 510))  # the value cell ends at 250 points
    assert (inside, edge, outside) == ((205, 227, 212), (76, 155, 101), (255, 255, 255))
    assert drawn.getpixel((10, 390)) == (255, 255, 255)
