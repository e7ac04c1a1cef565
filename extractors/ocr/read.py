"""A picture of a page -> its runs and rules in points, and the way back to where the page displays them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from extractors.layout.ink import Rule, Rules, Run
from extractors.model import Box, Location, Notice
from extractors.ocr.clean import Clean, cleaned, ink_of
from extractors.ocr.engine import Area, Engine, Words
from extractors.ocr.ink import PictureInk
from extractors.ocr.lines import MARGIN, Page, lines_of
from extractors.ocr.pixels import Colour, Grey, Mask, Matrix
from extractors.ocr.rules import Ruled, rules_of
from extractors.ocr.straight import quarter_turned, skew_of, squared, turned
from extractors.ocr.words import runs_of

POINTS = 72.0  # to the inch
SURE = 0.5  # below it a line is no reading but a guess
CERTAIN = 0.9  # a page whose lines are read so well stands the right way up
FEW = 3  # signs: more are a text
HALF = 0.5  # of an area
SAMPLE = 6  # lines that tell which way a page stands
PAPER = 255
LOWEST = 0.11  # inches: a line of print, small print too


@dataclass(frozen=True, slots=True)
class _Straight:
    """A picture whose lines run level and read from the left, where print stands, and the way from the picture."""

    grey: Grey
    areas: list[Area]
    way: Matrix


def read_picture(picture: Colour, points_per_pixel: float, engine: Engine, number: int) -> PictureInk:
    """The print of page ``number``, given as a picture of the page as displayed."""
    dpi = POINTS / points_per_pixel
    clean = cleaned(picture, dpi)
    straight = _upright(_levelled(clean.grey, clean.way), engine)
    sealed = _sealed(clean, straight)
    ruled = rules_of(straight.grey, dpi, sealed)
    ink = ink_of(straight.grey)
    ink[ruled.mask > 0] = 0
    lines = lines_of(Page(ink, ruled, dpi), straight.areas)
    words = engine.read([_crop(straight.grey, ruled.mask, area, dpi) for area in lines])
    read = _gathered(lines, words, _Print(ink, sealed, points_per_pixel))
    scale = np.diag([points_per_pixel, points_per_pixel, 1.0])
    way = scale @ np.linalg.inv(straight.way) @ np.linalg.inv(scale)
    height, width = straight.grey.shape
    size = width * points_per_pixel, height * points_per_pixel
    notices = _notices(number, clean.count, read.unread)
    return PictureInk(
        *size, read.runs, read.confidences, _in_points(ruled, points_per_pixel), tuple(way.ravel().tolist()), notices
    )


def _sealed(clean: Clean, straight: _Straight) -> Mask | None:
    """Where seals were taken off, in the straight picture."""
    if clean.seals is None:
        return None
    height, width = straight.grey.shape
    moved: Mask = cv2.warpPerspective(clean.seals, straight.way, (width, height), flags=cv2.INTER_NEAREST)
    return moved


def _levelled(grey: Grey, way: Matrix) -> tuple[Grey, Matrix]:
    """The picture with level lines, seen from straight above; ``way`` leads to it as it is."""
    angle = skew_of(ink_of(grey))
    if angle:
        grey, turn = turned(grey, angle)
        way = turn @ way
    above = squared(grey, ink_of(grey))
    if above is not None:
        grey, leaning = above
        way = leaning @ way
    return grey, way


def _upright(levelled: tuple[Grey, Matrix], engine: Engine) -> _Straight:
    """The picture turned by quarters until its text reads upright."""
    grey, way = levelled
    areas = engine.find(grey)
    if sum(1 if _is_tall(area) else -1 for area in areas if _is_long(area)) > 0:
        grey, turn = quarter_turned(grey, 1)
        areas, way = engine.find(grey), turn @ way
    if _is_upside_down(grey, areas, engine):
        height, width = grey.shape
        grey, turn = quarter_turned(grey, 2)
        areas = [(width - right, height - bottom, width - left, height - top) for left, top, right, bottom in areas]
        way = turn @ way
    return _Straight(grey, areas, way)


def _is_tall(area: Area) -> bool:
    return area[3] - area[1] > area[2] - area[0]


def _is_long(area: Area) -> bool:
    sides = sorted((area[3] - area[1], area[2] - area[0]))
    return sides[1] > 2 * sides[0]


def _is_upside_down(grey: Grey, areas: Sequence[Area], engine: Engine) -> bool:
    """Whether the longest lines read better the other way up; asked only where they read badly as they are."""
    longest = sorted(areas, key=lambda area: area[0] - area[2])[:SAMPLE]
    lines = [grey[max(top, 0) : bottom, max(left, 0) : right] for left, top, right, bottom in longest]
    as_is = _mean(engine.read(lines))
    if not lines or as_is >= CERTAIN:
        return False
    return _mean(engine.read([np.ascontiguousarray(line[::-1, ::-1]) for line in lines])) > as_is


def _mean(words: Sequence[Words]) -> float:
    return sum(one.confidence for one in words) / len(words) if words else 0.0


def _crop(grey: Grey, rules: Mask, area: Area, dpi: float) -> Grey:
    """The picture of one line without rules, with a little paper around it."""
    left, top, right, bottom = area
    line = grey[top:bottom, left:right].copy()
    line[rules[top:bottom, left:right] > 0] = PAPER
    across = max(2, round(MARGIN * dpi))
    down = max(across, round((LOWEST * dpi - line.shape[0]) / 2))  # a dash alone, made as high as a line, is no dash
    return np.pad(line, ((down, down), (across, across)), constant_values=PAPER)


@dataclass(frozen=True, slots=True)
class _Print:
    """The ink of a straight picture without rules, where seals lay on it, and how many points a pixel has."""

    ink: Mask
    sealed: Mask | None
    scale: float


@dataclass(frozen=True, slots=True)
class _Read:
    """Runs and how sure each of them is, and where there is ink that could not be read."""

    runs: list[Run] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    unread: list[Box] = field(default_factory=list)


def _gathered(lines: Sequence[Area], words: Sequence[Words], page: _Print) -> _Read:
    """The lines in points."""
    read = _Read()
    pad = max(2, round(MARGIN * POINTS / page.scale))
    for area, said in zip(lines, words, strict=True):
        if not said.text.strip() or said.confidence < SURE or _is_left_of_seal(area, said, page.sealed):
            read.unread.append(Box(*(side * page.scale for side in area)))
            continue
        for run, confidence in runs_of(area, said, pad, page.ink):
            read.runs.append(_scaled(run, page.scale))
            read.confidences.append(confidence)
    return read


def _is_left_of_seal(area: Area, words: Words, sealed: Mask | None) -> bool:
    """Whether one or two signs where a seal lay may be what is left of it."""
    if sealed is None or len(words.text) > FEW or words.confidence >= CERTAIN:
        return False
    left, top, right, bottom = area
    return float((sealed[top:bottom, left:right] > 0).mean()) > HALF


def _scaled(run: Run, scale: float) -> Run:
    lefts, rights = [x * scale for x in run.lefts], [x * scale for x in run.rights]
    return Run(run.text, run.x0 * scale, run.top * scale, run.x1 * scale, run.bottom * scale, lefts, rights)


def _in_points(ruled: Ruled, scale: float) -> Rules:
    def moved(rules: list[Rule]) -> list[Rule]:
        return [Rule(rule.at * scale, rule.start * scale, rule.end * scale) for rule in rules]

    return Rules(moved(ruled.horizontal), moved(ruled.vertical))


def _notices(number: int, seals: int, unread: Sequence[Box]) -> list[Notice]:
    """What was taken off the page or could not be read."""
    notices = []
    if seals:
        text = f"{seals} red seals on page {number} were taken off before it was read"
        notices.append(Notice("seal_removed", text, f"第{number}页有{seals}处红色印章，识别前已去除", Location(number)))
    for box in unread:
        text = f"something is printed on page {number} that could not be read"
        notices.append(Notice("ink_unread", text, f"第{number}页有无法识别的印迹", Location(number, box)))
    return notices
