"""Takes off a picture what is not print: red seals, shadows, the grey of the paper."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.pixels import Colour, Grey, Mask, Matrix
from extractors.ocr.straight import sheet_of

REDDER = 45  # of 255: how far red stands above green and blue in the ink of a seal, pale or dark
SEAL = (0.9, 3.0)  # inches: the least and the largest side of a seal; a red heading is flatter, a red amount smaller
ROUND = 0.6  # the shorter side of a seal over the longer; what is flatter is a line of red text
RIM = 150, 210  # of 255: below a seal what is darker is print, what is lighter is its rim
SPARSE = 0.02  # of a seal's square: the least share of red in it
PAPER = 255
BACKGROUND = 48  # the picture is made so many times smaller to see its light
LIT = 60  # of 255: a background darker than this is no paper, such as the table on which the page lies
DARKEST, LIGHTEST = 110, 190  # of 255: where ink ends, at least and at most


def cleaned(picture: Colour, dpi: float) -> tuple[Grey, int, Matrix]:
    """The sheet in grey on white without red seals, how many of these were taken off, and the way to it."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    seals, count = _seals(picture, dpi)
    if count:
        around = cv2.dilate(seals, np.ones((5, 5), np.uint8))  # its rim is mixed with paper
        grey = np.where(around > 0, _without_red(picture[:, :, 0], seals), grey)
    sheet = sheet_of(grey)
    grey, way = (grey, np.eye(3)) if sheet is None else sheet
    return evenly_lit(grey), count, way


def _without_red(red: Grey, seals: Mask) -> Grey:
    """The red channel, in which a seal is nearly as light as paper, stretched until it is as light: black stays black,
    and a thin rule below the seal, whose pixels are both, stays a rule."""
    light = max(float(np.median(red[seals > 0])), LIT)
    stretched = np.minimum(red * (PAPER / light), PAPER)
    return np.interp(stretched, (0, *RIM, PAPER), (0, RIM[0], PAPER, PAPER)).astype(np.uint8)


def _seals(picture: Colour, dpi: float) -> tuple[Mask, int]:
    """The red ink of seals; of nothing else that is red."""
    red = cv2.subtract(picture[:, :, 0], cv2.max(picture[:, :, 1], picture[:, :, 2]))
    ink = cv2.threshold(red, REDDER, 255, cv2.THRESH_BINARY)[1]
    if not ink.any():
        return ink, 0
    reach = _odd(dpi / 12)
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    labels, _, stats, _ = cv2.connectedComponentsWithStats(whole)
    found = [stats[label] for label in range(1, labels) if _is_seal(stats[label], dpi)]
    area = np.zeros_like(ink)
    for left, top, width, height, _ in found:  # the star in the middle touches nothing
        area[top : top + height, left : left + width] = 1
    edge = cv2.subtract(picture[:, :, 0], cv2.min(picture[:, :, 1], picture[:, :, 2])) > REDDER / 3
    return np.where(edge & (area > 0), 255, 0).astype(np.uint8), len(found)


def _is_seal(stat: Matrix, dpi: float) -> bool:
    _, _, width, height, area = (int(number) for number in stat)
    least, most = (side * dpi for side in SEAL)
    return (
        least <= max(width, height) <= most
        and min(width, height) >= ROUND * max(width, height)
        and area >= SPARSE * width * height
    )


def evenly_lit(grey: Grey) -> Grey:
    """The picture over its own background: paper is white everywhere, in the shadow of a hand too."""
    size = max(8, grey.shape[1] // BACKGROUND), max(8, grey.shape[0] // BACKGROUND)
    small = cv2.dilate(cv2.resize(grey, (size[0] * 4, size[1] * 4), interpolation=cv2.INTER_AREA), np.ones((3, 3)))
    light = cv2.medianBlur(small, 21)
    if int(light.min()) >= PAPER - 10:
        return grey
    light = cv2.resize(np.maximum(light, LIT), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, light, scale=255)


def ink_of(grey: Grey) -> Mask:
    """Where the picture is dark enough to be print."""
    middle, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return cv2.threshold(grey, min(max(middle, DARKEST), LIGHTEST), 255, cv2.THRESH_BINARY_INV)[1]


def _odd(size: float) -> int:
    return max(3, round(size) | 1)
