"""The file that a document of a dataset was read from: found again where it was, or given, and proven by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.archive import members
from service.archive.bounds import bounds_of
from service.errors import Failure, FileUnreadable, ServiceError
from service.settings import Settings


class NotTheFile(ServiceError):
    """None of the places holds the document any more."""

    def __init__(self, places: Sequence[str]) -> None:
        message = f"the document is at none of its places: {'; '.join(places)}"
        advice = "文件已移动或更改，请用 --file 指明原文件。"
        super().__init__(Failure("not_found", message, advice))


def original(sha256: str, places: Sequence[str], folders: Sequence[Path], settings: Settings) -> bytes:
    """The bytes of a document. ``places`` may be relative to any of ``folders``, and lead into an archive.

    Raises:
        NotTheFile: nothing there has this hash.
    """
    for place in places:
        for folder in folders:
            for data in _contents(folder / place, settings):
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
    raise NotTheFile(places)


def _contents(path: Path, settings: Settings) -> Iterator[bytes]:
    """The file at a path; or that in the archive which the path leads into."""
    file = next((one for one in (path, *path.parents) if one.is_file()), None)
    if file is None:
        return
    try:
        if file == path:
            yield file.read_bytes()
        else:
            yield from _inside(file, path.relative_to(file).as_posix(), settings)
    except OSError as error:
        raise FileUnreadable(error.strerror or str(error)) from error


def _inside(archive: Path, name: str, settings: Settings) -> Iterator[bytes]:
    with archive.open("rb") as file:
        for member in members(file, bounds_of(settings), archive.name):
            if member.path == name and isinstance(member.content, bytes):
                yield member.content
