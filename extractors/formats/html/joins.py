"""Tables that follow each other with nothing between them: one table that was cut, or two.

Pages made from a PDF or a workbook hold one table for each page; pages that scroll the body under a fixed head hold the
head as a table of its own. A join needs evidence: a head that is repeated, a head alone, a row alone.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.layout.tear import repeated_rows, twins
from extractors.model import Grid, Join, JoinMethod, Notice, Part

_HEAD_REPEATED, _ROW_ALONE, _HEAD_ALONE = 0.9, 0.8, 0.8  # scores: no widths are known, only numbers of columns
_DOUBTFUL_COLUMNS = 3  # columns from which equal numbers of them are no mere chance


def joined(grid: Grid, first: Grid, following: Grid, head_alone: bool) -> Grid | None:
    """``grid`` with the rows of ``following`` as one more part; None when nothing proves that they are one table.

    ``first`` is the first part of ``grid``; ``head_alone`` says that it is all so far, and holds nothing but a head.
    """
    if grid.n_cols != following.n_cols:
        return None
    repeated = repeated_rows(first, following)
    if head_alone and not repeated:
        return _appended(grid, following, Join(JoinMethod.SAME_COLUMNS, _HEAD_ALONE), 0)
    if repeated and not twins(first, following, repeated):
        return _appended(grid, following, Join(JoinMethod.HEADER_REPEATED, _HEAD_REPEATED), repeated)
    if following.n_rows == 1 and grid.n_rows > 1:
        return _appended(grid, following, Join(JoinMethod.TOTAL_ROW, _ROW_ALONE), 0)
    return None


def _appended(grid: Grid, following: Grid, join: Join, header_rows: int) -> Grid:
    shift = grid.n_rows
    part = Part(following.parts[0].location, shift, shift + following.n_rows - 1, header_rows)
    moved = tuple(replace(cell, row=cell.row + shift) for cell in following.cells)
    weaker = grid.join if grid.join is not None and grid.join.score < join.score else join
    return replace(
        grid,
        n_rows=shift + following.n_rows,
        cells=(*grid.cells, *moved),
        parts=(*grid.parts, part),
        join=weaker,
    )


def doubt(grid: Grid, first: Grid, following: Grid) -> Notice | None:
    """What is to be said of two tables that were left apart; None when they are alike by chance, or two of one form."""
    repeated = repeated_rows(first, following)
    if grid.n_cols != following.n_cols or grid.n_cols < _DOUBTFUL_COLUMNS or repeated:
        return None
    before, after = (dict(one.parts[-1].location.path)["table"] for one in (grid, following))
    return Notice(
        "doubtful_join",
        f"table {after} of the page (from 0) may go on from table {before}, right above it; they were kept apart",
        f"网页第{after}个表（从0起）可能是第{before}个表的续表，未予合并",
        following.location,
    )
