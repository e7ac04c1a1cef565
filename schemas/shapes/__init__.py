"""How the body of a table becomes rows and values; one file per family of shapes.

``read_body`` is the front door: a frame, its matched panels and a context in, rows and values out.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.kind import Shape
from schemas.records import Row, Value
from schemas.shapes.across import read_across
from schemas.shapes.context import Context, MatchedPanel
from schemas.shapes.matrix import is_plain_matrix, read_transposed
from schemas.shapes.rows import read_panel

__all__ = ["Context", "MatchedPanel", "read_body"]


def read_body(panels: Sequence[MatchedPanel], context: Context) -> tuple[tuple[Row, ...], tuple[Value, ...]]:
    """The rows and values of a table, panel after panel."""
    if context.kind.shape is Shape.SINGLE_ROW and not is_plain_matrix(panels[0], context.frame):
        return read_transposed(panels[0], context)
    rows: list[Row] = []
    values: list[Value] = []
    for panel in panels:
        panel_rows, panel_values = read_panel(panel, context)
        rows.extend(panel_rows)
        values.extend(panel_values)
    across = list(read_across(context)) if context.kind.shape is Shape.LINE_ITEMS else []
    return (*(row for row, _ in across), *rows), (*(value for _, value in across), *values)
