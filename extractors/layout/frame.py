"""Coordinates: from a page's own space (origin bottom left, y upwards) to an upright frame with its origin top left."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Box

Matrix = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]  # left, lower y, right, upper y
Boxes = tuple[list[float], list[float], list[float], list[float]]  # left, top, right and bottom of many boxes
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first, then ``outer``."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def moved_bounds(bounds: Bounds, matrix: Matrix) -> Bounds:
    """An upright rectangle (two corners) under a matrix of scales, shifts and quarter turns."""
    if matrix is IDENTITY:
        return bounds
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = bounds
    xs = sorted((a * x0 + c * y0 + e, a * x1 + c * y1 + e))
    ys = sorted((b * x0 + d * y0 + f, b * x1 + d * y1 + f))
    if abs(b) > abs(a):  # a quarter turn: the other two corners span the same rectangle
        xs = sorted((a * x0 + c * y1 + e, a * x1 + c * y0 + e))
        ys = sorted((b * x0 + d * y1 + f, b * x1 + d * y0 + f))
    return xs[0], ys[0], xs[1], ys[1]


def in_frame(boxes: Boxes, matrix: Matrix) -> Boxes:
    """Left, top, right and bottom of every box (y downwards) under the matrix of a frame; given with y upwards."""
    a, b, _, _, e, f = matrix
    lefts, ups, rights, downs = boxes
    if a > 0:
        return [x + e for x in lefts], [f - y for y in ups], [x + e for x in rights], [f - y for y in downs]
    if a < 0:
        return [e - x for x in rights], [y + f for y in downs], [e - x for x in lefts], [y + f for y in ups]
    if b > 0:
        return [y + e for y in downs], [x + f for x in lefts], [y + e for y in ups], [x + f for x in rights]
    return [e - y for y in ups], [f - x for x in rights], [e - y for y in downs], [f - x for x in lefts]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page turned clockwise by ``turns`` quarters: the displayed page, or the page as its text reads upright."""

    turns: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points across."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Points down."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def matrix(self) -> Matrix:
        """From the page's own space to this frame."""
        if self.turns == 0:
            return (1.0, 0.0, 0.0, -1.0, -self.left, self.top)
        if self.turns == 1:
            return (0.0, 1.0, 1.0, 0.0, -self.bottom, -self.left)
        if self.turns == 2:
            return (-1.0, 0.0, 0.0, 1.0, self.right, -self.bottom)
        return (0.0, -1.0, -1.0, 0.0, self.top, self.right)

    def turned(self, turns: int) -> Frame:
        """The same page under another turn."""
        return Frame(turns % 4, self.left, self.bottom, self.right, self.top)

    def box_to(self, other: Frame, box: Box) -> Box:
        """A box of this frame, in the coordinates of ``other``, a frame of the same page."""
        width, height = self.width, self.height
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        match (other.turns - self.turns) % 4:
            case 1:
                return Box(height - bottom, x0, height - top, x1)
            case 2:
                return Box(width - x1, height - bottom, width - x0, height - top)
            case 3:
                return Box(top, width - x1, bottom, width - x0)
            case _:
                return box
