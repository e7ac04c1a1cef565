"""A dataset as one DuckDB database: a table for each table, with what its columns hold as comments."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from service.bulk.dataset.read import part_files
from service.export.columns import TableShape


def to_duckdb(dataset: Path, shapes: Sequence[TableShape], out: Path) -> list[str]:
    """The database; one that was there is replaced when the new one is whole."""
    import duckdb  # noqa: PLC0415

    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.part")
    draft.unlink(missing_ok=True)
    parts = part_files(dataset)
    with duckdb.connect(str(draft)) as database:
        for shape in shapes:
            _table(database, shape, [str(dataset / part) for part in parts[shape.name]])
    draft.replace(out)
    return [f"{out}: {len(shapes)} tables"]


def _table(database: Any, shape: TableShape, files: list[str]) -> None:
    database.execute(f"CREATE TABLE {quoted(shape.name)} AS SELECT * FROM read_parquet(?)", [files])
    database.execute(f"COMMENT ON TABLE {quoted(shape.name)} IS {_text(f'{shape.row} / {shape.row_zh}')}")
    for one in shape.columns:
        comment = _text(f"{one.meaning} / {one.meaning_zh}")
        database.execute(f"COMMENT ON COLUMN {quoted(shape.name)}.{quoted(one.name)} IS {comment}")


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
