"""The text lines around each grid: above it, below it, between its parts. Finds them; does not name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Block, Grid, TextLine

REACH = 15  # lines


def with_nearby(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a document in reading order, where every grid knows the lines before and after it.

    The lines between the parts of a joined grid are neither below it nor above the next grid.
    """
    placed: list[Block] = []
    above: list[TextLine] = []
    inner = {line for block in blocks if isinstance(block, Grid) for line in block.between}
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            placed.append(replace(block, above=tuple(above[-REACH:]), below=_below(blocks[index + 1 :], inner)))
            above = []
            continue
        placed.append(block)
        if block not in inner:
            above.append(block)
    return tuple(placed)


def _below(blocks: Sequence[Block], inner: set[TextLine]) -> tuple[TextLine, ...]:
    """The lines before the first grid that do not stand between the parts of another."""
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, Grid) or len(lines) == REACH:
            break
        if block not in inner:
            lines.append(block)
    return tuple(lines)
