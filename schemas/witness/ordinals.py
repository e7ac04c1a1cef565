"""Two lines that bear each other's ordinal, as 五 and 三 in 一 二 五 四 三 六: their labels or amounts moved.

A summary numbers its lines, and a label that moved took its number along. Publishers skip and repeat numbers, so only
two that make an unbroken order by changing places are said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from schemas.checks.indexed import Entry, IndexedTable
from schemas.findings import finding
from schemas.text import fold, strip_ordinal
from schemas.witness.doubt import Doubt

_CHINESE = re.compile(r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])、")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}
LEAST = 4  # numbered lines that show an order


def exchanged_ordinals(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each two lines of a side that bear each other's ordinal: the amounts of both."""
    for indexed in indexed_tables:
        for entries in _numbered(indexed).values():
            pair = _exchanged([number for number, _ in entries]) if len(entries) >= LEAST else None
            if pair is not None:
                yield _doubt(indexed, [entries[place][1] for place in pair])


def _numbered(indexed: IndexedTable) -> Mapping[tuple[str | None, str | None], list[tuple[int, Entry]]]:
    """The lines that begin with 一、 二、 …, of each side and panel from the top."""
    found: dict[tuple[str | None, str | None], list[tuple[int, Entry]]] = defaultdict(list)
    for entry in indexed.entries:
        ordinal = _CHINESE.fullmatch(strip_ordinal(fold(entry.row.raw_label or ""))[1])
        if ordinal is not None and not entry.repeat:
            found[entry.row.side, entry.row.panel].append((_number(ordinal[1]), entry))
    return found


def _number(chinese: str) -> int:
    """十二 is 12, 二十 is 20."""
    tens, ten, ones = chinese.rpartition("十")
    return (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)


def _exchanged(numbers: Sequence[int]) -> tuple[int, int] | None:
    """The places of the two numbers that are in order once they change places; None for any other disorder."""
    if _is_ordered(numbers):
        return None
    for first, second in combinations(range(len(numbers)), 2):
        if numbers[first] > numbers[second]:
            mended = list(numbers)
            mended[first], mended[second] = mended[second], mended[first]
            if _is_ordered(mended):
                return first, second
    return None


def _is_ordered(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))


def _doubt(indexed: IndexedTable, entries: Sequence[Entry]) -> Doubt:
    cells = [value.cell for entry in entries for value in entry.values.values()]
    first, second = (entry.row.raw_label for entry in entries)
    place = next(iter(entries[0].values.values())).location
    said = finding(
        "ordinals_exchanged", table=indexed.table.id, page=place.page, cells=cells, first=first, second=second
    )
    return Doubt(frozenset(cells), said)
