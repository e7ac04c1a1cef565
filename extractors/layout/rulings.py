"""Rules of a page -> groups of edges that touch, one group per table. Knows no text.

Every step is a sort and a sweep, so a page with thousands of rules costs little more than reading them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.layout.ink import Rule, Rules, Shade
from extractors.layout.strokes import SNAP, TOUCH, join, whole

LEVEL = 4.0  # points: how far the ends of an upright rule may differ from the table's top and bottom
MOST_MEETINGS = 500_000  # of two rules, on one page; a sheet of 2,000 rows and 100 columns has 200,000
LOOSE = 9.0  # points: how far apart the borders of cells that do not touch each other may stand
BOX = 4  # rules: a group of no more encloses one cell


class TooManyRules(Exception):
    """The rules meet so often that they are a drawing, such as a map; no table is looked for among them."""


@dataclass(frozen=True, slots=True)
class EdgeGroup:
    """Edges that touch each other: the skeleton of one table. ``touch``: how near an edge must come to meet another."""

    horizontal: list[Rule]
    vertical: list[Rule]
    touch: float = TOUCH

    @property
    def is_box(self) -> bool:
        """Whether it encloses no more than one cell."""
        return len(self.horizontal) + len(self.vertical) <= BOX

    @property
    def is_table(self) -> bool:
        """Whether it has two columns and two rows, as what is pieced together from doubtful edges must."""
        return len(self.horizontal) > 2 and len(self.vertical) > 2

    @property
    def area(self) -> Shade:
        """The rectangle around all of its edges."""
        return Shade(
            min(rule.start for rule in self.horizontal),
            min(self.horizontal[0].at, *(rule.start for rule in self.vertical)),
            max(rule.end for rule in self.horizontal),
            max(self.horizontal[-1].at, *(rule.end for rule in self.vertical)),
        )


def edge_groups(rules: Rules) -> list[EdgeGroup]:
    """The tables' skeletons of a page, top to bottom. A rule that meets no other belongs to none.

    The sides of shaded rectangles, and rules as white as the paper, count only away from tables that other rules make:
    Word shades each paragraph inside a cell, which would cut the cell into pieces. What is left over is tried once more
    with a wider reach, for cells with borders of their own and gaps between them.

    Raises:
        TooManyRules: they are no table.
    """
    tables, spare = _groups(*whole(rules.horizontal, rules.vertical))
    areas = [group.area for group in tables if not group.is_box]
    shades = [shade for shade in rules.shades if not any(_touches(shade, area) for area in areas)]
    free = _outside(spare, [group.area for group in tables])
    pale = _outside(Rules(rules.pale_horizontal, rules.pale_vertical), areas) if shades or free else Rules()
    if shades or pale:
        across = [Rule(y, shade.x0, shade.x1) for shade in shades for y in (shade.top, shade.bottom)]
        upright = [Rule(x, shade.top, shade.bottom) for shade in shades for x in (shade.x0, shade.x1)]
        more, spare = _groups(
            join([*free.horizontal, *pale.horizontal, *across]), join([*free.vertical, *pale.vertical, *upright])
        )
        tables += [group for group in more if group.is_table and _is_seen(group.area, shades, free)]
    return tables + _loose(spare)


def _outside(rules: Rules, areas: list[Shade]) -> Rules:
    """The rules that do not begin in one of the areas."""
    return Rules(
        [rule for rule in rules.horizontal if not any(_within(rule.at, rule.start, area) for area in areas)],
        [rule for rule in rules.vertical if not any(_within(rule.start, rule.at, area) for area in areas)],
    )


def _is_seen(area: Shade, shades: list[Shade], free: Rules) -> bool:
    """Whether anything in the area shows on paper."""
    return (
        any(_touches(shade, area) for shade in shades)
        or any(_within(rule.at, rule.start, area) for rule in free.horizontal)
        or any(_within(rule.start, rule.at, area) for rule in free.vertical)
    )


def _loose(spare: Rules) -> list[EdgeGroup]:
    if min(len(spare.horizontal), len(spare.vertical)) < BOX:
        return []
    groups, _ = _groups(join(spare.horizontal, gap=LOOSE), join(spare.vertical, gap=LOOSE), LOOSE)
    return [group for group in groups if group.is_table]


def _touches(shade: Shade, area: Shade) -> bool:
    return (
        shade.x0 < area.x1 + TOUCH
        and shade.x1 > area.x0 - TOUCH
        and shade.top < area.bottom + TOUCH
        and shade.bottom > area.top - TOUCH
    )


def _within(y: float, x: float, area: Shade) -> bool:
    return area.top - TOUCH <= y <= area.bottom + TOUCH and area.x0 - TOUCH <= x <= area.x1 + TOUCH


def _groups(horizontal: list[Rule], vertical: list[Rule], touch: float = TOUCH) -> tuple[list[EdgeGroup], Rules]:
    """The groups of edges that may be tables, and the edges that are part of none or of a box alone."""
    roots = _connect(horizontal, vertical, touch)
    groups: dict[int, EdgeGroup] = {}
    for index, rule in enumerate(horizontal):
        groups.setdefault(roots[index], EdgeGroup([], [], touch)).horizontal.append(rule)
    for index, rule in enumerate(vertical, len(horizontal)):
        groups.setdefault(roots[index], EdgeGroup([], [], touch)).vertical.append(rule)
    tables = [_settled(group) for group in groups.values() if len(group.horizontal) > 1 and group.vertical]
    lonely = [group.vertical[0] for group in groups.values() if not group.horizontal]
    spare = [group for group in groups.values() if group.is_box or len(group.horizontal) < 2 or not group.vertical]
    unused = Rules(
        sorted(rule for group in spare for rule in group.horizontal),
        sorted(rule for group in spare for rule in group.vertical),
    )
    return [_with_columns(group, lonely) for group in tables] if lonely else tables, unused


def _settled(group: EdgeGroup) -> EdgeGroup:
    """The group with those of its rules taken for one that a rule of another table, between them, kept apart."""
    across, upright = _joined_again(group.horizontal), _joined_again(group.vertical)
    same = across is group.horizontal and upright is group.vertical
    return group if same else replace(group, horizontal=across, vertical=upright)


def _joined_again(rules: list[Rule]) -> list[Rule]:
    return join(rules) if any(0 < after.at - before.at <= SNAP for before, after in pairwise(rules)) else rules


def _with_columns(group: EdgeGroup, lonely: list[Rule]) -> EdgeGroup:
    """The group with the upright rules beside it that run from its top to its bottom.

    Where a page break cuts a table inside merged cells, the columns of those cells have no rule above or below.
    """
    _, top, _, bottom = group.area
    more = [rule for rule in lonely if abs(rule.start - top) <= LEVEL and abs(rule.end - bottom) <= LEVEL]
    return replace(group, vertical=sorted([*group.vertical, *more]), touch=LOOSE) if more else group


def _connect(horizontal: list[Rule], vertical: list[Rule], touch: float) -> list[int]:
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
        while begun < len(starts) and starts[begun][0] <= rule.at + touch:
            index = starts[begun][1]
            insort(active, (vertical[index].at, index))
            begun += 1
        while ended < len(ends) and ends[ended][0] < rule.at - touch:
            index = ends[ended][1]
            del active[bisect_left(active, (vertical[index].at, index))]
            ended += 1
        low = bisect_left(active, (rule.start - touch, -1))
        high = bisect_right(active, (rule.end + touch, offset + len(vertical)))
        meetings += high - low
        if meetings > MOST_MEETINGS:
            raise TooManyRules
        for _, index in active[low:high]:
            parents[root(number)] = root(offset + index)
    return [root(node) for node in range(len(parents))]
