"""Facts written out: one observation each, called like the table cell that prints the same, and its grade.

A fact that no table has a cell for keeps the kind of the amount it belongs to, and a field of its own
(``total.share``, ``initial_budget``); where no kind fits, the kind is ``narrative_facts`` and the field is the id of
the vocabulary.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemas.checks.refs import Ref
from schemas.checks.rounding import HOLDS
from schemas.narrative.cells import Cells
from schemas.narrative.checks import Held
from schemas.narrative.counts import THREE_PUBLIC
from schemas.narrative.facts import Fact
from schemas.narrative.labels import Aspect
from schemas.narrative.vocabulary import BUDGET, FINAL, KIND
from schemas.observe import written
from schemas.result import Observation, RowKey
from schemas.where import bbox_of, locator_of

_OPERATING = "fa_three_public_operating"
_RATES = frozenset({Aspect.CHANGE, Aspect.CHANGE_RATE, Aspect.SHARE, Aspect.COMPLETION})
_ITEMS = {FINAL: "fa_general_budget_expenditure", BUDGET: "bg_general_budget_expenditure"}
_CODED = "@code:"


@dataclass(frozen=True, slots=True)
class _Address:
    """What an observation is called by."""

    kind: str
    field: str
    row: RowKey


class Writer:
    """Writes the facts of one document."""

    def __init__(self, cells: Cells, family: str | None) -> None:
        self._cells, self._family = cells, family

    def observations(self, facts: Sequence[Fact], held: Iterable[Held]) -> Iterator[Observation]:
        """One observation for each fact, with the checks it stands in."""
        checks: dict[Fact, list[Held]] = {}
        for one in held:
            for fact in one.facts:
                checks.setdefault(fact, []).append(one)
        for fact in facts:
            yield self._observation(fact, checks.get(fact, []))

    def _observation(self, fact: Fact, held: Collection[Held]) -> Observation:
        address = self._address(fact)
        term = fact.subject.term
        return Observation(
            source="narrative",
            table=None,
            kind=address.kind,
            field=address.field,
            row=address.row,
            header="/".join(part for part in (fact.section, fact.label) if part),
            text=fact.sentence,
            value_status="printed" if fact.value else "printed_zero",
            value=written(_plain(fact.value), fact.unit),
            unit=fact.unit,
            alt_value=None,
            fiscal_year=fact.year,
            phase=self._phase(fact),
            measure=_measure(fact),
            fund=term.fund,
            expenditure_type=term.expenditure_type,
            page=fact.place.page,
            bbox=bbox_of(fact.place),
            cell=fact.id,
            grade=_grade(fact, held),
            checks=[one.check.id for one in held],
            locator=locator_of(fact.place),
        )

    def _address(self, fact: Fact) -> _Address:
        term = fact.subject.term
        ref = self._ref(fact)
        if ref is not None:
            return _Address(ref.kind, _field(ref.column, fact), _row(ref, fact))
        if term.label is not None and self._family in _ITEMS:
            return _Address(_ITEMS[self._family], _field("total", fact), RowKey(label=term.label, role="item"))
        if term.id in THREE_PUBLIC and self._family == FINAL:
            return _Address(_OPERATING, "final", RowKey(item=term.id))
        role = "item" if fact.name or term.label else None
        name = fact.name or term.label
        code = term.code
        row = RowKey(code=code, code_list="function" if code else None, label=name, raw_label=name, role=role)
        return _Address(KIND, _field("item" if term.label else term.id, fact), row)

    def _ref(self, fact: Fact) -> Ref | None:
        """The first reference that names a cell of the document, else the first."""
        refs = fact.subject.term.refs.get(self._family or "", ())
        return next((ref for ref in refs if next(self._cells.at(ref), None)), refs[0] if refs else None)

    def _phase(self, fact: Fact) -> str | None:
        if fact.subject.term.stock and self._family == BUDGET:
            return None
        if fact.aspect is Aspect.INITIAL_BUDGET:
            return "initial_budget"
        if fact.aspect is Aspect.ADJUSTED_BUDGET:
            return "adjusted_budget"
        if fact.aspect is Aspect.BUDGET:
            return None
        if self._family == BUDGET and not fact.prior:
            return "initial_budget"
        return "final"


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: 5E+4 is written 50000."""
    return value + 0 if value else Decimal(0)


def _field(column: str, fact: Fact) -> str:
    aspect = fact.aspect
    if aspect is Aspect.AMOUNT:
        if fact.prior:
            return "prior_final" if column == "total" else f"prior_final.{column}"
        return column
    if aspect in _RATES:
        return f"{column}.{aspect.value}"
    if column.startswith("final."):
        return "budget." + column.removeprefix("final.")
    if fact.prior:
        return "prior_budget" if column == "total" else f"prior_budget.{column}"
    return aspect.value if column in ("total", "amount", "final") else f"{column}.{aspect.value}"


def _row(ref: Ref, fact: Fact) -> RowKey:
    if ref.row.startswith(_CODED):
        label = fact.subject.term.label
        return RowKey(
            code=ref.row.removeprefix(_CODED), code_list="function", label=label, raw_label=label, role="item"
        )
    if ref.row == "@total":
        return RowKey(label="合计", role="total")
    if ref.row.startswith("@"):
        return RowKey(role="item")
    side = ref.row.partition(".")[0]
    return RowKey(item=ref.row, side=side if side in ("income", "expenditure") else None)


def _measure(fact: Fact) -> str | None:
    if fact.aspect is Aspect.CHANGE:
        return "change"
    return "rate" if fact.aspect in _RATES else fact.subject.term.measure


def _grade(fact: Fact, held: Collection[Held]) -> Literal["B", "C"]:
    """B when it agrees or stands alone; C when it is the number that does not follow, or fails and agrees nowhere."""
    failing = [one for one in held if one.check.status == "fail"]
    if not failing:
        return "B"
    agrees = any(one.check.status in HOLDS for one in held)
    return "C" if not agrees or any(one.facts[0] is fact for one in failing) else "B"
