"""Indicators packed as prose into one cell: ``1、1-产出指标；11-数量指标；会议保障次数；≥20次；…``.

Publishers export a table as one text: items numbered 1、2、…, the parts of an item held apart by semicolons, levels
often with a code in front. What does not read that way stays one indicator whose text is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from schemas.forms.values import indicator_value
from schemas.forms.vocabulary import bare, vocabulary
from schemas.result import Indicator

_ITEM = re.compile(r"(?:^|(?<=[；;。.\s\n]))\s*\d{1,2}[、.．](?=\s*\S)")
_NUMBER = re.compile(r"^\s*\d{1,2}[、.．]\s*")
_LEVEL_CODE = re.compile(r"^\d{1,3}\s*[-—–]\s*")
_PARTS = re.compile(r"[；;]")
_NAMED = re.compile(r"^(?P<level>[^：:；;，,]{2,10}指标)\s*[：:]\s*(?P<rest>.+)$", re.DOTALL)
_OPERATOR = "≥|≤|＞|＜|>|<|=|＝|不低于|不少于|不超过|大于|小于|达到"
_VALUE_TAIL = re.compile(rf"^(?P<name>.*?[^\d≥≤<>=＝])\s*(?P<value>(?:{_OPERATOR})\s*\d.*)$", re.DOTALL)
_LABELS = frozenset({"绩效指标", "年度绩效指标"})
_LABELLED = re.compile(r"^(?P<label>年度指标值|实施周期指标值)\s*[：:]\s*(?P<value>.+)$", re.DOTALL)

_Levels = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Packed:
    """One indicator of a packed text."""

    level1: str | None
    level2: str | None
    level3: str
    target: str | None
    period_target: str | None = None


def unpack(text: str) -> Iterator[Packed]:
    """The indicators of a packed cell, in printed order; nothing for a blank cell."""
    joined = "".join(text.split("\n")).strip()
    levels: _Levels = (None, None)
    for item in _items(joined):
        for packed in _indicators(item, levels):
            levels = packed.level1, packed.level2
            yield packed


def _items(text: str) -> Iterator[str]:
    """The numbered items of a text; without numbers, what stands between semicolons, where that begins with levels."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    parts = [text[start:end] for start, end in pairwise([0, *starts, len(text)])] if starts else _split(text)
    for part in parts:
        item = _NUMBER.sub("", part).strip(" 。；;")
        if item:
            yield item


def _split(text: str) -> list[str]:
    parts = re.split(r"[；;。]", text)
    return parts if sum(_NAMED.match(part.strip()) is not None for part in parts) > 1 else [text]


def _indicators(item: str, levels: _Levels) -> Iterator[Packed]:
    """The indicators of one item. ``levels`` are those of the item before it, which hold until others are named."""
    parts = [stripped for part in _PARTS.split(item) if (stripped := part.strip(" .。"))]
    named = [_LEVEL_CODE.sub("", part) for part in _leading_levels(parts)]
    rest = parts[len(named) :]
    if named and rest:
        values = dict(_labelled(rest[1:]))
        plain = "；".join(part for part in rest[1:] if _LABELLED.match(part) is None) or None
        level2 = named[1] if len(named) > 1 else None
        yield Packed(named[0], level2, rest[0], values.get("年度指标值") or plain, values.get("实施周期指标值"))
        return
    levels, text = _named_levels(item, levels)
    pieces = [piece.strip() for piece in _PARTS.split(text) if piece.strip()]
    if not all(_VALUE_TAIL.match(piece) for piece in pieces):
        pieces = [text]
    yield from (_valued(piece, levels) for piece in pieces)


def _named_levels(item: str, levels: _Levels) -> tuple[_Levels, str]:
    """The levels that an item names before its text (产出指标：数量指标：…), and the text."""
    names: list[str] = []
    while len(names) < 2 and (match := _NAMED.match(item)) is not None:
        names.append(match["level"])
        item = match["rest"]
    if len(names) == 2:
        return (names[0], names[1]), item
    if not names:
        return levels, item
    known = vocabulary()
    is_first = names[0] in known.level1 and names[0] not in known.level2
    return ((names[0], None) if is_first else (levels[0], names[0])), item


def _valued(text: str, levels: _Levels) -> Packed:
    value = _VALUE_TAIL.match(text)
    if value is None:
        return Packed(*levels, text, None)
    return Packed(*levels, value["name"].strip(" ，,："), value["value"])


def _leading_levels(parts: list[str]) -> list[str]:
    """The parts at the start that name levels: those with a level code (11-数量指标), else those that say 指标."""
    coded = [part for part in parts[:2] if _LEVEL_CODE.match(part)]
    if coded:
        return coded
    return [part for part in parts[:2] if part.endswith("指标")] if len(parts) >= 3 else []


def _labelled(parts: list[str]) -> Iterator[tuple[str, str]]:
    """Values that print their own label: 年度指标值:≥20场."""
    for part in parts:
        if (match := _LABELLED.match(part)) is not None:
            yield match["label"], match["value"]


def is_packed_label(text: str) -> bool:
    """Whether a label names the block of indicators as a whole."""
    return bare(text) in _LABELS


def indicators_of(text: str, page: int | None, cell: str) -> list[Indicator]:
    """The indicators of a packed cell as records of the result."""
    return [
        Indicator(
            level1=packed.level1,
            level2=packed.level2,
            level3=packed.level3,
            target=indicator_value(packed.target or ""),
            period_target=indicator_value(packed.period_target or ""),
            page=page,
            cells=[cell],
        )
        for packed in unpack(text)
    ]
