"""The rest of a table that stands without its header: it belongs to the table before it where sums reach over both.

Where the columns of two pages do not line up, the extractor leaves two grids. The first then has parents without their
children, the second nothing that names its columns. They are one table when the sums that are open in the first close
over the rows of the second, and none breaks. Each part keeps its own place and rows, so that the join can be undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.model import Cell, Grid, Join, JoinMethod
from schemas.checks import run_checks
from schemas.checks.rounding import HOLDS
from schemas.checks.suspects import rules_of
from schemas.decoder.case import SEVERAL, Case, is_telling, readings_of
from schemas.findings import finding
from schemas.result import Check, Finding
from schemas.seen import see_table
from schemas.tables import ReadTable, read_table

JOINED = 0.9  # the score of a join that only sums vouch for


def decode_joins(tables: Sequence[ReadTable], case: Case) -> list[ReadTable]:
    """The tables, each with the rests that proof joins to it; a rest that was joined is no table of its own."""
    decided: list[ReadTable] = []
    for table in tables:
        joined = _joined(decided, table, case) if decided and _may_follow(decided[-1], table) else None
        if joined is None:
            decided.append(table)
        else:
            decided[-1] = joined
    return decided


def _may_follow(first: ReadTable, rest: ReadTable) -> bool:
    """Whether a grid without kind, title and form may be the rest of a recognised table: as wide, on the next page."""
    if first.reading is None or rest.reading is not None or rest.form_kind is not None:
        return False
    before, after = first.seen.grid.parts[-1].location.page, rest.seen.grid.location.page
    near = before == after if before is None or after is None else before < after <= before + 1
    return near and first.seen.grid.n_cols == rest.seen.grid.n_cols and rest.seen.caption.title_text is None


def _joined(before: Sequence[ReadTable], rest: ReadTable, case: Case) -> ReadTable | None:
    first = before[-1]
    grid = _one_grid(first.seen.grid, rest.seen.grid)
    seen = see_table(grid, first.seen.id, case.setting.catalogue, first.seen.headings)
    whole = read_table(seen, case.setting, first.unit)
    if whole.kind is not first.kind:
        return None
    alone = {check.id for check in _checks(before) if check.status == "fail"}
    checks = _checks([*before[:-1], whole])
    spanning = list(_spanning(checks, first))
    is_proven = len(spanning) >= SEVERAL or any(is_telling(check) for check in spanning)
    if not is_proven or any(check.status == "fail" and check.id not in alone for check in checks):
        return None
    return replace(whole, findings=(_note(whole, rest, spanning), *whole.findings))


def _one_grid(first: Grid, rest: Grid) -> Grid:
    """Both grids, one under the other; the rows of the second counted on from the first."""
    down = first.n_rows
    parts = (replace(part, first_row=part.first_row + down, last_row=part.last_row + down) for part in rest.parts)
    return replace(
        first,
        n_rows=down + rest.n_rows,
        cells=(*first.cells, *(_lower(cell, down) for cell in rest.cells)),
        parts=(*first.parts, *parts),
        below=rest.below,
        between=(*first.between, *first.below, *rest.above, *rest.between),
        join=Join(JoinMethod.PROOF, JOINED),
    )


def _lower(cell: Cell, down: int) -> Cell:
    return replace(cell, row=cell.row + down)


def _checks(tables: Sequence[ReadTable]) -> list[Check]:
    readings = readings_of(tables)
    rules = rules_of(readings)
    return [check for check in run_checks(readings) if rules[check.rule].relation == "eq"]


def _spanning(checks: Sequence[Check], first: ReadTable) -> Iterator[Check]:
    """The sums that hold and have cells of both parts."""
    for check in checks:
        rows = [_row_of(cell) for cell in check.cells if cell.startswith(f"{first.seen.id}.")]
        reaches = bool(rows) and min(rows) < first.seen.grid.n_rows <= max(rows)
        if check.status in HOLDS and check.lhs and reaches:
            yield check


def _row_of(cell: str) -> int:
    return int(cell.split(".")[1].removeprefix("r"))


def _note(whole: ReadTable, rest: ReadTable, spanning: Sequence[Check]) -> Finding:
    return finding(
        "join_decoded",
        table=whole.seen.id,
        page=rest.seen.grid.location.page,
        count=len(spanning),
        first=spanning[0].id,
    )
