"""One table on disk: Parquet files of bounded size, written group by group, with names that say only their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from service.export.columns import Cell, TableShape
from service.export.parquet import arrow_table, parquet_writer

GROUP_ROWS = 16_384  # in a row group, and in memory at once for each table
PART_GROUPS = 256  # in a file: about four million rows


class Parts:
    """The files of one table, being written. Where a group or a file ends depends on the count of rows alone."""

    def __init__(self, shape: TableShape, folder: Path) -> None:
        self._shape, self._folder = shape, folder
        self._waiting: list[Sequence[Cell]] = []
        self._writer: Any = None
        self._files = 0
        self._groups = 0
        self.rows = 0

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None and (self._waiting or not self._files):
            self._group()  # a table without rows is a file with its columns
        self._end_file()

    def extend(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Take rows, in their order."""
        for row in rows:
            self._waiting.append(row)
            if len(self._waiting) == GROUP_ROWS:
                self._group()

    def _group(self) -> None:
        if self._writer is None:
            self._writer = parquet_writer(self._shape, self._folder / f"part-{self._files:05}.parquet")
            self._files += 1
        self._writer.write_table(arrow_table(self._shape, self._waiting))
        self.rows += len(self._waiting)
        self._waiting = []
        self._groups += 1
        if self._groups == PART_GROUPS:
            self._end_file()

    def _end_file(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._writer, self._groups = None, 0
