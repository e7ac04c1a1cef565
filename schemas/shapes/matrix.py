"""Tables of one row whose key is the header path (三公 and its kin), and the same turned on its side.

Three ways to print the same facts: items across with one data row; 预算数 and 决算数 as rows under the items; items as
rows beside the phases. In the last two the label of the row completes the header path of each cell.
"""

from __future__ import annotations

import re
from dataclasses import replace

from schemas.candidates import SCORES, Method
from schemas.columns import LogicalColumn, unit_in_brackets
from schemas.frame import Frame
from schemas.headers import ColumnMatch, HeaderPath, match_columns
from schemas.kind import Kind
from schemas.lattice import is_numeric
from schemas.records import BodyRole, Row, Value
from schemas.shapes.context import Context, MatchedColumn, MatchedPanel, cell_id, one_line
from schemas.shapes.keys import PERIOD_COLUMN, bare_label
from schemas.shapes.values import UNIT_NAMES, read_value
from schemas.text import fold, strip_ordinal

_PHASE = re.compile(
    r"(?=.*(?:年|预算|决算|执行|增减))"
    r"(?:(?:19|20)\d{2}年度?|[上本当去全]年度?|年初|调整|预计|比|较|实际|预算|决算|执行|完成|增减|增长|变化|变动|支出|数|额"
    r"|率|比例|幅度|情况|金额|[%()元万])+"
)
_ENOUGH = 3  # matched value columns: fewer, and the items are not what stands across
_COUNTERS = frozenset({"序号", "行次", "栏次", "编号"})


def is_plain_matrix(panel: MatchedPanel, frame: Frame) -> bool:
    """Whether the header alone names the values: enough of its columns do, and no row label says of which phase."""
    return sum(matched.is_value() for matched in panel.columns) >= _ENOUGH and not _rows_name_phases(panel, frame)


def _rows_name_phases(panel: MatchedPanel, frame: Frame) -> bool:
    texts = [text for one in _label_columns(panel) for text in _texts(one, frame)]
    return any(_is_phase(text) for text in texts)


def _label_columns(panel: MatchedPanel) -> list[MatchedColumn]:
    """The columns before the values that no field took."""
    first = min((matched.logical.index for matched in panel.columns if matched.is_value()), default=0)
    return [one for one in panel.columns if one.column is None and one.logical.index < first]


def _texts(column: MatchedColumn, frame: Frame) -> list[str]:
    texts = (one_line(frame.lattice.text(body.index, column.logical.index)) for body in frame.body)
    return [text for text in texts if text]


def _is_phase(text: str) -> bool:
    return _PHASE.fullmatch(strip_ordinal(fold(text))[0]) is not None


def label_before(panel: MatchedPanel, row: int, frame: Frame) -> str | None:
    """What stands before the values of a row in columns that no field took: the name of a unit under 项目."""
    texts = (one_line(frame.lattice.text(row, one.logical.index)) for one in _label_columns(panel))
    return next((text for text in texts if text and not is_numeric(text)), None)


def with_periods(panel: MatchedPanel, frame: Frame, kind: Kind) -> MatchedPanel | None:
    """The panel with its column of row labels taken for the years of its rows; None when the kind has no such column,
    or when a label is no year and no phase."""
    years = next((column for column in kind.columns if column.id == PERIOD_COLUMN), None)
    labels = _label_columns(panel)
    if years is None or len(labels) != 1:
        return None
    texts = _texts(labels[0], frame)
    if not texts or not all(map(_is_phase, texts)):
        return None
    match = replace(labels[0].match, column=years, method=Method.POSITION, score=SCORES[Method.POSITION])
    taken = MatchedColumn(labels[0].logical, match)
    return replace(panel, columns=tuple(taken if one is labels[0] else one for one in panel.columns))


def transposed_fit(panel: MatchedPanel, context: Context) -> tuple[int, int]:
    """How many cells the header path together with the row's label names, and how many cells there are."""
    matches = _matches(*_row_labels(panel, context), context)
    return sum(match.column is not None for match in matches.values()), len(matches)


def read_transposed(panel: MatchedPanel, context: Context) -> tuple[tuple[Row, ...], tuple[Value, ...]]:
    """One value per cell whose header path together with its row's label names a field."""
    labels, columns = _row_labels(panel, context)
    rows = {row: Row(index=row, role=BodyRole.ITEM, raw_label=label, label=label) for row, label in labels.items()}
    values = [
        _value(MatchedColumn(column, match), rows[row], context)
        for (row, column), match in _matches(labels, columns, context).items()
        if match.column is not None
    ]
    used = dict.fromkeys(value.grid_row for value in values)
    return tuple(rows[row] for row in used), tuple(values)


def _matches(
    labels: dict[int, str], columns: list[LogicalColumn], context: Context
) -> dict[tuple[int, LogicalColumn], ColumnMatch]:
    """What each cell means, by row and column."""
    spots = [(row, column) for row in labels for column in columns]
    paths = [HeaderPath(at, (*column.labels, labels[row])) for at, (row, column) in enumerate(spots)]
    matches = match_columns(paths, context.kind, context.lexicon, fiscal_year=context.fiscal_year)
    return dict(zip(spots, matches, strict=True))


def _row_labels(panel: MatchedPanel, context: Context) -> tuple[dict[int, str], list[LogicalColumn]]:
    """The label of each body row, without its ordinal, and the columns that hold numbers."""
    lattice = context.frame.lattice
    rows = [body.index for body in context.frame.body if not body.repeat]
    numeric = [
        matched.logical
        for matched in panel.columns
        if not counts_rows(matched.logical)
        and any(is_numeric(lattice.text(row, matched.logical.index)) for row in rows)
    ]
    first = numeric[0].index if numeric else lattice.grid.n_cols
    labels = {row: "".join(_texts_left_of(context, row, first)) for row in rows}
    return {row: bare_label(label) for row, label in labels.items() if label}, numeric


def counts_rows(column: LogicalColumn) -> bool:
    """Whether the column only numbers the rows."""
    return bool(column.labels) and fold(column.labels[-1]) in _COUNTERS


def _texts_left_of(context: Context, row: int, col: int) -> list[str]:
    """The label of a row: the nearest text left of the first number that is no sequence number."""
    lattice = context.frame.lattice
    texts = [one_line(cell.text) for cell in lattice.across(row) if cell.col < col and cell.row == row]
    words = [text for text in texts if text and not is_numeric(text)]
    return words[-1:]


def _value(matched: MatchedColumn, row: Row, context: Context) -> Value:
    column = matched.column
    assert column is not None  # only matched spots reach this point
    cell = context.frame.lattice.cover[row.index][matched.logical.index]
    unit = unit_in_brackets(row.raw_label or "") or matched.logical.unit
    reading = read_value(cell.text, column.type, context.factor if unit is None else unit.factor)
    return Value(
        cell=cell_id(context.table, cell),
        grid_row=cell.row,
        grid_col=cell.col,
        column=column,
        row=row,
        header="/".join((*matched.logical.labels, row.raw_label or "")),
        text=cell.text,
        status=reading.status,
        number=reading.number,
        value=reading.value,
        decimals=reading.decimals,
        alt_value=reading.alt,
        unit=UNIT_NAMES[column.type],
        location=cell.location,
        match_score=matched.match.score,
        doubtful=reading.repaired or (context.borrowed_unit and unit is None),
    )
