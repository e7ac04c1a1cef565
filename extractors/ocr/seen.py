"""Whether a picture can hold print at all, told from a small copy of it before any engine is loaded."""

from __future__ import annotations

import numpy as np

from extractors.ocr.pixels import Colour

SMALL = 800.0  # pixels of the longer side: a line of print is still darker than its paper
DARKER = 40  # of 255: than most of the page
LEAST, MOST = 0.0002, 0.6  # of the page: a short line; more is no print on paper


def has_ink(small: Colour) -> bool:
    """Whether anything stands out on a page as print does; a blank page, one colour or a shadow does not."""
    grey = small.mean(axis=2)
    share = float((grey < np.median(grey) - DARKER).mean())
    return LEAST <= share <= MOST
