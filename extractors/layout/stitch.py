"""Joins the parts of tables that were cut by page breaks. Geometry and repeated text only; knows no accounting.

A join needs evidence: the head of the table printed again, or columns that agree with nothing printed between. Where
the evidence is not enough the parts stay apart, with a notice that names both places. Rows are conserved; each part
remembers where it stands, so that a join can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout.columns import agreement, column_edges, near_edges, same_edges, spread, union
from extractors.layout.furniture import bare, is_page_number, running_heads
from extractors.layout.page import PageLayout
from extractors.layout.tear import mend, repeated_rows, torn_row, twins
from extractors.model import Block, Cell, Grid, GridMethod, Join, JoinMethod, Notice, Part, TextLine

ALIKE = 0.5  # of the inner edges: fewer in common, and nothing printed between, leaves a join in doubt
REACH = 15  # lines above a grid that may be its title


@dataclass(frozen=True, slots=True)
class Stitched:
    """The blocks of a document, a joined grid where it begins, and what was left in doubt."""

    blocks: list[Block]
    notices: list[Notice]


@dataclass(frozen=True, slots=True)
class _Open:
    """The last grid so far, which the next page may go on with. ``place`` is its index among the blocks."""

    place: int
    grid: Grid
    first: Grid  # its first part alone
    edges: list[float]
    titles: frozenset[str]
    tail: tuple[TextLine, ...]  # what is printed after it on its last page
    page: int
    brimming: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Verdict:
    join: Join | None = None
    header_rows: int = 0
    doubtful: bool = False


def stitch(pages: Sequence[PageLayout]) -> Stitched:
    """The pages' blocks in one sequence, grids that go over page breaks joined."""
    running = running_heads([page.blocks for page in pages])
    done = Stitched([], [])
    last: _Open | None = None
    for page in pages:
        last = _add_page(done, page, last, running)
    return done


def _add_page(done: Stitched, page: PageLayout, last: _Open | None, running: frozenset[str]) -> _Open | None:
    """Adds the page's blocks; the grid that the next page may go on with."""
    grids = [index for index, block in enumerate(page.blocks) if isinstance(block, Grid)]
    if not grids:
        done.blocks.extend(page.blocks)
        return None
    first, following = grids[0], page.blocks[grids[0]]
    assert isinstance(following, Grid)
    head = [block for block in page.blocks[:first] if isinstance(block, TextLine)]
    start = 0
    if last is not None and page.number == last.page + 1:
        verdict = _judge(last, following, _telling(head, running), bool(_telling(last.tail, running)))
        if verdict.doubtful:
            done.notices.append(_doubt(last.grid, following))
        if verdict.join is not None:
            before = last.grid
            last, torn = _joined(last, following, head, verdict, page)
            if torn:
                done.notices.append(_torn(before, following))
            done.blocks[last.place] = last.grid
            done.blocks.extend(head)
            start = first + 1
            if len(grids) == 1:
                done.blocks.extend(page.blocks[start:])
                return replace(last, tail=_lines(page.blocks[start:]))
    offset = len(done.blocks) - start
    done.blocks.extend(page.blocks[start:])
    return _open(done.blocks, offset + grids[-1], page, running)


def _open(blocks: list[Block], place: int, page: PageLayout, running: frozenset[str]) -> _Open:
    grid = blocks[place]
    assert isinstance(grid, Grid)
    above: list[TextLine] = []
    for block in blocks[max(place - REACH, 0) : place][::-1]:
        if isinstance(block, Grid):
            break
        above.append(block)
    titles = frozenset(bare(line.text) for line in _telling(above, running))
    tail = _lines(blocks[place + 1 :])
    return _Open(place, grid, grid, column_edges(grid), titles, tail, page.number, page.brimming)


def _lines(blocks: Sequence[Block]) -> tuple[TextLine, ...]:
    return tuple(block for block in blocks if isinstance(block, TextLine))


def _telling(lines: Sequence[TextLine], running: frozenset[str]) -> list[TextLine]:
    """The lines that say something of their own: no page numbers, running heads or bare marks of continuation."""
    return [line for line in lines if not is_page_number(line) and line.text not in running and bare(line.text)]


def _judge(last: _Open, grid: Grid, head: list[TextLine], tail: bool) -> _Verdict:
    """Whether ``grid`` goes on from ``last``, given the lines above it and whether lines stand below ``last``."""
    edges = _edges(last, grid)
    if any(bare(line.text) not in last.titles for line in head):
        return _Verdict()
    repeated = repeated_rows(last.first, grid)
    if repeated:
        certain = bool(head or not tail) and not twins(last.first, grid, repeated)
        if not certain:
            return _Verdict(doubtful=same_edges(last.edges, edges) and not head)
        score = 1.0 if same_edges(last.edges, edges) else 0.9
        return _Verdict(Join(JoinMethod.HEADER_REPEATED, score), repeated)
    if head or tail:
        return _Verdict()
    share = agreement(last.edges, edges)
    if share < ALIKE:
        return _Verdict(doubtful=share > 0)
    method = JoinMethod.TOTAL_ROW if grid.n_rows == 1 else JoinMethod.SAME_COLUMNS
    return _Verdict(Join(method, round(0.95 * share, 2)))


def _edges(last: _Open, grid: Grid) -> list[float]:
    """The column edges of a grid; those of the grid before it, when both are read from alignment and nearly agree.

    They need not agree where the heads do. Without rules an edge is known only to lie somewhere between two columns of
    words.
    """
    edges = column_edges(grid)
    aligned = last.first.method is grid.method is GridMethod.BORDERLESS and len(edges) == len(last.edges)
    if aligned and (near_edges(last.edges, edges) or repeated_rows(last.first, grid)):
        return list(last.edges)
    return edges


def _joined(last: _Open, grid: Grid, head: list[TextLine], verdict: _Verdict, page: PageLayout) -> tuple[_Open, bool]:
    """The open grid with one more part, and whether its first row may be the rest of a row, but need not."""
    edges, mine, theirs = union(last.edges, _edges(last, grid))
    whole, more = spread(last.grid.cells, mine), spread(grid.cells, theirs, last.grid.n_rows)
    end = last.grid.n_rows - 1
    brimming = frozenset(mine[col] for col in last.brimming)
    rest_row = last.grid.n_rows + verdict.header_rows
    rest = _row(more, rest_row)
    certain, likely = torn_row(_row_end(whole, end), rest, brimming)
    if certain:
        whole, more = mend(whole, end, rest), _without(more, rest_row)
    rows = grid.n_rows - certain
    first_row = end + 1 if rows else end  # a page that holds nothing but the rest of a row
    part = Part(grid.parts[0].location, first_row, end + rows, verdict.header_rows, certain)
    merged = replace(
        last.grid,
        n_rows=end + 1 + rows,
        n_cols=len(edges) - 1,
        cells=(*whole, *more),
        parts=(*last.grid.parts, part),
        between=(*last.grid.between, *last.tail, *head),
        join=_weaker(last.grid.join, verdict.join, certain),
    )
    brims = frozenset(theirs[col] for col in page.brimming if col < grid.n_cols)
    opened = replace(last, grid=merged, edges=edges, page=page.number, brimming=brims)
    return opened, likely and not certain


def _weaker(before: Join | None, now: Join | None, torn: bool) -> Join | None:
    """The join of least certainty; a page with one row that is the rest of another is no total row."""
    if now is not None and torn and now.method is JoinMethod.TOTAL_ROW:
        now = replace(now, method=JoinMethod.SAME_COLUMNS)
    if before is None or now is None:
        return before or now
    return now if now.score < before.score else before


def _row(cells: Sequence[Cell], row: int) -> list[Cell]:
    return [cell for cell in cells if cell.row == row]


def _row_end(cells: Sequence[Cell], row: int) -> list[Cell]:
    return sorted((cell for cell in cells if cell.row + cell.row_span - 1 == row), key=lambda cell: cell.col)


def _without(cells: Sequence[Cell], row: int) -> tuple[Cell, ...]:
    """The cells without one row: cells that go on below it lose a row, those below it move up."""
    kept = []
    for cell in cells:
        through = cell.row <= row < cell.row + cell.row_span
        if through and cell.row_span == 1:
            continue
        kept.append(replace(cell, row=cell.row - (cell.row > row), row_span=cell.row_span - through))
    return tuple(kept)


def _doubt(grid: Grid, following: Grid) -> Notice:
    before, after = grid.parts[-1].location.page, following.location.page
    return Notice(
        "doubtful_join",
        f"the table on page {after} may go on from the table on page {before}; they were kept apart",
        f"第{after}页的表可能是第{before}页表的续表，未予合并",
        following.location,
    )


def _torn(grid: Grid, following: Grid) -> Notice:
    before, after = grid.parts[-1].location.page, following.location.page
    return Notice(
        "doubtful_row",
        f"the first row on page {after} may be the rest of the last row on page {before}; they were kept as two rows",
        f"第{after}页首行可能是第{before}页末行的续行，未予合并",
        following.location,
    )
