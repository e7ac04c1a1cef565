"""A dataset as Stata files (format 118, Stata 14 and later), labelled in English and Chinese.

Stata knows no decimals: amounts become doubles, exact to the fen up to 90 trillion yuan. It knows no missing text:
null becomes an empty one, and ``value_status`` says what was blank. Columns with texts over 244 bytes are strL.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from service.bulk.dataset.read import batches
from service.bulk.dataset.words import WORDS
from service.export.columns import Column, TableShape, Type

FILE_ROWS = 524_288  # Stata holds a file in memory
LONGEST_STR = 244  # bytes: every row takes as many as the longest; columns with longer texts are strL, which does not
LONGEST_LABEL = 80  # characters of the label of a variable
WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001  a file says when it was written; the same rows are to give the same bytes
EXACT = Decimal(2**53) / 100  # yuan, to the fen, in a double


def to_dta(dataset: Path, shapes: Sequence[TableShape], out: Path) -> list[str]:
    """TABLE-00000.dta and so on; a line for what Stata cannot hold as it is."""
    out.mkdir(parents=True, exist_ok=True)
    said: list[str] = []
    for shape in shapes:
        for old in out.glob(f"{shape.name}-*.dta"):
            old.unlink()
        files = 0
        for files, batch in enumerate(batches(dataset, shape, FILE_ROWS), 1):
            said += _write(shape, batch, out / f"{shape.name}-{files - 1:05}.dta")
        if not files:
            said += _write(shape, None, out / f"{shape.name}-00000.dta")
    return [*said, f"{out}: {len(shapes)} tables"]


def _write(shape: TableShape, batch: Any, path: Path) -> list[str]:
    import pandas as pd  # noqa: PLC0415

    columns = {name: [] for name in shape.names} if batch is None else batch.to_pydict()
    frame = pd.DataFrame({one.name: _column(one, columns[one.name]) for one in shape.columns})
    long = [
        one.name
        for one in shape.columns
        if one.type is Type.TEXT
        and max((len((text or "").encode()) for text in columns[one.name]), default=0) > LONGEST_STR
    ]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=WRITTEN,
        data_label=shape.row[:LONGEST_LABEL],
        variable_labels={one.name: _label(one) for one in shape.columns},
        convert_strl=long,
    )
    return list(_inexact(shape, columns, path))


def _column(column: Column, values: Sequence[Any]) -> Any:
    import pandas as pd  # noqa: PLC0415

    if column.type is not Type.TEXT:
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    words = WORDS.get(column.name)
    if words is None or not values:  # pandas labels no empty column
        return pd.Series([value or "" for value in values], dtype="object")
    others = sorted({value for value in values if value is not None} - words.keys())
    return pd.Categorical(values, categories=[*words, *others])


def _label(column: Column) -> str:
    return f"{column.meaning_zh}: {column.meaning}"[:LONGEST_LABEL]


def _inexact(shape: TableShape, columns: dict[str, list[Any]], path: Path) -> list[str]:
    """What a double cannot hold exactly."""
    amounts = [one.name for one in shape.columns if one.type is Type.YUAN]
    return [
        f"{path.name}: {count} amounts of {name} above {EXACT:,.0f} yuan are not exact; value has them as text"
        for name in amounts
        if (count := sum(value is not None and abs(value) > EXACT for value in columns[name]))
    ]
