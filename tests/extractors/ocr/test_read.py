"""Pictures of pages become grids with their texts where they are printed; the engine is a fake that knows the words."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.model import Box, Grid, TextLine
from extractors.ocr.ink import PictureInk
from extractors.ocr.page import lay_out_picture
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
