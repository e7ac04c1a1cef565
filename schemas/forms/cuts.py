"""Projects of a list that is drawn over pages: blocks of rows, and which of them a page break cut apart.

A list draws one cell for all rows of a project and centres the text in it. A page break cuts that cell in two, and the
name, the money or the goal may stand on either side of it, or be cut through themselves.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.model import Cell, Part
from schemas.columns import LogicalColumn
from schemas.seen import SeenTable
from schemas.shapes.context import one_line
from schemas.text import fold

_ENOUGH = 3  # projects by which a list tells whether all of them have money
_SHORT_OVERLAP = 4  # characters: fewer may be repeated by chance


@dataclass(frozen=True, slots=True)
class ProjectColumns:
    """The columns whose cells belong to a whole project: its name, its money, and every one of them."""

    name: LogicalColumn
    money: tuple[LogicalColumn, ...]
    every: tuple[LogicalColumn, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of rows of one page that belong together, and the cells of the project beside the first of them."""

    rows: list[int]
    cells: dict[int, Cell]
    page: int  # which part of the grid they stand in

    def prints(self, column: LogicalColumn) -> bool:
        """Whether it prints something in a column."""
        return bool(self.cells[column.index].text.strip())


def projects_of(seen: SeenTable, columns: ProjectColumns) -> Iterator[list[Stretch]]:
    """The stretches of each project of a list, in printed order; most projects are one stretch."""
    stretches = _stretches(seen, columns)
    all_paid = _all_have_money(stretches, columns)
    group: list[Stretch] = []
    for stretch in stretches:
        if group and _goes_on(group, stretch, columns, all_paid):
            group.append(stretch)
            continue
        if group:
            yield group
        group = [stretch]
    if group:
        yield group


def _all_have_money(stretches: Sequence[Stretch], columns: ProjectColumns) -> bool:
    """Whether every project that begins within a page prints an amount; the last of a page may be cut before it."""
    begun = [at for at in range(1, len(stretches)) if stretches[at - 1].page == stretches[at].page]
    paid = {at for at in begun if _money_of(stretches[at], columns)}
    whole = (at for at in begun if at + 1 < len(stretches) and stretches[at + 1].page == stretches[at].page)
    return len(paid) >= _ENOUGH and all(at in paid for at in whole)


def _stretches(seen: SeenTable, columns: ProjectColumns) -> list[Stretch]:
    """The body cut where a cell of the project prints something new, and at every page break."""
    merges = _merges_names(seen, columns.name)
    found: list[Stretch] = []
    owners: dict[int, Cell] = {}
    for body in seen.frame.body:
        cells = {column.index: seen.frame.lattice.cover[body.index][column.index] for column in columns.every}
        page = _part(seen.grid.parts, body.index)
        is_new = not found or page != found[-1].page or _begins(cells, owners, body.index)
        if is_new or (merges and cells[columns.name.index].row == body.index):
            found.append(Stretch([], cells, page))
            owners = _printed(cells)
        found[-1].rows.append(body.index)
    return found


def _merges_names(seen: SeenTable, name: LogicalColumn) -> bool:
    """Whether the list draws one cell for all rows of a project: then a new cell is a new project, a blank one too."""
    cells = (seen.frame.lattice.cover[body.index][name.index] for body in seen.frame.body)
    return any(cell.row_span > 1 and cell.text.strip() for cell in cells)


def _part(parts: tuple[Part, ...], row: int) -> int:
    return next(at for at, part in enumerate(parts) if part.first_row <= row <= part.last_row)


def _printed(cells: dict[int, Cell]) -> dict[int, Cell]:
    return {index: cell for index, cell in cells.items() if cell.text.strip()}


def _begins(cells: dict[int, Cell], owners: dict[int, Cell], row: int) -> bool:
    """Whether a project begins in this row: one of its cells begins here and prints something new."""
    return any(
        cell.row == row and (index not in owners or fold(cell.text) != fold(owners[index].text))
        for index, cell in _printed(cells).items()
    )


def _goes_on(group: list[Stretch], stretch: Stretch, columns: ProjectColumns, all_paid: bool) -> bool:
    """Whether a stretch is the rest of a project cut by a page break: its money is not printed twice.

    A stretch under a blank name, or a repeated one, is a project of its own when it has other money: several units
    have projects of one name. Under two different names there is one project only if the cut went through its name:
    one side has no money, in a list where every project has some.
    """
    if group[-1].page == stretch.page:
        return False
    names = {fold(one.cells[columns.name.index].text) for one in (*group, stretch)} - {""}
    before = {text for one in group for text in _money_of(one, columns)}
    after = _money_of(stretch, columns)
    if len(names) > 1:
        return all_paid and bool(before) != bool(after)
    return not (before and after) or (stretch.prints(columns.name) and set(after) <= before)


def _money_of(stretch: Stretch, columns: ProjectColumns) -> list[str]:
    """The amounts that a stretch prints."""
    return [fold(stretch.cells[column.index].text) for column in columns.money if stretch.prints(column)]


def whole_text(group: Sequence[Stretch], column: LogicalColumn) -> tuple[Cell, str] | None:
    """The text of a column over all stretches, and the first cell that prints a part of it; None when none does."""
    texts = dict.fromkeys(one.cells[column.index] for one in group if one.prints(column))
    unique = {fold(cell.text): cell for cell in reversed(texts)}
    cells = [cell for cell in texts if unique[fold(cell.text)] is cell]
    return (cells[0], functools.reduce(_joined, (one_line(cell.text) for cell in cells))) if cells else None


def is_mended(group: Sequence[Stretch], column: LogicalColumn) -> bool:
    """Whether the text of a column is put together from both sides of a page break."""
    return len({fold(one.cells[column.index].text) for one in group if one.prints(column)}) > 1


def _joined(text: str, rest: str) -> str:
    """A text cut by a page break: the line that the cut goes through is drawn on both pages."""
    longest = min(len(text), len(rest))
    twice = next((size for size in range(longest, _SHORT_OVERLAP - 1, -1) if text.endswith(rest[:size])), 0)
    return text + rest[twice:]


def first_of(group: Sequence[Stretch], column: LogicalColumn) -> Cell:
    """The cell of a column that prints something, else its first."""
    cells = [one.cells[column.index] for one in group]
    return next((cell for cell in cells if cell.text.strip()), cells[0])
