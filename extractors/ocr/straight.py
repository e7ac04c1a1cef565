"""Turns a picture until its lines run level: small angles, sides that lean towards each other, quarter turns."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.pixels import Grey, Mask, Matrix

MOST_SKEW = 6.0  # degrees: what a feeder or a hand does to a page; beyond it a page is laid down on purpose
COARSE, FINE = 0.5, 0.02  # degrees: steps of the search
LEVEL = 0.03  # degrees: what is left alone, a pixel over a page's width
SEEN = 1000  # pixels of the longer side: enough to tell where lines run
LARGE = 0.12  # of the picture: the least that the frame of a table or a sheet covers
SHEET = 0.3  # of the picture: the least that a sheet of paper covers
DARK = 130  # of 255: what lies around a sheet is darker, at most of the picture's edge
LEANING = 0.003  # of the longer side: how far a corner may stand off a rectangle
PAPER = 255


def skew_of(ink: Mask) -> float:
    """By how many degrees the picture must be turned counterclockwise for its lines to run level."""
    scale = min(1.0, SEEN / max(ink.shape))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if not small.any():
        return 0.0
    best, step = 0.0, COARSE
    around = np.arange(-MOST_SKEW, MOST_SKEW + step / 2, step)
    while True:
        best = float(max(around, key=lambda angle: (_levelness(small, float(angle)), -abs(angle))))
        if step <= FINE:
            return best if abs(best) >= LEVEL else 0.0
        around = np.arange(best - step, best + step, step / 5)
        step /= 5


def _levelness(small: Mask, angle: float) -> float:
    """How sharply ink and paper alternate down the rows and across the columns, of a picture turned by ``angle``."""
    height, width = small.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(small, turn, (width, height))
    rows, columns = turned.sum(axis=1, dtype=np.float64), turned.sum(axis=0, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum() + np.square(np.diff(columns)).sum())


def turned(picture: Grey, angle: float) -> tuple[Grey, Matrix]:
    """The picture turned by degrees counterclockwise, whole, and the way from its pixels to the new ones."""
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    new_width, new_height = round(height * sine + width * cosine), round(height * cosine + width * sine)
    turn[:, 2] += (new_width - width) / 2, (new_height - height) / 2
    moved = cv2.warpAffine(picture, turn, (new_width, new_height), flags=cv2.INTER_CUBIC, borderValue=PAPER)
    return moved, np.vstack([turn, [0.0, 0.0, 1.0]])


def quarter_turned(picture: Grey, turns: int) -> tuple[Grey, Matrix]:
    """The picture turned clockwise by quarters, and the way from its pixels to the new ones."""
    height, width = picture.shape
    ways = {
        0: np.eye(3),
        1: np.array([[0.0, -1.0, height], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
        2: np.array([[-1.0, 0.0, width], [0.0, -1.0, height], [0.0, 0.0, 1.0]]),
        3: np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, width], [0.0, 0.0, 1.0]]),
    }
    return np.ascontiguousarray(np.rot90(picture, -turns)), ways[turns % 4]


def sheet_of(grey: Grey) -> tuple[Grey, Matrix] | None:
    """A sheet of paper that lies on something dark, seen from straight above and alone; None when there is none."""
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if float(np.median(edge)) > DARK:
        return None
    scale = min(1.0, SEEN / max(grey.shape))
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (9, 9), 0)
    light = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    corners = _largest_quadrilateral(light, SHEET)
    if corners is None:
        return None
    corners = corners / scale
    width, height = _sides(corners)
    level = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    way = cv2.getPerspectiveTransform(corners.astype(np.float32), level)
    return cv2.warpPerspective(grey, way, (round(width), round(height)), flags=cv2.INTER_CUBIC), np.asarray(way)


def _sides(corners: Matrix) -> tuple[float, float]:
    """The mean width and height of a quadrilateral."""
    top, right, bottom, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    return (top + bottom) / 2, (left + right) / 2


def squared(picture: Grey, ink: Mask) -> tuple[Grey, Matrix] | None:
    """The picture seen from straight above, when the frame of its table or its sheet leans; None when it does not."""
    corners = _frame(ink)
    if corners is None:
        return None
    width, height = _sides(corners)
    x, y = corners.mean(axis=0)
    level = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (width / 2, height / 2) + (x, y)
    if np.abs(level - corners).max() <= LEANING * max(picture.shape):
        return None
    way = cv2.getPerspectiveTransform(corners.astype(np.float32), level.astype(np.float32))
    return _whole(picture, way)


def _whole(picture: Grey, way: Matrix) -> tuple[Grey, Matrix]:
    """The picture moved, shifted so that nothing of it is lost; a margin that would double it is."""
    height, width = picture.shape
    sides = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64)
    ends = cv2.perspectiveTransform(sides, way)[0]
    low = np.maximum(ends.min(axis=0), (-width / 2, -height / 2))
    high = np.minimum(ends.max(axis=0), (1.5 * width, 1.5 * height))
    way = np.array([[1.0, 0.0, -low[0]], [0.0, 1.0, -low[1]], [0.0, 0.0, 1.0]]) @ way
    size = int(high[0] - low[0]), int(high[1] - low[1])
    return cv2.warpPerspective(picture, way, size, flags=cv2.INTER_CUBIC, borderValue=PAPER), way


def _frame(ink: Mask) -> Matrix | None:
    """The corners of the largest frame that is drawn, from the top left clockwise."""
    scale = min(1.0, 1.5 * SEEN / max(ink.shape))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    joined = cv2.dilate(cv2.threshold(small, 40, 255, cv2.THRESH_BINARY)[1], np.ones((3, 3), np.uint8))
    corners = _largest_quadrilateral(joined, LARGE)
    return None if corners is None else corners / scale


def _largest_quadrilateral(mask: Mask, share: float) -> Matrix | None:
    """The corners, from the top left clockwise, of the largest thing with four that covers such a share of all."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:3]:
        if cv2.contourArea(outline) < share * mask.size:
            return None
        shape = cv2.approxPolyDP(cv2.convexHull(outline), 0.02 * cv2.arcLength(outline, True), True)
        if len(shape) == 4:
            return _ordered(shape[:, 0, :].astype(float))
    return None


def _ordered(corners: Matrix) -> Matrix:
    middle = corners.mean(axis=0)
    around = sorted(corners, key=lambda corner: np.arctan2(corner[1] - middle[1], corner[0] - middle[0]))
    first = min(range(4), key=lambda index: around[index].sum())
    return np.array([*around[first:], *around[:first]])
