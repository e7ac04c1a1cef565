"""The rules of a straight picture: long thin strokes, level or upright, faint or broken ones too. In pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.layout.ink import Rule
from extractors.ocr.pixels import Grey, Mask

LONG = 0.45  # inches: no stroke of a letter is so long, not even of a heading
SHORT = 0.16  # inches: what an upright rule of one low row is; counts only between two level rules
LONE = 1.0  # inches: a level rule that meets no other; what is shorter is strokes of letters
THICK = 0.05, 0.08  # inches: what is thicker is a bar, a shade, or letters grown together; the same of a whole inch
BROKEN = 0.03  # inches: gaps in a rule that copying made
FAINT = 9  # of 255: how much darker than what is around it a rule is at least
AROUND = 0.2  # inches
MEET = 0.06  # inches: how near the ends of a short rule must come to others
PAPER = 255
SOLID = 0.85  # of its length: how much of a rule must be dark; strokes of letters in a row are less
WHOLE = 0.97  # of its length: no letters are so solid over an inch, for there is paper between them
BESIDE = (
    0.02,
    0.045,
)  # inches off a rule's middle: where paper is, on one side at least, unless it runs through letters
CROWDED = 0.2  # of its length: more ink there on both sides makes it strokes of letters
TRIMMED = 0.035  # inches: how much of an end is cut off at most; a rule so much shorter still meets others
APART = 0.045  # inches: what is no gap that copying made, although dirt lies in it
PALE = 0.6  # of a rule's darkness: what is paler is dirt that lies near it
GROWING = 0.35  # of its length: how much ink may grow out of a rule on either side; from the tops of digits more does


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rules by direction, and the pixels that they cover."""

    horizontal: list[Rule]
    vertical: list[Rule]
    mask: Mask


def rules_of(grey: Grey, dpi: float, unsure: Mask | None = None) -> Ruled:
    """The rules of a picture whose lines run level; where it is ``unsure`` they may be lost and go on beyond."""
    block = max(3, round(AROUND * dpi) | 1)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, FAINT)
    level = _strokes(dark, dpi, LONG)
    upright = _strokes(dark.T.copy(), dpi, SHORT)
    horizontal = _rules(level, dark, grey, dpi)
    vertical = _between(_rules(upright, dark.T, grey.T, dpi), horizontal, dpi)
    horizontal = _meeting(horizontal, vertical, dpi)
    if unsure is not None:
        seen = dark | unsure
        horizontal, vertical = _bridged(horizontal, seen, dpi), _bridged(vertical, seen.T, dpi)
    horizontal, vertical = _ended(horizontal, vertical, dark, dpi), _ended(vertical, horizontal, dark.T, dpi)
    mask = cv2.bitwise_or(_drawn(level, horizontal), _drawn(upright, vertical).T)
    return Ruled(horizontal, vertical, cv2.dilate(mask, np.ones((3, 3), np.uint8)))


def _strokes(dark: Mask, dpi: float, length: float) -> Mask:
    """What runs level for so many inches, over gaps and small steps."""
    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    whole = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, max(3, round(BROKEN * dpi) | 1)), np.uint8))
    return cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, round(length * dpi)), np.uint8))


def _rules(strokes: Mask, dark: Mask, grey: Grey, dpi: float) -> list[Rule]:
    """The strokes that are thin and no strokes of letters in a row, each as one rule."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
    found: list[Rule] = []
    for left, top, width, height, area in stats[1:count].tolist():
        thickest = THICK[width >= dpi] * dpi
        thin = area <= thickest * width and height <= 2 * thickest
        if thin and _is_drawn(dark[:, left : left + width], top, top + height, dpi):
            band = grey[top : top + height, left : left + width]
            found += [Rule(top + height / 2, left + start, left + end) for start, end in _inked(band, dpi)]
    return sorted(found)


def _inked(band: Grey, dpi: float) -> list[tuple[int, int]]:
    """Where a rule is inked, without the dirt at its ends and in its gaps: borders of cells that do not touch each
    other stay apart."""
    most, apart, length = round(TRIMMED * dpi), APART * dpi, band.shape[1]
    darkness = PAPER - band.min(axis=0).astype(int)
    solid = np.flatnonzero(darkness >= PALE * np.median(darkness))
    pieces = [piece for piece in np.split(solid, np.flatnonzero(np.diff(solid) > apart) + 1) if piece.size]
    starts, ends = [int(piece[0]) for piece in pieces], [int(piece[-1]) + 1 for piece in pieces]
    if pieces:
        starts[0], ends[-1] = min(starts[0], most), max(ends[-1], length - most)
    return list(zip(starts, ends, strict=True))


def _is_drawn(dark: Mask, top: int, bottom: int, dpi: float) -> bool:
    """Whether what covers these rows is dark all along, with paper on one side at least unless it is long: amounts
    may touch a rule from the left and codes from the right."""
    solid = _share(dark[top:bottom])
    if solid >= WHOLE and dark.shape[1] >= dpi:
        return True
    near, far = (round(off * dpi) for off in BESIDE)
    above = _share(dark[max(0, top - far) : max(0, top - near + 2)])
    below = _share(dark[bottom + near - 2 : bottom + far])
    growing = max(_share(dark[max(0, top - 2) : max(0, top - 1)]), _share(dark[bottom + 1 : bottom + 2]))
    return solid >= SOLID and min(above, below) <= CROWDED and growing <= GROWING


def _share(band: Mask) -> float:
    """In how many of its columns a band holds ink, of all."""
    return float(band.any(axis=0).mean()) if band.size else 0.0


def _between(vertical: list[Rule], horizontal: list[Rule], dpi: float) -> list[Rule]:
    """Long upright rules, and short ones that reach from one level rule to another."""
    near = MEET * dpi

    def meets(x: float, y: float) -> bool:
        return any(abs(rule.at - y) <= near and rule.start - near <= x <= rule.end + near for rule in horizontal)

    return [
        rule
        for rule in vertical
        if rule.end - rule.start >= LONG * dpi or (meets(rule.at, rule.start) and meets(rule.at, rule.end))
    ]


def _meeting(horizontal: list[Rule], vertical: list[Rule], dpi: float) -> list[Rule]:
    """Long level rules, and short ones that meet an upright one: the tops of a title's letters stand in line too."""
    near = MEET * dpi
    return [
        rule
        for rule in horizontal
        if rule.end - rule.start >= LONE * dpi
        or any(
            rule.start - near <= other.at <= rule.end + near and other.start - near <= rule.at <= other.end + near
            for other in vertical
        )
    ]


def _bridged(rules: list[Rule], seen: Mask, dpi: float) -> list[Rule]:
    """The rules, joined where what lies between two in line is ``seen``, or may be: a seal lay over it."""
    level, joined = MEET / 2 * dpi, list[Rule]()
    for rule in sorted(rules, key=lambda rule: rule.start):
        band = seen[max(0, int(rule.at) - 2) : int(rule.at) + 3]
        for place, other in enumerate(joined):
            between = band[:, int(other.end) : int(rule.start)]
            if abs(other.at - rule.at) <= level and between.size and _share(between) >= SOLID:
                joined[place] = Rule(other.at, other.start, max(other.end, rule.end))
                break
        else:
            joined.append(rule)
    return sorted(joined)


def _ended(rules: list[Rule], crossing: list[Rule], dark: Mask, dpi: float) -> list[Rule]:
    """The rules, without strokes of letters that stand in line with them beyond the last rule that they meet."""
    near, ended = MEET * dpi, []
    for rule in rules:
        meets = [
            other.at
            for other in crossing
            if other.start - near <= rule.at <= other.end + near and rule.start - near <= other.at <= rule.end + near
        ]
        band = np.asarray(dark[max(0, int(rule.at) - 2) : int(rule.at) + 3].any(axis=0))
        start, end = rule.start, rule.end
        if meets and start < min(meets) - near / 2 and not band[int(start) + 1 : int(min(meets))].all():
            start = min(meets)
        if meets and end > max(meets) + near / 2 and not band[int(max(meets)) + 1 : int(end) - 1].all():
            end = max(meets)
        ended.append(Rule(rule.at, start, end))
    return ended


def _drawn(strokes: Mask, rules: list[Rule]) -> Mask:
    """Of the strokes, those that are rules."""
    kept = np.zeros_like(strokes)
    for rule in rules:
        reach = slice(max(0, int(rule.at) - 12), int(rule.at) + 13), slice(int(rule.start), int(rule.end) + 1)
        kept[reach] = strokes[reach]
    return kept
