"""What a ledger says, as tables for people: every file, and those that were not read or not whole, with what to do."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from schemas.result import PageInfo
from service.bulk.ledger import Ending, File, Role
from service.bulk.packed import unpack
from service.bulk.row import State
from service.export.tidy import guard
from service.pages import page_ranges
from service.pipeline import is_unread
from service.store.blobs import Blobs

FAILURES, FILES = "failures.csv", "files.csv"
UNREAD = "pages_unread"  # in place of an error's code: there is a result, without these pages
UNREAD_ADVICE = "部分页面无法读取（扫描件或乱码），请提供带文字层的文件，或人工核对这些页面。"


class FileLine(NamedTuple):
    """One file. ``state`` is ok, partial, failed, duplicate or skipped; ``code`` says why it failed or was skipped."""

    path: str
    inside: str
    state: str
    sha256: str | None
    bytes: int | None
    pages: int | None
    code: str | None


class FailureLine(NamedTuple):
    """One file that was not read, or not whole. ``page`` is the one at fault, where it is known; ``see`` explains."""

    path: str
    inside: str
    state: str
    code: str
    page: int | None
    message: str
    advice_zh: str
    see: str
    sha256: str | None


def write(files: Iterable[tuple[File, Ending | None]], blobs: Blobs, folder: Path) -> None:
    """Write both tables of all files. A line for every file, duplicates too: each of them is somebody's."""
    with (
        _written(folder / FILES, FileLine._fields) as add_file,
        _written(folder / FAILURES, FailureLine._fields) as add_failure,
    ):
        for file, ending in files:
            add_file(_line(file, ending))
            if (failed := _failure(file, ending, blobs)) is not None:
                add_failure(failed)


def _line(file: File, ending: Ending | None) -> FileLine:
    failure = file.failure or (ending.failure if ending is not None else None)
    return FileLine(
        file.path,
        file.inside,
        ending.state if ending is not None and file.role is Role.DOCUMENT else file.role,
        file.sha256,
        file.bytes,
        ending.pages if ending is not None else None,
        failure.code if failure is not None else None,
    )


def _failure(file: File, ending: Ending | None, blobs: Blobs) -> FailureLine | None:
    failure = file.failure or (ending.failure if ending is not None else None)
    if ending is not None and ending.state is State.PARTIAL and ending.blob is not None:
        pages = _PAGES.decode(unpack(blobs.get(ending.blob))).pages
        return _partial(file, [page.number for page in pages if is_unread(page)])
    if failure is None or file.role is Role.SKIPPED:
        return None
    return FailureLine(
        file.path,
        file.inside,
        State.FAILED,
        failure.code,
        failure.page,
        failure.message,
        failure.advice_zh,
        f"docs/errors/{failure.code}.md",
        file.sha256,
    )


def _partial(file: File, pages: list[int]) -> FailureLine:
    message = f"pages {page_ranges(pages)} could not be read"
    page = pages[0] if pages else None
    return FailureLine(
        file.path, file.inside, State.PARTIAL, UNREAD, page, message, UNREAD_ADVICE, "docs/findings.md", file.sha256
    )


class _Pages(msgspec.Struct):
    pages: list[PageInfo]


_PAGES = msgspec.json.Decoder(_Pages)


@contextmanager
def _written(path: Path, header: Iterable[str]) -> Iterator[Callable[[Iterable[object]], None]]:
    """Lines are added to a CSV file that appears only when it is whole; nothing in it is run as a formula."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        yield lambda line: writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in line])
    os.replace(draft, path)
