"""Codes that lost a digit: the code that the label beside them names, where the sums over codes hold with it.

A copy or a recogniser drops the first digit (01 for 201, 0131 for 20131). The row then has no place in the hierarchy.
The label alone is no proof, for publishers give a name to another code by mistake: the sums decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from schemas.codes import CodeList, code_list, find_code
from schemas.decoder.case import Case, best_of, verdict_of
from schemas.findings import finding
from schemas.records import Row, TableReading
from schemas.result import Finding
from schemas.shapes.keys import bare_label, level_of
from schemas.tables import ReadTable
from schemas.text import fold

_LISTS = frozenset(CodeList)


def decode_codes(tables: Sequence[ReadTable], _case: Case) -> list[ReadTable]:
    """The tables, with damaged codes mended where that makes their sums hold."""
    decided = list(tables)
    for at, table in enumerate(tables):
        mended = dict(_mended_rows(table.reading)) if table.reading is not None else {}
        for attempt in (mended, *({row: code} for row, code in mended.items() if len(mended) > 1)):
            decided[at] = _decided(decided, at, attempt)
            if decided[at] is not table:
                break
        decided[at] = _with_doubts(decided[at])
    return decided


def _with_doubts(table: ReadTable) -> ReadTable:
    """The table, with the rows doubted whose code is damaged still: nothing decides which row they are."""
    damaged = dict(_mended_rows(table.reading)) if table.reading is not None else {}
    if not damaged or table.reading is None:
        return table
    values = (replace(value, doubtful=True) if value.row in damaged else value for value in table.reading.values)
    notes = (_note("code_damaged", table, row, code) for row, code in damaged.items())
    return replace(table, reading=replace(table.reading, values=tuple(values)), findings=(*notes, *table.findings))


def _mended_rows(reading: TableReading) -> Iterator[tuple[Row, str]]:
    """Rows whose code no list has, and the one code near it that their label names."""
    for row in reading.rows:
        if row.code is None or row.code_list not in _LISTS or row.label is None:
            continue
        which = CodeList(row.code_list)
        if find_code(which, row.code) is None and level_of(row.code, row.code_list) is None:
            named = [
                code for code in _codes_named(which).get(fold(bare_label(row.label)), ()) if _is_near(row.code, code)
            ]
            if len(named) == 1:
                yield row, named[0]


@cache
def _codes_named(which: CodeList) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in code_list(which):
        for name in {fold(name) for name in (one.name, *one.aliases)}:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), one.code)))
    return found


def _is_near(printed: str, code: str) -> bool:
    """Whether what is printed is the code with a digit or two lost."""
    rest = iter(code)
    return 0 < len(code) - len(printed) <= 2 and all(digit in rest for digit in printed)


def _decided(tables: Sequence[ReadTable], at: int, mended: Mapping[Row, str]) -> ReadTable:
    table = tables[at]
    if not mended or table.reading is None:
        return table
    alternative = replace(table, reading=_with_codes(table.reading, mended))
    verdicts = [verdict_of([*tables[:at], one, *tables[at + 1 :]], table.seen.id) for one in (table, alternative)]
    if best_of(verdicts) != 1:
        return table
    notes = (_note("code_decoded", table, row, code) for row, code in mended.items())
    return replace(alternative, findings=(*notes, *table.findings))


def _with_codes(reading: TableReading, mended: Mapping[Row, str]) -> TableReading:
    rows = {row: replace(row, code=code, level=level_of(code, row.code_list)) for row, code in mended.items()}
    return replace(
        reading,
        rows=tuple(rows.get(row, row) for row in reading.rows),
        values=tuple(replace(value, row=rows.get(value.row, value.row)) for value in reading.values),
    )


def _note(which: str, table: ReadTable, row: Row, code: str) -> Finding:
    values = table.reading.values if table.reading is not None else ()
    first = next((value for value in values if value.row == row), None)
    return finding(
        which,
        table=table.seen.id,
        page=None if first is None else first.location.page,
        cells=[] if first is None else [first.cell],
        printed=row.code,
        meant=code,
        label=row.label,
    )
