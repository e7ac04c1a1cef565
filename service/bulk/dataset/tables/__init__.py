"""The tables of a dataset, each stated once: its columns, and the rows that a result gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from schemas.result import Result
from service.bulk.dataset.tables.documents import DOCUMENTS
from service.bulk.dataset.tables.forms import FORMS, form_rows
from service.bulk.dataset.tables.grids import CELLS, TABLES, cell_rows, table_rows
from service.bulk.dataset.tables.indicators import INDICATORS, indicator_rows
from service.bulk.dataset.tables.proofs import CHECKS, FINDINGS, check_rows, finding_rows
from service.export.columns import Cell, TableShape
from service.export.observations import OBSERVATIONS, observation_rows

#: Every table but the documents, whose rows need the ledger too.
ROWS: Mapping[TableShape, Callable[[Result], Iterator[tuple[Cell, ...]]]] = MappingProxyType(
    {
        OBSERVATIONS: observation_rows,
        INDICATORS: indicator_rows,
        FORMS: form_rows,
        CELLS: cell_rows,
        TABLES: table_rows,
        CHECKS: check_rows,
        FINDINGS: finding_rows,
    }
)
SHAPES: tuple[TableShape, ...] = (DOCUMENTS, *ROWS)


def shape_named(name: str) -> TableShape:
    """The table of that name. Raises KeyError when there is none."""
    return {shape.name: shape for shape in SHAPES}[name]
