"""What the prose must agree with: the cells of the tables, and itself.

An amount is held against every cell that prints it, and agrees when one of them does: tables of one document differ by
a last digit themselves. Shares, growth and completion are computed from the printed amounts; they may be off by one
unit of their last printed decimal, because publishers cut as often as they round, and by what the rounding of the
amounts can move them. Only readings that are certain can fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.checks.rounding import ZERO, off_by_unit
from schemas.checks.weigh import Status
from schemas.narrative.cells import Cells, Printed
from schemas.narrative.facts import Completion, Fact, Growth, Relation, Share, Sum
from schemas.narrative.labels import Aspect
from schemas.narrative.vocabulary import BUDGET, FINAL
from schemas.result import Check, Finding

HUNDRED = Decimal(100)
SIGNIFICANT = 100  # 0.05万元 is within rounding of too much to be called the same in another unit
_EXACT = Decimal("0.0001")  # percentages are shown to so many decimals


@dataclass(frozen=True, slots=True)
class Held:
    """One check, and what it speaks of: facts, and the cell of the other side."""

    check: Check
    facts: tuple[Fact, ...]
    cell: Printed | None = None
    wrong_unit: bool = False
    scope_differs: bool = False  # both sides may be right: they need not count the same


@dataclass(frozen=True, slots=True)
class Told:
    """One check of what no fact states, and what its reader is told where it does not hold."""

    check: Check
    finding: Finding | None


class Judge:
    """Holds the facts of one document against its tables."""

    def __init__(self, cells: Cells, family: str | None) -> None:
        self._cells, self._family = cells, family

    def tables(self, fact: Fact) -> Held | None:
        """The check of an amount against the tables; None when no table prints it."""
        if fact.aspect is not Aspect.AMOUNT or fact.prior or fact.unit != "CNY" or self._family not in (FINAL, BUDGET):
            return None
        term = fact.subject.term
        cells = list(self._cells.of(term, self._family, also=True))
        if not cells:
            return None
        best = min(cells, key=lambda cell: (abs(cell.amount - fact.value), cell.is_blank))
        if abs(fact.value - best.amount) <= _band(fact, best):
            return self._held(fact, best) if not best.is_blank else None
        return self._contradiction(fact, cells)

    def _contradiction(self, fact: Fact, cells: Sequence[Printed]) -> Held | None:
        """A failure, where the reading is certain and the cell of that name printed once; a wrong unit always."""
        named = [
            cell for cell in self._cells.of(fact.subject.term, self._family or "", also=False) if not cell.is_blank
        ]
        sure = fact.subject.certain and not fact.subject.term.soft
        exact = sure or abs(fact.value) >= SIGNIFICANT * fact.step
        for cell in (named or cells) if exact else ():
            if off_by_unit(fact.value, cell.amount, _band(fact, cell)) and cell.amount:
                return self._held(fact, cell, wrong_unit=True)
        if not named or not sure or not all(cell.alone for cell in named):
            return None
        return self._held(fact, named[0])

    def _held(self, fact: Fact, cell: Printed, *, wrong_unit: bool = False) -> Held:
        check = verdict_of(
            f"{fact.subject.term.rule}#{fact.id}",
            (fact.value, cell.amount, _band(fact, cell)),
            [fact.id, cell.value.cell],
            f"{fact.label} = {cell.table.name}",
        )
        return Held(check, (fact,), cell, wrong_unit)

    def relation(self, relation: Relation) -> Held | None:
        """The check of a share, a growth, a completion or a sum; None when it says nothing."""
        if isinstance(relation, Share):
            return self._share(relation)
        if isinstance(relation, Growth):
            return _growth(relation)
        if isinstance(relation, Completion):
            return _completion(relation)
        return _sum(relation)

    def _share(self, share: Share) -> Held | None:
        """Against the base that the prose states, or the cell of that name."""
        bases: list[tuple[Decimal, Decimal, Printed | None]] = []
        if share.base is not None:
            bases.append((share.base.value, share.base.step / 2, None))
        elif share.term is not None and self._family is not None:
            cells = self._cells.of(share.term, self._family, also=False)
            bases += [(cell.amount, cell.half, cell) for cell in cells if cell.amount and cell.alone]
        held = [self._one_share(share, *base) for base in bases if base[0]]
        return min(held, key=lambda one: abs(one.check.diff or ZERO), default=None)

    def _one_share(self, share: Share, base: Decimal, half: Decimal, cell: Printed | None) -> Held:
        ratio = share.part.value / base * HUNDRED
        band = share.rate.step + (share.part.step / 2 + half * abs(ratio) / HUNDRED) / abs(base) * HUNDRED
        facts = (share.rate, share.part, *([share.base] if share.base else []))
        cells = [fact.id for fact in facts] + ([cell.value.cell] if cell else [])
        check = verdict_of(
            f"{share.part.subject.term.rule}.share#{share.rate.id}",
            (share.rate.value, ratio, band),
            cells,
            "占比 = 部分 / 总体",
        )
        return Held(check, facts, cell)


def _band(fact: Fact, cell: Printed) -> Decimal:
    """One unit of the printed decimal: prose in whole 万元 is cut as often as it is rounded."""
    return fact.step + cell.half


def _growth(growth: Growth) -> Held | None:
    amount, rate = growth.amount, growth.rate
    other = growth.change or growth.before
    if other is None:
        return None
    change = other.value if growth.change is not None else amount.value - other.value
    base = amount.value - change
    if base <= 0:
        return None
    ratio = change / base * HUNDRED
    own = abs(ratio) / HUNDRED if growth.change is not None else 1  # how far the amount's own rounding moves the rate
    moved = other.step / 2 * (1 + abs(ratio) / HUNDRED) + amount.step / 2 * own
    band = rate.step + moved / base * HUNDRED
    check = verdict_of(
        f"{amount.subject.term.rule}.growth#{rate.id}",
        (rate.value, ratio, band),
        [rate.id, other.id, amount.id],
        "增长率 = 增减额 / 上年数",
    )
    return Held(check, (rate, other, amount))


def _completion(done: Completion) -> Held | None:
    if done.budget.value <= 0:
        return None
    ratio = done.amount.value / done.budget.value * HUNDRED
    moved = done.amount.step / 2 + done.budget.step / 2 * ratio / HUNDRED
    band = done.rate.step + moved / done.budget.value * HUNDRED
    check = verdict_of(
        f"{done.amount.subject.term.rule}.completion#{done.rate.id}",
        (done.rate.value, ratio, band),
        [done.rate.id, done.amount.id, done.budget.id],
        "完成率 = 决算数 / 预算数",
    )
    return Held(check, (done.rate, done.amount, done.budget))


def _sum(total: Sum) -> Held | None:
    parts = sum((part.value for part in total.parts), ZERO)
    if not total.complete and parts <= total.total.value:
        return None
    band = total.total.step / 2 + sum((part.step / 2 for part in total.parts), ZERO)
    facts = (total.total, *total.parts)
    if total.total.unit == "count":
        band = ZERO
    check = verdict_of(
        f"{total.rule}.sum#{total.total.id}", (total.total.value, parts, band), [f.id for f in facts], "合计 = 各项之和"
    )
    return Held(check, facts)


def verdict_of(id: str, sides: tuple[Decimal, Decimal, Decimal], cells: Sequence[str], note: str) -> Check:
    """The check of two sides (and the band between them), with its verdict."""
    lhs, rhs, band = sides
    diff = lhs - rhs
    status: Status = "pass" if not diff else "rounding" if abs(diff) <= band else "fail"
    rhs, diff, band = (_short(number) for number in (rhs, diff, band))
    return Check(id, id.partition("#")[0], "narrative", status, lhs, rhs, diff, band, list(cells), note)


def _short(number: Decimal) -> Decimal:
    """Without digits beyond the fourth decimal: a computed share has no end."""
    exponent = number.as_tuple().exponent
    return number.quantize(_EXACT) if isinstance(exponent, int) and exponent < -4 else number


def repeats(facts: Sequence[Fact], judged: Iterable[Held]) -> Iterator[Held]:
    """Amounts that the prose states twice and no table prints: the same each time."""
    printed = {fact for held in judged for fact in held.facts}
    first: dict[str, Fact] = {}
    for fact in facts:
        term = fact.subject.term
        is_plain = fact.aspect is Aspect.AMOUNT and not fact.prior and fact.unit == "CNY" and fact.subject.certain
        if not is_plain or term.soft or fact in printed:
            continue
        before = first.setdefault(term.id, fact)
        if before is not fact:
            sides = (fact.value, before.value, fact.step + before.step)
            check = verdict_of(f"{term.rule}.repeat#{fact.id}", sides, [fact.id, before.id], "两处列示一致")
            yield Held(check, (fact, before))


def held_checks(facts: Sequence[Fact], relations: Sequence[Relation], judge: Judge) -> Iterator[Held]:
    """Every check, in the order of the facts, then of the relations."""
    judged = [held for fact in facts if (held := judge.tables(fact)) is not None]
    yield from judged
    yield from repeats(facts, judged)
    for relation in relations:
        if (held := judge.relation(relation)) is not None:
            yield held
