"""Two pages on one picture, as from an open book or a copier set to large sheets: told by the gutter between them."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.clean import evenly_lit, ink_of
from extractors.ocr.pixels import Colour

WIDE = 1.25  # width over height of two upright pages, at least; a sheet on its side is as wide, but has a title there
SEEN = 1000  # pixels of the longer side: enough to tell where print stands
GUTTER = 0.03  # of the width: how much of the middle nothing is printed in
PRINT = 0.004  # of a page: ink of a few lines; less is no page
CLEAR = 0.002  # of the gutter: dust and the shadow of a fold


def gutter_of(picture: Colour) -> int | None:
    """The column between two pages that stand beside each other; None on a picture of one page."""
    height, width = picture.shape[:2]
    if width < WIDE * height:
        return None
    scale = SEEN / width
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(evenly_lit(grey)) > 0
    middle, half = ink.shape[1] // 2, round(GUTTER * ink.shape[1] / 2)
    sides = ink[:, : middle - half], ink[:, middle + half :]
    if ink[:, middle - half : middle + half].mean() > CLEAR or min(float(np.mean(side)) for side in sides) < PRINT:
        return None
    return int(width // 2)
