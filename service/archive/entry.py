"""What a kind of archive yields: entries, each with a way to its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from extractors.errors import DocumentError, TooLarge
from service.archive.budget import Budget
from service.errors import NOT_A_DOCUMENT, not_a_document

PIECE = 1_000_000  # bytes unpacked at once


class Readable(Protocol):
    """Bytes to be read once."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, no more than ``size``; empty at the end. May raise a DocumentError."""

    def close(self) -> None:
        """No more is wanted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is no folder. ``open`` gives its bytes; it may raise a DocumentError.

    ``size`` is what the archive says it has, if it does.
    """

    path: str
    open: Callable[[], Readable]
    size: int | None = None


Entries = Callable[[Path, Budget], Iterator[Entry]]  # may raise a DocumentError for the archive as a whole


def refusing(error: DocumentError) -> Callable[[], Readable]:
    """The way to an entry that cannot be had."""

    def refuse() -> Readable:
        raise error

    return refuse


class NoFile(DocumentError):
    """A link, a device and the like: it has no bytes of its own."""

    code = NOT_A_DOCUMENT

    def __init__(self, what: str) -> None:
        failure = not_a_document(what)
        super().__init__(failure.message)
        self.advice_zh = failure.advice_zh


def no_file(what: str) -> Callable[[], Readable]:
    """The way to an entry that has no bytes."""
    return refusing(NoFile(what))


def content_of(entry: Entry, budget: Budget) -> bytes:
    """The bytes of an entry, counted while they are unpacked.

    Raises:
        TooLarge: they are more than a member may have (``file_too_large``), or than all together may.
        DocumentError: they cannot be had.
    """
    most = budget.bounds.member if entry.size is None else min(entry.size, budget.bounds.member)
    if entry.size is not None and entry.size > budget.bounds.member:
        budget.foresee(0, entry.size)  # what is passed over on a tape is unpacked all the same
        raise TooLarge("file_too_large", "bytes", budget.bounds.member, entry.size)
    pieces, length = [], 0
    with closing(entry.open()) as opened:
        while piece := opened.read(min(PIECE, most + 1 - length)):
            length += len(piece)
            budget.spend(len(piece))
            if length > most:
                raise TooLarge("file_too_large", "bytes", most, length)
            pieces.append(piece)
    return b"".join(pieces)
