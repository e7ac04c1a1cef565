"""What an archive may still unpack to, counted before and while it is done."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.errors import TooLarge
from service.archive.member import Bounds


@dataclass(slots=True)
class Budget:
    """Counted over an archive and all that lie in it; ``packed`` are the bytes of the outermost.

    ``password`` opens what is encrypted in them.
    """

    bounds: Bounds
    packed: int
    password: str | None = field(default=None, repr=False)
    entries: int = 0
    unpacked: int = 0

    def foresee(self, entries: int, unpacked: int) -> None:
        """Nothing, when an archive that says it holds so much may be unpacked.

        Raises:
            TooLarge: it may not.
        """
        self._check(self.entries + entries, self.unpacked + unpacked)

    def enter(self) -> None:
        """One entry more.

        Raises:
            TooLarge: there are too many.
        """
        self.entries += 1
        self._check(self.entries, self.unpacked)

    def spend(self, unpacked: int) -> None:
        """So many bytes more were unpacked.

        Raises:
            TooLarge: they are too many.
        """
        self.unpacked += unpacked
        self._check(self.entries, self.unpacked)

    def _check(self, entries: int, unpacked: int) -> None:
        if entries > self.bounds.entries:
            raise TooLarge("too_many_entries", "entries", self.bounds.entries, entries)
        allowed = min(self.bounds.unpacked, self.bounds.ratio * self.packed)
        if unpacked > allowed:
            raise TooLarge("decompression_limit", "bytes", allowed, unpacked)
