"""Rules as drawn -> joined edges -> groups of edges that touch, one group per table. Knows no text.

Every step is a sort and a sweep, so a page with thousands of rules costs little more than reading them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.ink import Rule, Rules, Shade

SNAP = 2.0  # points: rules this near are one; shaded cells drawn 0.1 apart, double borders 1.5 apart
JOIN_GAP = 3.0  # points: gaps bridged along a rule; cell borders are often drawn cell by cell
LEVEL = 4.0  # points: how far the ends of an upright rule may differ from the table's top and bottom
MOST_MEETINGS = 500_000  # of two rules, on one page; a sheet of 2,000 rows and 100 columns has 200,000
TOUCH = 3.0  # points: how far a rule may end before, or run past, the rule it meets


class TooManyRules(Exception):
    """The rules meet so often that they are a drawing, such as a map; no table is looked for among them."""


@dataclass(frozen=True, slots=True)
class EdgeGroup:
    """Edges that touch each other: the skeleton of one table."""

    horizontal: list[Rule]
    vertical: list[Rule]

    @property
    def area(self) -> Shade:
        """The rectangle around all of its edges."""
        return Shade(
            min(rule.start for rule in self.horizontal),
            min(self.horizontal[0].at, *(rule.start for rule in self.vertical)),
            max(rule.end for rule in self.horizontal),
            max(self.horizontal[-1].at, *(rule.end for rule in self.vertical)),
        )


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


def edge_groups(rules: Rules) -> list[EdgeGroup]:
    """The tables' skeletons of a page, top to bottom. A rule that meets no other belongs to none.

    The sides of shaded rectangles count only away from tables that rules make: Word shades each paragraph inside a
    cell, which would cut the cell into pieces.

    Raises:
        TooManyRules: they are no table.
    """
    horizontal, vertical = join(rules.horizontal), join(rules.vertical)
    tables, lonely = _groups(horizontal, vertical)
    if not rules.shades:
        return tables
    areas = [group.area for group in tables]
    sides = [shade for shade in rules.shades if not any(_touches(shade, area) for area in areas)]
    if not sides:
        return tables
    across = [Rule(y, shade.x0, shade.x1) for shade in sides for y in (shade.top, shade.bottom)]
    upright = [Rule(x, shade.top, shade.bottom) for shade in sides for x in (shade.x0, shade.x1)]
    free = [rule for rule in horizontal if not any(_within(rule.at, rule.start, area) for area in areas)]
    standing = [rule for rule in lonely if not any(_within(rule.start, rule.at, area) for area in areas)]
    shaded, _ = _groups(join([*free, *across]), join([*standing, *upright]))
    return [*tables, *(group for group in shaded if len(group.vertical) > 2 and len(group.horizontal) > 2)]


def _touches(shade: Shade, area: Shade) -> bool:
    return (
        shade.x0 < area.x1 + TOUCH
        and shade.x1 > area.x0 - TOUCH
        and shade.top < area.bottom + TOUCH
        and shade.bottom > area.top - TOUCH
    )


def _within(y: float, x: float, area: Shade) -> bool:
    return area.top - TOUCH <= y <= area.bottom + TOUCH and area.x0 - TOUCH <= x <= area.x1 + TOUCH


def _groups(horizontal: list[Rule], vertical: list[Rule]) -> tuple[list[EdgeGroup], list[Rule]]:
    """The groups of edges that may be tables, and the upright edges that meet no other."""
    roots = _connect(horizontal, vertical)
    groups: dict[int, EdgeGroup] = {}
    for index, rule in enumerate(horizontal):
        groups.setdefault(roots[index], EdgeGroup([], [])).horizontal.append(rule)
    for index, rule in enumerate(vertical, len(horizontal)):
        groups.setdefault(roots[index], EdgeGroup([], [])).vertical.append(rule)
    tables = [group for group in groups.values() if len(group.horizontal) > 1 and group.vertical]
    lonely = [group.vertical[0] for group in groups.values() if not group.horizontal]
    return [_with_columns(group, lonely) for group in tables] if lonely else tables, lonely


def _with_columns(group: EdgeGroup, lonely: list[Rule]) -> EdgeGroup:
    """The group with the upright rules beside it that run from its top to its bottom.

    Where a page break cuts a table inside merged cells, the columns of those cells have no rule above or below.
    """
    _, top, _, bottom = group.area
    more = [rule for rule in lonely if abs(rule.start - top) <= LEVEL and abs(rule.end - bottom) <= LEVEL]
    return EdgeGroup(group.horizontal, sorted([*group.vertical, *more])) if more else group


def _connect(horizontal: list[Rule], vertical: list[Rule]) -> list[int]:
    """For every edge (horizontal ones first) the number of its group; a sweep downwards over the active verticals."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    offset = len(horizontal)
    starts = sorted((rule.start, index) for index, rule in enumerate(vertical))
    ends = sorted((rule.end, index) for index, rule in enumerate(vertical))
    active: list[tuple[float, int]] = []
    begun = ended = meetings = 0
    for number, rule in enumerate(horizontal):
        while begun < len(starts) and starts[begun][0] <= rule.at + TOUCH:
            index = starts[begun][1]
            insort(active, (vertical[index].at, index))
            begun += 1
        while ended < len(ends) and ends[ended][0] < rule.at - TOUCH:
            index = ends[ended][1]
            del active[bisect_left(active, (vertical[index].at, index))]
            ended += 1
        low = bisect_left(active, (rule.start - TOUCH, -1))
        high = bisect_right(active, (rule.end + TOUCH, offset + len(vertical)))
        meetings += high - low
        if meetings > MOST_MEETINGS:
            raise TooManyRules
        for _, index in active[low:high]:
            parents[root(number)] = root(offset + index)
    return [root(node) for node in range(len(parents))]
