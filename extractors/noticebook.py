"""What was noticed while reading a file: each thing once, with how often and where it was met first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from extractors.model import Location, Notice

_LONGEST = 60  # characters of what is quoted


@dataclass(slots=True)
class _Met:
    count: int
    what: str
    first: Location | None


class NoticeBook:
    """Collects what is noticed. ``messages``: English and Chinese of each code, with {count} and {what} in them."""

    def __init__(self, messages: Mapping[StrEnum, tuple[str, str]]) -> None:
        self._messages = messages
        self._met: dict[tuple[StrEnum, str], _Met] = {}

    def add(self, code: StrEnum, where: Location | None, what: str = "", *, count: int = 1, apart: str = "") -> None:
        """Counts more of it; ``what`` and ``where`` are kept of the first. What is ``apart`` has its own notice."""
        met = self._met.setdefault((code, apart), _Met(0, " ".join(what.split())[:_LONGEST], where))
        met.count += count

    def notices(self) -> tuple[Notice, ...]:
        """One notice for each code, in the order in which they were met."""
        return tuple(self._notice(code, met) for (code, _), met in self._met.items())

    def _notice(self, code: StrEnum, met: _Met) -> Notice:
        message, message_zh = (text.format(count=met.count, what=met.what) for text in self._messages[code])
        return Notice(code.value, message, message_zh, met.first)
