"""Tables as Parquet: a fixed schema, exact decimals, and rows written in groups as they come.

The same rows give the same bytes: nothing of the time, the machine or the number of workers is in a file.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from schemas.result import Result
from service.export.columns import Cell, TableShape, arrow_schema
from service.export.observations import OBSERVATIONS, observation_rows

COMPRESSION = "zstd"


def to_parquet(results: Iterable[Result]) -> bytes:
    """The observations of all results."""
    rows = [row for result in results for row in observation_rows(result)]
    out = io.BytesIO()
    with parquet_writer(OBSERVATIONS, out) as writer:
        writer.write_table(arrow_table(OBSERVATIONS, rows))
    return out.getvalue()


def parquet_writer(shape: TableShape, where: object) -> Any:
    """A writer for row groups; ``where`` is a path or an open file."""
    import pyarrow.parquet as pq  # noqa: PLC0415  as large as the rest of the service: only when it is asked for

    return pq.ParquetWriter(where, arrow_schema(shape), compression=COMPRESSION)


def arrow_table(shape: TableShape, rows: Sequence[Sequence[Cell]]) -> Any:
    """Rows, each in the order of the columns, as an Arrow table."""
    import pyarrow as pa  # noqa: PLC0415

    schema = arrow_schema(shape)
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [pa.array(list(values), field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
