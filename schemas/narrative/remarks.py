"""What the prose and the tables disagree about, for their reader: both places, both numbers, the likely cause."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from schemas.checks.rounding import HOLDS, PERCENT_BAND, ZERO
from schemas.checks.weigh import row_name
from schemas.findings import finding
from schemas.narrative.cells import Printed
from schemas.narrative.checks import Held
from schemas.narrative.facts import Fact
from schemas.narrative.labels import Aspect
from schemas.result import Finding

LESS = ("减少", "下降", "降低", "压减", "减幅")
LONGEST = 160  # characters of a sentence that are quoted


def narrative_findings(held: Sequence[Held]) -> list[Finding]:
    """One finding for each failure, in the order of the checks."""
    agreed = [one.cell for one in held if one.cell is not None and one.check.status in HOLDS and one.check.lhs]
    amounts = {cell.amount for cell in agreed if not cell.is_blank}
    return [_finding(one, amounts) for one in held if one.check.status == "fail" or one.scope_differs]


def _finding(one: Held, agreed: Collection[Decimal]) -> Finding:
    fact = one.facts[0]
    if one.scope_differs:
        return _scope(one, fact)
    if one.cell is None or fact.unit == "percent":
        return _inconsistent(one, fact)
    is_vouched = any(value.value in agreed for value in one.cell.table.values if value.number)
    if one.wrong_unit and not is_vouched:
        return _unit(one, one.cell, fact)
    return _contradiction(one, one.cell, fact)


def _contradiction(one: Held, cell: Printed, fact: Fact) -> Finding:
    title = f"{cell.table.name} / {row_name(cell.value)}"
    if one.wrong_unit:
        return finding(
            "narrative_unit_doubtful",
            table=cell.table.id,
            page=fact.place.page,
            cells=one.check.cells,
            label=_name(fact),
            said=plain(one.check.lhs),
            printed=plain(one.check.rhs),
            table_title=title,
            sentence=shortened(fact.sentence),
        )
    return finding(
        "narrative_contradicts_table",
        table=cell.table.id,
        page=fact.place.page,
        cells=one.check.cells,
        label=_name(fact),
        said=plain(one.check.lhs),
        printed=plain(one.check.rhs),
        diff=plain(one.check.diff),
        table_title=title,
        sentence=shortened(fact.sentence),
    )


def _unit(one: Held, cell: Printed, fact: Fact) -> Finding:
    """A table that shares no amount with what the prose is right about, off by 10,000: its unit was read wrongly."""
    return finding(
        "unit_conflict",
        table=cell.table.id,
        page=fact.place.page,
        cells=one.check.cells,
        first=f"{plain(one.check.lhs)} 元 (“{shortened(fact.sentence)}”)",
        second=f"{plain(one.check.rhs)} 元 ({cell.value.cell})",
    )


def _inconsistent(one: Held, fact: Fact) -> Finding:
    is_small = fact.unit == "percent" and abs(one.check.diff or ZERO) <= PERCENT_BAND
    return finding(
        "narrative_inconsistent",
        severity="info" if is_small else None,
        table=one.cell.table.id if one.cell else None,
        page=fact.place.page,
        cells=one.check.cells,
        label=_name(fact),
        said=_said(one.check.lhs, fact),
        computed=_said(one.check.rhs, fact),
        band=_shown(one.check.band, fact),
        sentence=shortened(fact.sentence),
        formula=one.check.note,
    )


def _scope(one: Held, fact: Fact) -> Finding:
    return finding(
        "inconsistent_scope",
        page=fact.place.page,
        cells=one.check.cells,
        label=fact.name or fact.label,
        said=_shown(one.check.lhs, fact),
        printed=_shown(one.check.rhs, fact),
        sentence=shortened(fact.sentence),
    )


def _name(fact: Fact) -> str:
    """The words of the number, behind those of the amount it belongs to."""
    return f"{fact.owner.label}…{fact.label}" if fact.owner is not None else fact.label


def _said(number: Decimal | None, fact: Fact) -> str:
    """The number as its words put it: 减少 13.22%, not 减少 -13.22%."""
    falls = fact.aspect is Aspect.CHANGE_RATE and fact.label.endswith(LESS)
    return _shown(-number if falls and number is not None else number, fact)


def _shown(number: Decimal | None, fact: Fact) -> str:
    return plain(number) + {"percent": "%", "CNY": " 元"}.get(fact.unit, "")


def plain(number: Decimal | None) -> str:
    """A number without the zeros at its end."""
    return "?" if number is None else f"{number.normalize():f}"


def shortened(sentence: str) -> str:
    """A sentence as far as it is quoted."""
    return sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + "…"
