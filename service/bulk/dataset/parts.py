"""One table on disk: Parquet files of bounded size, written group by group, with names that say only their order."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

from service.export.columns import TableShape
from service.export.parquet import arrow_table, parquet_writer

GROUP_ROWS = 16_384  # in a row group, and in memory at once for each table
PART_GROUPS = 256  # in a file: about four million rows


class Parts:
    """The files of one table, being written. Where a group or a file ends depends on the count of rows alone."""

    def __init__(self, shape: TableShape, folder: Path) -> None:
        self._shape, self._folder = shape, folder
        self._waiting: list[Any] = []
        self._writer: Any = None
        self._files = 0
        self._groups = 0
        self.rows = 0

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None and (self._held or not self._files):
            self._group()  # a table without rows is a file with its columns
        self._end_file()

    def take(self, table: Any) -> None:
        """Take rows, as an Arrow table, in their order."""
        self._waiting.append(table)
        while self._held >= GROUP_ROWS:
            self._group()

    @property
    def _held(self) -> int:
        return sum(table.num_rows for table in self._waiting)

    def _group(self) -> None:
        import pyarrow as pa  # noqa: PLC0415  only when a dataset is written

        if self._writer is None:
            self._writer = parquet_writer(self._shape, self._folder / f"part-{self._files:05}.parquet")
            self._files += 1
        held = pa.concat_tables(self._waiting) if self._waiting else arrow_table(self._shape, [])
        group, rest = held.slice(0, GROUP_ROWS), held.slice(GROUP_ROWS)
        self._writer.write_table(group.combine_chunks())
        self.rows += group.num_rows
        self._waiting = [rest] if rest.num_rows else []
        self._groups += 1
        if self._groups == PART_GROUPS:
            self._end_file()

    def _end_file(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer, self._groups = None, 0
