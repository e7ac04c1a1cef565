"""What reads words off a picture: the contract of an engine. Loads nothing, so that options can name it anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from extractors.ocr.pixels import Grey

Area = tuple[int, int, int, int]  # left, top, right and bottom in pixels


@dataclass(frozen=True, slots=True)
class Words:
    """What one line of print says: for each character its centre, in pixels from the left, and how sure it is (0-1)."""

    text: str
    centres: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over the characters; 0 when there are none."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class Engine(Protocol):
    """Finds lines of print in a picture and reads them. Not safe in threads."""

    @property
    def name(self) -> str:
        """The name of the library, as it is known to Python's packages."""

    @property
    def version(self) -> str:
        """Its version and that of its models."""

    def has_room(self) -> bool:
        """Whether this process may still take the memory that reading needs; asked before anything is loaded."""

    def find(self, picture: Grey) -> list[Area]:
        """Where lines of print stand, roughly: an area may be too wide, and may hold texts of several cells."""

    def read(self, pictures: Sequence[Grey]) -> list[Words]:
        """What each of these pictures of one line says, in their order."""
