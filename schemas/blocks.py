"""Tables that print one header under another: 财政供养人员情况 over its one row, 经费控制情况 over the rows below it.

The kind's row key tells where its own header stands: its official label begins that row. What stands above is read as
lines printed across (编制数 over 45); what a further header begins belongs to neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemas.frame import Frame
from schemas.kind import ColumnRole, Kind, Shape
from schemas.labels import Years, clean_label
from schemas.lattice import Lattice, is_numeric
from schemas.text import has_chinese

_WORD = 4  # characters: 经费控制情况 begins one table only, 项目 any


def own_frame(frame: Frame, kind: Kind) -> Frame:
    """The frame with the header that the kind knows; the frame itself when its header is that one, or no row is."""
    start = _own_header(frame, kind)
    if start is None:
        return frame
    rows = [body for body in frame.body if body.index > start]
    further = next((at for at, body in enumerate(rows) if _is_header(frame.lattice, body.index)), len(rows))
    return replace(
        frame,
        bands=(*frame.bands, *(row for row in range(frame.header[0], start) if row not in frame.bands)),
        header=(start,),
        numbers=None,
        body=tuple(rows[:further]),
    )


def _own_header(frame: Frame, kind: Kind) -> int | None:
    """The body row that begins with the official label of the kind's row key."""
    key = next((column for column in kind.columns if column.role is ColumnRole.ROW_KEY), None)
    label = "" if key is None else clean_label(key.labels[0], Years())
    if kind.shape is not Shape.LINE_ITEMS or len(label) < _WORD or not frame.header:
        return None
    begins = (body.index for body in frame.body if clean_label(_first(frame.lattice, body.index), Years()) == label)
    return next((row for row in begins if _is_header(frame.lattice, row)), None)


def _first(lattice: Lattice, row: int) -> str:
    return next(iter(cell.text for cell in lattice.printed(row)), "")


def _is_header(lattice: Lattice, row: int) -> bool:
    """A row of three labels or more: words, no number and no dash among them."""
    printed = lattice.printed(row)
    return len(printed) > 2 and all(has_chinese(cell.text) and not is_numeric(cell.text) for cell in printed)


def printed_across(frame: Frame) -> Iterator[tuple[str, int, int]]:
    """Label, row and column of each value that stands under its label in the rows above the header."""
    lattice = frame.lattice
    for row, below in zip(frame.bands, frame.bands[1:], strict=False):
        for label in lattice.printed(row):
            cell = lattice.cover[below][label.col]
            if not is_numeric(label.text) and cell.row == below and is_numeric(cell.text):
                yield label.text, below, label.col
