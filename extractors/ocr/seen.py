"""Whether a picture can hold print at all, told from a small copy of it before any engine is loaded."""

from __future__ import annotations

import numpy as np

from extractors.ocr.pixels import Colour, Grey

SMALL = 800.0  # pixels of the longer side: a line of print is still darker than its paper
DARKER = 40  # of 255: than most of the page
LEAST, MOST = 0.00004, 0.6  # of the page: a page number; more is no print on paper
SMUDGE = 20  # of 255: what differs less is the back of the paper showing through


def has_ink(small: Colour) -> bool:
    """Whether anything stands out on a page as print does; a blank page, one colour or a shadow does not."""
    grey = _grey(small)
    return LEAST <= float((grey < np.median(grey) - DARKER).mean()) <= MOST


def is_blank(small: Colour) -> bool:
    """Whether nothing stands out on a page, not even faintly: the back of a sheet."""
    grey = _grey(small)
    return float((np.abs(grey - np.median(grey)) > SMUDGE).mean()) < LEAST


def _grey(small: Colour) -> Grey:
    grey: Grey = small.mean(axis=2)
    return grey
