"""Whether a reading says that something is wrong with it, compared with the reading of the same file without a fault.

*Wrong* are the values that the faulted reading states and the right one does not (by kind, field, year, code, label,
side and unit of the row); *missing* are those that it no longer states. A wrong value is *flagged* when it is graded C
or D, or when a check that is new among the failing and insufficient ones names its cell and a new finding of severity
error or warning names its cell or its table. Missing values are flagged by a new error or warning that names a table
which the fault touched, or a cell of it. Then a fault is

- ``caught``: every wrong value is flagged, and the missing ones are;
- ``partly``: some wrong value still stands there graded A or B, though a new error or warning names the table;
- ``below the band``: silent, in one cell, and every check of the cell allows more for rounding than the fault is off;
- ``silent``: anything else;
- ``harmless``: nothing wrong is stated and nothing is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bench.faulting.kinds import Fault
from bench.faulting.scene import AGREES, Heard, Scene, Stated, stated_by
from schemas.checks.suspects import Suspicion, suspicions
from schemas.result import Check, Finding, Reading

Key = tuple[object, ...]
DOUBTED = ("C", "D")


class Verdict(StrEnum):
    """What became of a fault."""

    CAUGHT = "caught"
    PARTLY = "partly"
    BELOW_BAND = "below the band"
    SILENT = "silent"
    HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one fault; of a caught one in a single cell, how well it was found.

    ``named``: the cell is among those of a new finding; ``alone``: it is the only one; ``fits``: the value that is said
    to fit there is the right one. ``silent`` are the wrong values that nothing flags.
    """

    verdict: Verdict
    named: bool = False
    alone: bool = False
    fits: bool = False
    silent: tuple[Stated, ...] = ()


def judge(scene: Scene, fault: Fault, heard: Heard) -> Judgement:
    """The verdict on the faulted reading."""
    before, after = list(stated_by(scene.heard.reading)), list(stated_by(heard.reading))
    wrong, missing = _wrong(before, after), _missing(before, after)
    if not wrong and not missing:
        return Judgement(Verdict.HARMLESS)
    checks, findings = _new_checks(scene, heard), _new_findings(scene.heard.reading, heard.reading)
    silent = tuple(one for one in _silent(after, wrong) if not _is_named(one, checks, findings))
    tables = {f"t{number + 1:02d}" for number in fault.grids}
    told = any(finding.table in tables or _tables_of(finding) & tables for finding in findings)
    if not silent and (told or not missing):
        return _located(fault, heard, findings)
    if told:
        return Judgement(Verdict.PARTLY, silent=silent)
    return Judgement(Verdict.BELOW_BAND if _is_below_band(fault, heard) else Verdict.SILENT, silent=silent)


def _wrong(before: Iterable[Stated], after: Iterable[Stated]) -> Counter[tuple[Key, str]]:
    return Counter((one.key, one.value) for one in after) - Counter((one.key, one.value) for one in before)


def _missing(before: Iterable[Stated], after: Iterable[Stated]) -> Counter[Key]:
    return Counter(one.key for one in before) - Counter(one.key for one in after)


def _silent(after: Sequence[Stated], wrong: Counter[tuple[Key, str]]) -> list[Stated]:
    """The wrong values that are graded A or B. Of equal values the doubted ones are taken for the wrong ones."""
    found: list[Stated] = []
    for (key, value), count in wrong.items():
        same = sorted((one for one in after if (one.key, one.value) == (key, value)), key=lambda one: str(one.grade))
        taken = same[len(same) - count :]
        found += [one for one in taken if one.grade not in DOUBTED]
    return found


def _new_checks(scene: Scene, heard: Heard) -> list[Check]:
    def bad(checks: Iterable[Check]) -> list[Check]:
        return [check for check in checks if check.status in ("fail", "insufficient")]

    known = {(check.rule, check.status, check.lhs, check.rhs) for check in bad(scene.checks)}
    return [c for c in bad(heard.reading.checks) if (c.rule, c.status, c.lhs, c.rhs) not in known]


def _new_findings(before: Reading, after: Reading) -> list[Finding]:
    """Errors and warnings that were not there before, whatever their tables are numbered now."""
    known = {_signature(finding, _texts(before)) for finding in before.findings}
    texts = _texts(after)
    warned = (finding for finding in after.findings if finding.severity in ("error", "warning"))
    return [finding for finding in warned if _signature(finding, texts) not in known]


def _texts(reading: Reading) -> dict[str, str]:
    return {cell.id: cell.text for table in reading.tables for cell in table.cells}


def _signature(finding: Finding, texts: dict[str, str]) -> tuple[object, ...]:
    if finding.cells:
        return (finding.code, finding.severity, tuple(texts.get(cell, cell) for cell in finding.cells))
    return (finding.code, finding.severity, finding.page, re.sub(r"t\d\d", "", finding.message))


def _tables_of(finding: Finding) -> set[str]:
    return {cell.partition(".")[0] for cell in finding.cells}


def _is_named(one: Stated, checks: Sequence[Check], findings: Sequence[Finding]) -> bool:
    if one.cell is None or not any(one.cell in check.cells for check in checks):
        return False
    table = one.cell.partition(".")[0]
    return any(one.cell in finding.cells or finding.table == table for finding in findings)


def _is_below_band(fault: Fault, heard: Heard) -> bool:
    if fault.cell is None or fault.delta is None:
        return False
    checks = [check for check in heard.reading.checks if fault.cell in check.cells]
    return bool(checks) and all(c.status in AGREES and abs(fault.delta) <= (c.band or 0) for c in checks)


def _located(fault: Fault, heard: Heard, findings: Sequence[Finding]) -> Judgement:
    if fault.cell is None:
        return Judgement(Verdict.CAUGHT)
    rules = {rule.id for table in heard.tables for rule in table.kind.checks}
    groups = suspicions([check for check in heard.reading.checks if check.rule in rules], heard.tables)
    return Judgement(
        Verdict.CAUGHT,
        named=any(fault.cell in finding.cells for finding in findings),
        alone=any([fault.cell] == finding.cells for finding in findings),
        fits=any(_is_right(group, fault.cell, fault.right) for group in groups),
    )


def _is_right(group: Suspicion, cell: str, right: Decimal | None) -> bool:
    """Whether the value that would fit the cell is the one that was printed, as far as rounding lets the sums tell."""
    fits = group.fits.get(cell)
    if fits is None or right is None:
        return False
    return abs(fits - right) <= max((check.band or Decimal(0)) for check in group.checks)
