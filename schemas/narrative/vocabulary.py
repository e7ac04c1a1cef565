"""The words of the prose, read from ``vocabulary.yml``: what amounts are called, and which cells print them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import BaseModel, ConfigDict

from schemas.checks.refs import Ref, parse_ref

KIND = "narrative_facts"  # of facts that no table kind has a cell for
FINAL, BUDGET = "final_accounts", "budget"


class _Amount(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    rule: str
    labels: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    measure: str | None = None
    fund: str = "all"
    type: str = "all"
    opens: str | None = None
    head: bool = False
    soft: bool = False
    stock: bool = False
    final: tuple[str, ...] = ()
    budget: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class _Count(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    labels: tuple[str, ...]
    units: tuple[str, ...]
    stock: bool = False
    after: tuple[str, ...] = ()
    then: str | None = None


class _Use(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    labels: tuple[str, ...]


class _Tails(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    none: tuple[str, ...]
    initial_budget: tuple[str, ...]
    adjusted_budget: tuple[str, ...]
    budget: tuple[str, ...]
    amount: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    scopes: tuple[str, ...]
    tails: _Tails
    amounts: tuple[_Amount, ...]
    counts: tuple[_Count, ...]
    vehicle_uses: tuple[_Use, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that amounts are stated of.

    ``refs`` are the cells that print it in a family of documents, the one that names it first; ``also`` print it often
    enough to prove it. A ``soft`` term is never contradicted by a table. ``code`` is the functional code of a class or
    an item and ``label`` its printed name. ``opens``, ``head`` and ``stock``: see the vocabulary.
    """

    id: str
    rule: str
    refs: Mapping[str, tuple[Ref, ...]]
    also: tuple[Ref, ...] = ()
    soft: bool = False
    stock: bool = False
    measure: str | None = None
    fund: str = "all"
    expenditure_type: str = "all"
    opens: str | None = None
    head: bool = False
    code: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CountTerm:
    """One thing that is counted. ``then``: what is counted next; ``after``: words that may stand before it then."""

    id: str
    units: frozenset[str]
    stock: bool = False
    after: frozenset[str] = frozenset()
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Labels -> terms. A label with several terms names one for each scope; the scope None is every scope.

    ``tails`` are the words behind a label, the longest first, and what they say of the amount (an aspect, or nothing).
    """

    amounts: Mapping[str, Mapping[str | None, Term]]
    counts: Mapping[str, tuple[CountTerm, ...]]
    count_terms: Mapping[str, CountTerm]
    uses: Mapping[str, str]
    tails: tuple[tuple[str, str | None], ...]
    longest: int


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary shipped with the package, proven: no label twice in one scope, every scope known.

    Raises:
        ValueError: a label is written twice in one scope, or a scope is not listed.
    """
    path = Path(__file__).with_name("vocabulary.yml")
    file = _File.model_validate(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
    terms = {one.id: _term(one) for one in file.amounts}
    amounts: dict[str, dict[str | None, Term]] = {}
    for one in file.amounts:
        unknown = {scope for scope in (*one.scope, one.opens) if scope is not None} - set(file.scopes)
        if unknown:
            raise ValueError(f"vocabulary.yml, {one.id}: unknown scope {sorted(unknown)}")
        for label, scope in (*((label, None) for label in one.labels), *product(one.within, one.scope)):
            if amounts.setdefault(label, {}).setdefault(scope, terms[one.id]) is not terms[one.id]:
                raise ValueError(f"vocabulary.yml, {one.id}: {label} is written twice")
    counts: dict[str, tuple[CountTerm, ...]] = {}
    count_terms = {one.id: _count(one) for one in file.counts}
    for count in file.counts:
        for label in count.labels:
            counts[label] = (*counts.get(label, ()), count_terms[count.id])
    return Vocabulary(
        MappingProxyType(amounts),
        MappingProxyType(counts),
        MappingProxyType(count_terms),
        MappingProxyType({label: use.id for use in file.vehicle_uses for label in use.labels}),
        _tails(file.tails),
        max(map(len, amounts)),
    )


def _tails(tails: _Tails) -> tuple[tuple[str, str | None], ...]:
    said = {word: None if aspect == "none" else aspect for aspect, words in tails for word in words}
    return tuple(sorted(said.items(), key=lambda tail: -len(tail[0])))


def _term(one: _Amount) -> Term:
    return Term(
        id=one.id,
        rule=one.rule,
        refs=MappingProxyType({FINAL: _refs(one.final), BUDGET: _refs(one.budget)}),
        also=_refs(one.also),
        soft=one.soft,
        stock=one.stock,
        measure=one.measure,
        fund=one.fund,
        expenditure_type=one.type,
        opens=one.opens,
        head=one.head,
    )


def _count(one: _Count) -> CountTerm:
    return CountTerm(one.id, frozenset(one.units), one.stock, frozenset(one.after), one.then)


def _refs(texts: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(parse_ref(text) for text in texts)
