"""Undoes the joins of a grid: the parts as they stand on their pages, each with rows of its own."""

from __future__ import annotations

from dataclasses import replace

from extractors.model import Cell, Grid, Location, Part

Printed = list[tuple[int, int, str, Location]]  # row, row span, text and place


def rows_of_part(part: Part) -> int:
    """How many rows a part has on its page."""
    return part.last_row - part.first_row + 1 + bool(part.rest) - _is_rest_alone(part)


def _is_rest_alone(part: Part) -> bool:
    """Whether its page holds nothing but the rest of a row: it names the row that this went into."""
    return bool(part.rest) and part.rest[0].row == part.first_row


def parted(grid: Grid) -> list[list[Cell]]:
    """The cells of each part, rows counted from its own first one, columns as in the joined grid."""
    cells = list(grid.cells)
    parts: list[list[Cell]] = []
    for part in reversed(grid.parts):
        rows = range(0) if _is_rest_alone(part) else range(part.first_row, part.last_row + 1)
        own = [cell for cell in cells if cell.row in rows]
        through = [cell for cell in own if cell.row + cell.row_span - 1 > part.last_row]
        assert not through, "a cell goes over a page break"
        moved = [replace(cell, row=cell.row - part.first_row) for cell in own]
        if part.rest:
            moved = _with_rest(moved, part)
            cells = [_without_rest(cell, part) for cell in cells]
        parts.append(sorted(moved, key=lambda cell: (cell.row, cell.col)))
    return parts[::-1]


def _with_rest(cells: list[Cell], part: Part) -> list[Cell]:
    """The rest of the cut row back in its place, after the head that is printed again; rows below it move down."""
    at = part.header_rows
    covered = {cell.col for cell in part.rest if cell.row_span > 1}
    kept = [
        replace(cell, row=at, row_span=cell.row_span + 1)
        if cell.row == at and cell.col in covered
        else replace(cell, row=cell.row + (cell.row >= at))
        for cell in cells
    ]
    return [*kept, *(replace(cell, row=at) for cell in part.rest if cell.row_span == 1)]


def _without_rest(cell: Cell, part: Part) -> Cell:
    texts = {rest.col: rest.text for rest in part.rest if rest.text}
    if cell.row + cell.row_span - 1 != part.rest[0].row or cell.col not in texts:
        return cell
    return replace(cell, text=cell.text.removesuffix("\n" + texts[cell.col]))


def printed(cells: list[Cell]) -> Printed:
    """Rows, row spans, texts and places: what a join may not change. Columns may be numbered anew."""
    return [(cell.row, cell.row_span, cell.text, cell.location) for cell in cells]
