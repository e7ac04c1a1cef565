"""Takes off a picture what is not print: red seals, shadows, the grey of the paper."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.ocr.pixels import Colour, Grey, Mask, Matrix
from extractors.ocr.straight import sheet_of

REDDER = 45  # of 255: how far red stands above green and blue in the ink of a seal, pale or dark
SEAL = (0.9, 3.0)  # inches: the least and the largest side of a seal; a red heading is flatter, a red amount smaller
REACHES = 1 / 12, 1 / 30, 1 / 80  # inches: gaps in the ink of a worn seal; then those between seals that nearly touch
TWO = 1.5, 2.2  # the longer side of two seals that touch over the shorter one
ROUND = 0.6  # the shorter side of a seal over the longer; what is flatter is a line of red text
GRAIN = 0.95  # of the brightness of a seal: its ink is not even
SOLID = 0.065  # inches: a part of a seal that is thicker, as its star, is all ink
DARK = 125  # of 255: the strokes of print have some pixels that are darker
LEFT = 215  # of 255: what is darker may be what is left of a seal's line
ALONG = 0.85  # of its pixels: how much of what is left lies along the line
LETTER = 0.001  # square inches: the ink of a digit is more
GREY = 128  # the tint of what has no colour
SPARSE = 0.02  # of a seal's square: the least share of red in it
PAPER = 255
BACKGROUND = 48  # the picture is made so many times smaller to see its light
LIT = 60  # of 255: a background darker than this is no paper, such as the table on which the page lies
DARKEST, LIGHTEST = 110, 190  # of 255: where ink ends, at least and at most


@dataclass(frozen=True, slots=True)
class Clean:
    """The sheet in grey on white, and the way to it from the picture. ``seals``: where, in the picture, the ink of so
    many red seals was taken off, with its rim."""

    grey: Grey
    way: Matrix
    count: int
    seals: Mask | None


def cleaned(picture: Colour, dpi: float) -> Clean:
    """The sheet alone, evenly lit, without red seals."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    seals, count = _seals(picture, dpi)
    if count:
        grey, seals = _without(seals, picture, dpi)
    sheet = sheet_of(grey)
    grey, way = (grey, np.eye(3)) if sheet is None else sheet
    return Clean(evenly_lit(grey), way, count, seals if count else None)


def _without(seals: Mask, picture: Colour, dpi: float) -> tuple[Grey, Mask]:
    """The picture in grey, where seals lie as light as it would be without their ink, and where that is.

    How much of the ink lies on a pixel is told by its colour. In red light the ink is nearly paper, but pictures hold
    colours coarsely, so that thin strokes below it are red too; in brightness they stay dark. The more ink lies on a
    pixel, the more its brightness is asked.
    """
    tones = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb).astype(np.float32)
    bright, tint, red = tones[:, :, 0], tones[:, :, 1] - GREY, picture[:, :, 0].astype(np.float32)
    core = cv2.erode(seals, np.ones((5, 5), np.uint8))
    ink = (core if core.any() else seals) > 0
    share = np.clip(tint / max(float(np.median(tint[ink])), 1.0), 0.0, 1.0)
    by_red = red / _seen_through(share, float(np.median(red[ink])))
    by_brightness = bright / (_seen_through(share, float(np.median(bright[ink]))) * GRAIN)
    print_ = np.clip(share * by_brightness + (1 - share) * by_red, 0.0, 1.0) * PAPER
    around = cv2.dilate(seals, np.ones((9, 9), np.uint8)) > 0  # its rim is mixed with paper
    print_ = np.where(around, print_, bright)
    solid = cv2.erode(seals, np.ones((_odd(SOLID * dpi),) * 2, np.uint8)) > 0
    left = _left_of_rim(print_, around & ~solid, LETTER * dpi**2)
    return np.where(left, PAPER, print_).astype(np.uint8), np.where(around, 255, 0).astype(np.uint8)


def _left_of_rim(print_: Grey, rim: Mask, letter: float) -> Mask:
    """What is left of the lines of seals: bits of pale ink, smaller than letters, that join nothing darker."""
    marks = cv2.connectedComponents((print_ < LEFT).astype(np.uint8))[1]
    counts = np.bincount(marks.ravel())
    along, dark = (np.bincount(marks[place], minlength=len(counts)) for place in (rim, print_ < DARK))
    gone = (along >= ALONG * counts) & (dark == 0) & (counts < letter)
    gone[0] = False  # paper
    return np.asarray(cv2.dilate(gone[marks].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0) & rim


def _seen_through(share: Matrix, ink: float) -> Matrix:
    """How light paper is below so much of an ink that is so light itself."""
    light: Matrix = PAPER - (PAPER - max(ink, LIT)) * share
    return light


def _seals(picture: Colour, dpi: float) -> tuple[Mask, int]:
    """The red ink of seals; of nothing else that is red."""
    red = cv2.subtract(picture[:, :, 0], cv2.max(picture[:, :, 1], picture[:, :, 2]))
    ink = cv2.threshold(red, REDDER, 255, cv2.THRESH_BINARY)[1]
    if not ink.any():
        return ink, 0
    area, count, rest = np.zeros_like(ink), 0, ink.copy()
    for reach in REACHES:
        for left, top, width, height in _stamps(rest, dpi, reach):
            place = slice(top, top + height), slice(left, left + width)
            area[place], rest[place] = 1, 0  # the star in the middle touches nothing
            count += max(1, round(max(width, height) / min(width, height)))
    if not count:
        return area, 0
    edge = cv2.subtract(picture[:, :, 0], cv2.min(picture[:, :, 1], picture[:, :, 2])) > REDDER / 3
    return np.where(edge & (area > 0), 255, 0).astype(np.uint8), count


def _stamps(ink: Mask, dpi: float, reach: float) -> list[list[int]]:
    """The boxes of seals: what is one where gaps of so many inches are closed."""
    side = _odd(dpi * reach)
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    labels, _, stats, _ = cv2.connectedComponentsWithStats(whole)
    alone = reach == REACHES[0]  # so wide a gap joins the letters of red headings
    return [stats[label][:4].tolist() for label in range(1, labels) if _is_seal(stats[label], dpi, alone=alone)]


def _is_seal(stat: Matrix, dpi: float, *, alone: bool) -> bool:
    """Whether something red has the size and shape of a seal, or unless it must be ``alone`` of two that touch."""
    _, _, width, height, area = (int(number) for number in stat)
    least, most = (side * dpi for side in SEAL)
    shorter, longer = sorted((width, height))
    is_one = least <= longer <= most and shorter >= ROUND * longer
    are_two = not alone and least <= shorter <= longer / TWO[0] and longer <= min(TWO[1] * shorter, 2 * most)
    return (is_one or are_two) and area >= SPARSE * width * height


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
