"""Sums across the tables of one document: 总表的本年支出合计 = 支出决算表的合计. In base units, so units must be known.

Tables are compared when fiscal year and agency do not contradict. Where several tables of a kind remain, a check can
prove a pair of the same set (tables in a row, before one of their kinds comes again) and accuse nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.formula import formula
from schemas.checks.indexed import IndexedTable, value_type
from schemas.checks.lookup import codes_at, is_ambiguous, values_at, values_below
from schemas.checks.refs import Ref, parse_ref
from schemas.checks.rounding import HOLDS, ZERO, off_by_unit, own_halves, verdict
from schemas.checks.weigh import SCOPES, Status
from schemas.kind import CheckRule, ValueType
from schemas.records import Value
from schemas.result import Check

CLASS_DIGITS = 3
ROOTS = ("total_current", "current", "total")  # the line over the classes of a side, whichever is printed first


@dataclass(frozen=True, slots=True)
class _Side:
    """What one reference finds: the table, the values, and whether they say what was asked for."""

    ref: Ref
    indexed: IndexedTable
    values: tuple[Value, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class _Pairing:
    """One left table and one table for each other kind; ``certain`` when no other choice was open."""

    tables: Mapping[str, IndexedTable]
    certain: bool


def run(indexed_tables: Sequence[IndexedTable], checks: Sequence[Check]) -> list[Check]:
    """The checks of every cross rule that the kinds of these tables state.

    ``checks`` are those within the tables: a row that a table does not list counts as zero only where its total is
    proven to be the sum of the rows it does list.
    """
    closed = {check.cells[0] for check in checks if check.status in HOLDS and check.lhs is not None}
    by_kind: dict[str, list[IndexedTable]] = defaultdict(list)
    for indexed in indexed_tables:
        by_kind[indexed.table.kind.id].append(indexed)
    sets = _sets(indexed_tables)
    rules = {
        rule.id: (rule, indexed)
        for indexed in indexed_tables
        for rule in indexed.table.kind.checks
        if rule.axis == "cross"
    }
    return [
        check
        for rule, stated in rules.values()
        for pairing in _pairings(rule, by_kind, sets)
        for check in _held(rule, formula(stated.table.kind, rule), pairing, closed)
    ]


def _sets(indexed_tables: Sequence[IndexedTable]) -> Mapping[int, int]:
    """The set each table belongs to, by its order: a new one begins where a kind comes again."""
    seen: set[str] = set()
    number, sets = 0, {}
    for indexed in indexed_tables:
        if indexed.table.kind.id in seen:
            number, seen = number + 1, set()
        seen.add(indexed.table.kind.id)
        sets[indexed.order] = number
    return sets


def _pairings(
    rule: CheckRule, by_kind: Mapping[str, Sequence[IndexedTable]], sets: Mapping[int, int]
) -> Iterator[_Pairing]:
    lhs, *others = (parse_ref(text).kind for text in (rule.lhs, *rule.terms))
    for left in by_kind.get(lhs, ()):
        tables, certain = {lhs: left}, True
        for kind in dict.fromkeys(others):
            if kind == lhs:
                continue
            fitting = [other for other in by_kind.get(kind, ()) if left.table.is_comparable(other.table)]
            near = [other for other in fitting if sets[other.order] == sets[left.order]]
            certain = certain and len(fitting) == 1
            if near or len(fitting) == 1:
                tables[kind] = (near or fitting)[0]
        if len(tables) > 1:
            alone = sum(left.table.is_comparable(other.table) for other in by_kind[lhs]) == 1
            yield _Pairing(tables, certain and alone)


def _held(rule: CheckRule, note: str, pairing: _Pairing, closed: set[str]) -> Iterator[Check]:
    lhs, refs = parse_ref(rule.lhs), [parse_ref(term) for term in rule.terms]
    if not any(ref.is_each for ref in (lhs, *refs)):
        left, *terms = sides = [_side(pairing, ref) for ref in (lhs, *refs)]
        if left is not None and left.values and any(term is not None and term.values for term in terms):
            yield from _one(rule, note, pairing, "", sides)
        return
    for code in sorted(_codes(pairing, (lhs, *refs))):
        sides = [_class_side(pairing, ref, code, closed) for ref in (lhs, *refs)]
        yield from _one(rule, note, pairing, code, sides)


def _codes(pairing: _Pairing, refs: Sequence[Ref]) -> set[str]:
    """Every code named on any side; classes only, where one side knows classes only."""
    found = [codes_at(pairing.tables[ref.kind], ref) for ref in refs if ref.is_each and ref.kind in pairing.tables]
    codes = set().union(*found)
    by_class = any(not ref.row.startswith("@code") for ref in refs)
    return {code for code in codes if len(code) == CLASS_DIGITS} if by_class else codes


def _side(pairing: _Pairing, ref: Ref) -> _Side | None:
    indexed = pairing.tables.get(ref.kind)
    if indexed is None:
        return None
    values = values_at(indexed, ref)
    certain = not is_ambiguous(ref, values) and all(value.number is not None for value in values)
    return _Side(ref, indexed, tuple(values if ref.sums_rows else values[:1]), certain)


def _class_side(pairing: _Pairing, each: Ref, code: str, closed: set[str]) -> _Side | None:
    """One code of a reference to each. Rows of several units, or items in place of a class, may prove by their sum."""
    indexed = pairing.tables.get(each.kind)
    if indexed is None or each.column not in indexed.fields or not codes_at(indexed, each):
        return None
    ref = each.of(code)
    values = _uppermost(values_at(indexed, ref))
    if len(values) == 1:
        return _Side(ref, indexed, tuple(values), values[0].number is not None)
    values = values or values_below(indexed, ref)
    return _Side(ref, indexed, tuple(values), not values and _lists_all(indexed, each, closed))


def _uppermost(values: list[Value]) -> list[Value]:
    """Those of the highest known level: a class may have an item of its own name beneath it (其他支出 twice)."""
    known = [value.row.level for value in values if value.row.level is not None]
    return [value for value in values if value.row.level == min(known)] if known else values


def _lists_all(indexed: IndexedTable, each: Ref, closed: set[str]) -> bool:
    """Whether the rows listed are proven to make up the total, so that a row that is not listed is zero."""
    prefix = each.row.partition("@")[0]
    rows = [prefix + root for root in ROOTS] if prefix else ["@total"]
    total = next((found for row in rows if (found := values_at(indexed, Ref(1, each.kind, row, each.column)))), [])
    return any(value.cell in closed for value in total)


def _one(rule: CheckRule, note: str, pairing: _Pairing, key: str, sides: Sequence[_Side | None]) -> Iterator[Check]:
    left, *terms = sides
    if left is None or all(term is None for term in terms):
        return
    found = [side for side in sides if side is not None]
    values = [value for side in found for value in side.values if value.number is not None]
    if len(values) < 2 and not any(value.number for value in values):
        return
    sure = len(found) == len(sides) and all(side.certain for side in found) and pairing.certain
    check_id = f"{left.indexed.prefix}{rule.id}#{key}" if key else f"{left.indexed.prefix}{rule.id}"
    yield _weighed(rule, note, check_id, (left, found[1:], sure))


def _weighed(rule: CheckRule, note: str, check_id: str, sides: tuple[_Side, Sequence[_Side], bool]) -> Check:
    left, terms, sure = sides
    amounts = [_amount(side) for side in (left, *terms)]
    known = [amount for amount in amounts if amount is not None]
    certain = len(known) == len(amounts)
    lhs, rhs = (
        amounts[0] or ZERO,
        sum((t.ref.sign * (a or ZERO) for t, a in zip(terms, amounts[1:], strict=True)), ZERO),
    )
    allowed = _band(left, terms)
    status: Status = verdict(rule.relation, lhs - rhs, allowed) if certain else "insufficient"
    if status == "fail" and not sure and not off_by_unit(lhs, rhs, allowed):
        status = "insufficient"
    return Check(
        id=check_id,
        rule=rule.id,
        scope=SCOPES["cross"],
        status=status,
        lhs=amounts[0],
        rhs=rhs if certain else None,
        diff=lhs - rhs if certain else None,
        band=allowed,
        cells=[value.cell for side in (left, *terms) for value in side.values if value.number is not None],
        note=note,
    )


def _band(left: _Side, terms: Sequence[_Side]) -> Decimal:
    """What rounding explains across tables: each printed amount is off by half a unit of its own table."""
    values = [(side, value) for side in (left, *terms) for value in side.values if value.number is not None]
    if any(value_type(value) is not ValueType.MONEY for _, value in values):
        return ZERO
    return sum((_half(side.indexed, value) for side, value in values), ZERO)


def _half(indexed: IndexedTable, value: Value) -> Decimal:
    return indexed.half * (indexed.table.factor or 1) if indexed.half else own_halves([value.decimals])


def _amount(side: _Side) -> Decimal | None:
    """The sum of a side in base units; blanks and rows not listed are zero, None when the unit is unknown."""
    total = ZERO
    for value in side.values:
        if value.number is None:
            continue
        if not isinstance(value.value, Decimal):
            return None
        total += value.value
    return total
