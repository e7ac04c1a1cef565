"""How large a page is drawn to be read."""

from __future__ import annotations

DPI = 200.0  # digits of six points are seventeen pixels high; twice as many pixels read no better and cost twice
SMALLEST, LARGEST = 1700.0, 3600.0  # pixels of the longer side: a sheet of A3 has 3,300
LONGEST = 4800.0  # pixels: of pages that are very long or wide
SHEET = 842.0  # points: the longer side of A4
PAPER = 400.0, 2500.0  # points: the longer side of a half sheet of A5, and of a sheet of A1
COARSEST = 100.0  # dots per inch: 72 and 96 are what programs state that do not know
POINTS = 72.0  # to the inch


def points_per_pixel(width: float, height: float) -> float:
    """The size of a pixel for a page of ``width`` by ``height`` points.

    Phones write pages of a point for every pixel, and others of a hand's breadth: both hold a sheet of paper.
    """
    longer, shorter = max(width, height), min(width, height)
    largest = LARGEST * max(1.0, longer / shorter / 2)  # two pages on their sides, beside each other
    return longer / min(max(longer * DPI / POINTS, SMALLEST), largest, LONGEST)


def page_size(width: int, height: int, dpi: object = None) -> tuple[float, float]:
    """The size in points of a page of so many pixels: by the resolution that the file states, when the page is then as
    large as paper is; else as long as a sheet of A4."""
    stated = dpi[0] if isinstance(dpi, tuple) and dpi else None
    scale = POINTS / float(stated) if isinstance(stated, int | float) and stated >= COARSEST else 0.0
    longer = max(width, height)
    if not PAPER[0] <= longer * scale <= PAPER[1]:
        scale = SHEET / longer
    return round(width * scale, 2), round(height * scale, 2)
