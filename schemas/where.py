"""Places as the result writes them."""

from __future__ import annotations

from extractors.model import Location
from schemas.result import BBox, Locator


def bbox_of(location: Location) -> BBox | None:
    """The box of a place, in points to two decimals."""
    box = location.box
    if box is None:
        return None
    return (round(box.x0, 2), round(box.top, 2), round(box.x1, 2), round(box.bottom, 2))


def locator_of(location: Location) -> Locator | None:
    """The path of a place in a file that has no pages."""
    return dict(location.path) if location.path else None
