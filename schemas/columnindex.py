"""A kind's columns, prepared for matching: every label folded once, with what stands for the words around it.

Built once per kind and kept for as long as the process lives: kinds are frozen and few.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from schemas.kind import Column, ColumnRole, Kind, ValueType
from schemas.labels import Years, clean_label
from schemas.text import fold

Thing = TypeVar("Thing")

# What a dimension says in the words that headers use; an upper label that excludes one of them vetoes the column.
_DIMENSION_WORDS = {
    ("measure", "income"): "收入",
    ("measure", "expenditure"): "支出",
    ("phase", "initial_budget"): "预算 本年",
    ("phase", "adjusted_budget"): "预算 本年",
    ("phase", "received"): "本年",
    ("phase", "final"): "决算 执行 本年",
    ("phase", "prior_budget"): "预算 执行 上年",
    ("phase", "prior_final"): "决算 执行 上年",
    ("fund", "general_public_budget"): "一般公共 财政拨款",
    ("fund", "government_fund"): "政府性基金 财政拨款",
    ("fund", "state_capital"): "国有资本 财政拨款",
    ("fund", "fiscal_account"): "财政专户",
    ("fund", "unit_funds"): "单位资金",
    ("expenditure_type", "basic"): "基本",
    ("expenditure_type", "basic_personnel"): "基本 人员",
    ("expenditure_type", "basic_public"): "基本 公用",
    ("expenditure_type", "project"): "项目",
}
#: Words of funds, and the fund of a column that may stand under them.
FUND_WORDS = (
    ("一般公共", "general_public_budget"),
    ("公共财政预算", "general_public_budget"),
    ("政府性基金", "government_fund"),
    ("国有资本", "state_capital"),
    ("财政专户", "fiscal_account"),
    ("单位资金", "unit_funds"),
)
_WIDE_FUNDS = frozenset({"all", "fiscal_appropriation"})


class ByIdentity(Generic[Thing]):
    """A key for caches: equal only to a key of the very same object, which it keeps alive. Hashing a kind is slow."""

    __slots__ = ("thing",)

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.thing is other.thing


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of one column. ``parts`` is its path, cleaned; ``official``: the first of the column; ``fallback``: a
    label of another column, that names this one only where the owner is named otherwise."""

    column: Column
    parts: tuple[str, ...]
    official: bool = False
    fallback: bool = False

    @property
    def leaf(self) -> str:
        """The last part: what a header cell must say."""
        return self.parts[-1]


@dataclass(frozen=True, slots=True)
class ColumnIndex:
    """The labels of a kind. ``groups``: the cleaned group labels of each column; ``contexts``: the words it implies;
    ``namesakes``: columns that only their group tells apart; ``titles``: folded, so that header cells that repeat the
    title are known; ``broad``: fund words that the titles hold; ``panel_labels``: words over panels side by side."""

    by_leaf: dict[str, tuple[Entry, ...]]
    groups: dict[Column, frozenset[str]]
    all_groups: frozenset[str]
    contexts: dict[Column, str]
    namesakes: frozenset[Column]
    titles: tuple[str, ...]
    broad: frozenset[str]
    panels: tuple[str, ...]
    panel_labels: frozenset[str]


@lru_cache(maxsize=256)
def index_of(key: ByIdentity[Kind]) -> ColumnIndex:
    """The index of one kind."""
    kind = key.thing
    entries = [entry for column in kind.columns for entry in _entries(column)]
    groups = {column: frozenset(clean_label(label, Years()) for label in column.group) for column in kind.columns}
    titles = tuple(one for title in kind.titles for one in _sides(fold(title)))
    return ColumnIndex(
        by_leaf=_by_leaf(entries),
        groups=groups,
        all_groups=frozenset[str]().union(*groups.values()),
        contexts={column: _context(column) for column in kind.columns},
        namesakes=_namesakes(kind.columns, entries),
        titles=titles,
        broad=frozenset(word for word, _ in FUND_WORDS if any(word in title for title in titles)),
        panels=tuple(dict.fromkeys(column.panel for column in kind.columns if column.panel is not None)),
        panel_labels=frozenset(clean_label(label, Years()) for panel in kind.panels for label in panel.labels),
    )


def _by_leaf(entries: list[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.leaf, []).append(entry)
    return {leaf: tuple(same) for leaf, same in found.items()}


def _sides(title: str) -> tuple[str, ...]:
    """A title, and where it is of 收支 also what its two sides are headed by."""
    both = title.replace("收入支出", "收支")
    return (title,) if "收支" not in both else (title, both.replace("收支", "收入"), both.replace("收支", "支出"))


def _entries(column: Column) -> list[Entry]:
    own = [Entry(column, parts, at == 0) for at, parts in enumerate(_paths(column.labels))]
    return own + [Entry(column, parts, fallback=True) for parts in _paths(column.fallback_labels)]


def _paths(labels: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The paths of the labels, cleaned, each once."""
    paths = (tuple(clean_label(part, Years()) for part in _parts(label)) for label in labels)
    return [parts for parts in dict.fromkeys(paths) if parts[-1]]


def _parts(label: str) -> list[str]:
    """The path of a label; a slash inside brackets, as in 科目名称(类/款/项), is no path."""
    return [label] if "(" in label or "（" in label else label.split("/")


def _context(column: Column) -> str:
    words = [_DIMENSION_WORDS.get((name, value), "") for name, value in column.dimensions.items()]
    words += column.group
    side = "收入" if (column.panel or "").startswith("income") else "支出"
    if column.role is not ColumnRole.VALUE:
        words += ["功能" for label in column.labels if "功能" in label][:1]
        words += ["经济" for label in column.labels if "经济" in label][:1]
        words = [word for word in words if word not in {"收入", "支出"}]
    if column.panel is not None:
        words.append(side)
    if column.type is ValueType.FUNCTION_CODE:
        words.append("功能")
    if column.type is ValueType.ECONOMIC_CODE:
        words.append("经济")
    return " ".join(words)


def _namesakes(columns: tuple[Column, ...], entries: list[Entry]) -> frozenset[Column]:
    """Columns with a group of which another of the same panel shares a whole label under another group."""
    own = [entry for entry in entries if not entry.fallback]
    owners = Counter((entry.parts, entry.column.panel) for entry in own)
    shared = {entry.column for entry in own if owners[entry.parts, entry.column.panel] > 1}
    return frozenset(column for column in columns if column.group and column in shared)


def names_narrower_fund(upper: str, column: Column, broad: frozenset[str]) -> str | None:
    """The fund that an upper label names although the column is of all funds; None when it names none of the kind."""
    fund = column.dimensions.get("fund")
    if fund not in _WIDE_FUNDS:
        return None
    return next((word for word, _ in FUND_WORDS if word in upper and word not in broad), None)
