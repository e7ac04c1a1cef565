"""Tables drawn with characters: lines whose columns are held apart by runs of spaces, by bars, or by box drawing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from extractors.formats.html.flow import Line
from extractors.formats.html.purpose import is_number

LEAST_ROWS = 3  # lines that must agree on their columns
LEAST_NUMBERS = 2  # lines that must hold a number beside their first column
_BARS = re.compile("[|│┃¦｜┆┇┊┋║]")
_RULE = re.compile(r"[\s+\-=_|:－—―＿＋\u2500-\u257f]+")
_STROKE = re.compile(r"[\-=_－—―\u2500\u2501\u2550-\u257f]{2}")
_GAP = re.compile(r"\t\s*|[ \u00a0\u2000-\u200a\u3000]{2,}\s*")

Row = list[str]


@dataclass(frozen=True, slots=True)
class _Field:
    """A text between two gaps, and the places it takes as a fixed-width font shows it (two for a Chinese character)."""

    text: str
    start: int
    end: int


def with_tables(lines: Sequence[Line]) -> list[Line | list[Row]]:
    """The lines, where those that draw a table are replaced by its rows, all of the same length."""
    found: list[Line | list[Row]] = []
    for barred, group in groupby(lines, key=_drawing):
        run = list(group)
        if barred is None or len(run) < LEAST_ROWS:
            found += run
        elif barred:
            found += _barred(run)
        else:
            found += _spaced(run)
    return found


def _drawing(line: Line) -> bool | None:
    """Whether bars hold the columns of a line, or gaps; None for a line without columns."""
    if _BARS.search(line.text) or _is_rule(line.text):
        return True
    return False if len(_fields(line.text)) > 1 else None


# --- bars


def _barred(lines: list[Line]) -> list[Line | list[Row]]:
    """The rows between bars, when all have the same number of fields; a rule between rows is no row."""
    texts = [line.text.strip() for line in lines]
    blocks = [list(block) for is_rule, block in groupby(texts, _is_rule) if not is_rule]
    rows = [_BARS.split(text) for text in texts if not _is_rule(text)]
    if len({len(row) for row in rows}) != 1 or len(rows) < LEAST_ROWS:
        return list(lines)
    open_left, open_right = (all(not row[end].strip() for row in rows) for end in (0, -1))
    first, last = (1 if open_left else 0), (-1 if open_right else None)
    if len(blocks) >= LEAST_ROWS:  # ruled between all rows: the lines of one block are one row
        rows = [_merged([_BARS.split(text) for text in block]) for block in blocks]
    table = [[field.strip() for field in row[first:last]] for row in rows]
    return [table] if _is_table(table) else list(lines)


def _is_rule(text: str) -> bool:
    return bool(_RULE.fullmatch(text) and _STROKE.search(text))


def _merged(rows: list[Row]) -> Row:
    columns = zip(*rows, strict=True)
    return ["\n".join(field.strip() for field in column if field.strip()) for column in columns]


# --- gaps


def _fields(text: str) -> list[_Field]:
    fields, place, width = [], 0, 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        start_width = width
        width += _width(text[place:end])
        if text[place:end].strip():
            fields.append(_Field(text[place:end].strip(), start_width, width))
        if gap:
            width += _width(gap[0])
            place = gap.end()
    return fields


def _width(text: str) -> int:
    """Places that the text takes; a tab goes on to the next eighth, and at least one gap further."""
    return sum(8 if char == "\t" else 2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _spaced(lines: list[Line]) -> list[Line | list[Row]]:
    """Tables among lines that all have gaps."""
    rows = [_fields(line.text) for line in lines]
    if all(line.context.preserved for line in lines):
        first = _n_captions(rows)
        table = _in_columns(rows[first:])
        return [*lines[:first], table] if table is not None else list(lines)
    found: list[Line | list[Row]] = []
    for _, group in groupby(zip(lines, rows, strict=True), key=lambda pair: len(pair[1])):
        pairs = list(group)
        part = _counted([fields for _, fields in pairs])
        found += [part] if part is not None else [line for line, _ in pairs]
    return found


def _n_captions(rows: list[list[_Field]]) -> int:
    """How many lines above the first number have fewer columns than the rows with numbers: a title, a unit."""
    body = [row for row in rows if _has_number(row)]
    columns = _columns(field for row in body for field in row)
    most = max((_reach(row, columns) for row in body), default=0)
    heads = takewhile(lambda row: not _has_number(row) and _reach(row, columns) < most, rows)
    return sum(1 for _ in heads)


def _has_number(row: list[_Field]) -> bool:
    return any(is_number(field.text) for field in row)


def _reach(row: list[_Field], columns: list[tuple[int, int]]) -> int:
    """How many of the columns the fields of a row touch."""
    return sum(any(field.start < end and start < field.end for field in row) for start, end in columns)


def _in_columns(rows: list[list[_Field]]) -> list[Row] | None:
    """The rows of a text in a font of fixed width: its columns are what no gap common to all rows cuts."""
    columns = _columns(field for row in rows for field in row)
    table = [_row(fields, columns) for fields in rows]
    return _proven([row for row in table if row is not None]) if None not in table else None


def _counted(rows: list[list[_Field]]) -> list[Row] | None:
    """The rows of a text in any font, all with the same number of fields. Where the places of the fields tell of more
    columns than that, it is not known which cells are blank, and nothing is guessed.
    """
    columns = _columns(field for row in rows for field in row)
    return _proven([[field.text for field in row] for row in rows]) if len(columns) <= len(rows[0]) else None


def _columns(fields: Iterable[_Field]) -> list[tuple[int, int]]:
    columns: list[tuple[int, int]] = []
    for field in sorted(fields, key=lambda field: field.start):
        if columns and field.start < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], field.end)
        else:
            columns.append((field.start, field.end))
    return columns


def _row(fields: list[_Field], columns: list[tuple[int, int]]) -> Row | None:
    """The fields in their columns; None when two numbers would share one."""
    row = [""] * len(columns)
    for field in fields:
        place = next(index for index, (start, end) in enumerate(columns) if start <= field.start < end)
        if row[place] and (is_number(field.text) or is_number(row[place])):
            return None
        row[place] = f"{row[place]} {field.text}" if row[place] else field.text
    return row


def _proven(table: list[Row]) -> list[Row] | None:
    return table if _is_table(table) else None


def _is_table(table: list[Row]) -> bool:
    """Whether enough rows hold numbers beside their first column."""
    numbered = sum(any(is_number(field) for field in row[1:]) for row in table)
    return len(table) >= LEAST_ROWS and len(table[0]) > 1 and numbered >= LEAST_NUMBERS
