from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator

import pytest
from pypdfium2 import raw

from extractors.formats.pdf import binding as pdfium
from extractors.formats.pdf.points import asked, copied, points_of, rectangle, subpaths
from extractors.layout.frame import IDENTITY
from extractors.model import GridMethod
from tests.extractors.pdf.drawn import only_grid, pdf, rows_of, text

MOVE, LINE = pdfium.MOVE_TO, pdfium.LINE_TO


@pytest.fixture
def path() -> Iterator[int]:
    made = raw.FPDFPageObj_CreateNewPath(10, 20)
    raw.FPDFPath_LineTo(made, 30.5, 20)
    raw.FPDFPath_BezierTo(made, 1, 2, 3, 4, 5, 6)
    raw.FPDFPath_MoveTo(made, 7, 8)
    raw.FPDFPath_LineTo(made, -9, 8)
    yield ctypes.cast(made, ctypes.c_void_p).value or 0
    raw.FPDFPageObj_Destroy(made)


def test_points_copied_from_the_library_are_those_that_it_tells(path: int) -> None:
    count = pdfium.count_segments(path)

    assert points_of is copied
    assert copied(path, count) == asked(path, count)
    assert copied(path, count)[:2] == [(10.0, 20.0, MOVE), (30.5, 20.0, LINE)]
    assert [[not math.isnan(x) for x, _ in part] for part in subpaths(copied(path, count), IDENTITY)] == [
        [True, True, False, False, False],  # where a curve ends there is no corner
        [True, True],
    ]


CORNERS = [(0.0, 0.0), (0.0, 8.0), (9.0, 8.0), (9.0, 0.0), (0.0, 0.0)]


@pytest.mark.parametrize(
    ("corners", "kinds"),
    [
        (CORNERS, (MOVE, LINE, LINE, MOVE, LINE)),  # drawn in two goes
        ([*CORNERS[:3], (7.0, 0.0), CORNERS[0]], (MOVE, *[LINE] * 4)),
        ([*CORNERS[:4], (4.0, 4.0)], (MOVE, *[LINE] * 4)),  # not closed
    ],
)
def test_what_is_not_drawn_as_a_rectangle_in_one_go_is_none(
    corners: list[tuple[float, float]], kinds: tuple[int, ...]
) -> None:
    points = [(x, y, kind) for (x, y), kind in zip(corners, kinds, strict=True)]

    assert rectangle(points, IDENTITY) is None


def test_a_rectangle_is_one_whichever_way_it_is_drawn_and_scaled() -> None:
    for corners in (CORNERS, CORNERS[::-1]):
        points = [(x, y, LINE if place else MOVE) for place, (x, y) in enumerate(corners)]

        assert rectangle(points, (2.0, 0.0, 0.0, -1.0, 100.0, 50.0)) == (100.0, 42.0, 118.0, 50.0)
        assert rectangle(points, (0.9, 0.1, -0.1, 0.9, 0.0, 0.0)) is None


def test_cells_drawn_as_rectangles_beyond_the_edge_of_the_page_keep_what_is_on_it() -> None:
    def drawn(canvas: object) -> None:
        for row in range(3):
            for col in range(3):
                canvas.rect(-40 + 100 * col, 480 + 20 * row, 100, 20)  # type: ignore[attr-defined]
                text(canvas, 5 + 100 * col, 486 + 20 * row, f"{row}{col}")

    grid = only_grid(pdf(drawn))

    assert rows_of(grid) == [["20", "21", "22"], ["10", "11", "12"], ["00", "01", "02"]]
    assert grid.method is GridMethod.RULED
    box = grid.location.box
    assert box is not None
    assert (box.x0, box.x1) == (0.0, 260.0)
