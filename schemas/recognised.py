"""What was read from an image is held to more: which sums prove it, and what grade the rest has.

An engine reads the same misprint the same way each time, so that two copies of one amount agree although both are
misread; and a sum that holds but for rounding says nothing of the last digits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain

import msgspec

from extractors.model import Cell, Document, TextLine
from schemas.records import TableReading, Value
from schemas.result import Check, Form, FormFund, Observation
from schemas.tables import ReadTable

SURE = 0.8  # of its least sure character: what a cell of a sum must reach for the sum to prove anything
CERTAIN = 0.97  # the same where the sum is one amount printed twice
READ = 0.9  # the same of the line that prints the unit: it holds the agency too, whose name may have rare characters
SUM = 3  # amounts that are not zero: with fewer it is the same amount again


def recognised_cells(tables: Iterable[TableReading]) -> dict[str, float]:
    """How sure the least sure character is, by cell id, of every value that was read from an image."""
    sure: dict[str, float] = {}
    for table in tables:
        at = {(cell.row, cell.col): cell.confidence for cell in table.grid.cells if cell.confidence is not None}
        for value in table.values if at else ():
            confidence = at.get((value.grid_row, value.grid_col))
            if confidence is not None:
                sure[value.cell] = confidence
    return sure


def proves(check: Check, values: Mapping[str, Value], sure: Mapping[str, float]) -> bool:
    """Whether a sum that holds would not, had one of its amounts been misread."""
    if check.status != "pass":
        return False
    least = min((sure.get(cell, 1.0) for cell in check.cells), default=0.0)
    amounts = sum(1 for cell in check.cells if cell in values and values[cell].number)
    return least >= (SURE if amounts >= SUM else CERTAIN)


def proven(
    proofs: Mapping[str, Sequence[Check]],
    values: Mapping[str, Value],
    sure: Mapping[str, float],
    repaired: Collection[str] = (),
) -> dict[str, list[Check]]:
    """Of the sums that each cell is part of, those that prove it although it was read from an image.

    A sum that holds because one of its cells was chosen so, of those in ``repaired``, proves nothing.
    """
    sums = [check for check in chain.from_iterable(proofs.values()) if set(repaired).isdisjoint(check.cells)]
    good = {check.id for check in sums if proves(check, values, sure)}
    return {
        cell: [check for check in proofs.get(cell, ()) if check.id in good] if _tells(values.get(cell)) else []
        for cell in sure
    }


def _tells(value: Value | None) -> bool:
    """Whether a sum can prove the amount; any sum holds with one zero more."""
    return value is not None and value.number not in (None, Decimal(0))


def of_unsure_unit(document: Document, tables: Iterable[ReadTable]) -> set[str]:
    """The values of tables whose unit was read from an image without being sure of every character.

    Every sum holds in 元 as in 万元, so none of them would tell that a character was lost.
    """
    printed: list[TextLine | Cell] = [*document.lines, *(cell for grid in document.grids for cell in grid.cells)]
    unsure = {one.location for one in printed if one.confidence is not None and one.confidence < READ}
    doubtful = [table.reading for table in tables if table.unit is not None and table.unit.line.location in unsure]
    return {value.cell for reading in doubtful if reading is not None for value in reading.values}


def recognised_pages(document: Document) -> frozenset[int]:
    """The pages that were read from their images."""
    return frozenset(page.number for page in document.pages if page.recognised)


def graded_prose(facts: Iterable[Observation], pages: Collection[int]) -> list[Observation]:
    """Facts of the prose; those of pages that were read from images are not proven."""
    return [
        msgspec.structs.replace(fact, grade="D") if fact.page in pages and fact.grade == "B" else fact for fact in facts
    ]


def graded_form(form: Form, pages: Collection[int]) -> Form:
    """A form; its amounts on pages that were read from images are not proven."""
    if not pages:
        return form
    tasks = [msgspec.structs.replace(task, amounts=_funds(task.amounts, pages)) for task in form.tasks]
    return msgspec.structs.replace(form, funds=_funds(form.funds, pages), tasks=tasks)


def _funds(funds: Iterable[FormFund], pages: Collection[int]) -> list[FormFund]:
    return [
        msgspec.structs.replace(fund, grade="D") if fund.page in pages and fund.grade in ("A", "B") else fund
        for fund in funds
    ]
