"""Observations as Parquet: the columns of the CSV with their types, and amounts also as exact decimal numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from schemas.result import Result
from service.export.tidy import TidyRow, tidy_rows

DIGITS, PLACES = 38, 10  # of a decimal128: yuan and percent with room to spare
COUNTS = frozenset({"observation", "row_line_no", "row_level", "from_span", "fiscal_year", "page"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
AMOUNTS = {"value": "value_decimal", "alt_value": "alt_value_decimal"}


def to_parquet(results: Iterable[Result]) -> bytes:
    """The observations of all results. An amount with more than ten decimals is in its text column alone."""
    import pyarrow as pa  # noqa: PLC0415  as large as the rest of the service together: only when it is asked for
    import pyarrow.parquet as pq  # noqa: PLC0415

    rows = [row._asdict() for result in results for row in tidy_rows(result)]
    names = {name: pa.int64() if name in COUNTS else pa.string() for name in TidyRow._fields}
    columns: dict[str, Any] = {name: pa.array([row[name] for row in rows], kind) for name, kind in names.items()}
    for text, number in AMOUNTS.items():
        columns[number] = pa.array([_exact(row[text]) for row in rows], pa.decimal128(DIGITS, PLACES))
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def _exact(text: str | None) -> Decimal | None:
    if text is None or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    _, digits, exponent = number.as_tuple()
    fits = isinstance(exponent, int) and exponent >= -PLACES and len(digits) + exponent <= DIGITS - PLACES
    return number if fits else None
