"""Rules as drawn, piece by piece -> whole rules: pieces joined, dashes and dots drawn one by one, gaps closed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.layout.ink import Rule

SNAP = 2.0  # points: rules this near are one; shaded cells drawn 0.1 apart, double borders 1.5 apart
JOIN_GAP = 3.0  # points: gaps bridged along a rule; cell borders are often drawn cell by cell
TOUCH = 3.0  # points: how far a rule may end before, or run past, the rule it meets
DASH = 12.0  # points: longest dash, and widest gap between two, of a rule drawn dash by dash
DASHES = 6  # fewer pieces are no dashes
EVEN = 0.5  # points: how unlike the gaps between dashes may be
LEAST = 3.0  # points: what is shorter once its pieces are joined is a dot, not a rule


def join(rules: Sequence[Rule], snap: float = SNAP, gap: float = JOIN_GAP) -> list[Rule]:
    """Rules with the same position merged and, where they meet or overlap, joined; sorted by position."""
    joined: list[Rule] = []
    ordered = sorted(rules)
    first = 0
    for index in range(1, len(ordered) + 1):
        if index == len(ordered) or ordered[index].at - ordered[first].at > snap:
            joined.extend(_join_line(ordered[first:index], gap))
            first = index
    return joined


def _join_line(line: list[Rule], gap: float) -> list[Rule]:
    at = (line[0].at + line[-1].at) / 2
    spans = sorted((rule.start, rule.end) for rule in line)
    if len(spans) >= DASHES:
        gap = max(gap, _dash_gap(spans))
    merged: list[Rule] = []
    start, end = spans[0]
    for next_start, next_end in spans[1:]:
        if next_start <= end + gap:
            end = max(end, next_end)
        else:
            merged.append(Rule(at, start, end))
            start, end = next_start, next_end
    merged.append(Rule(at, start, end))
    return merged


def _dash_gap(spans: list[tuple[float, float]]) -> float:
    """The gap between the dashes of a rule that is drawn dash by dash; 0 when it is not."""
    if max(end - start for start, end in spans) > DASH:
        return 0.0
    gaps = sorted(after[0] - before[1] for before, after in pairwise(spans))
    usual = gaps[len(gaps) // 2]
    alike = bisect_right(gaps, usual + EVEN) - bisect_left(gaps, usual - EVEN)
    return usual + EVEN if usual <= DASH and 4 * alike >= 3 * len(gaps) else 0.0


def whole(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and upright rules with their pieces joined and their breaks closed, without dots."""
    across = [rule for rule in join(horizontal) if rule.end - rule.start >= LEAST]
    upright = [rule for rule in join(vertical) if rule.end - rule.start >= LEAST]
    return _closed(across, upright), _closed(upright, across)


def _closed(rules: list[Rule], crossing: list[Rule]) -> list[Rule]:
    """The rules, where a break that no crossing rule explains is closed.

    Where a table ends and another begins beside it, or a merged cell interrupts a rule, the break begins or ends at an
    upright rule.
    """
    closed: list[Rule] = []
    places = [rule.at for rule in crossing]
    for rule in rules:
        last = closed[-1] if closed else None
        if last and last.at == rule.at and rule.start - last.end <= DASH:
            ends = [(last.end, rule.at), (rule.start, rule.at)]
            if not any(_crossed(crossing, places, *end) for end in ends):
                closed[-1] = Rule(rule.at, last.start, rule.end)
                continue
        closed.append(rule)
    return closed


def _crossed(crossing: list[Rule], places: list[float], along: float, at: float) -> bool:
    near = crossing[bisect_left(places, along - TOUCH) : bisect_right(places, along + TOUCH)]
    return any(rule.start - TOUCH <= at <= rule.end + TOUCH for rule in near)
