"""The formulas that the table itself prints, held by 行次 and 栏次: 27行=（1+2+…+8）行, 1栏各行=（2+3）栏各行, ③=①+②.

A formula that says what an identity of the kind says gives its words to that check. Another one proves where it holds.
Where it fails, publishers err in formulas as well as in amounts (they are copied from the form of another year), so it
accuses no cell while the identities of the kind say otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.ratio import weigh_ratio
from schemas.checks.rounding import HOLDS
from schemas.checks.weigh import softened, weigh
from schemas.kind import RowRole
from schemas.printed.formula import Axis, PrintedFormula
from schemas.records import Value
from schemas.result import Check

_SEVERAL = 2  # failures that tell a wrong formula from a wrong amount, when it holds in fewer places


@dataclass(frozen=True, slots=True)
class _Held:
    """A formula at one place: its left side, what became of it, and whether the table prints all it names."""

    lhs: Value
    check: Check
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the identities of the kind say: the cells on their left sides by verdict, and every cell that one proves."""

    holds: frozenset[str]
    fails: frozenset[str]
    proven: frozenset[str]
    by_line: bool


def run(indexed: IndexedTable, stated: Sequence[Check]) -> list[Check]:
    """The checks that the kind states, told in the words of the formulas that say the same, and those that only the
    formulas of the table make."""
    table = indexed.table
    notes = {formula.id: formula.text for formula in table.formulas}
    own = replace(indexed, prefix=f"{table.id}:", notes=notes)
    same = {(check.cells[0], frozenset(check.cells)): at for at, check in enumerate(stated) if check.lhs is not None}
    known, checks, more = _known(indexed, stated), list(stated), list[Check]()
    for formula in table.formulas:
        others: list[_Held] = []
        for held in _places(own, formula):
            at = same.get((held.check.cells[0], frozenset(held.check.cells)))
            if at is None or checks[at].rhs != held.check.rhs:
                others.append(held)
            else:
                checks[at] = _in_words(checks[at], indexed.notes[checks[at].rule], formula.text)
        more += filter(None, (_judged(held, others, known) for held in others))
    return [*checks, *more]


def _in_words(check: Check, note: str, text: str) -> Check:
    """The check with the printed formula in the place of the words that its rule has; a reason behind them stays."""
    return msgspec.structs.replace(check, note=text + check.note.removeprefix(note))


def _known(indexed: IndexedTable, stated: Sequence[Check]) -> _Known:
    sides = [(check.cells[0], check.status in HOLDS) for check in stated if check.lhs is not None]
    return _Known(
        holds=frozenset(cell for cell, holds in sides if holds),
        fails=frozenset(cell for cell, holds in sides if not holds),
        proven=frozenset(cell for check in stated if check.status in HOLDS for cell in check.cells),
        by_line=any(rule.axis == "line" for rule in indexed.table.kind.checks),
    )


def _places(indexed: IndexedTable, formula: PrintedFormula) -> Iterator[_Held]:
    """The formula at every place where its left side and at least one of its terms are printed."""
    for lhs, found, key in _by_line(indexed, formula) if formula.axis is Axis.LINE else _by_column(indexed, formula):
        terms = [(sign, found[mark]) for sign, mark in formula.right.terms if mark in found]
        if lhs.number is None or not terms:
            continue
        is_whole = len(terms) == len(formula.right.terms)
        if not formula.right.is_ratio:
            check = weigh(indexed, formula.rule, key, lhs, terms)
        else:
            check = weigh_ratio(indexed, formula.rule, key, lhs, (terms[0][1], terms[1][1])) if is_whole else None
        if check is not None:
            yield _Held(lhs, check, is_whole)


_Place = tuple[Value, Mapping[str, Value], str]  # the left side, what stands at each mark, the key of the check


def _by_column(indexed: IndexedTable, formula: PrintedFormula) -> Iterator[_Place]:
    """Each row that prints the column on the left side."""
    for entry in indexed.entries:
        columns = {value.column_no: value for value in entry.values.values() if value.column_no is not None}
        lhs = columns.get(formula.target)
        if lhs is not None:
            yield lhs, columns, indexed.row_key(lhs)


def _by_line(indexed: IndexedTable, formula: PrintedFormula) -> Iterator[_Place]:
    """Each column of the line on the left side; none where the table gives a number to several lines."""
    lines: dict[str, list[Entry]] = defaultdict(list)
    for entry in indexed.entries:
        if entry.row.line_no is not None and not entry.repeat:
            lines[str(entry.row.line_no)].append(entry)
    marks = (formula.target, *(mark for _, mark in formula.right.terms))
    if len(lines.get(formula.target, ())) != 1 or any(len(lines.get(mark, ())) > 1 for mark in marks):
        return
    (target,) = lines[formula.target]
    for lhs in target.values.values():
        found = {mark: value for mark in marks if mark in lines and (value := _beside(lines[mark][0], target, lhs))}
        yield lhs, found, f"c{lhs.grid_col}"


def _beside(entry: Entry, target: Entry, lhs: Value) -> Value | None:
    """The value of a line in the column of the left side; the only value of a line on the other side of a summary."""
    same = next((value for value in entry.values.values() if value.grid_col == lhs.grid_col), None)
    if same is None and len(entry.values) == len(target.values) == 1:
        return next(iter(entry.values.values()))
    return same


def _doubt(held: _Held, places: Sequence[_Held], known: _Known) -> str | None:
    """Why a formula that fails says nothing against the amounts; None where it may accuse them."""
    if not held.is_whole:
        return "the table does not print every line or column that it names"
    lhs, row = held.check.cells[0], held.lhs.row
    if lhs in known.holds:
        return "the identity of the form holds here"
    if known.proven.issuperset(held.check.cells):
        return "other identities prove every amount"
    if known.by_line and held.check.scope == "column" and row.item is not None and row.item.role is RowRole.ITEM:
        return "the line on its left side is no sum in this form"
    failing = sum(place.check.status == "fail" for place in places)
    if failing >= _SEVERAL and failing > sum(place.check.status in HOLDS for place in places):
        return "it fails in most places"
    return None


def _judged(held: _Held, places: Sequence[_Held], known: _Known) -> Check | None:
    """The check as it stands, or as what accuses nobody; None where an identity of the kind tells of the left side
    already, and where a cell that nobody can read leaves a doubtful formula open."""
    check = held.check
    if check.status in HOLDS:
        return check
    if check.cells[0] in known.fails - known.holds:
        return None
    doubt = _doubt(held, places, known)
    if doubt is None:
        return check
    if check.status == "insufficient":
        return None
    return msgspec.structs.replace(softened(check, doubt), status="not_applicable")
