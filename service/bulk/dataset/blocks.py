"""Results, some hundred at a time, as rows of all tables; in several processes when there are many.

A result costs a sixth of what reading its document did to be made into rows, which is too much for one processor. What
comes of it does not depend on how many processes there are, nor on where a block ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from schemas.result import Result
from service.bulk.dataset.papers.run import Tally
from service.bulk.dataset.tables import ROWS, SHAPES
from service.bulk.dataset.tables.documents import DOCUMENTS, document_row
from service.bulk.dataset.years import Kept, kept_of
from service.bulk.packed import unpack
from service.bulk.row import Row
from service.export.columns import TableShape
from service.export.parquet import arrow_table

DOCUMENTS_EACH = 50
FEW = 400  # documents for which no other processes are started, which takes a second
Given = tuple[Row, bytes]  # a document, and its result as it is kept; no bytes where it failed
_RESULT = msgspec.json.Decoder(Result)


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of some documents as Arrow tables, in the order of ``SHAPES``, what is counted of them, and what is kept
    to be held against other years."""

    tables: tuple[Any, ...]
    tally: Tally
    kept: tuple[Kept, ...]


class Makers(NamedTuple):
    """Processes that make rows."""

    executor: Executor
    processes: int


@contextmanager
def makers(processes: int, documents: int) -> Iterator[Makers | None]:
    """So many processes for so many documents, being started; none where one is enough."""
    if processes == 1 or documents < FEW:
        yield None
        return
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
    with ProcessPoolExecutor(processes, context, initializer=_ignore_interrupts) as pool:
        for _ in range(processes):
            pool.submit(block, [])  # each starts one, and has it load what is large
        yield Makers(pool, processes)


def blocks(results: Iterable[Given], makers: Makers | None = None) -> Iterator[Block]:
    """All results, in their order."""
    rest = iter(results)
    given = iter(lambda: list(islice(rest, DOCUMENTS_EACH)), [])
    yield from map(block, given) if makers is None else _in_order(makers, given)


def block(results: list[Given]) -> Block:
    """Some results."""
    with _no_garbage():
        return _block(results)


def _block(results: list[Given]) -> Block:
    rows: dict[TableShape, list[Any]] = {shape: [] for shape in SHAPES}
    tally, kept = Tally(), list[Kept | None]()
    for row, data in results:
        result = _RESULT.decode(unpack(data)) if data else None
        tally.add(row, result)
        kept.append(kept_of(result) if result is not None else None)
        rows[DOCUMENTS].append(document_row(row, result))
        for shape, rows_of in ROWS.items():
            rows[shape].extend(rows_of(result) if result is not None else ())
    tables = tuple(arrow_table(shape, rows[shape]) for shape in SHAPES)
    return Block(tables, tally, tuple(one for one in kept if one is not None))


def _in_order(makers: Makers, given: Iterator[list[Given]]) -> Iterator[Block]:
    """The blocks one after the other, with no more in the making than keep all processes busy."""
    begun = (makers.executor.submit(block, one) for one in given)
    making = deque(islice(begun, 2 * makers.processes))
    while making:
        yield making.popleft().result()
        making.extend(islice(begun, 1))


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Nothing is looked through for garbage: rows hold each other in no circle, and to look was half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _ignore_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal; the one that started us ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
