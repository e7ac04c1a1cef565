"""Rows that stand twice, totals printed again with other amounts, and rows that the others of their table ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from schemas.checks.families import CODE_LISTS, is_unit
from schemas.checks.indexed import Entry, IndexedTable
from schemas.findings import finding
from schemas.kind import CheckRule
from schemas.records import BodyRole, Row
from schemas.witness.doubt import Doubt

OTHERS = 2  # rows of a level that must all have what one of them lacks


def rows_twice(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each row that repeats the row above it, key and amounts: one of the two is too many."""
    for indexed in indexed_tables:
        entries = [entry for entry in indexed.entries if not entry.repeat]
        for above, below in pairwise(entries):
            if _is_same(above, below) and any(value.number for value in below.values.values()):
                cells = [value.cell for value in indexed.table.values if value.row in (above.row, below.row)]
                first = next(iter(below.values.values()))
                said = finding(
                    "row_twice",
                    table=indexed.table.id,
                    page=first.location.page,
                    cells=cells,
                    row=" ".join(part for part in (below.row.code, below.row.label) if part),
                )
                yield Doubt(frozenset(cells), said)


def _is_same(above: Entry, below: Entry) -> bool:
    texts = [[(field, value.text) for field, value in entry.values.items()] for entry in (above, below)]
    same = _key(above.row) == _key(below.row) and above.row.line_no == below.row.line_no
    return same and texts[0] == texts[1] and _stands_once(below.row)


def _key(row: Row) -> tuple[object, ...]:
    return (row.code, row.raw_label, row.side, row.panel, row.unit_code, row.unit_name, row.year, row.others)


def _stands_once(row: Row) -> bool:
    """Whether a table has the row once at most: it has a code, a number (序号) or an ordinal, or is a total. Projects
    share names."""
    if row.code_list in ("unit", "project"):
        return row.line_no is not None
    numbered = row.line_no is not None or (row.item is not None and row.label != row.raw_label)
    return row.code is not None or numbered or row.role in (BodyRole.TOTAL, BodyRole.SUBTOTAL)


def totals_apart(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each total that a later page prints again, above its first row, with other amounts: both totals,
    and the row that prints the amounts of the first."""
    for indexed in indexed_tables:
        firsts = _first_entries(indexed)
        for entry in firsts[1:]:
            total = next((one for one in indexed.totals if _is_printed_again(one, entry)), None)
            if total is not None:
                rows = [total, entry, *(one for one in indexed.entries if _numbers(one) == _numbers(total))]
                cells = list(dict.fromkeys(value.cell for row in rows for value in row.values.values()))
                said = finding(
                    "total_differs",
                    table=indexed.table.id,
                    page=_page(entry),
                    cells=cells,
                    label=entry.row.raw_label or entry.row.label,
                    first=_page(total),
                )
                yield Doubt(frozenset(cells), said)


def _numbers(entry: Entry) -> list[tuple[str, Decimal | None]]:
    return [(field, value.number) for field, value in entry.values.items()]


def _first_entries(indexed: IndexedTable) -> list[Entry]:
    """The first row of the table on each of its pages."""
    parts = indexed.table.grid.parts
    firsts = (
        (entry for entry in indexed.entries if part.first_row <= entry.row.index <= part.last_row) for part in parts
    )
    return [entry for rows in firsts if (entry := next(rows, None)) is not None]


def _is_printed_again(total: Entry, entry: Entry) -> bool:
    """Whether the entry goes by the name of a total above it and states other amounts."""
    one, other = total.row, entry.row
    if other.role is not BodyRole.TOTAL or one.index >= other.index or _key(one) != _key(other):
        return False
    fields = total.values.keys() & entry.values.keys()
    return any(total.values[field].number != entry.values[field].number for field in fields)


def missing_rows(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each coded row, or total, that the other rows ask for. No value is doubted: what is there may be
    right."""
    lists = [
        (indexed, rule, rows)
        for indexed in indexed_tables
        for rule in indexed.table.kind.checks
        if rule.axis == "hierarchy" and (rows := [entry for entry in indexed.entries if _is_coded(entry, rule)])
    ]
    has_totals = any(indexed.totals for indexed, _, _ in lists)
    childless = Counter(code for _, rule, rows in lists for code in _without_parts(rows, rule))
    for indexed, rule, rows in lists:
        yield from _without_row(indexed, rows, rule)
        alone = [code for code in _without_parts(rows, rule) if childless[code] == 1]
        yield from (_said(indexed, rows, code, "row_without_parts") for code in alone)
        asks = rule.root is not None and (has_totals or len(rows) > OTHERS)
        if asks and not indexed.totals and not any(map(is_unit, indexed.entries)):
            yield Doubt(frozenset(), finding("total_missing", table=indexed.table.id, page=_page(rows[0])))
    for indexed in indexed_tables:
        yield from _without_lines(indexed)


def _without_lines(indexed: IndexedTable) -> Iterator[Doubt]:
    """The lines that the national form prints and this table does not, where it prints any line of that side."""
    kind = indexed.table.kind
    sides = {entry.row.side for entry in indexed.entries}
    for line in kind.line_items:
        if line.id in kind.always and line.side in sides and line.id not in indexed.by_item:
            page = indexed.table.grid.location.page
            yield Doubt(frozenset(), finding("line_missing", table=indexed.table.id, page=page, label=line.labels[0]))


def _without_row(indexed: IndexedTable, rows: Sequence[Entry], rule: CheckRule) -> Iterator[Doubt]:
    """Codes that are continued by others and have no row, where the other codes of the level have one, or where it is
    the only one of a table that prints other levels: tables print all levels or one."""
    codes = {entry.row.code or "" for entry in rows}
    has_levels = len({len(code) for code in codes}) > 1
    for shorter in sorted(rule.levels)[:-1]:
        below = {code[:shorter] for code in codes if len(code) > shorter}
        printed = below & codes
        if has_levels and (len(printed) >= OTHERS or len(below) == len(printed) + 1):
            yield from (_said(indexed, rows, code, "row_missing") for code in sorted(below - printed))


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


def _said(indexed: IndexedTable, rows: Sequence[Entry], code: str, which: str) -> Doubt:
    near = next(entry for entry in rows if (entry.row.code or "").startswith(code))
    cells = [next(iter(near.values.values())).cell]
    return Doubt(frozenset(), finding(which, table=indexed.table.id, page=_page(near), cells=cells, row_code=code))


def _page(entry: Entry) -> int | None:
    return next(iter(entry.values.values())).location.page
