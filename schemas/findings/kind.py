"""What is known about one code of a finding."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import Literal

SeverityName = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One code: how bad it is unless the caller knows better, what is said, what it means, what to do."""

    code: str
    severity: SeverityName
    message: str
    message_zh: str
    meaning: str
    advice: str

    @property
    def data(self) -> tuple[str, ...]:
        """The names that the messages need, in the order of the English one."""
        names = [name for _, name, _, _ in Formatter().parse(self.message + self.message_zh) if name]
        return tuple(dict.fromkeys(names))
