"""What the command line reads: the files that were named, and the members of archives among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from extractors.errors import DocumentError
from service.archive import Member, is_archive, members
from service.archive.bounds import bounds_of
from service.beside import names_beside
from service.cli import local
from service.errors import Failure, FileUnreadable, ServiceError, failure_of, not_a_document
from service.intake import ARCHIVES
from service.settings import Settings

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read. ``path`` is what it is called on the command line, behind that of the archive it came in.

    ``load`` gives its bytes, or raises a ServiceError; ``inside`` is its path with the archive's name, or None.
    """

    path: Path
    load: Callable[[], bytes]
    inside: str | None = None
    failure: Failure | None = None
    beside: list[str] = field(default_factory=list)  # of a web page: the names of the files saved beside it


def inputs(paths: Iterable[Path], settings: Settings, password: str | None = None) -> Iterator[Input]:
    """Every file, and instead of an archive what is in it, in their order; ``password`` opens archives too."""
    for path in paths:
        if _is_archive(path):
            yield from _in_archive(path, settings, password)
        else:
            yield Input(path, _loader(path, settings), beside=names_beside(path))


def _loader(path: Path, settings: Settings) -> Callable[[], bytes]:
    return lambda: local.read_file(path, settings.max_bytes)


def _is_archive(path: Path) -> bool:
    """By its bytes, when its name says so too: a mail that was saved as a PDF is a bad download, and told as one."""
    try:
        return path.suffix.lower() in ARCHIVES and is_archive(path.read_bytes())
    except OSError:
        return False  # whoever reads it will say why it cannot


def _in_archive(path: Path, settings: Settings, password: str | None) -> Iterator[Input]:
    try:
        with path.open("rb") as file:
            for member in members(file, bounds_of(settings), path.name, password):
                yield _member(path, member)
    except OSError as error:
        yield _failed(path, FileUnreadable(error.strerror or str(error)).failure)
    except DocumentError as error:
        yield _failed(path, failure_of(error))
    except ServiceError as error:
        yield _failed(path, error.failure)


def _member(archive: Path, member: Member) -> Input:
    content, inside = member.content, f"{archive.name}/{member.path}"
    failure = content if isinstance(content, Failure) else None
    if member.other is not None:
        failure = not_a_document(member.other)
    data = content if isinstance(content, bytes) else b""
    return Input(archive / member.path.lstrip("/"), lambda: data, inside, failure, member.beside)


def _failed(path: Path, failure: Failure) -> Input:
    return Input(path, lambda: b"", None, failure)


def in_order(pool: Executor, act: Callable[[T], R], things: Iterable[T], ahead: int) -> Iterator[R]:
    """What ``act`` makes of each thing, in their order; no more than ``ahead`` are taken before they are needed.

    An executor's own ``map`` would take all of them at once, which for archives means all of their bytes.
    """
    waiting: list[Future[R]] = []
    rest = iter(things)
    while True:
        waiting += [pool.submit(act, one) for one in islice(rest, ahead - len(waiting))]
        if not waiting:
            return
        yield waiting.pop(0).result()
