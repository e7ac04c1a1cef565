"""Plain text for terminals: columns that line up although a Chinese character is two cells wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

GAP = "  "


def width(text: str) -> int:
    """The cells that ``text`` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """The rows with their columns aligned; the last one runs free."""
    listed = list(rows)
    widths = [max(map(width, column)) for column in zip(*listed, strict=True)]
    return [_line(row, widths) for row in listed]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True)]
    return GAP.join(padded).rstrip()


def print_json(value: object) -> None:
    """Print a value as indented JSON."""
    print(msgspec.json.format(msgspec.json.encode(value), indent=1).decode())
