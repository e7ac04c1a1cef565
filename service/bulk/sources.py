"""What a command line names, looked through file by file in an order that is always the same: files, folders, patterns,
and URLs of stores that fsspec knows. Files are listed here and read one at a time; what they are is for others to say.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import PurePosixPath
from typing import Any

import fsspec

from extractors.registry import suffixes
from service.beside import beside
from service.errors import Failure, FileTooLarge, FileUnreadable
from service.intake import ARCHIVES

_FOLDERS = 8  # whose files are remembered: pages stand side by side, each with folders of its own
# What tells that a file is still the same, beside its size; the first that a store knows.
_STAMPS = ("mtime", "ETag", "etag", "LastModified", "updated", "created")


class NoSuchSource(Exception):
    """A name of the command line that leads nowhere."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was named: as it was, and whole, which is the same from whatever folder it is named."""

    named: str
    whole: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a source, or what stands in its place. ``location`` leads to it from anywhere, ``path`` is as it was
    named; ``signature`` tells whether it is still the same, null when nothing does. ``skipped``: why it is not read.
    ``files_in`` gives the names of the files in a folder of the store.
    """

    path: str
    location: str
    signature: str | None
    files: Any
    name: str
    skipped: Failure | None = None
    files_in: Callable[[str], Sequence[str]] = lambda _folder: ()

    @property
    def beside(self) -> list[str]:
        """The names of the files that were saved beside a web page; none when it is no page."""
        return beside(self.name, self.files_in)

    @property
    def is_archive(self) -> bool:
        """Whether files are to be looked for in it."""
        return is_archive(self.name)

    def open(self) -> Any:
        """Its bytes as a file. Raises FileUnreadable."""
        try:
            return self.files.open(self.name, "rb")
        except OSError as error:
            raise FileUnreadable(error.strerror or type(error).__name__) from error

    def read(self, most: int) -> bytes:
        """Its bytes.

        Raises:
            FileTooLarge: they are more than ``most``.
            FileUnreadable: they cannot be had.
        """
        try:
            with self.open() as file:
                data: bytes = file.read(most + 1)
        except OSError as error:
            raise FileUnreadable(error.strerror or type(error).__name__) from error
        if len(data) > most:
            raise FileTooLarge(most, self.files.size(self.name) or len(data))
        return data


Opened = tuple[Source, Iterator[Listed]]


def source(named: str) -> Source:
    """What a name stands for: a path of this machine is made absolute."""
    return Source(named, named if "://" in named else os.path.abspath(named))


def look_through(source: Source) -> Iterator[Listed]:
    """The files of a source in the order of their names, folder by folder. That it is there is known at once.

    Raises:
        NoSuchSource: there is nothing of that name, or no package for stores of its kind.
    """
    try:
        files, root = fsspec.core.url_to_fs(source.whole)
        there = files.exists(root)
        matches = {root: files.info(root)} if there else files.glob(root, detail=True)
    except (ImportError, ValueError, OSError) as error:
        raise NoSuchSource(f"{source.named}: {error}") from error
    if not matches:
        raise NoSuchSource(f"{source.named}: no such file, folder or pattern")
    files_in = lru_cache(_FOLDERS)(partial(_files_in, files))
    return _listed(_View(source, files, *_stems(source, root, there), files_in), sorted(matches.items()))


def open_all(sources: Iterable[Source]) -> list[Opened]:
    """All sources, each with its files. Raises NoSuchSource before any is looked through."""
    return [(one, look_through(one)) for one in sources]


def _listed(view: _View, matches: list[tuple[str, dict[str, Any]]]) -> Iterator[Listed]:
    for name, info in matches:
        if info["type"] == "directory":
            yield from view.folder(name)
        else:
            yield view.file(info, chosen=True)


def read_at(location: str, most: int) -> bytes:
    """The bytes at a location, from wherever this runs. Raises FileTooLarge and FileUnreadable."""
    try:
        files, name = fsspec.core.url_to_fs(location)
    except (ImportError, ValueError, OSError) as error:
        raise FileUnreadable(str(error)) from error
    return Listed(location, location, None, files, name).read(most)


@dataclass(frozen=True, slots=True)
class _View:
    """How the names in a store are written for people and for later."""

    source: Source
    files: Any
    root: str
    named: str
    files_in: Callable[[str], Sequence[str]]

    def folder(self, folder: str) -> Iterator[Listed]:
        """All files below a folder; one that cannot be listed stands for what is in it."""
        try:
            entries = sorted(self.files.ls(folder, detail=True), key=lambda entry: str(entry["name"]))
        except OSError as error:
            why = FileUnreadable(error.strerror or type(error).__name__).failure
            yield Listed(self._path(folder), self._location(folder), None, self.files, folder, why)
            return
        for entry in entries:
            if entry["type"] == "directory":
                yield from self.folder(entry["name"])
            else:
                yield self.file(entry)

    def file(self, info: dict[str, Any], *, chosen: bool = False) -> Listed:
        """One file; ``chosen``: it was named itself, so that it is read whatever it is called."""
        name = str(info["name"])
        skipped = None if chosen and self._is_file(info) else self._why_not(info)
        return Listed(
            self._path(name), self._location(name), _signature(info), self.files, name, skipped, self.files_in
        )

    def _why_not(self, info: dict[str, Any]) -> Failure | None:
        if not self._is_file(info):
            return Failure("not_a_file", "it is no file: a link that leads to none, a socket, or the like")
        return None if is_archive(str(info["name"])) else why_not(str(info["name"]))

    def _is_file(self, info: dict[str, Any]) -> bool:
        return info["type"] == "file" or bool(info.get("islink") and self.files.isfile(info["name"]))

    def _path(self, name: str) -> str:
        if "://" in self.source.named:
            return self._location(name)
        return printable(self.named + name.removeprefix(self.root))

    def _location(self, name: str) -> str:
        if "://" not in self.source.whole:
            return printable(name)
        rest = self.source.whole.partition("::")[2]
        return printable(f"{self.files.unstrip_protocol(name)}{f'::{rest}' if rest else ''}")


def is_archive(path: str) -> bool:
    """Whether a file of that name is looked into for others."""
    return PurePosixPath(path).suffix.lower() in ARCHIVES


def why_not(path: str) -> Failure | None:
    """Why a file that nobody named is not read, by its name; None when it is."""
    last = PurePosixPath(path)
    if last.name.startswith((".", "~$")):
        return Failure("hidden_file", "its name says that it is hidden, or the lock of an open file")
    if last.suffix.lower() not in suffixes():
        return Failure(
            "other_file", f"of a folder or archive, files with the suffix {last.suffix or '(none)'} are not read"
        )
    return None


def _stems(source: Source, root: str, there: bool) -> tuple[str, str]:
    """What all names of a source begin with in its store, and what is written instead of it."""
    if there:
        return root.rstrip("/"), source.named.rstrip("/")
    return _before_pattern(root), _before_pattern(source.named)


def _before_pattern(path: str) -> str:
    """What stands before the first part that is a pattern, with the stroke after it."""
    parts = path.split("/")
    first = next((number for number, part in enumerate(parts) if any(char in part for char in "*?[")), len(parts))
    return "".join(f"{part}/" for part in parts[:first])


def printable(path: str) -> str:
    """A path that can be written down: names of files are bytes, and those of old archives are not always UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _files_in(files: Any, folder: str) -> Sequence[str]:
    """The names of the files in a folder of a store; none where there is no such folder, or it cannot be listed."""
    try:
        entries = files.ls(folder, detail=True)
    except OSError:
        return ()
    return tuple(PurePosixPath(str(one["name"])).name for one in entries if one["type"] == "file")


def _signature(info: dict[str, Any]) -> str | None:
    stamp = next((info[name] for name in _STAMPS if info.get(name)), None)
    return None if stamp is None or info.get("islink") else f"{info.get('size')} {stamp}"
