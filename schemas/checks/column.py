"""Sums over columns in each row: 合计 = 基本支出 + 项目支出."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.lookup import is_item_column
from schemas.checks.refs import EACH_ITEM
from schemas.checks.rounding import HOLDS
from schemas.checks.signed import SignedName, parts_by_lhs, printed_terms, signed
from schemas.checks.weigh import Axis, softened, weigh
from schemas.kind import CheckRule
from schemas.result import Check

SEVERAL = 2  # rows that must agree before a column is taken for a part of another one


@dataclass(frozen=True, slots=True)
class _Sum:
    """A rule as this table prints it: its terms that are there, and every field that a rule of the kind names."""

    rule: CheckRule
    terms: Sequence[SignedName]
    named: set[str]


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule and each row that prints its left side and at least one of its terms."""
    parts = parts_by_lhs(rules)
    stated = [signed(name) for rule in rules for name in (rule.lhs, *rule.terms)]
    named = {name for _, name in _written_out(stated, indexed.fields)}
    found: list[Check] = []
    for rule in rules:
        terms = _written_out(printed_terms(rule, parts, _is_printed(indexed.fields)), indexed.fields)
        if terms and rule.lhs in indexed.fields:
            found += _rows(indexed, _Sum(rule, terms, named))
    return found


def _is_printed(fields: frozenset[str]) -> Callable[[str], bool]:
    return lambda name: name in fields or name.endswith(EACH_ITEM)


def _written_out(terms: Iterable[SignedName], fields: frozenset[str]) -> list[SignedName]:
    """The terms with the columns of the items of a class in the place of ``economic.301@item:*``."""
    found: list[SignedName] = []
    for sign, name in terms:
        above = name.removesuffix(EACH_ITEM)
        items = [name] if above == name else sorted(field for field in fields if is_item_column(field, above))
        found += [(sign, item) for item in items]
    return found


def _rows(indexed: IndexedTable, one: _Sum) -> list[Check]:
    held = [
        (entry, check) for entry in indexed.entries if (check := _row(indexed, one.rule, entry, one.terms)) is not None
    ]
    failing = [entry for entry, check in held if check.status == "fail"]
    included = _included(indexed, one, failing) if len(failing) >= SEVERAL else None
    found = []
    for entry, check in held:
        reason = (included or _doubt(indexed, one, entry, check)) if check.status == "fail" else None
        found.append(softened(check, reason) if reason else check)
    return found


def _row(indexed: IndexedTable, rule: CheckRule, entry: Entry, terms: Sequence[SignedName]) -> Check | None:
    values = entry.values
    lhs = values.get(rule.lhs)
    if lhs is None:
        return None
    printed = [(sign, values[name]) for sign, name in terms if name in values]
    return weigh(indexed, rule, indexed.row_key(lhs), lhs, printed) if printed else None


def _included(indexed: IndexedTable, one: _Sum, failing: Sequence[Entry]) -> str | None:
    """The column that this publisher counts within another one: every row that states it adds up without it."""
    for term in one.terms:
        rest = [other for other in one.terms if other != term]
        stated = [entry for entry in indexed.entries if (v := entry.values.get(term[1])) is not None and v.number]
        without = [_row(indexed, one.rule, entry, rest) for entry in (*failing, *stated)] if rest else [None]
        if all(check is not None and check.status in HOLDS for check in without):
            return f"every row adds up without {term[1]}"
    return None


def _doubt(indexed: IndexedTable, one: _Sum, entry: Entry, check: Check) -> str | None:
    """Why a row that fails may still be right: a column that nobody can place may hold what is missing."""
    fields = [one.rule.lhs, *(name for _, name in one.terms)]
    if any(name in entry.twice or name not in entry.values for name in fields):
        return "a column is printed twice or missing in this row"
    if check.diff is None or check.diff < 0:
        return None  # the parts are already more than the whole
    lhs = entry.values[one.rule.lhs].column
    for value in entry.values.values():
        column = value.column
        same = column.panel == lhs.panel and column.dimensions.get("phase") == lhs.dimensions.get("phase")
        if value.number and column.id not in one.named and column.type is lhs.type and same:
            return f"{value.header or column.id} belongs to no rule"
    return _unplaced(indexed, entry)


def _unplaced(indexed: IndexedTable, entry: Entry) -> str | None:
    """A number in the row that no field took: the column was not recognised."""
    grid_rows = {value.grid_row for value in entry.values.values()}
    for cell in indexed.table.grid.cells:
        if cell.row in grid_rows and cell.col not in indexed.known_columns and _is_amount(cell.text):
            return "a column of this row was not recognised"
    return None


def _is_amount(text: str) -> bool:
    """Whether a cell prints something like an amount other than zero; codes are left out by their missing point."""
    digits = text.replace(",", "").replace("，", "").strip()
    whole, point, fraction = digits.lstrip("-").partition(".")
    return bool(point) and whole.isdigit() and fraction.isdigit() and int(whole + fraction) != 0


AXIS = Axis("column", run)
