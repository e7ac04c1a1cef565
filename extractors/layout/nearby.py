"""The text lines around each grid: above it, below it, between its parts. Finds them; does not name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Block, Grid, TextLine

REACH = 15  # lines


def with_nearby(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document in reading order, where every grid knows the lines before and after it.

    The lines between the parts of a joined grid follow it among the blocks; they are neither below it nor above the
    next grid.
    """
    placed: list[Block] = []
    above: list[TextLine] = []
    inner = 0
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            inner = len(block.between)
            below = _lines(blocks[index + 1 + inner : index + 1 + inner + REACH])
            placed.append(replace(block, above=tuple(above[-REACH:]), below=below))
            above = []
            continue
        placed.append(block)
        if inner:
            inner -= 1
        else:
            above.append(block)
    return tuple(placed)


def _lines(blocks: Sequence[Block]) -> tuple[TextLine, ...]:
    """The lines before the first grid."""
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, Grid):
            break
        lines.append(block)
    return tuple(lines)
