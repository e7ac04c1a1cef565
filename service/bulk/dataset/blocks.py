"""Results, some hundred at a time, as rows of all tables; in several processes when there are many.

A result costs a third of what reading its document did to be made into rows, which is too much for one processor. What
comes of it does not depend on how many processes there are, nor on where a block ends.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import msgspec

from schemas.result import Result
from service.bulk.dataset.papers.run import Tally
from service.bulk.dataset.tables import ROWS, SHAPES
from service.bulk.dataset.tables.documents import DOCUMENTS, document_row
from service.bulk.dataset.years import Kept, kept_of
from service.bulk.row import Row
from service.export.columns import TableShape
from service.export.parquet import arrow_table

DOCUMENTS_EACH = 100
FEW = 4  # blocks that are made before other processes are started, which takes a second
Given = tuple[Row, bytes]
_RESULT = msgspec.json.Decoder(Result)


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of some documents as Arrow tables, in the order of ``SHAPES``, what is counted of them, and what is kept
    to be held against other years."""

    tables: tuple[Any, ...]
    tally: Tally
    kept: tuple[Kept, ...]


def blocks(results: Iterable[Given], processes: int) -> Iterator[Block]:
    """All results, in their order."""
    rest = iter(results)
    given = iter(lambda: list(islice(rest, DOCUMENTS_EACH)), [])
    few = list(islice(given, FEW))
    if processes == 1 or len(few) < FEW:
        yield from map(block, chain(few, given))
        return
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
    with ProcessPoolExecutor(processes, context, initializer=_ignore_interrupts) as pool:
        yield from _in_order(pool, chain(few, given), 2 * processes)


def block(results: list[Given]) -> Block:
    """Some results."""
    rows: dict[TableShape, list[Any]] = {shape: [] for shape in SHAPES}
    tally, kept = Tally(), list[Kept | None]()
    for row, data in results:
        result = _RESULT.decode(data) if data else None
        tally.add(row, result)
        kept.append(kept_of(result) if result is not None else None)
        rows[DOCUMENTS].append(document_row(row, result))
        for shape, rows_of in ROWS.items():
            rows[shape].extend(rows_of(result) if result is not None else ())
    tables = tuple(arrow_table(shape, rows[shape]) for shape in SHAPES)
    return Block(tables, tally, tuple(one for one in kept if one is not None))


def _in_order(pool: ProcessPoolExecutor, given: Iterator[list[Given]], ahead: int) -> Iterator[Block]:
    """The blocks one after the other, with no more than ``ahead`` in the making."""
    making: deque[Future[Block]] = deque(pool.submit(block, one) for one in islice(given, ahead))
    while making:
        yield making.popleft().result()
        making.extend(pool.submit(block, one) for one in islice(given, 1))


def _ignore_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal; the one that started us ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
