"""Bytes by their hash: on our own disk, or in any store that fsspec knows (``s3://…``).

A file appears under its hash only when it is whole and safe on disk, and is never changed: what has a name is right.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import fsspec

CHUNK = 1024 * 1024


class Missing(Exception):
    """There are no bytes of that hash."""


class Blobs(Protocol):
    """Where bytes are kept. Safe to use from several threads and processes."""

    def put(self, data: bytes, sha256: str | None = None) -> str:
        """Keep bytes; their hash, which may be known already. When this returns, they are safe."""

    def put_file(self, path: Path, sha256: str) -> None:
        """Keep a file of our disk whose hash is known."""

    def get(self, sha256: str) -> bytes:
        """The bytes of a hash. Raises Missing."""

    def remove(self, sha256: str) -> None:
        """Let go of bytes, if they are there."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is on our disk, and not kept yet."""

    path: Path
    sha256: str
    bytes: int


FORGOTTEN = 86_400.0  # seconds after which nobody can still be sending a file


class Folder:
    """A folder of our own disk: ``ab/abcd…``. Its folders are made at once: each that is made later must be synced."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)
        for number in range(256):
            (root / f"{number:02x}").mkdir(exist_ok=True)
        _sync(root)
        sweep(root)

    def put(self, data: bytes, sha256: str | None = None) -> str:
        """Keep bytes; their hash."""
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        if not self._path(sha256).exists():
            with temporary(self._root) as (path, file):
                file.write(data)
                file.close()
                self.put_file(path, sha256)
        return sha256

    def put_file(self, path: Path, sha256: str) -> None:
        """Keep a file of the same disk under its hash, all or nothing, also when the power fails."""
        target = self._path(sha256)
        if target.exists():
            return
        _sync(path)
        with suppress(FileExistsError):  # somebody else was quicker, with the same bytes
            os.link(path, target)
        _sync(target.parent)

    def get(self, sha256: str) -> bytes:
        """The bytes of a hash. Raises Missing."""
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise Missing(sha256) from error

    def remove(self, sha256: str) -> None:
        """Let go of bytes, if they are there."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256


class Remote:
    """A store that fsspec knows. It must make an object appear whole, as object stores do."""

    def __init__(self, url: str) -> None:
        self._files: Any
        self._files, self._root = fsspec.core.url_to_fs(url)

    def put(self, data: bytes, sha256: str | None = None) -> str:
        """Keep bytes; their hash."""
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        if not self._files.exists(self._path(sha256)):
            self._files.pipe_file(self._path(sha256), data)
        return sha256

    def put_file(self, path: Path, sha256: str) -> None:
        """Copy a file under its hash."""
        if not self._files.exists(self._path(sha256)):
            self._files.put_file(str(path), self._path(sha256))

    def get(self, sha256: str) -> bytes:
        """The bytes of a hash. Raises Missing."""
        try:
            data: bytes = self._files.cat_file(self._path(sha256))
        except FileNotFoundError as error:
            raise Missing(sha256) from error
        return data

    def remove(self, sha256: str) -> None:
        """Let go of bytes, if they are there."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(sha256))

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}"


@contextmanager
def temporary(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A new file in a folder, under a name of our own; the name is gone when the block ends."""
    number, name = tempfile.mkstemp(prefix="incoming-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def received(source: IO[bytes], folder: Path) -> Iterator[Incoming]:
    """What a file holds, copied to our disk and hashed on the way; the copy is gone when the block ends."""
    digest, size = hashlib.sha256(), 0
    with temporary(folder) as (path, file):
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += file.write(chunk)
        file.close()
        yield Incoming(path, digest.hexdigest(), size)


def sweep(folder: Path) -> None:
    """Remove what processes that were killed left half written, once it is old enough to be nobody's."""
    for path in folder.glob("incoming-*"):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > FORGOTTEN:
                path.unlink()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
