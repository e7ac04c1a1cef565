"""Automatic numbering: the label that a list paragraph prints, counted as Word counts.

The labels stand nowhere in the text: 一、 and （一） before the names of tables are mere counters in numbering.xml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extractors.formats.docx import names as n
from extractors.formats.docx.numerals import numeral
from extractors.formats.docx.styles import Styles, is_on, value, whole
from extractors.formats.docx.symbols import symbol

_DEPTH = 9
_CLOSED = "、．，：）】〕》」"  # full-width marks bring their own space: 一、 then the text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``pattern`` is printed with %1 to %9 replaced by the counters of the levels."""

    start: int
    style: str
    pattern: str
    gap: str
    restart_after: int | None  # a counter of this level (from 1) or a higher one restarts it; 0 for never
    legal: bool  # all numbers in digits
    bound_style: str | None
    font: str | None


_MISSING = Level(0, "none", "", "nothing", None, legal=False, bound_style=None, font=None)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """One ``w:num``: it counts on the counters of its abstract list, unless it starts anew."""

    counters: str
    levels: tuple[Level, ...]
    restarts: dict[int, int]


class Numbering:
    """The lists of one document and how far each has counted; labels must be asked for in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._read: dict[str, NumberedList | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == n.w("abstractNum"):
                self._abstract[element.get(n.w("abstractNumId"), "")] = element
            elif element.tag == n.w("num"):
                self._lists[element.get(n.NUM_ID, "")] = element

    def label(self, num_id: str, level: int | None, bound_style: str | None) -> str | None:
        """The next label of a list with the gap after it, ``""`` when nothing is printed; counts on.

        ``level`` None means the level that is bound to ``bound_style``. None when the numbers are of an unknown style.
        """
        numbered = self._list(num_id)
        if numbered is None:
            return ""
        depth = _level_of(numbered, level, bound_style)
        counters = self._counters.setdefault(numbered.counters, [None] * _DEPTH)
        self._count(num_id, numbered, counters, depth)
        return _printed(numbered, counters, depth)

    def style_name(self, num_id: str, level: int | None, bound_style: str | None) -> str:
        """The name of the numbering style, for a notice."""
        numbered = self._list(num_id)
        return numbered.levels[_level_of(numbered, level, bound_style)].style if numbered else ""

    def _count(self, num_id: str, numbered: NumberedList, counters: list[int | None], depth: int) -> None:
        start = numbered.restarts.get(depth, numbered.levels[depth].start)
        current = counters[depth]
        if depth in numbered.restarts and (num_id, depth) not in self._restarted:
            self._restarted.add((num_id, depth))
            current = None
        counters[depth] = start if current is None else current + 1
        for deeper in range(depth + 1, _DEPTH):
            after = numbered.levels[deeper].restart_after
            if after is None or depth < after:
                counters[deeper] = None

    def _list(self, num_id: str) -> NumberedList | None:
        if num_id not in self._read:
            element = self._lists.get(num_id)
            self._read[num_id] = self._numbered(element) if element is not None else None
        return self._read[num_id]

    def _numbered(self, element: etree._Element) -> NumberedList | None:
        abstract_id = value(element.find(n.w("abstractNumId"))) or ""
        abstract = self._linked(self._abstract.get(abstract_id))
        if abstract is None:
            return None
        levels = [_MISSING] * _DEPTH
        for one in abstract.iterchildren(n.w("lvl")):
            levels[_index(one)] = _level(one)
        restarts: dict[int, int] = {}
        for override in element.iterchildren(n.w("lvlOverride")):
            own = override.find(n.w("lvl"))
            start = whole(value(override.find(n.w("startOverride"))))
            if own is not None:
                levels[_index(override)] = _level(own)
            if start is not None:
                restarts[_index(override)] = start
        return NumberedList(abstract_id, tuple(levels), restarts)

    def _linked(self, abstract: etree._Element | None) -> etree._Element | None:
        """An abstract list may say that a numbering style has its levels; the list of that style has them."""
        link = value(abstract.find(n.w("numStyleLink"))) if abstract is not None else None
        if link is None:
            return abstract
        target = self._lists.get(self._styles.get(link).num_id or "")
        linked_id = value(target.find(n.w("abstractNumId"))) if target is not None else None
        return self._abstract.get(linked_id or "")


def _index(element: etree._Element) -> int:
    return min(whole(element.get(n.ILVL)) or 0, _DEPTH - 1)


def _level(element: etree._Element) -> Level:
    fonts = element.find(f"{n.R_PR}/{n.R_FONTS}")
    return Level(
        start=whole(value(element.find(n.w("start")))) or 0,
        style=_number_style(element),
        pattern=value(element.find(n.w("lvlText"))) or "",
        gap=value(element.find(n.w("suff"))) or "tab",
        restart_after=whole(value(element.find(n.w("lvlRestart")))),
        legal=is_on(element.find(n.w("isLgl"))),
        bound_style=value(element.find(n.P_STYLE)),
        font=fonts.get(n.ASCII) or fonts.get(n.H_ANSI) if fonts is not None else None,
    )


def _number_style(element: etree._Element) -> str:
    """Without one, numbers are decimal. A style of a newer Word stands beside one that older readers know."""
    style = element.find(n.w("numFmt"))
    if style is None:
        style = element.find(f"{n.ALTERNATE}/{n.FALLBACK}/{n.w('numFmt')}")
    return value(style) or "decimal"


def _level_of(numbered: NumberedList, level: int | None, bound_style: str | None) -> int:
    if bound_style is not None:
        bound = (index for index, one in enumerate(numbered.levels) if one.bound_style == bound_style)
        level = next(bound, level)
    return min(level or 0, _DEPTH - 1)


def _printed(numbered: NumberedList, counters: list[int | None], depth: int) -> str | None:
    level = numbered.levels[depth]
    if level.style == "bullet":
        text = "".join(symbol(ord(char), level.font) or "•" for char in level.pattern)
        return _with_gap(text, level)
    numbers = [_number(numbered, counters, int(place) - 1, depth) for place in re.findall(r"%([1-9])", level.pattern)]
    if None in numbers:
        return None
    waiting = iter(number or "" for number in numbers)
    return _with_gap(re.sub(r"%[1-9]", lambda _: next(waiting), level.pattern), level)


def _number(numbered: NumberedList, counters: list[int | None], place: int, depth: int) -> str | None:
    """The counter of a level; one that has not begun shows where it would begin."""
    level = numbered.levels[place]
    count = counters[place]
    style = "decimal" if numbered.levels[depth].legal else level.style
    return numeral(level.start if count is None else count, style)


def _with_gap(text: str, level: Level) -> str:
    if not text or level.gap == "nothing" or text[-1] in _CLOSED:
        return text
    return text + " "
