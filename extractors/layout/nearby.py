"""The text lines around each grid: above it, below it, between its parts. Finds them; does not name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Block, Grid, TextLine

REACH = 15  # lines


def with_nearby(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document in reading order, where every grid knows the lines before and after it."""
    placed: list[Block] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            above = _lines(blocks[max(index - REACH, 0) : index][::-1])
            below = _lines(blocks[index + 1 : index + 1 + REACH])
            placed.append(replace(block, above=above[::-1], below=below))
        else:
            placed.append(block)
    return tuple(placed)


def _lines(blocks: Sequence[Block]) -> tuple[TextLine, ...]:
    """The lines before the first grid."""
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, Grid):
            break
        lines.append(block)
    return tuple(lines)
