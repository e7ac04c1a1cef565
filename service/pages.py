"""Page numbers as people write them: ``1-3,7``."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


class BadPages(ValueError):
    """Not a list of pages. The message says which part of it is wrong."""


def parse_pages(text: str) -> frozenset[int]:
    """The page numbers, from 1, that ``1-3,7`` names.

    Raises:
        BadPages: a part is not a number or a rising range of numbers from 1.
    """
    numbers: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise BadPages(f"{part.strip()!r} is not a page or a range of pages; write for example 1-3,7")
        numbers.update(range(first, last + 1))
    return frozenset(numbers)


def page_ranges(pages: Iterable[int]) -> str:
    """The shortest way to write these page numbers: ``1-3,7``."""
    runs: list[list[int]] = []
    for number in sorted(pages):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in runs)
