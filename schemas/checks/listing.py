"""Lists without codes: the row 合计 is the sum of all rows beneath or above it, or of the groups that they form.

Where the rows alone do not make the total, they may be groups, each of which the rows behind it make (a unit over its
projects, 一、 over its items). One column that adds up tells which it is, so that another one can fail. Where none
does, the sums are left undecided: rows may be left out on purpose (涉密). So are all that do not hold where a note says
that it is so: a column with one project, and that one disclosed, adds up all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from schemas.checks.indexed import Entry, IndexedTable
from schemas.checks.rounding import ZERO, band
from schemas.checks.weigh import Axis, softened, weigh
from schemas.kind import CheckRule, ValueType
from schemas.records import BodyRole
from schemas.result import Check

EACH_COLUMN = "*"  # of money, in the place of a column
WITHHELD = re.compile("保密|涉密|秘密|不予公开|不宜公开|剔除")  # in a note: rows are left out by law
_SEVERAL = 2  # rows that make a list
_CODED = frozenset({"function", "economic", "government_economic"})


_Group = tuple[Entry, Sequence[Entry]]  # a row and those that make it


@dataclass(frozen=True, slots=True)
class _List:
    """The total of a list and its other rows, from the top."""

    indexed: IndexedTable
    total: Entry
    items: Sequence[Entry]

    def number(self, entry: Entry, field: str) -> Decimal:
        """What a row prints; blanks are zero."""
        value = entry.values.get(field)
        return ZERO if value is None else self.indexed.number(value) or ZERO

    def is_near(self, whole: Decimal, parts: Sequence[Decimal]) -> bool:
        """Whether the parts make the whole, rounding apart."""
        return abs(whole - sum(parts, ZERO)) <= band(ValueType.MONEY, len(parts), self.indexed.half)


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """For each column of the rules one check of the one total row, and of each group; none for a list with several
    totals, with subtotals, or with codes, which say better what belongs to what.
    """
    rows = [entry for entry in indexed.entries if not entry.repeat]
    items = [entry for entry in rows if entry.row.role is BodyRole.ITEM]
    totals = [entry for entry in rows if entry.row.role is BodyRole.TOTAL]
    is_list = len(totals) == 1 and len(items) >= _SEVERAL and len(items) + 1 == len(rows)
    if not is_list or any(entry.row.code_list in _CODED for entry in items):
        return []
    one = _List(indexed, totals[0], items)
    return [check for rule in rules for check in _of_rule(one, rule, _fields(rule, totals[0]))]


def _fields(rule: CheckRule, total: Entry) -> list[str]:
    if rule.lhs != EACH_COLUMN:
        return [rule.lhs]
    return [field for field, value in total.values.items() if value.column.type is ValueType.MONEY]


def _of_rule(one: _List, rule: CheckRule, fields: Sequence[str]) -> Iterator[Check]:
    groups = _groups_of(one, fields)
    is_whole = groups and not any(WITHHELD.search(note) for note in one.indexed.table.notes)
    for whole, parts in groups or [(one.total, one.items)]:
        for field in fields:
            check = _held(one, rule, field, (whole, parts))
            if check is not None:
                is_open = not is_whole and check.status == "fail"
                yield softened(check, "rows may be left out, or groups be marked by nothing") if is_open else check


def _held(one: _List, rule: CheckRule, field: str, group: _Group) -> Check | None:
    whole, parts = group
    lhs = whole.values.get(field)
    terms = [(1, entry.values[field]) for entry in parts if field in entry.values]
    if lhs is None or not terms or (whole is one.total and len(terms) < _SEVERAL):
        return None
    key = one.indexed.row_key(lhs)
    key = f"{key}.c{lhs.grid_col}" if rule.lhs == EACH_COLUMN else key
    return weigh(one.indexed, rule, key, lhs, terms)


def _groups_of(one: _List, fields: Sequence[str]) -> list[_Group]:
    """What makes the total of some column, and of which rows each part of it is the sum; empty where nothing does."""
    printed = [field for field in fields if one.number(one.total, field)]
    if any(one.is_near(one.number(one.total, field), [one.number(e, field) for e in one.items]) for field in printed):
        return [(one.total, one.items)]
    starts = next((starts for field in printed if (starts := _heads(one, field))), [])
    heads = [one.items[start] for start in starts]
    below = [one.items[start + 1 : end] for start, end in pairwise([*starts, len(one.items)])]
    return [(one.total, heads), *zip(heads, below, strict=True)] if heads else []


def _heads(one: _List, field: str) -> list[int]:
    """The places of heads, each with as many rows behind it as make it, the last of several perhaps with none; empty
    unless that takes in all rows and makes the total.
    """
    heads: list[int] = []
    parts: list[Decimal] = []
    whole = ZERO
    numbers = [one.number(entry, field) for entry in one.items]
    for place, number in enumerate(numbers):
        is_open = bool(heads) and not (parts and one.is_near(whole, parts))
        if is_open or (heads and not number):
            parts.append(number)
        else:
            heads.append(place)
            whole, parts = number, []
    closed = one.is_near(whole, parts) if parts else len(heads) > 1
    total = one.number(one.total, field)
    return heads if closed and one.is_near(total, [numbers[head] for head in heads]) else []


AXIS = Axis("list", run)
