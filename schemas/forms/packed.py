"""Indicators packed as prose into one cell: ``1、1-产出指标；11-数量指标；会议保障次数；≥20次；…``.

Publishers export a table as one text: items numbered 1、2、…, the parts of an item held apart by semicolons, levels
often with a code in front. What does not read that way stays one indicator whose text is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas.forms.values import indicator_value
from schemas.result import Indicator

_ITEM = re.compile(r"(?:^|(?<=[；;。.\s\n]))\s*\d{1,2}[、.．](?=\s*\S)")
_LEVEL_CODE = re.compile(r"^\d{1,3}\s*[-—–]\s*")
_PARTS = re.compile(r"[；;]")
_NAMED = re.compile(r"^(?P<level>[^：:；;，,]{2,10}指标)\s*[：:]\s*(?P<rest>.+)$", re.DOTALL)
_OPERATOR = "≥|≤|＞|＜|>|<|=|＝|不低于|不少于|不超过|大于|小于|达到"
_VALUE_TAIL = re.compile(rf"^(?P<name>.*?[^\d≥≤<>=＝])\s*(?P<value>(?:{_OPERATOR})\s*\d.*)$", re.DOTALL)
_LABELLED = re.compile(r"^(?P<label>年度指标值|实施周期指标值)\s*[：:]\s*(?P<value>.+)$", re.DOTALL)


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
    if not joined:
        return
    level2: str | None = None
    for item in _items(joined):
        packed = _item(item, level2)
        level2 = packed.level2
        yield packed


def _items(text: str) -> Iterator[str]:
    starts = [match.start() for match in _ITEM.finditer(text)] or [0]
    if starts[0] != 0:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        item = re.sub(r"^\s*\d{1,2}[、.．]\s*", "", text[start:end]).strip(" 。；;")
        if item:
            yield item


def _item(item: str, level2: str | None) -> Packed:
    parts = [stripped for part in _PARTS.split(item) if (stripped := part.strip(" .。"))]
    levels = [_LEVEL_CODE.sub("", part) for part in _leading_levels(parts)]
    rest = parts[len(levels) :]
    if levels and rest:
        values = dict(_labelled(rest[1:]))
        plain = "；".join(part for part in rest[1:] if _LABELLED.match(part) is None) or None
        level2 = levels[1] if len(levels) > 1 else None
        return Packed(levels[0], level2, rest[0], values.get("年度指标值") or plain, values.get("实施周期指标值"))
    named = _NAMED.match(item)
    if named is not None:
        level2, item = named["level"], named["rest"]
    value = _VALUE_TAIL.match(item)
    if value is not None:
        return Packed(None, level2, value["name"].strip(" ，,"), value["value"])
    return Packed(None, level2, item, None)


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
