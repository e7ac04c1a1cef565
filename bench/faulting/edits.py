"""Changes to a printed Document: other texts in cells, rows gone or twice, a page join undone. Knows no meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from extractors.model import Block, Cell, Document, Grid, Part, TextLine

Texts = Mapping[tuple[int, int], str]


def with_texts(document: Document, grid_number: int, texts: Texts) -> Document:
    """The document with other texts in some cells of one grid, by row and column of the cell's first position."""

    def edit(grid: Grid) -> Grid:
        cells = (replace(cell, text=texts.get((cell.row, cell.col), cell.text)) for cell in grid.cells)
        return replace(grid, cells=tuple(cells))

    return _with_grid(document, grid_number, lambda grid: (edit(grid),))


def is_plain_row(grid: Grid, row: int) -> bool:
    """Whether no cell of the row reaches into another, and it is not the only one of its part."""
    crossing = any(cell.row <= row < cell.row + cell.row_span and cell.row_span > 1 for cell in grid.cells)
    part = next((part for part in grid.parts if part.first_row <= row <= part.last_row), None)
    return not crossing and part is not None and part.first_row < part.last_row


def without_row(document: Document, grid_number: int, row: int) -> Document:
    """The document without one plain row; what stands below it moves up."""

    def edit(grid: Grid) -> Grid:
        kept = (cell for cell in grid.cells if cell.row != row)
        cells = tuple(replace(cell, row=cell.row - (cell.row > row)) for cell in kept)
        return replace(grid, n_rows=grid.n_rows - 1, cells=cells, parts=_moved_parts(grid, row, -1))

    return _with_grid(document, grid_number, lambda grid: (edit(grid),))


def with_row_twice(document: Document, grid_number: int, row: int) -> Document:
    """The document with one plain row printed twice, one below the other."""

    def edit(grid: Grid) -> Grid:
        again = [replace(cell, row=row + 1) for cell in grid.cells if cell.row == row]
        cells = [replace(cell, row=cell.row + (cell.row > row)) for cell in grid.cells]
        ordered = sorted((*cells, *again), key=lambda cell: (cell.row, cell.col))
        return replace(grid, n_rows=grid.n_rows + 1, cells=tuple(ordered), parts=_moved_parts(grid, row, 1))

    return _with_grid(document, grid_number, lambda grid: (edit(grid),))


def split(document: Document, grid_number: int, part: int, *, keep_rest: bool) -> Document:
    """The document with a joined grid cut where a part begins: in two grids, or with the rest lost."""

    def edit(grid: Grid) -> tuple[Block, ...]:
        border = grid.parts[part].first_row
        first = _rows(grid, 0, border, grid.parts[:part])
        if not keep_rest:
            return (first,)
        rest = _rows(grid, border, grid.n_rows, grid.parts[part:])
        return (replace(first, below=()), *grid.between, replace(rest, above=grid.between, between=()))

    return _with_grid(document, grid_number, edit)


def with_caption(document: Document, grid_number: int, change: Callable[[str], str]) -> Document:
    """The document with the lines above one grid changed, wherever it holds them."""
    above = document.grids[grid_number].above
    texts = {line: replace(line, text=change(line.text)) for line in above}

    def lines(found: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
        return tuple(texts.get(line, line) for line in found)

    def edit(block: Block) -> Block:
        if isinstance(block, TextLine):
            return texts.get(block, block)
        return replace(block, above=lines(block.above), below=lines(block.below), between=lines(block.between))

    return replace(document, blocks=tuple(edit(block) for block in document.blocks))


def _with_grid(document: Document, grid_number: int, edit: Callable[[Grid], tuple[Block, ...]]) -> Document:
    chosen = document.grids[grid_number]
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(edit(chosen) if block is chosen else (block,))
    return replace(document, blocks=tuple(blocks))


def _moved_parts(grid: Grid, row: int, by: int) -> tuple[Part, ...]:
    return tuple(
        replace(
            part,
            first_row=part.first_row + (by if part.first_row > row else 0),
            last_row=part.last_row + (by if part.last_row >= row else 0),
        )
        for part in grid.parts
    )


def _rows(grid: Grid, start: int, end: int, parts: tuple[Part, ...]) -> Grid:
    """The rows from ``start`` to before ``end`` as a grid of their own; a cell that crosses the border is cut."""
    cells = [_clipped(cell, start, end) for cell in grid.cells if cell.row < end and cell.row + cell.row_span > start]
    moved = tuple(
        replace(part, first_row=part.first_row - start, last_row=part.last_row - start, header_rows=0) for part in parts
    )
    join = grid.join if len(parts) > 1 else None
    return replace(grid, n_rows=end - start, cells=tuple(cells), parts=moved, join=join)


def _clipped(cell: Cell, start: int, end: int) -> Cell:
    first, last = max(cell.row, start), min(cell.row + cell.row_span, end)
    return replace(cell, row=first - start, row_span=last - first)
