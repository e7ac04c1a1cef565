"""What every shape is handed: the frame, the kind, the unit, and the columns with the fields they were matched to."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Cell
from schemas.columns import LogicalColumn
from schemas.frame import Frame
from schemas.headers import ColumnMatch
from schemas.kind import Column, ColumnRole, Kind, Lexicon


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """One logical column and what its header was matched to."""

    logical: LogicalColumn
    match: ColumnMatch

    @property
    def column(self) -> Column | None:
        """The canonical column, None when the header was not matched."""
        return self.match.column

    def is_key(self) -> bool:
        """Whether it names the rows."""
        return self.column is not None and self.column.role in (ColumnRole.ROW_KEY, ColumnRole.KEY_VALUE)

    def is_value(self) -> bool:
        """Whether its cells are data."""
        return self.column is not None and self.column.role in (ColumnRole.VALUE, ColumnRole.KEY_VALUE)


@dataclass(frozen=True, slots=True)
class MatchedPanel:
    """One panel of a table with its matched columns. ``rows`` are the body rows that it has, None for all."""

    panel: str | None
    side: str | None
    columns: tuple[MatchedColumn, ...]
    rows: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """One table on its way from cells to values.

    ``factor``: yuan per printed unit, None when no unit is known; ``borrowed_unit``: the table does not print it;
    ``subject``: what a heading before the table says its rows are about, by key.
    """

    table: str
    frame: Frame
    kind: Kind
    lexicon: Lexicon
    factor: int | None
    fiscal_year: int | None
    borrowed_unit: bool = False
    subject: tuple[tuple[str, str], ...] = ()


def cell_id(table: str, cell: Cell) -> str:
    """The id of a cell in the result: ``t03.r5.c2``."""
    return f"{table}.r{cell.row}.c{cell.col}"


def one_line(text: str) -> str:
    """A cell's text with its line breaks taken out: labels wrap, they do not have lines."""
    return "".join(text.split("\n")).strip()
