"""Which cells are to blame: failing checks that belong together, held against the checks that pass.

The smallest set of cells that explains every failing check of a group is suspected, and it is said what they would have
to print. Nothing is ever written back: the page may say what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from schemas.checks.explain import Bench, Group, moved_along, smallest_explanation, swapped_together, swapped_within
from schemas.checks.rounding import HOLDS
from schemas.kind import CheckRule, Severity
from schemas.records import TableReading, Value
from schemas.result import Check


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Failing checks that belong together. ``suspects``: the smallest set of cells that explains them; the cells in all
    of them and in no passing check, where several could.

    ``fits``: what each suspect would have to say, in the units of the check, for all of them to pass; empty unless
    there is one such set. ``swapped``: the suspects are two cells whose amounts would fit in each other's place;
    ``moved`` are cells that sums which hold bind to one of the two.
    """

    checks: tuple[Check, ...]
    suspects: tuple[str, ...] = ()
    fits: Mapping[str, Decimal] = field(default_factory=dict)
    swapped: bool = False
    moved: tuple[str, ...] = ()


def rules_of(tables: Iterable[TableReading]) -> dict[str, CheckRule]:
    """The rules that these tables and their kinds state, by id."""
    return {rule.id: rule for table in tables for rule in table.rules}


def values_by_cell(tables: Iterable[TableReading]) -> dict[str, Value]:
    """Every value of these tables by the id of its cell."""
    return {value.cell: value for table in tables for value in table.values}


def proven_cells(checks: Iterable[Check], rules: Mapping[str, CheckRule]) -> dict[str, list[Check]]:
    """The passing sums that each cell is part of. A part that is merely not above its whole proves nothing."""
    proven: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        if check.status in HOLDS and rules[check.rule].relation == "eq":
            for cell in check.cells:
                proven[cell].append(check)
    return proven


def suspicions(checks: Sequence[Check], tables: Sequence[TableReading]) -> list[Suspicion]:
    """Every group of failing checks, in the order of the checks. Rules that only warn accuse no cell; where one of them
    shares cells with a rule that does, it helps to find the one that explains both.
    """
    rules = rules_of(tables)
    failing = [check for check in checks if check.status == "fail"]
    accusing = {check.id for check in failing if accuses(check, rules)}
    if not accusing:
        return []
    bench = Bench(values_by_cell(tables), rules, proven_cells(checks, rules))
    telling = [check for check in failing if check.id in accusing or rules[check.rule].relation == "eq"]
    groups = [_accusing_first(group, accusing) for group in _groups(telling)]
    groups = [group for group in groups if group.checks[0].id in accusing]
    return [_suspicion(group, bench) for group in swapped_together(groups, bench)]


def accuses(check: Check, rules: Mapping[str, CheckRule]) -> bool:
    """Whether a failure of the check throws doubt on its cells."""
    return rules[check.rule].severity is Severity.ERROR


def _accusing_first(group: Group, accusing: set[str]) -> Group:
    return Group(tuple(sorted(group.checks, key=lambda check: check.id not in accusing)))


def _suspicion(group: Group, bench: Bench) -> Suspicion:
    swapped = group.swapped or swapped_within(group.checks, bench)
    if swapped:
        moved = dict.fromkeys(moved_along(tuple(swapped), bench))
        return Suspicion(group.checks, tuple(swapped), swapped, swapped=True, moved=tuple(moved))
    fits = smallest_explanation(group.checks, bench)
    if fits:
        return Suspicion(group.checks, tuple(fits), fits)
    shared = set(group.checks[0].cells).intersection(*(check.cells for check in group.checks)) - bench.proven.keys()
    return Suspicion(group.checks, tuple(cell for cell in group.checks[0].cells if cell in shared))


def _groups(failing: Sequence[Check]) -> list[Group]:
    """Checks that share cells, directly or through others."""
    groups: list[tuple[set[str], list[Check]]] = []
    for check in failing:
        cells, members = set(check.cells), [check]
        apart = []
        for group in groups:
            if cells.isdisjoint(group[0]):
                apart.append(group)
            else:
                cells |= group[0]
                members = [*group[1], *members]
        groups = [*apart, (cells, members)]
    return [Group(tuple(members)) for _, members in groups]
