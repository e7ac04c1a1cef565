"""The smallest set of cells that explains why checks fail: what each would have to say for all of them to pass.

Two cells whose amounts fit in each other's place, which a sum over both cannot tell; else one cell that stands in all
failing checks and in no passing one; else a few cells that share the checks out among them, each wanted to say the same
by at least two. Where two sets explain as much, none is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from schemas.checks.rounding import ZERO
from schemas.kind import CheckRule
from schemas.printed.formula import names_of
from schemas.records import Value, table_of_cell
from schemas.result import Check

MOST_CELLS = 4  # of one explanation: more errors than these in one place are a table that was misread as a whole
MOST_CANDIDATES = 24  # cells that may be combined
SEVERAL = 2  # checks that must want the same of a cell, where it is one of several


@dataclass(frozen=True, slots=True)
class Bench:
    """What explanations are made from: values by cell, rules by id, and the passing sums of each cell."""

    values: Mapping[str, Value]
    rules: Mapping[str, CheckRule]
    proven: Mapping[str, Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Group:
    """Failing checks that belong together; ``swapped``: the two cells that explain them, and what each would say."""

    checks: tuple[Check, ...]
    swapped: Mapping[str, Decimal] = field(default_factory=dict)


def smallest_explanation(checks: Sequence[Check], bench: Bench) -> Mapping[str, Decimal]:
    """The fewest unproven cells that explain all of these checks, with the values that fit, in the units of the checks.

    Empty where no set of cells does, or several as small.
    """
    wanted = {cell: dict(_wanted_by(cell, checks, bench)) for cell in _unproven(checks, bench)}
    everywhere = [cell for cell, by_check in wanted.items() if len(by_check) == len(checks)]
    if everywhere:
        fits = _agreed(list(wanted[everywhere[0]].values()), checks)
        return {everywhere[0]: fits} if len(everywhere) == 1 and fits is not None else {}
    strong = {
        cell: (frozenset(by_check), fits)
        for cell, by_check in wanted.items()
        if len(by_check) >= SEVERAL and (fits := _agreed(list(by_check.values()), checks)) is not None
    }
    return _cover(strong, frozenset(check.id for check in checks)) if len(strong) <= MOST_CANDIDATES else {}


def _unproven(checks: Sequence[Check], bench: Bench) -> list[str]:
    cells = dict.fromkeys(cell for check in checks for cell in check.cells)
    return [cell for cell in cells if cell not in bench.proven]


def _wanted_by(cell: str, checks: Sequence[Check], bench: Bench) -> Iterator[tuple[str, Decimal | None]]:
    for check in checks:
        if cell in check.cells:
            yield check.id, wanted(check, bench.values[cell], bench.rules[check.rule])


def _agreed(fitting: Sequence[Decimal | None], checks: Sequence[Check]) -> Decimal | None:
    """The one value that all of these are, within the widest band; None when they differ or one is unknown."""
    known = [one for one in fitting if one is not None]
    if len(known) < len(fitting):
        return None
    allowed = max((check.band for check in checks if check.band is not None), default=ZERO)
    return known[0] if max(known) - min(known) <= allowed else None


def _cover(strong: Mapping[str, tuple[frozenset[str], Decimal]], every: frozenset[str]) -> Mapping[str, Decimal]:
    """The one smallest choice of cells that shares all checks out among them."""
    for size in range(2, MOST_CELLS + 1):
        covers = [
            cells
            for cells in combinations(strong, size)
            if sum(len(strong[cell][0]) for cell in cells) == len(every)
            and frozenset[str]().union(*(strong[cell][0] for cell in cells)) == every
        ]
        if covers:
            return {cell: strong[cell][1] for cell in covers[0]} if len(covers) == 1 else {}
    return {}


def wanted(check: Check, value: Value, rule: CheckRule) -> Decimal | None:
    """What a cell, printed or blank, would have to say for the check to pass, in the units of the check."""
    if check.diff is None or (value.number is None and value.cell not in check.blanks):
        return None
    if check.lhs is None and check.blanks[:1] == [value.cell]:
        return check.rhs
    printed = printed_in_base(value)
    if is_left(check, value.cell, rule):
        return printed - check.diff
    return printed - check.diff if is_subtracted(rule, value) else printed + check.diff


def is_left(check: Check, cell: str, rule: CheckRule) -> bool:
    """Whether the cell is the left side of the check. A whole that the form prescribes (100) stands in no cell."""
    return check.lhs is not None and check.cells[0] == cell and not rule.lhs.isdigit()


def printed_in_base(value: Value) -> Decimal:
    """The printed number in base units where the unit is known; zero where nothing is printed."""
    return value.value if isinstance(value.value, Decimal) else value.number or ZERO


def is_subtracted(rule: CheckRule, value: Value) -> bool:
    """Whether the rule takes the value off instead of adding it."""
    names = {
        value.column.id,
        value.row.item.id if value.row.item else "",
        *names_of(value.row.line_no, value.column_no),
    }
    return any(term.startswith("-") and term[1:] in names for term in rule.terms)


def swapped_together(groups: Sequence[Group], bench: Bench) -> list[Group]:
    """The groups, two of them as one where two cells explain both by changing places.

    Sums down the rows still hold when two amounts of one column change places, so that both cells look proven.
    """
    by_size: dict[Decimal, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        if len(group.checks) == 1 and group.checks[0].diff:
            by_size[abs(group.checks[0].diff)].append(place)
    merged: dict[int, Group] = {}
    for places in by_size.values():
        if len(places) == 2:
            one, other = (groups[place].checks[0] for place in places)
            exchange = _exchange(one, other, bench)
            if exchange:
                merged[places[0]] = Group((one, other), exchange)
                merged[places[1]] = Group(())
    found = (merged.get(place, group) for place, group in enumerate(groups))
    return [group for group in found if group.checks]


def _exchange(one: Check, other: Check, bench: Bench) -> Mapping[str, Decimal]:
    """The two cells of one row or column, one in each check, whose printed amounts each other's check wants."""
    found = [
        (first, second)
        for first in one.cells
        for second in other.cells
        if _are_neighbours(bench.values[first], bench.values[second])
        and wanted(one, bench.values[first], bench.rules[one.rule]) == printed_in_base(bench.values[second])
        and wanted(other, bench.values[second], bench.rules[other.rule]) == printed_in_base(bench.values[first])
    ]
    if len(found) != 1:
        return {}
    first, second = found[0]
    return {first: printed_in_base(bench.values[second]), second: printed_in_base(bench.values[first])}


def swapped_within(checks: Sequence[Check], bench: Bench) -> Mapping[str, Decimal]:
    """The cell in all of these checks that wants what its neighbour prints, and that neighbour, where both are
    parts of a passing sum: it holds whichever stands in which place. Empty where there is no such pair, or several, and
    where only tables disagree with each other: either may have changed its rows.
    """
    if all(check.scope == "document" for check in checks):
        return {}
    found: dict[frozenset[str], Mapping[str, Decimal]] = {}
    for cell in set(checks[0].cells).intersection(*(check.cells for check in checks)):
        fits = _agreed([fit for _, fit in _wanted_by(cell, checks, bench)], checks)
        for other in _summed_with(cell, bench) if fits else ():
            one, beside = bench.values[cell], bench.values[other]
            if fits == printed_in_base(beside) != printed_in_base(one) and _are_neighbours(one, beside):
                found[frozenset((cell, other))] = {cell: fits, other: printed_in_base(one)}
    return next(iter(found.values())) if len(found) == 1 else {}


def _summed_with(cell: str, bench: Bench) -> set[str]:
    """The other parts of the passing sums that a cell is a part of, with its sign."""
    return {
        other
        for check in bench.proven.get(cell, ())
        for other in check.cells
        if other != cell and _sign(check, cell, bench) == _sign(check, other, bench)
    }


def _sign(check: Check, cell: str, bench: Bench) -> int:
    """0 for the sum itself, 1 for a part that is added, -1 for one that is taken off."""
    if is_left(check, cell, bench.rules[check.rule]):
        return 0
    return -1 if is_subtracted(bench.rules[check.rule], bench.values[cell]) else 1


def moved_along(pair: Sequence[str], bench: Bench) -> Iterator[str]:
    """What stands in one line with one of two swapped cells, in a sum that holds without the other: it moved along.

    Where the amounts of two rows changed places, 合计 and its parts did so together, and both rows add up as before.
    Where two columns did, so did every sum above: a 款 that bears the amounts of its 类 in the wrong columns.
    """
    first, second = (bench.values[cell] for cell in pair)
    rows_moved = first.grid_col == second.grid_col
    for cell, partner in (pair, pair[::-1]):
        value = bench.values[cell]
        for check in bench.proven.get(cell, ()):
            if partner in check.cells:
                continue
            for other in check.cells:
                beside = bench.values[other]
                in_line = value.grid_row == beside.grid_row if rows_moved else value.grid_col == beside.grid_col
                if other != cell and in_line and table_of_cell(other) == table_of_cell(cell):
                    yield other
        if not rows_moved:
            yield from _sums_above(cell, bench)


def _sums_above(cell: str, bench: Bench) -> Iterator[str]:
    """The left sides of the sums down the rows that hold over a cell, and of those over them."""
    for check in bench.proven.get(cell, ()):
        if check.scope == "hierarchy" and not is_left(check, cell, bench.rules[check.rule]):
            yield check.cells[0]
            yield from _sums_above(check.cells[0], bench)


def _are_neighbours(one: Value, other: Value) -> bool:
    """Whether two cells of one table stand next to each other, in a row or in a column."""
    if table_of_cell(one.cell) != table_of_cell(other.cell):
        return False
    return abs(one.grid_row - other.grid_row) + abs(one.grid_col - other.grid_col) == 1
