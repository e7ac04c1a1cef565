"""Sums over named lines in each column: 本年收入合计 = 一般公共预算 + 政府性基金 + …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from schemas.checks.indexed import IndexedTable, value_type
from schemas.checks.lookup import is_class_line
from schemas.checks.refs import EACH_CLASS
from schemas.checks.signed import SignedName, parts_by_lhs, printed_terms, signed
from schemas.checks.weigh import Axis, softened, weigh
from schemas.kind import CheckRule
from schemas.records import Value
from schemas.result import Check


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the kind: its values by line item, those without one, and the items it prints twice. Panels side by
    side print it once each: what a fund has left stands beside the income that it is left of.

    ``several`` holds every value of the items that many rows may be (项目1, 项目2 …).
    """

    items: dict[str, Value]
    unnamed: list[Value]
    twice: set[str]
    several: dict[str, list[Value]]

    def values(self, item: str) -> list[Value]:
        """What the column prints for an item."""
        return self.several.get(item) or [self.items[item]]


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule and each column that prints its left side and at least one of its terms."""
    columns = _columns(indexed)
    parts = parts_by_lhs(rules)
    found: list[Check] = []
    for rule in rules:
        for column in columns:
            check = _held(indexed, rule, column, _terms(rule, parts, column))
            if check is not None and check.status == "fail":
                reason = _doubt(column, rule, rules)
                check = softened(check, reason) if reason else check
            if check is not None:
                found.append(check)
    return found


def _columns(indexed: IndexedTable) -> Collection[_Column]:
    columns: dict[int, _Column] = defaultdict(lambda: _Column({}, [], set(), {}))
    for entry in indexed.entries:
        if entry.repeat:
            continue
        for value in entry.values.values():
            column = columns[id(value.column)]
            item = value.row.item
            if item is None:
                column.unnamed.append(value)
            elif item.pattern is not None:
                column.items.setdefault(item.id, value)
                column.several.setdefault(item.id, []).append(value)
            elif column.items.setdefault(item.id, value).number != value.number:
                column.twice.add(item.id)
    return columns.values()


def _terms(rule: CheckRule, parts: Mapping[str, CheckRule], column: _Column) -> list[SignedName]:
    def is_printed(name: str) -> bool:
        return name.endswith(EACH_CLASS) or name in column.items

    found: list[SignedName] = []
    for sign, name in printed_terms(rule, parts, is_printed):
        if name.endswith(EACH_CLASS):
            prefix = name.removesuffix(EACH_CLASS)
            found += [(sign, item) for item in column.items if is_class_line(item, prefix)]
        else:
            found.append((sign, name))
    return found


def _held(indexed: IndexedTable, rule: CheckRule, column: _Column, terms: Sequence[SignedName]) -> Check | None:
    lhs = column.items.get(rule.lhs)
    if lhs is None or not terms:
        return None
    return weigh(
        indexed, rule, f"c{lhs.grid_col}", lhs, [(sign, value) for sign, name in terms for value in column.values(name)]
    )


def _doubt(column: _Column, rule: CheckRule, rules: Sequence[CheckRule]) -> str | None:
    """Why a column that fails may still be right: a line that nobody can place may hold the difference."""
    if column.twice:
        return "a line is printed twice"
    side = column.items[rule.lhs].row.side
    stray = next((value for value in column.unnamed if value.number and value.row.side == side), None)
    if stray is not None:
        return f"{stray.row.raw_label or stray.row.label} is no line of the form"
    named = {name for one in rules for _, name in map(signed, (one.lhs, *one.terms))}
    prefixes = [name.removesuffix(EACH_CLASS) for name in named if name.endswith(EACH_CLASS)]
    counted = value_type(column.items[rule.lhs])
    for item, value in column.items.items():
        if value_type(value) is not counted:
            continue  # persons are no part of an amount
        known = item in named or any(is_class_line(item, prefix) for prefix in prefixes)
        if value.number and value.row.side == side and not known:
            return f"{value.row.label or item} belongs to no rule"
    return None


AXIS = Axis("line", run)
