"""Compares the rows of two parts of a table: heads printed again, sibling forms, rows cut in two by a page break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Cell, Grid

_NUMBER = re.compile(r"[-+−(（]?[\d,，.]+[)）%％]?")
SIBLING_LABELS = 6  # labels compared after the head
SIBLING_SHARE = 0.6  # of them: so many equal labels make the second grid a form of the same kind, not a continuation
ENDS = "。；！？;!?"


def repeated_rows(first: Grid, second: Grid) -> int:
    """How many rows at the start of ``second`` print again those of ``first``: text and spans alike.

    0 unless the repeated rows name at least two columns.
    """
    same_width = first.n_cols == second.n_cols
    ones, others = _signatures(first, same_width), _signatures(second, same_width)
    count = 0
    while count < min(len(ones), len(others)) and ones[count] == others[count]:
        count += 1
    while count and _cuts_span(second, count):
        count -= 1
    named = sum(bool(cell.text) for cell in second.cells if cell.row < count)
    return count if named >= min(2, second.n_cols) else 0


def _signatures(grid: Grid, with_places: bool) -> list[list[tuple[int, int, int, str]]]:
    rows: list[list[tuple[int, int, int, str]]] = [[] for _ in range(grid.n_rows)]
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
        place = (cell.col, cell.row_span, cell.col_span) if with_places else (0, cell.row_span, 0)
        rows[cell.row].append((*place, "".join(cell.text.split())))
    return rows


def _cuts_span(grid: Grid, row: int) -> bool:
    return any(cell.row < row < cell.row + cell.row_span for cell in grid.cells)


def twins(first: Grid, second: Grid, head: int) -> bool:
    """Whether ``second`` is another form of the same kind: the labels below its head are those of ``first`` again.

    A list that goes on has other labels in its first column, or one label over and over.
    """
    if head >= second.n_rows:
        return True
    pairs = list(zip(_labels(first, head), _labels(second, head), strict=False))[:SIBLING_LABELS]
    alike = sum(one == other for one, other in pairs)
    return alike > 1 and alike >= SIBLING_SHARE * len(pairs)


def _labels(grid: Grid, head: int) -> list[str]:
    """The texts of the first column below the head that are no numbers, each named once where it is repeated."""
    labels: list[str] = []
    for cell in sorted((cell for cell in grid.cells if cell.col == 0 and cell.row >= head), key=lambda cell: cell.row):
        text = "".join(cell.text.split())
        if text and not _NUMBER.fullmatch(text) and text not in labels[-1:]:
            labels.append(text)
    return labels


def torn_row(last: Sequence[Cell], rest: Sequence[Cell], brimming: frozenset[int]) -> tuple[bool, bool]:
    """Whether ``rest`` is what was left over of the row ``last``, and whether that is only likely.

    Both are the cells of one row under the same column numbers. Certain: the row's key is not printed again, and each
    text in ``rest`` goes on from a text that filled its cell to the right side without ending a sentence. Likely: a
    sentence ended there, and the next one may belong to the same cell.
    """
    printed = [cell for cell in rest if cell.text]
    key = next((cell.col for cell in last if cell.text), None)
    if not printed or key is None or any(cell.col == key or cell.row_span > 1 for cell in printed):
        return False, False
    before = {(cell.col, cell.col_span): cell.text for cell in last}
    begun = [before.get((cell.col, cell.col_span), "") for cell in printed]
    if not all(begun) or any(_NUMBER.fullmatch(text) for text in [*begun, *(cell.text for cell in printed)]):
        return False, False
    goes_on = [cell.col in brimming and text[-1] not in ENDS for cell, text in zip(printed, begun, strict=True)]
    may_go_on = [sure or text[-1] in ENDS for sure, text in zip(goes_on, begun, strict=True)]
    return all(goes_on), all(may_go_on)


def mend(cells: Sequence[Cell], row: int, rest: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells, where those that end in ``row`` go on with the texts of ``rest``."""
    more = {cell.col: cell.text for cell in rest if cell.text}

    def whole(cell: Cell) -> Cell:
        if cell.row + cell.row_span - 1 != row or cell.col not in more:
            return cell
        return replace(cell, text=f"{cell.text}\n{more[cell.col]}")

    return tuple(whole(cell) for cell in cells)
