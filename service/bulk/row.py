"""One document of a dataset: the line of the ledger that goes with a result. Plain values, free of the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What became of a document. ``partial``: there is a result, and pages that could not be read."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a file was found. ``path`` is as it was named or listed, with ``/``: a path, or a URL that fsspec knows.
    ``inside`` is its path within the archive or mail at ``path``; those of nested ones are joined by ``/``."""

    path: str
    inside: str | None = None

    @property
    def whole(self) -> str:
        """The whole of it: ``2023.zip/财政局/决算.pdf``."""
        return self.path if self.inside is None else f"{self.path}/{self.inside}"


@dataclass(frozen=True, slots=True)
class Row:
    """One document, which is all files of the same bytes.

    ``sha256`` is of its bytes, as 64 hexadecimal digits. ``places`` are all files that hold them, sorted by what is
    written of them, at least one; the result says under which name it was read. ``pages`` is null where a format has
    none, and when it failed. ``code`` and ``page`` are of the error, when it failed. ``pipeline`` names the version of
    all that reads, ``options`` is the digest of what was asked: the result is a function of these two, the bytes and
    the name. The result that goes with a row says no ``timing``, which is what differs between two runs.
    """

    sha256: str
    places: tuple[Place, ...]
    state: State
    bytes: int
    pages: int | None
    media_type: str | None
    pipeline: str
    options: str
    code: str | None = None
    page: int | None = None
