"""Every kind of fault: what it changes in a document, which cells it touches, and whether a witness could tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from random import Random

from bench.faulting.digits import SPOILS, Spoil
from bench.faulting.edits import is_plain_row, split, with_caption, with_row_twice, with_texts, without_row
from bench.faulting.scene import AGREES, Amount, Scene
from extractors.model import Document
from schemas.amounts import parse_amount
from schemas.kind import ValueType

TRIES = 40
TELLING = 4  # significant digits that make an amount recognisable in another table
BORROWED = ("document", "proof")  # where a unit comes from that the table itself does not print


@dataclass(frozen=True, slots=True)
class Fault:
    """One document with one fault.

    ``grids`` are the grids that the fault touched, by their place in the faulted document. Of a fault in one cell:
    ``cell`` is its id, ``right`` the amount before and ``delta`` how far off it is now, in yuan (None: no number).
    ``checked``: every amount touched was graded A. ``witnessed``: something else in the document states the same and
    so contradicts the fault, in at least four significant digits: a 6 is found elsewhere by chance.
    """

    document: Document
    grids: tuple[int, ...]
    note: str
    checked: bool
    witnessed: bool
    cell: str | None = None
    right: Decimal | None = None
    delta: Decimal | None = None


Injector = Callable[[Scene, Random], Fault | None]


def spoiled(scene: Scene, amount: Amount, text: str) -> Fault:
    """The fault of one cell that prints another text."""
    document = with_texts(scene.document, amount.grid, {(amount.cell.row, amount.cell.col): text})
    number = parse_amount(text, ValueType.MONEY, amount.factor).value
    return Fault(
        document,
        (amount.grid,),
        f"{amount.cell_id} {amount.cell.text!r} -> {text!r}",
        checked=amount.grade == "A",
        witnessed=_is_told_elsewhere(scene, amount),
        cell=amount.cell_id,
        right=amount.value,
        delta=None if number is None else number - amount.value,
    )


def _spoiling(spoil: Spoil) -> Injector:
    def inject(scene: Scene, rng: Random) -> Fault | None:
        for amount in _drawn(scene, rng):
            text = spoil(amount.cell.text, rng)
            if text is not None and text != amount.cell.text:
                return spoiled(scene, amount, text)
        return None

    return inject


def _drawn(scene: Scene, rng: Random) -> Sequence[Amount]:
    return rng.sample(scene.amounts, min(TRIES * 10, len(scene.amounts)))


def blank(scene: Scene, rng: Random) -> Fault | None:
    """An amount other than zero is gone."""
    return next((spoiled(scene, amount, "") for amount in _drawn(scene, rng) if amount.value), None)


def code_as_money(scene: Scene, rng: Random) -> Fault | None:
    """The code of the row stands in the cell of an amount."""
    return next((spoiled(scene, amount, amount.code) for amount in _drawn(scene, rng) if amount.code), None)


def merged_cells(scene: Scene, rng: Random) -> Fault | None:
    """The texts of two neighbouring cells stand in the first of them."""
    for amount in _drawn(scene, rng):
        beside = _neighbour(scene, amount, (0, 1))
        if beside is not None:
            return _pair(scene, (amount, beside), (f"{amount.cell.text} {beside.cell.text}", ""))
    return None


def shifted_amount(scene: Scene, rng: Random) -> Fault | None:
    """An amount stands in the blank cell beside its own."""
    for amount in _drawn(scene, rng):
        texts = {(cell.row, cell.col): cell.text for cell in scene.document.grids[amount.grid].cells}
        at = (amount.cell.row, amount.cell.col)
        beside = [(at[0], at[1] + step) for step in (1, -1) if texts.get((at[0], at[1] + step)) == ""]
        if amount.value and beside:
            target = rng.choice(beside)
            document = with_texts(scene.document, amount.grid, {at: "", target: amount.cell.text})
            note = f"{amount.cell_id} {amount.cell.text} -> c{target[1]}"
            told = _is_told_elsewhere(scene, amount)
            return Fault(document, (amount.grid,), note, amount.grade == "A", told)
    return None


def swapped_amounts(scene: Scene, rng: Random) -> Fault | None:
    """Two amounts, one below the other, change places."""
    for amount in _drawn(scene, rng):
        below = _neighbour(scene, amount, (1, 0))
        if below is not None and below.value != amount.value:
            return _pair(scene, (amount, below), (below.cell.text, amount.cell.text))
    return None


def shifted_row(scene: Scene, rng: Random) -> Fault | None:
    """Every amount of a row stands one column to the right, the last one is lost."""
    for row in _drawn_rows(scene, rng):
        texts = ["", *(amount.cell.text for amount in row[:-1])]
        if len(row) > 1 and any(amount.value for amount in row):
            return _retold(scene, row, texts)
    return None


def swapped_rows(scene: Scene, rng: Random) -> Fault | None:
    """The amounts of two neighbouring rows change places: their codes and labels were swapped."""
    rows = {(row[0].grid, row[0].cell.row, tuple(one.cell.col for one in row)): row for row in _rows(scene)}
    for row in _drawn_rows(scene, rng):
        below = rows.get((row[0].grid, row[0].cell.row + 1, tuple(one.cell.col for one in row)))
        if below and any(one.value != other.value for one, other in zip(row, below, strict=True)):
            both = [*row, *below]
            return _retold(scene, both, [one.cell.text for one in (*below, *row)])
    return None


def swapped_labels(scene: Scene, rng: Random) -> Fault | None:
    """The labels alone of two neighbouring rows change places; their codes stay."""
    labels = {(row[0].grid, row[0].cell.row, row[0].row[1]): row for row in _rows(scene)}
    for row in _drawn_rows(scene, rng):
        below = labels.get((row[0].grid, row[0].cell.row + 1, row[0].row[1]))
        cells = [_label_cell(scene, one[0]) for one in (row, below) if one]
        if len(cells) == 2 and cells[0] and cells[1] and cells[0][1] != cells[1][1]:
            (first, one), (second, other) = cells[0], cells[1]
            document = with_texts(scene.document, row[0].grid, {first: other, second: one})
            return Fault(document, (row[0].grid,), f"{one} <-> {other}", all(a.grade == "A" for a in row), False)
    return None


def swapped_columns(scene: Scene, rng: Random) -> Fault | None:
    """The headers of two neighbouring columns change places: each holds the amounts of the other."""
    for amount in _drawn(scene, rng):
        beside = _neighbour(scene, amount, (0, 1))
        if beside is None or beside.field == amount.field:
            continue
        in_columns = [one for one in scene.of_grid(amount.grid) if one.cell.col in (amount.cell.col, beside.cell.col)]
        moved = _swapped_across(in_columns, amount.cell.col, beside.cell.col)
        pairs = list(moved.values())
        if any(one.value != other.value for one, other in pairs):
            touched = [one for pair in pairs for one in pair]
            texts = [one.cell.text for pair in pairs for one in reversed(pair)]
            return _retold(scene, touched, texts, same_field=True)
    return None


def _swapped_across(amounts: Sequence[Amount], left: int, right: int) -> Mapping[int, tuple[Amount, Amount]]:
    """By row, the amounts of two columns; rows that print one of them only are left as they are."""
    found = {(one.cell.row, one.cell.col): one for one in amounts}
    rows = {row for row, _ in found}
    return {row: (found[row, left], found[row, right]) for row in rows if {(row, left), (row, right)} <= found.keys()}


def dropped_row(scene: Scene, rng: Random) -> Fault | None:
    """A row that states an amount is lost."""
    return _row_fault(scene, rng, without_row, "lost")


def duplicated_row(scene: Scene, rng: Random) -> Fault | None:
    """A row that states an amount stands twice."""
    return _row_fault(scene, rng, with_row_twice, "twice")


def wrong_unit(scene: Scene, rng: Random) -> Fault | None:
    """The caption of one table says 元 where 万元 is printed, or 万元 where 元 is."""
    for number in _drawn_grids(scene, rng):
        amounts = [amount for amount in scene.of_grid(number) if amount.value]
        around = scene.document.grids[number].above
        if amounts and any(_other_unit(line.text) != line.text for line in around):
            document = with_caption(scene.document, number, _other_unit)
            checked = all(amount.grade == "A" for amount in amounts)
            return Fault(document, (number,), f"grid {number + 1}", checked, _table_is_told(scene, number))
    return None


def lost_join(scene: Scene, rng: Random) -> Fault | None:
    """A table over a page break is taken for two."""
    return _cut(scene, rng, keep_rest=True)


def lost_half(scene: Scene, rng: Random) -> Fault | None:
    """What a table prints after a page break is lost."""
    return _cut(scene, rng, keep_rest=False)


def _cut(scene: Scene, rng: Random, *, keep_rest: bool) -> Fault | None:
    for number in _drawn_grids(scene, rng):
        grid = scene.document.grids[number]
        if len(grid.parts) > 1 and scene.of_grid(number):
            part = rng.randrange(1, len(grid.parts))
            document = split(scene.document, number, part, keep_rest=keep_rest)
            touched = (number, number + 1) if keep_rest else (number,)
            return Fault(document, touched, f"grid {number + 1} before part {part + 1}", True, False)
    return None


def _other_unit(text: str) -> str:
    unit = re.search(r"(?<=位)(\s*[:：]\s*(?:人民币)?)(万元|元)", text)
    if unit is None:
        return text
    other = "元" if unit[2] == "万元" else "万元"
    return text[: unit.start(2)] + other + text[unit.end(2) :]


def _row_fault(scene: Scene, rng: Random, edit: Callable[[Document, int, int], Document], note: str) -> Fault | None:
    for row in _drawn_rows(scene, rng):
        first = row[0]
        grid = scene.document.grids[first.grid]
        if any(amount.value for amount in row) and is_plain_row(grid, first.cell.row):
            beside = [one for one in scene.of_grid(first.grid) if one.cell.row == first.cell.row]
            document = edit(scene.document, first.grid, first.cell.row)
            checked = all(amount.grade == "A" for amount in beside)
            return Fault(document, (first.grid,), f"{first.cell_id} {first.name} {note}", checked, False)
    return None


def _drawn_grids(scene: Scene, rng: Random) -> Sequence[int]:
    return rng.sample(range(len(scene.document.grids)), len(scene.document.grids))


def _rows(scene: Scene) -> list[list[Amount]]:
    ordered = sorted(scene.amounts, key=lambda one: (one.grid, one.cell.row, repr(one.row), one.cell.col))
    return [list(row) for _, row in groupby(ordered, key=lambda one: one.row)]


def _drawn_rows(scene: Scene, rng: Random) -> list[list[Amount]]:
    rows = _rows(scene)
    return rng.sample(rows, len(rows))


def _neighbour(scene: Scene, amount: Amount, step: tuple[int, int]) -> Amount | None:
    at = (amount.cell.row + step[0], amount.cell.col + step[1])
    side = amount.row[1]
    return next((a for a in scene.of_grid(amount.grid) if (a.cell.row, a.cell.col) == at and a.row[1] == side), None)


def _label_cell(scene: Scene, amount: Amount) -> tuple[tuple[int, int], str] | None:
    """The cell of a row that prints its label and nothing else."""
    for cell in scene.document.grids[amount.grid].cells:
        if cell.row == amount.cell.row and amount.label and "".join(cell.text.split()) == "".join(amount.label.split()):
            return (cell.row, cell.col), cell.text
    return None


def _pair(scene: Scene, pair: tuple[Amount, Amount], texts: tuple[str, str]) -> Fault:
    return _retold(scene, pair, texts)


def _retold(scene: Scene, amounts: Sequence[Amount], texts: Sequence[str], *, same_field: bool = False) -> Fault:
    """The fault of several cells of one grid that print other texts. ``same_field``: only the column is wrong."""
    changed = {(one.cell.row, one.cell.col): text for one, text in zip(amounts, texts, strict=True)}
    document = with_texts(scene.document, amounts[0].grid, changed)
    note = ", ".join(f"{one.cell_id} {one.cell.text!r} -> {text!r}" for one, text in zip(amounts, texts, strict=True))
    other = [one for one, text in zip(amounts, texts, strict=True) if one.cell.text.strip() != text.strip()]
    told = any(_is_told_elsewhere(scene, one, same_field=same_field) for one in other)
    return Fault(document, (amounts[0].grid,), note, all(one.grade == "A" for one in amounts), told)


def _is_told_elsewhere(scene: Scene, amount: Amount, *, same_field: bool = False) -> bool:
    """Whether another table states the same amount in a row of the same code or label: one that is not equal by chance.

    Where the amount stays in its row and only its column is wrong, a table that has it under another field says
    nothing against that: with ``same_field`` it has to be under the same one.
    """
    return _is_telling(amount) and any(
        other.grid != amount.grid
        and other.value == amount.value
        and other.name == amount.name
        and (other.field == amount.field or not same_field)
        for other in scene.amounts
    )


def _table_is_told(scene: Scene, number: int) -> bool:
    """Whether another table, or the prose, states an amount of this one: the second witness of its unit.

    A table that prints no unit has it from this one, and vouches for nothing.
    """
    mine = [amount for amount in scene.of_grid(number) if _is_telling(amount)]
    bare = {table.id for table in scene.heard.reading.tables if table.unit is None or table.unit.source in BORROWED}
    others = {
        amount.value for amount in scene.amounts if amount.grid != number and f"t{amount.grid + 1:02d}" not in bare
    }
    prefix = f"t{number + 1:02d}."
    prose = any(
        check.scope == "narrative" and check.status in AGREES and check.lhs
        for check in scene.checks
        if any(cell.startswith(prefix) for cell in check.cells)
    )
    return prose or any(amount.value in others for amount in mine)


def _is_telling(amount: Amount) -> bool:
    return len(re.sub(r"\D", "", amount.cell.text).strip("0")) >= TELLING


KINDS: Mapping[str, Injector] = {
    **{name: _spoiling(spoil) for name, spoil in SPOILS.items()},
    "blank for amount": blank,
    "code read as money": code_as_money,
    "two cells merged": merged_cells,
    "amount in next column": shifted_amount,
    "row shifted by a column": shifted_row,
    "amounts swapped": swapped_amounts,
    "rows swapped": swapped_rows,
    "labels swapped": swapped_labels,
    "columns swapped": swapped_columns,
    "row dropped": dropped_row,
    "row duplicated": duplicated_row,
    "wrong unit": wrong_unit,
    "page join lost": lost_join,
    "rest of table lost": lost_half,
}
