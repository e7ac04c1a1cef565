"""Rows that stand twice, and rows that the others of their table say should be there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from schemas.checks.families import CODE_LISTS, is_unit
from schemas.checks.ledger import Entry, Ledger
from schemas.findings import finding
from schemas.kind import CheckRule
from schemas.records import BodyRole, Row
from schemas.witness.doubt import Doubt

OTHERS = 2  # rows of a level that must all have what one of them lacks


def rows_twice(ledgers: Sequence[Ledger]) -> Iterator[Doubt]:
    """One doubt for each row that repeats the row above it, key and amounts: one of the two is too many."""
    for ledger in ledgers:
        entries = [entry for entry in ledger.entries if not entry.repeat]
        for above, below in pairwise(entries):
            if _is_same(above, below) and any(value.number for value in below.values.values()):
                cells = [value.cell for entry in (above, below) for value in entry.values.values()]
                first = next(iter(below.values.values()))
                said = finding(
                    "row_twice",
                    table=ledger.table.id,
                    page=first.location.page,
                    cells=cells,
                    row=" ".join(part for part in (below.row.code, below.row.label) if part),
                )
                yield Doubt(frozenset(cells), said)


def _is_same(above: Entry, below: Entry) -> bool:
    one, other = above.row, below.row
    keys = [(r.code, r.raw_label, r.side, r.panel, r.unit_code, r.unit_name, r.year, r.others) for r in (one, other)]
    texts = [[(field, value.text) for field, value in entry.values.items()] for entry in (above, below)]
    return keys[0] == keys[1] and texts[0] == texts[1] and _stands_once(other)


def _stands_once(row: Row) -> bool:
    """Whether a table has the row once at most: it has a code or an ordinal, or is a total. Projects share names."""
    if row.code_list in ("unit", "project"):
        return False
    numbered = row.item is not None and row.label != row.raw_label
    return row.code is not None or numbered or row.role in (BodyRole.TOTAL, BodyRole.SUBTOTAL)


def missing_rows(ledgers: Sequence[Ledger]) -> Iterator[Doubt]:
    """One doubt for each coded row, or total, that the other rows ask for. No value is doubted: what is there may be
    right."""
    lists = [
        (ledger, rule, rows)
        for ledger in ledgers
        for rule in ledger.table.kind.checks
        if rule.axis == "hierarchy" and (rows := [entry for entry in ledger.entries if _is_coded(entry, rule)])
    ]
    has_totals = any(ledger.totals for ledger, _, _ in lists)
    childless = Counter(code for _, rule, rows in lists for code in _without_parts(rows, rule))
    for ledger, rule, rows in lists:
        yield from _without_row(ledger, rows, rule)
        alone = [code for code in _without_parts(rows, rule) if childless[code] == 1]
        yield from (_said(ledger, rows, code, "row_without_parts") for code in alone)
        if rule.root and has_totals and not ledger.totals and not any(is_unit(entry) for entry in ledger.entries):
            yield Doubt(frozenset(), finding("total_missing", table=ledger.table.id, page=_page(rows[0])))


def _without_row(ledger: Ledger, rows: Sequence[Entry], rule: CheckRule) -> Iterator[Doubt]:
    """Codes that are continued by others and have no row, where the other codes of the level have one."""
    for longer, shorter in pairwise(sorted(rule.levels, reverse=True)):
        codes = {entry.row.code or "" for entry in rows}
        below = {code[:shorter] for code in codes if len(code) == longer}
        printed = below & codes
        if len(printed) >= OTHERS or (printed and len(below) == len(printed) + 1):
            yield from (_said(ledger, rows, code, "row_missing") for code in sorted(below - printed))


def _without_parts(rows: Sequence[Entry], rule: CheckRule) -> list[str]:
    """The one code of a level that no other continues, where all the others are continued."""
    codes = {entry.row.code or "" for entry in rows}
    found: list[str] = []
    for shorter, longer in pairwise(sorted(rule.levels)):
        below = {code[:shorter] for code in codes if len(code) == longer}
        printed = {code for code in codes if len(code) == shorter}
        if len(printed - below) == 1 and len(printed & below) >= OTHERS:
            found += printed - below
    return found


def _is_coded(entry: Entry, rule: CheckRule) -> bool:
    row = entry.row
    codes = CODE_LISTS.get(rule.code_column or "")
    known = row.code is not None and row.code_list in (codes, None) and len(row.code) in rule.levels
    return known and not entry.repeat and row.role is not BodyRole.TOTAL


def _said(ledger: Ledger, rows: Sequence[Entry], code: str, which: str) -> Doubt:
    near = next(entry for entry in rows if (entry.row.code or "").startswith(code))
    cells = [next(iter(near.values.values())).cell]
    return Doubt(frozenset(), finding(which, table=ledger.table.id, page=_page(near), cells=cells, row_code=code))


def _page(entry: Entry) -> int | None:
    return next(iter(entry.values.values())).location.page
