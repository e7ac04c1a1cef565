"""Sums that the prose itself states: the parts of procurement, of the three expenses, of the vehicles; shares that make
100; initial budgets of the items and their total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schemas.narrative.facts import Fact, Relation, Share, Sum
from schemas.narrative.labels import Aspect

_PARTS = {
    "procurement.total": ("procurement.goods", "procurement.works", "procurement.services"),
    "three_public.total": ("three_public.overseas", "three_public.vehicle_total", "three_public.reception"),
    "three_public.vehicle_total": ("three_public.vehicle_purchase", "three_public.vehicle_operation"),
}
_WHOLE = Decimal(100)
_REACH = 8  # paragraphs: parts printed further from their total belong to something else


def sums_of(facts: Sequence[Fact], relations: Sequence[Relation]) -> Iterator[Sum]:
    """Every sum that the facts state, totals in their order."""
    amounts = [fact for fact in facts if fact.aspect is Aspect.AMOUNT and not fact.prior]
    for at, fact in enumerate(amounts):
        wanted = _PARTS.get(fact.subject.term.id)
        if wanted is not None and (parts := _following(amounts[at + 1 :], fact, wanted)) is not None:
            yield Sum(fact.subject.term.rule, fact, parts)
        elif fact.subject.term.id == "vehicles":
            uses = tuple(part for part in amounts if part.owner is fact)
            if uses:
                yield Sum("N.8", fact, uses, complete=False)
    yield from _by_shares(relations)
    yield from _initial_budgets(facts)


def _following(facts: Sequence[Fact], total: Fact, wanted: Sequence[str]) -> tuple[Fact, ...] | None:
    """The parts printed behind a total, each once, before the total is printed again; None unless all are there."""
    parts: dict[str, Fact] = {}
    for fact in facts:
        term = fact.subject.term.id
        if term == total.subject.term.id or fact.order - total.order > _REACH:
            break
        if term in wanted:
            parts.setdefault(term, fact)
    return tuple(parts[term] for term in wanted) if len(parts) == len(wanted) else None


def _by_shares(relations: Sequence[Relation]) -> Iterator[Sum]:
    """Parts whose shares of one base make 100 are all of it."""
    groups: dict[int, list[Share]] = {}
    for relation in relations:
        if (
            isinstance(relation, Share)
            and relation.base is not None
            and relation.part.subject.term.id not in _ALL_PARTS
        ):
            groups.setdefault(relation.base.number, []).append(relation)
    for shares in groups.values():
        base = shares[0].base
        parts = {share.part.subject.term.id: share.part for share in shares}
        rates = sum((share.rate.value for share in shares), Decimal(0))
        step = max(share.rate.step for share in shares)
        if base is not None and 1 < len(parts) == len(shares) and abs(rates - _WHOLE) <= step * len(shares):
            yield Sum(base.subject.term.rule, base, tuple(parts.values()))


_ALL_PARTS = frozenset(part for parts in _PARTS.values() for part in parts)


def _initial_budgets(facts: Sequence[Fact]) -> Iterator[Sum]:
    """The initial budgets of all items make the stated total, where their final amounts make the final total (N.10)."""
    total = next((fact for fact in facts if _is(fact, "general.expenditure", Aspect.INITIAL_BUDGET)), None)
    final = next((fact for fact in facts if _is(fact, "general.expenditure", Aspect.AMOUNT)), None)
    if total is None or final is None:
        return
    budgets = _of_items(facts, Aspect.INITIAL_BUDGET)
    amounts = _of_items(facts, Aspect.AMOUNT)
    half = sum((fact.step / 2 for fact in amounts.values()), final.step / 2)
    whole = abs(sum((fact.value for fact in amounts.values()), Decimal(0)) - final.value) <= half
    if len(budgets) > 1 and budgets.keys() == amounts.keys() and whole:
        yield Sum("N.10", total, tuple(budgets.values()))


def _is(fact: Fact, term: str, aspect: Aspect) -> bool:
    return fact.subject.term.id == term and fact.aspect is aspect and not fact.prior


def _of_items(facts: Sequence[Fact], aspect: Aspect) -> dict[str, Fact]:
    """The last amount of each item (项), by code."""
    return {
        fact.subject.term.code: fact
        for fact in facts
        if fact.subject.term.code is not None
        and len(fact.subject.term.code) == 7
        and fact.aspect is aspect
        and not fact.prior
    }
