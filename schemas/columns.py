"""The columns of a frame: header paths, codes printed over several columns, and the panels that stand side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.amounts import UnitWord, find_unit
from schemas.columnindex import ByIdentity
from schemas.frame import Frame
from schemas.kind import Column, ColumnRole, Kind, Shape
from schemas.lattice import is_numeric
from schemas.sides import line_labels, lists_both_sides, row_labels, sides_apart
from schemas.text import fold

_CLASS_DIGITS = 3
_CLASS_CODE = re.compile(r"\D?(\d{3,7})(?!\d)")
_LEVEL_WORDS = ("类", "款", "项", "目")
_BRACKETS = re.compile(r"[(（][^()（）]{1,12}[)）]")


@dataclass(frozen=True, slots=True)
class LogicalColumn:
    """One column as a reader sees it: usually one grid column, three where a code is printed as 类|款|项.

    ``labels`` is the header path from the top, without the level words; ``unit`` the unit that the header prints.
    """

    indices: tuple[int, ...]
    labels: tuple[str, ...]
    split_code: bool = False
    unit: UnitWord | None = None

    @property
    def index(self) -> int:
        """The first grid column."""
        return self.indices[0]

    @property
    def header(self) -> str:
        """The path on one line."""
        return "/".join(self.labels)


@dataclass(frozen=True, slots=True)
class PanelColumns:
    """Columns that form one table of their own. ``panel`` is its id in the kind, ``side`` income or expenditure.

    ``rows`` are the body rows that it has, None for all: two sides printed one above the other have the same columns.
    """

    panel: str | None
    side: str | None
    columns: tuple[LogicalColumn, ...]
    rows: frozenset[int] | None = None


def columns_of(frame: Frame) -> tuple[LogicalColumn, ...]:
    """The logical columns of a frame, from left to right, every grid column in exactly one."""
    paths = [_path(frame, col) for col in range(frame.lattice.grid.n_cols)]
    columns: list[LogicalColumn] = []
    col = 0
    while col < len(paths):
        end = _group_end(frame, paths, col)
        columns.append(_logical(paths, col, end))
        col = end
    return tuple(columns)


def _path(frame: Frame, col: int) -> tuple[str, ...]:
    """The labels over a grid column, a merged cell once, line breaks taken out."""
    labels: list[str] = []
    fused = frame.fused_row
    last = None
    for row in frame.header:
        cell = frame.lattice.cover[row][col]
        text = "".join(cell.text.split("\n")).strip()
        is_label = fold(text) in _LEVEL_WORDS if row == fused else not is_numeric(text)
        if cell is not last and text and is_label:
            labels.append(text)
        last = cell
    return tuple(labels)


def _group_end(frame: Frame, paths: Sequence[tuple[str, ...]], col: int) -> int:
    """The grid column after the logical column that begins at ``col``."""
    end = col + 1
    if _level(paths[col]) == 0:
        while end < len(paths) and _level(paths[end]) == end - col:
            end += 1
        return end
    if not frame.header:
        return end
    lowest = frame.lattice.cover[frame.header[-1]][col]
    while end < len(paths) and frame.lattice.cover[frame.header[-1]][end] is lowest:
        end += 1
    return end


def _level(path: tuple[str, ...]) -> int | None:
    """Which level of a split code a column is: 0 for 类, 1 for 款, 2 for 项."""
    word = fold(path[-1]) if path else ""
    return _LEVEL_WORDS.index(word) if word in _LEVEL_WORDS else None


def _logical(paths: Sequence[tuple[str, ...]], col: int, end: int) -> LogicalColumn:
    split = _level(paths[col]) is not None and end - col > 1
    labels = paths[col][:-1] if split and len(paths[col]) > 1 else paths[col]
    return LogicalColumn(
        tuple(range(col, end)), labels, split, unit_in_brackets(*paths[col]) or _unit_alone(paths[col])
    )


def _unit_alone(labels: tuple[str, ...]) -> UnitWord | None:
    """The unit that a label of its own prints over columns: 单位：万元 beside 项目 in the first row of a header."""
    return next((unit for label in reversed(labels) if (unit := find_unit(label)) is not None), None)


def unit_in_brackets(*labels: str) -> UnitWord | None:
    """The unit of money that labels print in brackets, the last label first: 预算数（万元）."""
    bracketed = (match.group() for label in reversed(labels) for match in _BRACKETS.finditer(label))
    return next((unit for text in bracketed if (unit := find_unit(text)) is not None), None)


def cut_panels(columns: Sequence[LogicalColumn], frame: Frame, kind: Kind) -> tuple[PanelColumns, ...]:
    """The panels of a two-sided or multi-panel table; one panel for every other shape."""
    if kind.shape not in (Shape.TWO_SIDED, Shape.MULTI_PANEL):
        return (PanelColumns(None, None, tuple(columns)),)
    blocks = list(_blocks(columns, kind))
    if kind.shape is Shape.MULTI_PANEL:
        return tuple(PanelColumns(_panel_of_block(block, frame, kind), None, block) for block in blocks)
    return tuple(_named(blocks, frame, kind))


def _blocks(columns: Sequence[LogicalColumn], kind: Kind) -> Iterable[tuple[LogicalColumn, ...]]:
    """Runs of columns that each begin with a row key after a value column."""
    keys = _key_labels(kind)
    block: list[LogicalColumn] = []
    has_values = False
    for column in columns:
        is_key = bool(column.labels) and _bare(column.labels[-1]) in keys
        if is_key and has_values:
            yield tuple(block)
            block, has_values = [], False
        block.append(column)
        has_values = has_values or not is_key
    if block:
        yield tuple(block)


def _bare(label: str) -> str:
    return _bare_folded(fold(label))


@lru_cache(maxsize=4096)
def _bare_folded(folded: str) -> str:
    return re.sub(r"\([^()]*\)$", "", folded)


@lru_cache(maxsize=256)
def _labels_of(column: Column) -> frozenset[str]:
    return frozenset(_bare(label.rsplit("/", 1)[-1]) for label in column.labels)


def _key_labels(kind: Kind) -> frozenset[str]:
    keys = (column for column in kind.columns if column.role is not ColumnRole.VALUE)
    return frozenset[str]().union(*(_labels_of(column) for column in keys))


def _panel_of_block(block: tuple[LogicalColumn, ...], frame: Frame, kind: Kind) -> str | None:
    """The panel that the header over a block names; else the only one that the class codes of its rows belong to."""
    named = _named_panels(block[0].labels, kind)
    if not named:
        texts = (frame.lattice.text(row.index, block[0].index) for row in frame.body)
        codes = (match[1] for text in texts if (match := _CLASS_CODE.match(fold(text))))
        named = frozenset(panel for code in codes if (panel := panel_of_code(code, kind)) is not None)
    return next(iter(named)) if len(named) == 1 else None


def panel_of_code(code: str | None, kind: Kind) -> str | None:
    """The panel that a class code or a code beneath it belongs to: 30201 is of the panel of 302."""
    found = (panel.id for panel in kind.panels if code is not None and code[:_CLASS_DIGITS] in panel.codes)
    return next(found, None)


def _named(blocks: list[tuple[LogicalColumn, ...]], frame: Frame, kind: Kind) -> Iterable[PanelColumns]:
    """Each block with the panel of the kind that it is, no panel twice; one that lists both sides is two panels."""
    free = list(dict.fromkeys(column.panel for column in kind.columns if column.panel is not None))
    for block in blocks:
        own = _own_labels(block, blocks)
        for part in sides_apart(block[0].index, frame, kind):
            panel = _best_panel(block, own, free, part, kind)
            if panel is None:
                yield PanelColumns(None, None, block)
                break
            free.remove(panel)
            rows = None if part is frame else frozenset(row.index for row in part.body)
            yield PanelColumns(panel, "income" if panel.startswith("income") else "expenditure", block, rows)


def _own_labels(block: tuple[LogicalColumn, ...], blocks: Sequence[tuple[LogicalColumn, ...]]) -> tuple[str, ...]:
    """The labels over a block that stand over no other: 支出 over three panels tells none of them."""
    others = {fold(label) for other in blocks if other is not block for label in other[0].labels}
    return tuple(label for label in block[0].labels if fold(label) not in others)


def _best_panel(
    block: tuple[LogicalColumn, ...], own: tuple[str, ...], free: Sequence[str], frame: Frame, kind: Kind
) -> str | None:
    """The panel that explains a block best; None where none does, where two do equally well, and where the block lists
    lines of both sides: a side that is guessed would make income of what was spent."""
    named = _named_panels(own, kind)
    scores = {panel: _panel_score(panel, block, frame, kind) + 2.0 * (panel in named) for panel in free}
    best = max(scores.values(), default=0.0)
    found = [panel for panel, score in scores.items() if score == best]
    return found[0] if best > 0 and len(found) == 1 and not lists_both_sides(block[0].index, frame, kind) else None


def _panel_score(panel: str, block: tuple[LogicalColumn, ...], frame: Frame, kind: Kind) -> float:
    """How well a panel explains a block: the word over it, the label of its row key, and the lines it lists."""
    top = " ".join(fold(label) for label in block[0].labels)
    other = "支出" if panel.startswith("income") else "收入"
    word = "收入" if panel.startswith("income") else "支出"
    score = 1.0 if word in top else 0.0
    if other in top and word not in top:
        return -1.0
    keys = [column for column in kind.columns if column.panel == panel and column.role is ColumnRole.ROW_KEY]
    printed = fold(block[0].labels[-1]) if block[0].labels else ""
    score += 0.5 * any(printed == fold(label) for column in keys for label in column.labels[:4])
    return score + 2.0 * _line_share(panel, block[0], frame, kind)


def _named_panels(labels: tuple[str, ...], kind: Kind) -> frozenset[str]:
    """The panels that the lowest of these labels names that names any: 按支出用途 under 支出 is the panel of uses."""
    for label in reversed(labels):
        found = frozenset(panel for panel, names in _panel_names(ByIdentity(kind)).items() if fold(label) in names)
        if found:
            return found
    return frozenset()


@lru_cache(maxsize=64)
def _panel_names(kind: ByIdentity[Kind]) -> dict[str, frozenset[str]]:
    """The labels of each panel, and those labels of its row key that no other panel has."""
    keys: dict[str, set[str]] = {panel.id: set() for panel in kind.thing.panels}
    for column in kind.thing.columns:
        if column.panel in keys and column.role is ColumnRole.ROW_KEY:
            keys[column.panel] |= {fold(label) for label in column.labels}
    counts = Counter(label for labels in keys.values() for label in labels)
    return {
        panel.id: frozenset(fold(name) for name in panel.labels)
        | frozenset(label for label in keys[panel.id] if counts[label] == 1)
        for panel in kind.thing.panels
    }


def _line_share(panel: str, key: LogicalColumn, frame: Frame, kind: Kind) -> float:
    """The share of the block's row labels that are lines of the panel."""
    known = line_labels(panel, ByIdentity(kind))
    labels = [label for _, label in row_labels(key.index, frame)]
    return sum(label in known for label in labels) / len(labels) if labels else 0.0
