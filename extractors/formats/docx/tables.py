"""A ``w:tbl`` as a Grid: the text of its cells, the tables nested in them, and tables that were cut in two by hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lxml import etree

from extractors.budget import CellBudget
from extractors.formats.docx.flow import Tables, flow
from extractors.formats.docx.lattice import Lattice, Slot, lattice
from extractors.formats.docx.marks import has_text
from extractors.formats.docx.notices import Noticed
from extractors.formats.docx.text import TextReader
from extractors.model import Block, Cell, Grid, GridMethod, Join, JoinMethod, Location, Part, TextLine
from extractors.noticebook import NoticeBook

_NEARBY = 15  # lines kept above and below a grid
_SAME_EDGE = 0.02  # of the width of the table: two tables whose column edges differ by less are one table that was cut
_UNKNOWN_EDGES = 0.8  # score of a join on the number of columns alone


Path = tuple[tuple[str, int | str], ...]


@dataclass(slots=True)
class Found:
    """A grid and the grids nested in its cells."""

    grid: Grid
    nested: list[Grid] = field(default_factory=list)


Item = TextLine | Found


@dataclass(frozen=True, slots=True)
class _Table:
    """One ``w:tbl``: rows of its cells count from its own first row. ``inside`` is what each cell holds, in order."""

    location: Location
    shape: Lattice
    cells: tuple[Cell, ...]
    inside: list[list[Item]]

    @property
    def nested(self) -> list[Grid]:
        """The grids in its cells, each with the paragraphs of its cell around it."""
        holding = (items for items in self.inside if any(isinstance(item, Found) for item in items))
        return [block for items in holding for block in surrounded(items) if isinstance(block, Grid)]

    @property
    def is_frame(self) -> bool:
        """Whether it only sets the page: one column, and in it the real table with its title and its notes."""
        return self.shape.n_cols == 1 and any(isinstance(item, Found) for items in self.inside for item in items)


class TableReader:
    """Reads tables in document order; tables are counted from 0 as they begin, nested ones too."""

    def __init__(self, reader: TextReader, book: NoticeBook, budget: CellBudget) -> None:
        self._reader, self._book, self._budget = reader, book, budget
        self._tables = 0

    def read(self, group: Tables) -> list[Item]:
        """The grids of tables that have nothing between them: those whose columns agree are one grid.

        Of a table that only sets the page, what stands in it takes its place.

        Raises:
            TooLarge: the document has more cells than are read.
        """
        found: list[Item] = []
        last: _Table | None = None
        for element in group:
            table = self._table(element)
            if table.is_frame:
                found += itertools.chain.from_iterable(table.inside)
                last = None
                continue
            if not table.cells:
                continue
            score = _agreement(last.shape, table.shape) if last is not None else 0.0
            before = found[-1] if score else None
            if isinstance(before, Found):
                found[-1] = _appended(before, table, score)
            else:
                found.append(Found(_grid(table), table.nested))
            last = table
        return found

    def _table(self, element: etree._Element) -> _Table:
        path = (("table", self._tables),)
        self._tables += 1
        where = Location(path=path)
        shape = lattice(element, where, self._book, self._budget)
        inside: list[list[Item]] = []
        cells = tuple(self._cell(slot, path, inside) for slot in shape.slots)
        return _Table(where, shape, cells, inside)

    def _cell(self, slot: Slot, path: Path, inside: list[list[Item]]) -> Cell:
        where = Location(path=(*path, ("row", slot.row), ("col", slot.col)))
        text = ""
        if slot.element is not None:
            text, items = self._content(slot.element, where)
            inside.append(items)
        if slot.covered and any(has_text(element) for element in slot.covered):
            self._book.add(Noticed.HIDDEN_TEXT, where)
        return Cell(slot.row, slot.col, slot.row_span, slot.col_span, text, where)

    def _content(self, element: etree._Element, where: Location) -> tuple[str, list[Item]]:
        """The paragraphs of a cell as its text; and they and the grids between them, in order."""
        texts: list[str] = []
        items: list[Item] = []
        for block in flow(element, self._reader, self._book, lambda: where):
            if isinstance(block, list):
                items += self.read(block)
                continue
            texts.append(block.text)
            if block.text.strip():
                items.append(TextLine(block.text, where))
        return "\n".join(texts).strip("\n"), items


def surrounded(items: Iterable[Item]) -> list[Block]:
    """The blocks in order: each grid with the lines around it, those nested in it after it."""
    runs = [(is_grid, list(run)) for is_grid, run in itertools.groupby(items, lambda item: isinstance(item, Found))]
    blocks: list[Block] = []
    for place, (_, run) in enumerate(runs):
        above = _lines(runs[place - 1][1]) if place else []
        below = _lines(runs[place + 1][1]) if place + 1 < len(runs) else []
        for item in run:
            if isinstance(item, TextLine):
                blocks.append(item)
                continue
            first, last = item is run[0], item is run[-1]
            grid = replace(
                item.grid,
                above=tuple(above[-_NEARBY:]) if first else (),
                below=tuple(below[:_NEARBY]) if last else (),
            )
            blocks += [grid, *item.nested]
    return blocks


def _lines(run: list[Item]) -> list[TextLine]:
    return [item for item in run if isinstance(item, TextLine)]


def _grid(table: _Table) -> Grid:
    shape = table.shape
    part = Part(table.location, 0, shape.n_rows - 1)
    return Grid(shape.n_rows, shape.n_cols, table.cells, (part,), GridMethod.NATIVE)


def _agreement(first: Lattice, second: Lattice) -> float:
    """How surely two tables that touch are one: 1 when their column edges are the same, 0 when they are not."""
    if first.n_cols != second.n_cols:
        return 0.0
    if not first.edges or not second.edges:
        return _UNKNOWN_EDGES
    pairs = zip(first.edges, second.edges, strict=True)
    return 1.0 if all(abs(one - other) <= _SAME_EDGE for one, other in pairs) else 0.0


def _appended(found: Found, table: _Table, score: float) -> Found:
    """The grid with the rows of ``table`` beneath its own, as one more part."""
    grid = found.grid
    shift = grid.n_rows
    repeated = _repeated_rows(grid, table)
    part = Part(table.location, shift, shift + table.shape.n_rows - 1, header_rows=repeated)
    method = JoinMethod.HEADER_REPEATED if repeated else JoinMethod.SAME_COLUMNS
    joined = Grid(
        shift + table.shape.n_rows,
        grid.n_cols,
        (*grid.cells, *(replace(cell, row=cell.row + shift) for cell in table.cells)),
        (*grid.parts, part),
        GridMethod.NATIVE,
        join=Join(method, min(score, grid.join.score if grid.join else 1.0)),
    )
    return Found(joined, found.nested + table.nested)


def _repeated_rows(grid: Grid, table: _Table) -> int:
    """How many rows at the start of ``table`` are those at the start of ``grid``; never all of them."""
    own, other = _rows(grid.cells), _rows(table.cells)
    same = itertools.takewhile(lambda row: own.get(row) == other[row], range(table.shape.n_rows - 1))
    return sum(1 for _ in same)


def _rows(cells: tuple[Cell, ...]) -> dict[int, list[tuple[int, int, int, str]]]:
    rows: dict[int, list[tuple[int, int, int, str]]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append((cell.col, cell.row_span, cell.col_span, cell.text))
    return rows
