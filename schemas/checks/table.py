"""Named cells of one table: 收入总计 = 支出总计, 人员经费合计 = 301 + 303."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.checks.indexed import IndexedTable
from schemas.checks.lookup import is_ambiguous, values_at
from schemas.checks.refs import parse_ref
from schemas.checks.weigh import Axis, Term, softened, weigh
from schemas.kind import CheckRule
from schemas.result import Check


def run(indexed: IndexedTable, rules: Sequence[CheckRule]) -> list[Check]:
    """One check for each rule whose left side and at least one term are printed."""
    return [check for rule in rules if (check := _held(indexed, rule)) is not None]


def _held(indexed: IndexedTable, rule: CheckRule) -> Check | None:
    lhs_ref, refs = parse_ref(rule.lhs), [parse_ref(term) for term in rule.terms]
    left = values_at(indexed, lhs_ref)
    named = [(ref, values_at(indexed, ref)) for ref in refs]
    terms: list[Term] = []
    for ref, values in named:
        terms += [(ref.sign, value) for value in (values if ref.sums_rows else values[:1])]
    if not left or not terms:
        return None
    check = weigh(indexed, rule, indexed.row_key(left[0]), left[0], terms)
    if check is None or check.status != "fail":
        return check
    twice = any(is_ambiguous(ref, values) for ref, values in [(lhs_ref, left), *named])
    return softened(check, "a row is printed twice") if twice else check


AXIS = Axis("table", run)
