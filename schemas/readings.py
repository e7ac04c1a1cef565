"""The ways to read one header path: which of its labels names the column, and which stand around it.

A last label such as 小计 or 预算数 names nothing by itself: the label above it does, and it only says which amount.
Knows words of structure; knows no kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from schemas.labels import is_bare_year

_STRUCTURAL = frozenset(
    {
        "项目", "科目", "收入", "支出", "其中", "预算科目",
        "支出功能分类科目", "功能分类科目", "功能分类", "支出功能分类", "功能科目", "经济分类科目",
        "经济分类", "支出经济分类", "支出经济分类科目", "部门预算支出经济分类科目", "本年收入", "本年支出",
        "本年预算", "支出项目", "收入项目",
    }
)  # fmt: skip
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|计|总数)")
_GENERIC = re.compile(
    r"(?:本年|上年|下年|年初|全年|调整后?|部门)?(?:预算|决算|执行|支出|收入)?"
    r"(?:金额|数额|数|总数|总额|合计|小计|总计|共计|计|安排数?)"
    r"|(?:本年|上年|年初|全年)?(?:预算|决算|执行)"
    r"|(?:财政)?(?:部门)?(?:批复|核定|申报|下达)数"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a path: ``leaf`` is compared with labels, ``uppers`` may hold path parts and groups, ``checked``
    must not contradict the column. ``owner``: the label that a generic leaf (小计, 预算数) belongs to."""

    leaf: str
    uppers: tuple[str, ...]
    checked: tuple[str, ...]
    owner: str | None = None
    joined: bool = False


def is_generic(label: str) -> bool:
    """Whether a label names an amount without saying of what: 合计, 预算数, 金额."""
    return _GENERIC.fullmatch(label) is not None


def all_readings(path: tuple[str, ...], groups: frozenset[str]) -> Iterator[Reading]:
    """Every way to read a path: as printed, with its year in front of the leaf, and with a group under its item."""
    yield from _readings(path)
    rest = tuple(label for label in path if not is_bare_year(label))
    if rest and len(rest) < len(path):
        year = next(label for label in path if is_bare_year(label))
        yield from _readings((*rest[:-1], year + rest[-1]))
    if len(path) > 1 and path[-1] in groups:
        for reading in _readings(path[:-1]):
            yield replace(reading, uppers=path, checked=(*reading.checked, path[-1]))


def _readings(path: tuple[str, ...]) -> tuple[Reading, ...]:
    """The path as it stands, and for a generic leaf the readings in which a label above it names the column."""
    leaf, uppers = path[-1], path[:-1]
    if not is_generic(leaf):
        return (Reading(leaf, uppers, uppers),)
    at = next((at for at in reversed(range(len(uppers))) if not _says_nothing(uppers[at])), None)
    owner = None if at is None else uppers[at]
    plain = Reading(leaf, uppers, uppers, owner)
    between = tuple(_with_leaf(path, above, owner) for above in _generic_above(path, at))
    if at is None:
        return (plain, *between, *_joined(uppers, leaf))
    return (plain, *between, *_owned(path, at))


def _generic_above(path: tuple[str, ...], owner: int | None) -> range:
    """Positions of the generic labels between the leaf and its owner: 合计 in (“三公”经费, 合计, 预算数)."""
    first = next((at for at in range(0 if owner is None else owner + 1, len(path)) if is_generic(path[at])), len(path))
    return range(first, len(path) - 1)


def _with_leaf(path: tuple[str, ...], at: int, owner: str | None) -> Reading:
    """The path with the label at a position as its leaf, the others around it."""
    others = path[:at] + path[at + 1 :]
    return Reading(path[at], others, others, owner)


def _owned(path: tuple[str, ...], at: int) -> tuple[Reading, ...]:
    """The readings in which the label at a position and the generic leaf are one name: 基本支出 over 小计."""
    owner, leaf, others = path[at], path[-1], path[:at] + path[at + 1 : -1]
    if not _TOTAL.fullmatch(leaf):
        return (Reading(owner, path, (*others, leaf), joined=True),)
    names = dict.fromkeys([owner + leaf, owner + "合计", owner])
    return tuple(Reading(name, path, others, joined=True) for name in names)


def _joined(uppers: tuple[str, ...], leaf: str) -> tuple[Reading, ...]:
    """本年支出 over 小计 may stand for 本年支出合计."""
    if not uppers or not _TOTAL.fullmatch(leaf) or is_generic(uppers[-1]):
        return ()
    names = dict.fromkeys([uppers[-1] + leaf, uppers[-1] + "合计", uppers[-1]])
    return tuple(Reading(name, uppers, uppers[:-1], joined=True) for name in names)


def _says_nothing(label: str) -> bool:
    return label in _STRUCTURAL or is_generic(label) or is_bare_year(label)
