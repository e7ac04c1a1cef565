"""How large a page is drawn to be read."""

from __future__ import annotations

DPI = 200.0  # digits of six points are seventeen pixels high; twice as many pixels read no better and cost twice
SMALLEST, LARGEST = 1700.0, 3600.0  # pixels of the longer side: a sheet of A3 has 3,300
POINTS = 72.0  # to the inch


def points_per_pixel(width: float, height: float) -> float:
    """The size of a pixel for a page of ``width`` by ``height`` points.

    Phones write pages of a point for every pixel, and others of a hand's breadth: both hold a sheet of paper.
    """
    longer = max(width, height)
    return longer / min(max(longer * DPI / POINTS, SMALLEST), LARGEST)
