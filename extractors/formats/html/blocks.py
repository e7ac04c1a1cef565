"""The flow of a page -> the blocks of a Document: lines and tables numbered, each grid told what stands around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extractors.budget import CellBudget
from extractors.formats.html.drawn import Row, with_tables
from extractors.formats.html.flow import Item, Line, Nested, Sheet, Table
from extractors.formats.html.joins import doubt, joined
from extractors.formats.html.sheets import laid_out
from extractors.layout.nearby import REACH, with_nearby
from extractors.model import Block, Cell, Grid, GridMethod, Location, Notice, Part, TextLine

Path = tuple[tuple[str, int | str], ...]


def blocks_of(
    items: Sequence[Item], budget: CellBudget, most_pages: int
) -> tuple[tuple[Block, ...], tuple[Notice, ...]]:
    """Blocks in reading order, each nested grid after the one that holds it, and what joining sheets left in doubt.

    Raises:
        TooLarge: there are too many cells, or too many sheets of placed text.
    """
    builder = _Builder(budget, most_pages)
    for kind, group in groupby(items, key=type):
        builder.add(kind, list(group))
    return builder.blocks(), tuple(builder.notices)


class _Builder:
    def __init__(self, budget: CellBudget, most_pages: int) -> None:
        self._budget, self._most_pages = budget, most_pages
        self._lines = self._tables = 0
        self._blocks: list[Block] = []
        self._nested: dict[int, list[Grid]] = {}  # by the place of the grid that holds them
        self.notices: list[Notice] = []

    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far, with the lines around each grid."""
        blocks: list[Block] = []
        for place, block in enumerate(with_nearby(self._blocks)):
            blocks += [block, *self._nested.get(place, ())]
        return tuple(blocks)

    def add(self, kind: type[Item], items: list[Item]) -> None:
        """Items of one kind that follow each other."""
        if kind is Line:
            self._add_lines([item for item in items if isinstance(item, Line)])
        elif kind is Sheet:
            self._add_sheets([item for item in items if isinstance(item, Sheet)])
        else:
            self._add_tables([item for item in items if isinstance(item, Table)])

    def _add_lines(self, lines: list[Line]) -> None:
        for item in with_tables(lines):
            if isinstance(item, Line):
                self._blocks.append(TextLine(item.text, self._next_line(), item.context.size, item.context.style))
            else:
                self._budget.spend(len(item) * len(item[0]))
                self._blocks.append(_drawn_grid(item, self._next_table()))

    def _add_tables(self, tables: list[Table]) -> None:
        """Tables with nothing between them; those that are one table become one grid."""
        last: Grid | None = None
        first: Grid | None = None
        head_alone = False
        for table in tables:
            path = self._next_table()
            grid = _grid(table, path)
            whole = joined(last, first, grid, head_alone) if last and first else None
            if whole is not None:
                self._blocks[-1] = last = whole
                head_alone = False
            else:
                if last and first and (notice := doubt(last, first, grid)):
                    self.notices.append(notice)
                self._blocks.append(grid)
                last, first, head_alone = grid, grid, table.bare_head
            self._add_nested(table, path)

    def _add_nested(self, table: Table, path: Path) -> None:
        paths = {id(table): path}
        for nested in table.nested:
            paths[id(nested.table)] = self._next_table()
            grid = _grid(nested.table, paths[id(nested.table)])
            where = _cell_location(paths[id(nested.parent)], nested.row, nested.col)
            self._nested.setdefault(len(self._blocks) - 1, []).append(_surrounded(grid, nested, where))

    def _add_sheets(self, sheets: list[Sheet]) -> None:
        """Places on sheets become paths: a sheet is no page that anyone could turn to."""
        stitched = laid_out(sheets, self._budget, self._most_pages)
        moved: dict[Location, Location] = {}
        for block in stitched.blocks:
            if isinstance(block, TextLine):
                moved.setdefault(block.location, self._next_line())
        for block in stitched.blocks:
            if isinstance(block, TextLine):
                self._blocks.append(_moved_line(block, moved))
            else:
                paths = [self._next_table() for _ in block.parts]
                moved.update(
                    (part.location, Location(path=path)) for part, path in zip(block.parts, paths, strict=True)
                )
                self._blocks.append(_moved_grid(block, paths, moved))
        self.notices += [
            replace(notice, location=moved[notice.location] if notice.location else None) for notice in stitched.notices
        ]

    def _next_line(self) -> Location:
        self._lines += 1
        return Location(path=(("line", self._lines - 1),))

    def _next_table(self) -> Path:
        self._tables += 1
        return (("table", self._tables - 1),)


def _cell_location(table: Path, row: int, col: int) -> Location:
    return Location(path=(*table, ("row", row), ("col", col)))


def _grid(table: Table, path: Path) -> Grid:
    cells = tuple(
        Cell(cell.row, cell.col, cell.row_span, cell.col_span, cell.text, _cell_location(path, cell.row, cell.col))
        for cell in table.cells
    )
    part = Part(Location(path=path), 0, table.n_rows - 1)
    return Grid(table.n_rows, table.n_cols, cells, (part,), GridMethod.NATIVE)


def _surrounded(grid: Grid, nested: Nested, where: Location) -> Grid:
    above, below = (
        tuple(TextLine(line.text, where, line.context.size, line.context.style) for line in lines)
        for lines in (nested.above[-REACH:], nested.below[:REACH])
    )
    return replace(grid, above=above, below=below)


def _drawn_grid(rows: Sequence[Row], path: Path) -> Grid:
    cells = tuple(
        Cell(row, col, 1, 1, text, _cell_location(path, row, col))
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    part = Part(Location(path=path), 0, len(rows) - 1)
    return Grid(len(rows), len(rows[0]), cells, (part,), GridMethod.BORDERLESS)


def _moved_line(line: TextLine, moved: Mapping[Location, Location]) -> TextLine:
    return replace(line, location=moved[line.location])


def _moved_grid(grid: Grid, paths: Sequence[Path], moved: Mapping[Location, Location]) -> Grid:
    """The grid with the path of a part for each cell; rows count from the first of their part."""
    homes = {part.location.page: (path, part.first_row) for part, path in zip(grid.parts, paths, strict=True)}

    def at(cell: Cell) -> Cell:
        path, first = homes[cell.location.page]
        return replace(cell, location=_cell_location(path, cell.row - first, cell.col))

    parts = tuple(replace(part, location=moved[part.location]) for part in grid.parts)
    between = tuple(_moved_line(line, moved) for line in grid.between)
    return replace(grid, cells=tuple(map(at, grid.cells)), parts=parts, between=between)
