"""How far each value can be trusted: A, B, C or D, from the checks it stands in and the way it was read.

A  printed in a text layer (or a cell of the file) and part of at least one sum that holds
B  read so, and nothing to hold it against; or recognised from an image and proven by a sum
C  in a sum that fails, or that does not hold while no other does; under a header that matched weakly, below a
   doubtful join, or without a known unit; in a table whose title names another kind; contradicted by a witness;
   in a table without rules, and nothing to hold it against
D  recognised from an image and not proven, or in doubt
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.model import GridMethod
from schemas.checks.rounding import HOLDS
from schemas.checks.suspects import Suspicion, accuses, proven_cells, rules_of, values_by_cell
from schemas.kind import CheckRule, Severity, ValueType
from schemas.recognised import proven as proven_of_images
from schemas.recognised import recognised_cells
from schemas.records import TableReading, Value, ValueStatus
from schemas.result import Check

Grade = Literal["A", "B", "C", "D"]

WEAK_MATCH = 0.9  # header scores below it are matches that a person should confirm
DOUBTFUL_JOIN = 0.9  # joins below it may have put two tables together
SPANS_JOINS = frozenset({"hierarchy", "column"})  # sums down the rows prove that the rows belong together


@dataclass(frozen=True, slots=True)
class Graded:
    """The grade of one cell and the ids of the checks it is part of, in the order of the checks."""

    grade: Grade
    checks: tuple[str, ...]


def grade_values(
    tables: Sequence[TableReading],
    checks: Sequence[Check],
    groups: Sequence[Suspicion],
    doubted: Collection[str] = (),
    repaired: Collection[str] = (),
) -> Mapping[str, Graded]:
    """The grade of every cell that prints something, by cell id. A blank cell has none.

    ``groups`` are the ``suspicions`` of the checks, ``doubted`` cells something other than a sum speaks against: they
    are C at best. ``repaired`` cells hold another amount than was read: they are C, and prove nothing.
    """
    rules = rules_of(tables)
    proven = proven_cells(checks, rules)
    sure = recognised_cells(tables)
    if sure:
        proven |= proven_of_images(proven, values_by_cell(tables), sure, repaired)
    passing = {cell for check in checks if check.status in HOLDS for cell in check.cells}
    accused = {cell for suspicion in groups for cell in _accused(suspicion, passing, rules)}
    accused |= _undecided(checks, rules, proven)
    accused.update(doubted)
    taking_part: dict[str, list[str]] = defaultdict(list)
    for check in checks:
        for cell in check.cells:
            taking_part[cell].append(check.id)
    graded: dict[str, Graded] = {}
    for table in tables:
        manner = _Manner.of(table, sure)
        for value in table.values:
            cell = value.cell
            if value.number is not None or value.text.strip():
                grade = "C" if cell in repaired else _grade(value, manner, proven.get(cell, ()), cell in accused)
                graded[cell] = Graded(grade, tuple(taking_part.get(cell, ())))
    return graded


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a table was read: which of its cells from an image, from which row on below a join that is not certain, and
    whether from columns that no rule bounds.
    """

    recognised: Collection[str]
    first_joined: int
    aligned: bool

    @classmethod
    def of(cls, table: TableReading, recognised: Collection[str]) -> _Manner:
        """That of one table."""
        aligned = table.grid.method is GridMethod.BORDERLESS and table.grid.location.page is not None
        return cls(recognised, _first_doubtful_row(table), aligned)


def _first_doubtful_row(table: TableReading) -> int:
    join = table.grid.join
    is_doubtful = join is not None and join.score < DOUBTFUL_JOIN and len(table.grid.parts) > 1
    return table.grid.parts[1].first_row if is_doubtful else table.grid.n_rows


def _accused(suspicion: Suspicion, passing: set[str], rules: Mapping[str, CheckRule]) -> set[str]:
    """The suspects that explain everything, what moved with them, and cells that nothing else proves; else every cell
    of the failures.
    """
    cells = {cell for check in suspicion.checks if accuses(check, rules) for cell in check.cells}
    return (cells - passing) | {*suspicion.suspects, *suspicion.moved} if suspicion.fits else cells


def _undecided(
    checks: Sequence[Check], rules: Mapping[str, CheckRule], proven: Mapping[str, Sequence[Check]]
) -> set[str]:
    """Cells of sums that do not hold, for a reason that nobody can see, unless another sum proves them.

    Amounts below a blank parent may have slipped into the wrong column. Their row adds up all the same, so only a sum
    down the rows clears them.
    """
    found: set[str] = set()
    for check in checks:
        if check.status != "insufficient" or not check.diff or rules[check.rule].severity is not Severity.ERROR:
            continue
        slipped = check.lhs is None and check.scope in SPANS_JOINS
        for cell in check.cells:
            proofs = proven.get(cell, ())
            if not any(proof.scope in SPANS_JOINS for proof in proofs) if slipped else not proofs:
                found.add(cell)
    return found


def _grade(value: Value, manner: _Manner, proofs: Sequence[Check], is_accused: bool) -> Grade:
    without_unit = value.column.type is ValueType.MONEY and value.number is not None and value.value is None
    doubtful = value.grid_row >= manner.first_joined and not any(check.scope in SPANS_JOINS for check in proofs)
    unreadable = value.status is ValueStatus.UNREADABLE or value.doubtful
    unproven = manner.aligned and not proofs
    in_doubt = is_accused or without_unit or doubtful or unproven or unreadable or value.match_score < WEAK_MATCH
    if value.cell in manner.recognised:
        return "B" if proofs and not in_doubt else "D"
    if in_doubt:
        return "C"
    return "A" if proofs else "B"
