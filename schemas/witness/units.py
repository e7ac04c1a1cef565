"""Tables whose amounts are those of other tables, or of the prose, times 10,000: their unit is wrong.

Two places agree where a sum across them holds, or where they print the same amounts; they disagree where the same
amounts stand 10,000 times apart. A table is doubted when it disagrees with more places than it agrees with: of two
tables alone both are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from schemas.checks.indexed import IndexedTable
from schemas.checks.rounding import HOLDS, UNIT_RATIO, ZERO, off_by_unit
from schemas.checks.suspects import rules_of
from schemas.findings import finding
from schemas.result import Check
from schemas.witness.doubt import Doubt

TELLING = 3  # digits, from the first to the last that is no zero, that two tables print by coincidence seldom enough
ECHOES = 2  # amounts that must stand 10,000 times apart before two tables are said to disagree
_PROSE = "prose"
Pair = tuple[str, str]


@dataclass(slots=True)
class _Votes:
    """How often two places agree and disagree, and the cells that disagree."""

    agree: Counter[Pair] = field(default_factory=Counter)
    apart: Counter[Pair] = field(default_factory=Counter)
    cells: dict[Pair, list[str]] = field(default_factory=lambda: defaultdict(list))


def wrong_units(indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> Iterator[Doubt]:
    """One doubt for each table whose unit another place contradicts: all its amounts of money."""
    votes = _Votes()
    _hear_checks(votes, indexed_tables, checks)
    _hear_echoes(votes, indexed_tables)
    by_id = {indexed.table.id: indexed for indexed in indexed_tables}
    agree = Counter(place for pair in votes.agree if votes.agree[pair] >= votes.apart[pair] for place in pair)
    against: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pair for pair in votes.apart if votes.apart[pair] > votes.agree[pair]):
        for place in pair:
            against[place].append(pair)
    for place, pairs in against.items():
        if place in by_id and len(pairs) > agree[place]:
            other = next(one for one in pairs[0] if one != place)
            yield _doubt(by_id[place], _name(other, by_id), [cell for pair in pairs for cell in votes.cells[pair]])


def _name(place: str, by_id: Mapping[str, IndexedTable]) -> str:
    """What a reader calls a place: a table, the prose, or a form."""
    if place in by_id:
        return f"《{by_id[place].table.name}》"
    return "正文 (the text)" if place == _PROSE else "绩效表 (a performance form)"


def _hear_checks(votes: _Votes, indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> None:
    rules = rules_of(indexed.table for indexed in indexed_tables)
    for check in checks:
        if check.scope not in ("document", "narrative") or not check.lhs or not check.rhs:
            continue
        places = sorted({_place(cell) for cell in check.cells} | _unnamed_place(check))
        rule = rules.get(check.rule)
        if len(places) != 2 or (rule is not None and rule.relation != "eq"):
            continue
        pair = (places[0], places[1])
        if check.status in HOLDS:
            votes.agree[pair] += 1
        elif check.status in ("fail", "not_applicable") and off_by_unit(check.lhs, check.rhs, check.band or ZERO):
            votes.apart[pair] += 1
            votes.cells[pair] += check.cells


def _unnamed_place(check: Check) -> set[str]:
    """The prose, where a check of it names the cells of a table alone: sentences that repeat rows are no facts."""
    return {_PROSE} if check.scope == "narrative" and not check.rule.startswith("N.") else set()


def _place(cell: str) -> str:
    table, point, _ = cell.partition(".")
    return table if point else _PROSE


def _hear_echoes(votes: _Votes, indexed_tables: Sequence[IndexedTable]) -> None:
    """Amounts that two tables print alike, or 10,000 times apart."""
    amounts = {indexed.table.id: _telling(indexed) for indexed in indexed_tables if indexed.table.factor is not None}
    scaled = {table: {value * UNIT_RATIO for value in found} for table, found in amounts.items()}
    for one, other in combinations(sorted(amounts), 2):
        same = amounts[one].keys() & amounts[other].keys()
        apart = (scaled[one] & amounts[other].keys()) | (scaled[other] & amounts[one].keys())
        if len(same) >= max(1, len(apart)):
            votes.agree[one, other] += len(same)
        elif len(apart) >= ECHOES:
            votes.apart[one, other] += len(apart)
            for place in (one, other):
                found = amounts[place]
                cells = [found[v] for v in sorted(found) if v in apart or v * UNIT_RATIO in apart]
                votes.cells[one, other] += cells


def _telling(indexed: IndexedTable) -> dict[Decimal, str]:
    """The amounts of a table that say more than a round number does, each with its first cell."""
    found: dict[Decimal, str] = {}
    for value in indexed.money():
        if isinstance(value.value, Decimal) and value.number and _digits(value.number) >= TELLING:
            found.setdefault(value.value, value.cell)
    return found


def _digits(number: Decimal) -> int:
    """How many digits the number has without the zeros at its ends."""
    return len(number.normalize().as_tuple().digits)


def _doubt(indexed: IndexedTable, other: str, cells: Sequence[str]) -> Doubt:
    table = indexed.table
    prefix = f"{table.id}."
    said = finding(
        "unit_contradicted",
        table=table.id,
        page=table.grid.location.page,
        cells=list(dict.fromkeys(cell for cell in cells if cell.startswith(prefix))),
        title=table.name,
        other=other,
    )
    return Doubt(frozenset(value.cell for value in indexed.money()), said)
