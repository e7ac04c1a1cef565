"""What one document, and one process, may cost."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Seconds a job may take: ``base`` plus ``per_page`` for each page once their number is known, plus
    ``per_recognised`` for each page that is read from its image once it is begun, never above ``most``."""

    base: float = 60.0
    per_page: float = 1.0
    most: float = 600.0
    per_recognised: float = 20.0

    def seconds(self, pages: int, recognised: int = 0) -> float:
        """The limit for that many pages, so many of them read from their images."""
        return min(self.most, self.base + self.per_page * pages + self.per_recognised * recognised)


class Bounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a worker process may cost, from when it has loaded its libraries.

    ``memory`` and ``file_bytes`` are in bytes. ``sealed``: it may open no socket, start no process and write no file
    outside its own folder. ``converter``: the path of the one program that it may start all the same.
    """

    time: TimeLimit = TimeLimit()
    memory: int = 2_147_483_648
    file_bytes: int = 64_000_000
    open_files: int = 256
    sealed: bool = True
    converter: str | None = None
