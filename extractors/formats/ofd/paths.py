"""The abbreviated data of an OFD path -> its points on the page. Of a curve no part is a rule."""

from __future__ import annotations

import math
import re

from extractors.layout.frame import Matrix

MOST_POINTS = 100_000  # of one path

_TOKEN = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers behind each letter
_BEGINS = frozenset("SM")
_CURVE = (math.nan, math.nan)

Points = list[tuple[float, float]]


def strokes_of(data: str | None, to_page: Matrix) -> list[Points]:
    """The points of each stretch that is drawn in one go; NaN stands for a curve before the point that it ends in."""
    a, b, c, d, e, f = to_page
    stretches: list[Points] = []
    points: Points = []
    for letter, values in _commands(data or ""):
        if letter == "C":
            if points:
                points.append(points[0])
            continue
        x, y = values[-2], values[-1]
        if letter in _BEGINS:
            points = []
            stretches.append(points)
        elif letter != "L":
            points.append(_CURVE)
        points.append((a * x + c * y + e, b * x + d * y + f))
    return [points for points in stretches if len(points) > 1]


def _commands(data: str) -> list[tuple[str, list[float]]]:
    """Letters with their numbers, up to the first that has too few: what is behind it is no path."""
    found: list[tuple[str, list[float]]] = []
    tokens = _TOKEN.findall(data)[:MOST_POINTS]
    place = 0
    while place < len(tokens):
        letter = tokens[place]
        values = tokens[place + 1 : place + 1 + _TAKES.get(letter, 0)]
        if letter not in _TAKES or len(values) < _TAKES[letter] or any(value in _TAKES for value in values):
            break
        if found or letter in _BEGINS:
            found.append((letter, [float(value) for value in values]))
        place += 1 + len(values)
    return found
