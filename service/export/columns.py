"""The columns of flat tables: name, type, what they hold in two languages, and their part in a Fiscal Data Package.

Arrow schemas, the codebook, the data package and docs/dataset.md are all made from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Cell = str | int | Decimal | None

YUAN_DIGITS, YUAN_PLACES = 20, 2
NUMBER_DIGITS, NUMBER_PLACES = 38, 10  # yuan, percent and ratios with room to spare


class Type(StrEnum):
    """What a column holds. Codes are texts: 0 at their head counts."""

    TEXT = "text"
    COUNT = "count"  # a whole number; 0 or 1 for yes and no
    YUAN = "yuan"  # an exact decimal with two places
    NUMBER = "number"  # an exact decimal with ten places


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``fiscal`` is its ``columnType`` in a Fiscal Data Package, where it has one."""

    name: str
    type: Type
    meaning: str
    meaning_zh: str
    fiscal: str | None = None


@dataclass(frozen=True, slots=True)
class TableShape:
    """One flat table: what a row is, and its columns in order. ``key`` names the columns that tell rows apart."""

    name: str
    row: str
    row_zh: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def text(name: str, meaning: str, meaning_zh: str, fiscal: str | None = None) -> Column:
    """A column of text."""
    return Column(name, Type.TEXT, meaning, meaning_zh, fiscal)


def count(name: str, meaning: str, meaning_zh: str, fiscal: str | None = None) -> Column:
    """A column of whole numbers."""
    return Column(name, Type.COUNT, meaning, meaning_zh, fiscal)


def number(name: str, meaning: str, meaning_zh: str) -> Column:
    """A column of exact numbers of any unit."""
    return Column(name, Type.NUMBER, meaning, meaning_zh)


def yuan(name: str, meaning: str, meaning_zh: str, fiscal: str | None = None) -> Column:
    """A column of amounts of money."""
    return Column(name, Type.YUAN, meaning, meaning_zh, fiscal)


def arrow_schema(shape: TableShape) -> Any:
    """The Arrow schema of a table."""
    import pyarrow as pa  # noqa: PLC0415  as large as the rest of the service together: only when it is asked for

    types = {
        Type.TEXT: pa.string(),
        Type.COUNT: pa.int64(),
        Type.YUAN: pa.decimal128(YUAN_DIGITS, YUAN_PLACES),
        Type.NUMBER: pa.decimal128(NUMBER_DIGITS, NUMBER_PLACES),
    }
    return pa.schema([pa.field(column.name, types[column.type]) for column in shape.columns])
