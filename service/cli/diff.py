"""``gongkai diff``: two datasets, or two versions in one, cell by cell."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec

from service.bulk.diff import Change, Side, changes
from service.bulk.ledger import ForeignLedger, Key, Ledger
from service.cli.failures import UsageError, say
from service.cli.ingest import LEDGER, RESULTS
from service.export.tidy import guard
from service.store.blobs import Folder

LATEST, BEFORE = 0, 1  # of the versions of a dataset


def diff_datasets(old: str, new: str | None, form: str) -> int:
    """Print what differs; 1 when something does, else 0. Without ``new``, the last two versions of ``old``."""
    with ExitStack() as stack:
        sides = [_side(stack, old, LATEST if new is not None else BEFORE), _side(stack, new or old, LATEST)]
        counts: Counter[str] = Counter()
        documents = set()
        write = _WRITERS[form]()
        for change in changes(*sides):
            counts[change.what] += 1
            documents.add(change.sha256)
            write(change)
    cells = ", ".join(f"{counts[what]:,} {what}" for what in ("changed", "added", "removed"))
    say(f"{len(documents):,} documents differ; values: {cells}")
    return 1 if counts else 0


def _side(stack: ExitStack, named: str, which: int) -> Side:
    """A dataset, or with ``@`` a version in it, which may be cut short."""
    name, _, version = named.partition("@")
    folder = Path(name)
    if not (folder / LEDGER).exists():
        raise UsageError(f"{name} is no dataset")
    try:
        ledger = stack.enter_context(closing(Ledger(folder / LEDGER, Key("", ""), read_only=True)))
    except ForeignLedger as error:
        raise UsageError(f"{name}: {error}") from error
    known = [key for key in ledger.versions() if key.pipeline.startswith(version)]
    if which >= len(known):
        versions = ", ".join(key.pipeline for key in ledger.versions())
        raise UsageError(f"{named}: no such version, or only one; there are {versions}")
    ledger.key = known[which]
    return Side(ledger, Folder(folder / RESULTS))


def _as_table() -> Callable[[Change], None]:
    last = ""

    def write(change: Change) -> None:
        nonlocal last
        if change.path != last:
            print(last := change.path)
        print("  " + " ".join(filter(None, _words(change))))

    return write


def _words(change: Change) -> Iterator[str]:
    if change.what == "document":
        yield f"document: {change.old or '(not there)'} -> {change.new or '(not there)'}"
        return
    yield f"{change.what} {change.table or 'prose'}"
    yield f"p. {change.page}" if change.page is not None else ""
    yield f"{change.row or '-'} / {change.field}:"
    yield f"{change.old} -> {change.new}" if change.old != change.new else f"{change.new}"
    grades = f"{change.old_grade or '-'} -> {change.new_grade or '-'}"
    yield f"({grades if change.old_grade != change.new_grade else change.new_grade or '-'})"
    yield f"[{change.also}]" if change.also else ""


def _as_csv() -> Callable[[Change], None]:
    writer = csv.writer(sys.stdout)
    writer.writerow(Change._fields)
    return lambda change: _ignore(writer.writerow(guard(cell) if isinstance(cell, str) else cell for cell in change))


def _as_json() -> Callable[[Change], None]:
    return lambda change: print(msgspec.json.encode(change._asdict()).decode())


def _ignore(_written: int) -> None:
    """A writer says how much it wrote, which nobody asked."""


_WRITERS = {"table": _as_table, "csv": _as_csv, "json": _as_json}
