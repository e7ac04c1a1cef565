"""Amounts that an engine misread, chosen anew by proof: of all readings near to a text, the one under which sums hold.

Where a sum fails by one cell that was read from an image, and one digit taken for one that looks like it, or a lost
decimal point, makes every sum of that cell hold, that reading is proposed: the text stays as it was read, the value is
taken and doubtful, and a finding says so. Where two such readings would do, of one cell or of two, none is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from schemas.checks import run_checks
from schemas.checks.suspects import rules_of, values_by_cell
from schemas.findings import finding
from schemas.recognised import recognised_cells
from schemas.records import TableReading, Value, table_of_cell
from schemas.result import Check, Finding

_PAIRS = ("38", "17", "56", "08", "06", "35", "68", "89", "09", "27", "49", "14")
LOOKS_LIKE: Mapping[str, str] = {
    digit: "".join(pair.replace(digit, "") for pair in _PAIRS if digit in pair) for digit in "0123456789"
}
FEN = 2  # decimals of an amount that lost its point
MOST = 40  # readings that are tried; a table that was read so badly is not repaired


@dataclass(frozen=True, slots=True)
class Mended:
    """The tables with the values that were chosen anew, the cells of these, and what is said of them."""

    readings: list[TableReading]
    cells: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)


def mend(readings: Sequence[TableReading], checks: Sequence[Check]) -> Mended:
    """The readings, each group of failing sums that one near reading explains mended by it."""
    mended = Mended(list(readings))
    sure = recognised_cells(readings)
    if not sure:
        return mended
    rules = rules_of(readings)
    failing = [check for check in checks if check.status == "fail" and rules[check.rule].relation == "eq"]
    tried: set[str] = set()
    for check in failing:
        if tried.isdisjoint(check.cells):
            found = _that_fit([cell for cell in check.cells if cell in sure], failing, mended.readings)
            tried.update(cell for cell, _ in found)
            if len(found) == 1:
                mended = _with(mended, *found[0])
    return mended


def _that_fit(
    cells: Sequence[str], failing: Sequence[Check], readings: Sequence[TableReading]
) -> list[tuple[str, Decimal]]:
    """Every near reading of one of the cells under which all sums of that cell hold exactly."""
    values = values_by_cell(readings)
    fits = []
    for cell in cells:
        own = [check for check in failing if cell in check.cells]
        for number in near_readings(values[cell]):
            if all(_closes(check, values[cell], number, readings) for check in own):
                fits.append((cell, number))
    if len(fits) > MOST:
        return []
    return [(cell, number) for cell, number in fits if _holds(cell, _put(readings, cell, number))]


def _closes(check: Check, value: Value, number: Decimal, readings: Sequence[TableReading]) -> bool:
    """Whether the step from a number to another is as large as what the sum lacks."""
    table = next(one for one in readings if one.id == table_of_cell(value.cell))
    step = abs(number - (value.number or 0))
    return check.diff is not None and abs(check.diff) in (step, step * (table.factor or 1))


def _holds(cell: str, readings: Sequence[TableReading]) -> bool:
    """Whether every sum that the cell is part of holds to the last digit, and one of them at least."""
    rules = rules_of(readings)
    own = [check for check in run_checks(readings) if cell in check.cells]
    sums = [check for check in own if rules[check.rule].relation == "eq"]
    return bool(sums) and all(check.status == "pass" for check in sums) and not any(one.status == "fail" for one in own)


def near_readings(value: Value) -> Iterator[Decimal]:
    """The numbers that a text may print when one of its characters was misread."""
    text = value.text.strip()
    if value.number is None or not text:
        return
    candidates = {
        text[:place] + other + text[place + 1 :]
        for place, digit in enumerate(text)
        for other in LOOKS_LIKE.get(digit, "")
    }
    if text.isdigit() and len(text) > FEN:
        candidates.add(f"{text[:-FEN]}.{text[-FEN:]}")
    if "." not in text and text[-FEN - 1 : -FEN] == ",":
        candidates.add(f"{text[: -FEN - 1]}.{text[-FEN:]}")
    for candidate in sorted(candidates):
        try:
            number = Decimal(candidate.replace(",", ""))
        except InvalidOperation:
            continue
        if number != value.number:
            yield number


def _put(readings: Sequence[TableReading], cell: str, number: Decimal) -> list[TableReading]:
    """The readings with another number in one cell."""
    return [
        replace(table, values=tuple(_read_as(one, table, number) if one.cell == cell else one for one in table.values))
        if table.id == table_of_cell(cell)
        else table
        for table in readings
    ]


def _read_as(value: Value, table: TableReading, number: Decimal) -> Value:
    in_base = number * table.factor if value.unit == "CNY" and table.factor is not None else value.value
    decimals = max(0, -int(number.as_tuple().exponent))
    return replace(value, number=number, value=in_base, decimals=decimals, doubtful=True)


def _with(mended: Mended, cell: str, number: Decimal) -> Mended:
    value = values_by_cell(mended.readings)[cell]
    said = finding(
        "amount_repaired",
        table=table_of_cell(cell),
        page=value.location.page,
        cells=[cell],
        text=value.text,
        number=f"{number:,f}",
    )
    return Mended(_put(mended.readings, cell, number), mended.cells | {cell}, [*mended.findings, said])
