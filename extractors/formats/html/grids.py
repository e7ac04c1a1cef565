"""Data tables: the text of their cells, and the tables nested in them."""

from __future__ import annotations

from extractors.formats.html.flow import Flow, Line, Nested, Table, TableCell, lines_of
from extractors.formats.html.tables import Lattice, TableDraft


def as_table(draft: TableDraft, shape: Lattice) -> Table:
    """The table with the text of its cells. A nested table is no part of the text of its cell."""
    cells = [
        TableCell(slot.row, slot.col, slot.row_span, slot.col_span, _text(slot.draft.flow) if slot.draft else "")
        for slot in shape.slots
    ]
    only_heads = all(slot.draft is None or slot.draft.is_head for slot in shape.slots)
    table = Table(shape.n_rows, shape.n_cols, cells, only_heads or draft.n_head_rows() >= shape.n_rows)
    for slot in shape.slots:
        if slot.draft:
            _nest(table, slot.row, slot.col, slot.draft.flow)
    return table


def _text(flow: Flow) -> str:
    return "\n".join(line.text for line in lines_of(flow.items))


def _nest(parent: Table, row: int, col: int, flow: Flow) -> None:
    """Hands on the tables of a cell, each with the lines of the cell before and after it."""
    last: Nested | None = None
    lines: list[Line] = []
    for item in flow.items:
        if isinstance(item, Line):
            lines.append(item)
        elif isinstance(item, Table):
            if last is not None:
                last.below = lines
            last = Nested(item, parent, row, col, lines, [])
            parent.nested += [last, *item.nested]
            item.nested, lines = [], []
    if last is not None:
        last.below = lines
