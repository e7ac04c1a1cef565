"""Joins the parts of tables that were cut by page breaks. Geometry and repeated text only; knows no accounting.

A join needs evidence: the head of the table printed again, or columns that agree with nothing printed between. Where
the evidence is not enough the parts stay apart, with a notice that names both places. Rows are conserved; each part
remembers where it stands, so that a join can be undone. Tables beside each other go on each in its own place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout.beside import abreast, share_of, stands_over
from extractors.layout.columns import column_edges, spread, union
from extractors.layout.furniture import bare, running_heads, telling
from extractors.layout.joins import Evidence, Verdict, edges_beside, judge
from extractors.layout.page import PageLayout
from extractors.layout.tear import mend, torn_row
from extractors.model import Block, Cell, Grid, Join, JoinMethod, Notice, Part, TextLine

REACH = 15  # lines above a grid that may be its title
SURE = 0.95  # score of a join whose columns all agree
SAME_PLACE = 0.5  # of the narrower one: how far two tables must stand above each other where several stand abreast


@dataclass(frozen=True, slots=True)
class Stitched:
    """The blocks of a document, a joined grid where it begins, and what was left in doubt."""

    blocks: list[Block]
    notices: list[Notice]


@dataclass(frozen=True, slots=True)
class _Open:
    """A grid at the end of a page, which the next page may go on with. ``place`` is its index among the blocks."""

    place: int
    grid: Grid
    first: Grid  # its first part alone
    edges: list[float]
    titles: frozenset[str]
    tail: tuple[TextLine, ...]  # what is printed after it on its last page
    page: PageLayout
    brimming: frozenset[int]


def stitch(pages: Sequence[PageLayout]) -> Stitched:
    """The pages' blocks in one sequence, grids that go over page breaks joined."""
    running = running_heads([page.blocks for page in pages])
    done = Stitched([], [])
    last: list[_Open] = []
    for page in pages:
        next_to_it = last and page.number - last[0].page.number in (0, 1)  # 0: two pages on one picture
        going_on = last if next_to_it else []
        last = _add_page(done, page, going_on, running)
    return done


def _add_page(done: Stitched, page: PageLayout, last: list[_Open], running: frozenset[str]) -> list[_Open]:
    """Adds the page's blocks; the grids that the next page may go on with."""
    page = _read_as_it_goes_on(done, page, last, running)
    grids = [index for index, block in enumerate(page.blocks) if isinstance(block, Grid)]
    if not grids:
        done.blocks.extend(page.blocks)
        return []
    joined: dict[int, _Open] = {}
    for index, opened in _pairs(page, last):
        verdict = _judged(done, page, index, opened, running)
        if verdict.join is not None:
            joined[index] = _go_on(done, page, index, opened, verdict)
    places = {}
    for index, block in enumerate(page.blocks):
        if index not in joined:
            places[index] = len(done.blocks)
            done.blocks.append(block)
    ends = [grids[place] for place in abreast([_grid_at(page, index) for index in grids], last=True)]
    going_on = []
    for index in ends:
        tail = _tail(page, index, alone=len(ends) == 1)
        if index in joined:
            going_on.append(replace(joined[index], tail=tail))
        else:
            going_on.append(_open(page, index, places[index], _titles(done.blocks, places[index], running), tail))
    return going_on


def _grid_at(page: PageLayout, index: int) -> Grid:
    block = page.blocks[index]
    assert isinstance(block, Grid)
    return block


def _pairs(page: PageLayout, last: list[_Open]) -> list[tuple[int, _Open]]:
    """Which grid at the start of the page may go on from which grid before it; by their places where there are more."""
    if not last:
        return []
    grids = [index for index, block in enumerate(page.blocks) if isinstance(block, Grid)]
    heads = [grids[place] for place in abreast([_grid_at(page, index) for index in grids], last=False)]
    if len(heads) == len(last) == 1:
        return [(heads[0], last[0])]
    pairs = []
    free = list(last)
    for index in heads:
        grid = _grid_at(page, index)
        best = max(free, key=lambda one: share_of(one.grid.parts[-1], grid.parts[0]), default=None)
        if best is not None and share_of(best.grid.parts[-1], grid.parts[0]) >= SAME_PLACE:
            free.remove(best)
            pairs.append((index, best))
    return pairs


def _read_as_it_goes_on(done: Stitched, page: PageLayout, last: list[_Open], running: frozenset[str]) -> PageLayout:
    """The page, or the page with its first lines read as rows, when they stand in the columns of a table before.

    A row or two alone show too little to be a table on their own page: the head printed again, or three columns in
    their places, tell.
    """
    other = page.otherwise
    first = (
        next((index for index, block in enumerate(other.blocks) if isinstance(block, Grid)), None) if other else None
    )
    if other is None or first is None or _grid_at(other, first) in page.blocks:
        return page
    for index, opened in _pairs(other, last):
        verdict = _verdict(other, index, opened, running)
        sure = verdict.header_rows or (verdict.join and verdict.join.score >= SURE and opened.grid.n_cols > 2)
        if index == first and verdict.join is not None and sure:
            done.notices.extend(notice for notice in other.notices if notice not in page.notices)
            return other
    return page


def _judged(done: Stitched, page: PageLayout, index: int, opened: _Open, running: frozenset[str]) -> Verdict:
    verdict = _verdict(page, index, opened, running)
    if verdict.doubtful:
        done.notices.append(_doubt(opened.grid, _grid_at(page, index)))
    return verdict


def _verdict(page: PageLayout, index: int, opened: _Open, running: frozenset[str]) -> Verdict:
    grid = _grid_at(page, index)
    below = {line.text for line in _after(page, index)}
    tail = [line for line in telling(opened.tail, running) if line.text not in below]
    head = telling(_before(page, index), running)
    evidence = Evidence(
        fresh=any(bare(line.text) not in opened.titles for line in head),
        titled=bool(head),
        followed=bool(tail),
        turned=opened.page.width != page.width,
    )
    return judge(opened.first, opened.grid.n_cols, opened.edges, grid, evidence)


def _go_on(done: Stitched, page: PageLayout, index: int, opened: _Open, verdict: Verdict) -> _Open:
    """The open grid with the grid of this page, put among the blocks where it began."""
    following, before = _grid_at(page, index), opened.grid
    opened, torn = _joined(opened, following, _before(page, index), verdict, page)
    if torn:
        done.notices.append(_torn(before, following))
    done.blocks[opened.place] = opened.grid
    return opened


def _before(page: PageLayout, index: int) -> list[TextLine]:
    """The lines between the grid before and this one."""
    lines: list[TextLine] = []
    for block in page.blocks[:index][::-1]:
        if isinstance(block, Grid):
            break
        lines.append(block)
    return lines[::-1]


def _after(page: PageLayout, index: int) -> list[TextLine]:
    """The lines between this grid and the next."""
    lines: list[TextLine] = []
    for block in page.blocks[index + 1 :]:
        if isinstance(block, Grid):
            break
        lines.append(block)
    return lines


def _tail(page: PageLayout, index: int, *, alone: bool) -> tuple[TextLine, ...]:
    lines = _after(page, index)
    part = _grid_at(page, index).parts[0]
    return tuple(line for line in lines if alone or stands_over(line, part))


def _titles(blocks: list[Block], place: int, running: frozenset[str]) -> frozenset[str]:
    """The lines above a grid, one of which may be its title."""
    above: list[TextLine] = []
    for block in blocks[max(place - REACH, 0) : place][::-1]:
        if isinstance(block, Grid):
            break
        above.append(block)
    return frozenset(bare(line.text) for line in telling(above, running))


def _open(page: PageLayout, index: int, place: int, titles: frozenset[str], tail: tuple[TextLine, ...]) -> _Open:
    grid = _grid_at(page, index)
    brimming = page.brimming.get(grid.location, frozenset())
    return _Open(place, grid, grid, column_edges(grid), titles, tail, page, brimming)


def _joined(
    last: _Open, grid: Grid, head: Sequence[TextLine], verdict: Verdict, page: PageLayout
) -> tuple[_Open, bool]:
    """The open grid with one more part, and whether its first row may be the rest of a row, but need not."""
    edges, mine, theirs = union(last.edges, edges_beside(last.first, last.edges, grid))
    if verdict.one_by_one:
        edges, mine, theirs = last.edges, list(range(grid.n_cols + 1)), list(range(grid.n_cols + 1))
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
    kept = tuple(replace(cell, row=end) for cell in rest) if certain else ()
    part = Part(grid.parts[0].location, first_row, end + rows, verdict.header_rows, kept)
    merged = replace(
        last.grid,
        n_rows=end + 1 + rows,
        n_cols=len(edges) - 1,
        cells=(*whole, *more),
        parts=(*last.grid.parts, part),
        between=(*last.grid.between, *last.tail, *head),
        join=_weaker(last.grid.join, verdict.join, certain),
    )
    brims = frozenset(theirs[col] for col in page.brimming.get(grid.location, ()))
    return replace(last, grid=merged, edges=edges, page=page, brimming=brims), likely and not certain


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
