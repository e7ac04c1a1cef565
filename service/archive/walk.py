"""The members of an archive and of the archives inside it. Runs in the process that unpacks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extractors import registry
from extractors.errors import DocumentError, TooLarge, Unreadable, UnsupportedFormat
from extractors.sniff import describe
from service.archive.budget import Budget
from service.archive.entry import Entry, content_of
from service.archive.kinds import entries_of
from service.archive.member import Bounds, Member
from service.errors import failure_of

_WHOLE = frozenset({"too_many_entries", "decompression_limit"})  # of all archives together: nothing more is unpacked


class TooDeep(TooLarge):
    """Archives inside each other, deeper than is followed."""

    def __init__(self, most: int) -> None:
        super().__init__("nested_too_deep", "archives inside each other", most, most + 1)


def walk(path: Path, name: str, bounds: Bounds, password: str | None = None) -> Iterator[Member]:
    """Every entry that is no folder, in order; those that are encrypted, when ``password`` opens them.

    Raises:
        DocumentError: the archive is none, or it and those in it hold more than they may.
    """
    budget = Budget(bounds, path.stat().st_size, password)
    yield from _members(path, name, "", budget, 1)


def _members(path: Path, name: str, before: str, budget: Budget, depth: int) -> Iterator[Member]:
    data = path.read_bytes()
    entries = entries_of(data)
    if entries is None:
        raise Unreadable(f"it is no archive but {describe(data)}")
    del data
    for entry in entries(path, budget):
        budget.enter()
        steps = entry.path.replace("\\", "/") or PurePosixPath(name).stem or "content"
        yield from _member(entry, f"{before}{steps}", budget, depth)


def _member(entry: Entry, path: str, budget: Budget, depth: int) -> Iterator[Member]:
    try:
        content = content_of(entry, budget)
        if entries_of(content) is None:
            yield Member(path, content, _other(content))
        elif depth >= budget.bounds.depth:
            raise TooDeep(budget.bounds.depth)
        else:
            yield from _inside(content, path, budget, depth)
    except DocumentError as error:
        if error.code in _WHOLE:
            raise
        yield Member(path, failure_of(error))


def _other(content: bytes) -> str | None:
    """What the bytes are when no format reads them. What else is wrong with them, whoever reads them will say."""
    try:
        registry.recognise(content)
    except UnsupportedFormat as error:
        return error.found
    except DocumentError:
        pass
    return None


def _inside(content: bytes, path: str, budget: Budget, depth: int) -> Iterator[Member]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        del content
        yield from _members(Path(file.name), PurePosixPath(path).name, f"{path}/", budget, depth + 1)
