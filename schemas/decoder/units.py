"""The unit of a table that prints none, or prints two: the one in which its amounts agree with known ones.

Sums within a table hold in every unit. What tells 元 from 万元 is another witness of the same amounts: a table whose
unit is printed, or a sentence. A unit that is borrowed from the other tables is confirmed, or replaced, the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.amounts import UnitWord
from schemas.caption import CaptionLine, PrintedUnit
from schemas.checks import run_checks
from schemas.checks.rounding import HOLDS
from schemas.checks.suspects import rules_of
from schemas.decoder.case import DIGITS, SEVERAL, Case, digits_of, is_telling, readings_of
from schemas.findings import finding
from schemas.records import TableReading, Value, table_of_cell
from schemas.result import Check, Finding
from schemas.tables import ReadTable, in_conflict, read_as
from schemas.units import UNITS

_UNITS = ("元", "千元", "万元", "亿元")
_REPLACED = frozenset({"unit_not_printed", "unit_conflict", "unit_from_document"})


@dataclass(frozen=True, slots=True)
class _Agreement:
    """What agrees with a table under one unit: checks with witnesses of known unit, and the line that witnesses."""

    checks: tuple[Check, ...]
    line: CaptionLine


def decode_units(tables: Sequence[ReadTable], case: Case) -> list[ReadTable]:
    """The tables, those of open unit read in the unit that is proven for them."""
    open_tables = {table.seen.id for table in tables if _is_open(table)}
    if not open_tables:
        return list(tables)
    found = {unit: _agreements(_under(tables, open_tables, unit, case), open_tables, case) for unit in _UNITS}
    return [_decided(table, found, case) if table.seen.id in open_tables else table for table in tables]


def _is_open(table: ReadTable) -> bool:
    """Whether a table prints amounts and not, or not beyond doubt, what they are in."""
    if table.reading is None or not any(value.unit == "CNY" and value.number for value in table.reading.values):
        return False
    return table.unit is None or table.unit.source == "document" or in_conflict(table.seen, table.unit)


def _under(tables: Sequence[ReadTable], open_tables: set[str], unit: str, case: Case) -> list[ReadTable]:
    return [_read_in(table, unit, _nowhere(table), case) if table.seen.id in open_tables else table for table in tables]


def _nowhere(table: ReadTable) -> CaptionLine:
    return CaptionLine("", table.seen.grid.location)


def _read_in(table: ReadTable, unit: str, line: CaptionLine, case: Case) -> ReadTable:
    printed = PrintedUnit(UnitWord(unit, UNITS[unit], unit), "proof", line)
    return read_as(table.seen, table.decision, printed, case.setting)


def _agreements(tables: Sequence[ReadTable], open_tables: set[str], case: Case) -> dict[str, _Agreement]:
    """For each open table under one unit: the equal amounts that known tables, or the prose, witness."""
    readings = readings_of(tables)
    rules = rules_of(readings)
    across = [
        check for check in run_checks(readings) if check.scope == "document" and rules[check.rule].relation == "eq"
    ]
    found: dict[str, list[Check]] = {}
    for check in (*across, *case.prose(readings)):
        of_tables = {table_of_cell(cell) for cell in check.cells}
        inside = of_tables & open_tables
        if check.status in HOLDS and len(inside) == 1 and len(of_tables) > 1 and is_telling(check):
            found.setdefault(inside.pop(), []).append(check)
    return {table: _Agreement(tuple(checks), _line(checks, table, tables)) for table, checks in found.items()}


def _line(checks: Sequence[Check], table: str, tables: Sequence[ReadTable]) -> CaptionLine:
    """The unit line of the first table that witnesses; where only the prose does, the place of the amount itself."""
    by_id = {one.seen.id: one for one in tables}
    witnesses = (by_id.get(table_of_cell(cell)) for check in checks for cell in check.cells)
    known = (one for one in witnesses if one is not None and one.seen.id != table and one.unit is not None)
    first = next(known, None)
    if first is not None and first.unit is not None:
        return first.unit.line
    cell = next(cell for cell in checks[0].cells if cell.startswith(f"{table}."))
    value = _values(by_id[table].reading)[cell]
    return CaptionLine(value.text, value.location)


def _values(reading: TableReading | None) -> Mapping[str, Value]:
    return {} if reading is None else {value.cell: value for value in reading.values}


def _decided(table: ReadTable, found: Mapping[str, Mapping[str, _Agreement]], case: Case) -> ReadTable:
    """The table in the one unit in which it agrees with anything; as it was where there is none, or two."""
    agreeing = {unit: agreements[table.seen.id] for unit, agreements in found.items() if table.seen.id in agreements}
    if len(agreeing) != 1:
        return table
    unit, agreement = next(iter(agreeing.items()))
    if len(agreement.checks) < SEVERAL and digits_of(agreement.checks[0]) <= DIGITS:
        return table  # one agreement of three digits may be chance
    decided = _read_in(table, unit, agreement.line, case)
    if in_conflict(table.seen, table.unit) and not _is_of_one_unit(decided.reading):
        return table
    kept = (one for one in decided.findings if one.code not in _REPLACED)
    return replace(decided, findings=(_note(table, unit, agreement.checks), *kept))


def _is_of_one_unit(reading: TableReading | None) -> bool:
    """Whether sums reach over all parts of a table whose pages print two units, and none breaks: a part in another unit
    would break them."""
    if reading is None:
        return False
    checks = run_checks([reading])
    rows = {value.cell: value.grid_row for value in reading.values}
    sums = [{_part_of(reading, rows[cell]) for cell in check.cells} for check in checks if check.status in HOLDS]
    reached = max((len(parts) for parts in sums), default=0)
    return reached == len(reading.grid.parts) and not any(check.status == "fail" for check in checks)


def _part_of(reading: TableReading, row: int) -> int:
    return next(at for at, part in enumerate(reading.grid.parts) if part.first_row <= row <= part.last_row)


def _note(table: ReadTable, unit: str, checks: Sequence[Check]) -> Finding:
    return finding(
        "unit_decoded",
        table=table.seen.id,
        page=table.seen.grid.location.page,
        cells=list(dict.fromkeys(_cells(checks, table.seen.id))),
        unit=unit,
        count=len(checks),
        first=checks[0].id,
        amount=f"{checks[0].lhs:f}",
    )


def _cells(checks: Iterable[Check], table: str) -> list[str]:
    return [cell for check in checks for cell in check.cells if cell.startswith(f"{table}.")]
