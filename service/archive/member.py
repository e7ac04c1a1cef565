"""What is said of an archive, on both sides of the process that unpacks it."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from service.errors import Failure


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an archive may hold, in bytes and entries, those of archives inside it counted.

    ``member`` is the most bytes of one file, ``ratio`` that of unpacked to packed bytes, ``depth`` how many archives
    may lie inside each other, ``seconds`` how long one entry may take, and ``memory`` what the process may hold.
    """

    entries: int
    unpacked: int
    ratio: int
    member: int
    depth: int = 3
    seconds: float = 60.0
    memory: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path in it, and its bytes or why they cannot be had.

    The path is as it was written, with ``/`` between its steps; behind an archive inside it follows the path in there.
    ``other`` says what the bytes are when no format reads them: "an image (GIF)". ``beside`` are the names of the files
    saved beside a web page, relative to its folder.
    """

    path: str
    content: bytes | Failure
    other: str | None = None
    beside: list[str] = field(default_factory=list)


class Head(msgspec.Struct, frozen=True, tag="head"):
    """A member is next; its bytes are the message after this one."""

    path: str
    other: str | None = None


class Lost(msgspec.Struct, frozen=True, tag="lost"):
    """A member that cannot be had."""

    path: str
    failure: Failure


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The archive as a whole is refused, from here on: nothing follows. ``failure`` is that of a DocumentError."""

    failure: Failure


class End(msgspec.Struct, frozen=True, tag="end"):
    """Every member was told."""


Message = Head | Lost | Refused | End
