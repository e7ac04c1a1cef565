"""Pictures of pages become grids with their texts where they are printed; the engine is a fake that knows the words."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.model import Box, Grid, TextLine
from extractors.ocr.engine import Area
from extractors.ocr.ink import PictureInk
from extractors.ocr.page import lay_out_picture
from extractors.ocr.pixels import Grey
from extractors.ocr.read import read_picture
from tests.extractors.ocr.drawn import POINTS, FakeEngine, Sheet

XS, YS = (200, 600, 900, 1200), (400, 460, 520, 580, 640)
WORDS = {(0, 0): "科目名称", (0, 1): "合计数", (1, 0): "行政运行", (1, 1): "1250", (1, 2): "38", (3, 2): "0"}


def sheet(thick: int = 3, grey: int = 0) -> Sheet:
    page = Sheet()
    page.word(600, 300, "支出决算表")
    page.grid(XS, YS, thick, grey)
    for (row, col), text in WORDS.items():
        page.word(XS[col] + 20, YS[row] + 18, text)
    return page


def read(page: Sheet, **engine: object) -> PictureInk:
    return read_picture(page.picture, POINTS, FakeEngine(page.words, **engine), 1)  # type: ignore[arg-type]


def grid_of(ink: PictureInk) -> Grid:
    (grid,) = [block for block in lay_out_picture(ink, 1).blocks if isinstance(block, Grid)]
    return grid


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.col): cell.text for cell in grid.cells if cell.text}


def turned(page: Sheet, degrees: float) -> Sheet:
    turn = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), degrees, 1.0)
    page.picture = cv2.warpAffine(page.picture, turn, (page.width, page.height), borderValue=(255, 255, 255))
    return page


@pytest.mark.parametrize(("thick", "grey"), [(1, 0), (2, 60), (3, 0), (5, 0), (2, 200), (1, 170)])
def test_cells_are_found_from_rules_thin_thick_and_faint(thick: int, grey: int) -> None:
    grid = grid_of(read(sheet(thick, grey)))
    assert (grid.n_rows, grid.n_cols) == (4, 3)
    assert texts(grid) == WORDS


def test_a_rule_that_is_broken_by_copying_is_one_rule() -> None:
    page = sheet()
    for x in range(210, 1200, 97):
        page.picture[455:466, x : x + 4] = 255
    assert texts(grid_of(read(page))) == WORDS


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.3, 1.5, 4.0])
def test_a_page_that_lies_askew_is_straightened(degrees: float) -> None:
    assert texts(grid_of(read(turned(sheet(), degrees)))) == WORDS


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_on_its_side_has_its_cells_where_it_displays_them(quarters: int) -> None:
    page = sheet()
    page.picture = np.ascontiguousarray(np.rot90(page.picture, quarters))
    straight = grid_of(read(sheet()))
    ink = read(page)
    grid = grid_of(ink)
    width, height = 1654 * POINTS, 2339 * POINTS
    assert texts(grid) == WORDS
    box, there = straight.location.box, ink.placed(grid.location.box or Box(0, 0, 0, 0))
    assert box is not None
    ways = {
        1: Box(box.top, width - box.x1, box.bottom, width - box.x0),
        2: Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top),
        3: Box(height - box.bottom, box.x0, height - box.top, box.x1),
    }
    expected = ways[quarters]
    assert (there.x0, there.top) == pytest.approx((expected.x0, expected.top), abs=1.5)
    assert (there.x1, there.bottom) == pytest.approx((expected.x1, expected.bottom), abs=1.5)


def test_a_line_that_the_engine_finds_over_two_cells_is_cut_at_the_rule() -> None:
    assert texts(grid_of(read(sheet(), joins=400))) == WORDS


def test_a_digit_that_the_engine_does_not_find_is_read_from_its_ink() -> None:
    assert texts(grid_of(read(sheet(), blind=frozenset({"0", "38"})))) == WORDS


def test_a_red_seal_is_taken_off_and_what_it_lies_over_is_read() -> None:
    page = sheet()
    over = page.picture.copy()
    cv2.circle(over, (700, 480), 160, (220, 40, 40), 9)
    cv2.circle(over, (700, 480), 40, (220, 40, 40), -1)
    page.picture = np.minimum(page.picture, over)
    ink = read(page)
    assert texts(grid_of(ink)) == WORDS
    assert [notice.code for notice in ink.notices] == ["seal_removed"]


@pytest.mark.parametrize(("x", "y"), [(1040, 480), (1020, 480), (700, 818)])
def test_two_seals_that_nearly_touch_or_touch_are_taken_off(x: int, y: int) -> None:
    page = sheet()
    over = page.picture.copy()
    for place in ((700, 480), (x, y)):
        cv2.circle(over, place, 160, (220, 40, 40), 9)
        cv2.circle(over, place, 40, (220, 40, 40), -1)
    page.picture = np.minimum(page.picture, over)
    ink = read(page)
    assert texts(grid_of(ink)) == WORDS
    assert [notice.message for notice in ink.notices] == ["2 red seals on page 1 were taken off before it was read"]


def test_what_is_red_and_no_seal_stays() -> None:
    page = sheet()
    red = (page.picture[398:460, 620:700] < 100).all(axis=2)
    page.picture[398:460, 620:700][red] = (200, 20, 20)
    assert [notice.code for notice in read(page).notices] == []


def test_a_photograph_from_the_side_is_seen_from_above() -> None:
    page = sheet()
    corners = np.array([[0, 0], [1654, 0], [1654, 2339], [0, 2339]], np.float32)
    leaning = np.array([[90, 60], [1580, 20], [1640, 2300], [10, 2250]], np.float32)
    way = cv2.getPerspectiveTransform(corners, leaning)
    page.grid((200, 1200), (400, 1400))
    page.picture = cv2.warpPerspective(page.picture, way, (1654, 2339), borderValue=(255, 255, 255))
    assert WORDS.items() <= texts(grid_of(read(page))).items()


def test_every_cell_says_how_sure_its_characters_are() -> None:
    grid = grid_of(read(sheet()))
    assert {cell.confidence for cell in grid.cells} == {0.99, None}
    assert all((cell.confidence is None) == (not cell.text) for cell in grid.cells)


def test_lines_outside_the_table_are_lines() -> None:
    lines = [block for block in lay_out_picture(read(sheet()), 1).blocks if isinstance(block, TextLine)]
    assert [(line.text, line.confidence) for line in lines] == [("支出决算表", 0.99)]


def test_a_page_without_print_has_no_runs() -> None:
    assert read(Sheet()).runs == []


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [("1.250.00", "1,250.00"), ("1,250,00", "1,250.00"), ("110,00", "110.00"), ("1.250", "1.250"), ("1,25", "1.25")],
)
def test_points_and_commas_of_amounts_are_told_by_their_groups(read_as: str, printed: str) -> None:
    page = Sheet()
    page.grid(XS, YS)
    page.word(620, 418, read_as)
    assert texts(grid_of(read(page))) == {(0, 1): printed}


def test_borders_of_cells_that_do_not_touch_stay_apart_though_dirt_lies_between() -> None:
    page = Sheet()
    for top in (400, 472, 544):
        page.grid((200, 600), (top, top + 60), 2)
        page.grid((612, 900), (top, top + 60), 2)
        page.word(220, top + 18, f"行{top}")
        page.word(700, top + 18, "12")
    for x, y in ((200, 464), (600, 467), (612, 536), (900, 539)):
        page.picture[y : y + 3, x - 1 : x + 1] = 190
    grid = grid_of(read(page))
    assert (grid.n_rows, grid.n_cols) == (3, 2)


def test_a_rule_that_amounts_touch_from_the_left_and_codes_from_the_right_is_found() -> None:
    page = Sheet()
    page.grid((200, 600, 900), range(400, 760, 40), 2)
    for y in range(400, 720, 40):
        page.word(600 - 4 * 24 + 4, y + 9, f"{y}.")
        page.word(602, y + 9, f"{y}")
    grid = grid_of(read(page))
    assert (grid.n_rows, grid.n_cols) == (8, 2)


def test_a_rule_that_a_seal_hides_goes_on_below_it() -> None:
    page = sheet()
    over = page.picture.copy()
    cv2.circle(over, (700, 480), 160, (220, 40, 40), 9)
    page.picture = np.minimum(page.picture, over)
    page.picture[514:527, 690:860] = (220, 40, 40)  # solid ink, and nothing of the rule is left
    assert texts(grid_of(read(page))) == WORDS


def test_what_is_left_of_a_seal_is_no_print() -> None:
    page = sheet()
    over = page.picture.copy()
    cv2.circle(over, (1000, 520), 160, (220, 40, 40), 9)
    coarse = io.BytesIO()  # colours as JPEG holds them, one for four pixels
    Image.fromarray(cv2.GaussianBlur(np.minimum(page.picture, over), (0, 0), 1.2)).save(coarse, "JPEG", quality=60)
    page.picture = np.asarray(Image.open(coarse))
    assert set(texts(grid_of(read(page)))) == set(WORDS)


def test_a_line_that_begins_in_the_cell_before_is_read_there_once() -> None:
    page = sheet()

    class Leaning(FakeEngine):
        def find(self, picture: Grey) -> list[Area]:
            return [*super().find(picture), (880, 470, 1000, 505)]  # from the last stroke of a cell

    page.word(840, 478, "97")
    found = texts(grid_of(read_picture(page.picture, POINTS, Leaning(page.words), 1)))
    assert found.pop((1, 1)).replace(" ", "") == "125097"
    assert found == {place: text for place, text in WORDS.items() if place != (1, 1)}


def test_strokes_of_letters_in_line_are_no_rule() -> None:
    page = sheet()
    page.rule((600, 302), (705, 302), 4)  # along the tops of the title's letters
    assert [(rule.at, rule.start) for rule in read(page).rules.horizontal if rule.at < 390 * POINTS] == []
