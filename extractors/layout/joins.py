"""Whether a grid at the start of a page goes on from a grid at the end of the page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.layout.columns import agreement, column_edges, near_edges, same_edges, same_proportions
from extractors.layout.tear import repeated_rows, twins
from extractors.model import Grid, GridMethod, Join, JoinMethod

ALIKE = 0.5  # of the inner edges: fewer in common, and nothing printed between, leaves a join in doubt
SCALED = 0.8  # score of a join whose columns agree only after one of the pages is scaled


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is printed around the break: ``fresh`` is a line above the second grid that stood not above the first,

    ``titled`` any line there, ``followed`` a line below the first that is not printed below the second again;
    ``turned`` says that the second page has another width.
    """

    fresh: bool
    titled: bool
    followed: bool
    turned: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A join or none. ``one_by_one``: the columns of both are the same in order, however wide they are drawn."""

    join: Join | None = None
    header_rows: int = 0
    doubtful: bool = False
    one_by_one: bool = False


def judge(first: Grid, n_cols: int, edges: Sequence[float], grid: Grid, evidence: Evidence) -> Verdict:
    """Whether ``grid`` goes on from a table whose first part is ``first`` and which has ``n_cols`` columns by now."""
    if evidence.fresh:
        return Verdict()
    theirs = edges_beside(first, edges, grid)
    repeated = repeated_rows(first, grid)
    if repeated:
        certain = (evidence.titled or not evidence.followed) and not twins(first, grid, repeated)
        if not certain:
            return Verdict(doubtful=same_edges(edges, theirs) and not evidence.titled)
        score = 1.0 if same_edges(edges, theirs) else 0.9
        one_by_one = n_cols == first.n_cols == grid.n_cols
        return Verdict(Join(JoinMethod.HEADER_REPEATED, score), repeated, one_by_one=one_by_one)
    if evidence.titled or evidence.followed:
        return Verdict()
    return _by_columns(edges, theirs, grid, evidence)


def edges_beside(first: Grid, edges: Sequence[float], grid: Grid) -> list[float]:
    """The column edges of a grid; those of the grid before it, when both are read from alignment and nearly agree.

    They need not agree where the heads do. Without rules an edge is known only to lie somewhere between two columns of
    words.
    """
    theirs = column_edges(grid)
    aligned = first.method is grid.method is GridMethod.BORDERLESS and len(theirs) == len(edges)
    if aligned and (near_edges(edges, theirs) or repeated_rows(first, grid)):
        return list(edges)
    return theirs


def _by_columns(edges: Sequence[float], theirs: Sequence[float], grid: Grid, evidence: Evidence) -> Verdict:
    method = JoinMethod.TOTAL_ROW if grid.n_rows == 1 else JoinMethod.SAME_COLUMNS
    if evidence.turned and same_proportions(edges, theirs):
        return Verdict(Join(method, SCALED), one_by_one=True)
    share = agreement(edges, theirs)
    if share < ALIKE:
        return Verdict(doubtful=share > 0 or len(edges) == len(theirs) > 2)
    return Verdict(Join(method, round(0.95 * share, 2)))
