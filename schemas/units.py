"""Units of money as printed: an exact lookup, never a guess. ``单位：万元`` and ``单位：元`` differ 10,000-fold.

Knows how captions, headers and notes name the unit. Does not know which caption belongs to which table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: Yuan per unit.
UNITS: Mapping[str, int] = MappingProxyType(
    {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
)

#: Words that count things; beside a unit of money in a caption they name the unit of other columns.
CLASSIFIERS = (
    "平方米", "立方米", "千瓦时", "人次", "批次", "场次", "车次", "公里", "人", "个", "辆", "台", "套", "批",
    "次", "家", "户", "件", "项", "份", "年", "月", "天", "日", "分", "亩", "吨", "张",
    "册", "间", "处", "条", "只", "本", "部", "名", "期", "场", "支", "组", "所", "宗",
    "座", "艘", "架", "幅", "米", "㎡", "m²", "%", "％", "‰",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit of money found in a text: its name, yuan per unit, the words it was read from, and the units of other
    columns that the same caption names (``%`` in 单位：万元、%)."""

    name: str
    factor: int
    text: str
    others: tuple[str, ...] = ()


def _spaced(word: str) -> str:
    """The word, with room for the spaces that letter-spaced captions print between its characters."""
    return r"\s*".join(re.escape(char) for char in word)


def _any_of(words: Iterator[str] | tuple[str, ...]) -> str:
    return "(?:" + "|".join(_spaced(word) for word in words) + ")"


_MONEY = _any_of(tuple(sorted(UNITS, key=len, reverse=True)))
_OTHER = _any_of(CLASSIFIERS)
_RENMINBI = r"(?:人\s*民\s*币\s*[:：]?\s*)"
_QUOTE = "[“”\"'‘’]?"
_ONE = rf"{_RENMINBI}?{_QUOTE}[(（]?\s*{_MONEY}\s*[)）]?{_QUOTE}"
_SEPARATOR = r"(?:\s*[、,，;；和及]\s*|\s+|\s*/\s*(?=[%％‰]))"
_LIST = rf"(?:{_OTHER}{_SEPARATOR})*{_ONE}(?:{_SEPARATOR}(?:{_OTHER}|{_ONE})(?![^\W\d_]))*"
# 单位：元/人 is a rate, and 单位：元谋县财政局 an agency: after the unit nothing may go on but another caption
# that lost its space (单位：万元公开01表).
_NEXT_CAPTION = "(?:公开|编制|填报|部门|单位|金额|日期|附表|制表|第)"
_END = rf"(?!\s*/)(?:(?![^\W_])|(?={_NEXT_CAPTION}))(?!\s*[(（]\s*(?:美|港|欧|日|外))"
_AGENCY = _any_of(
    ("编制", "填报", "预算", "主管", "项目", "实施", "责任", "使用", "承担", "报送", "填表", "公开", "上级", "下属")
)
_CAPTION = re.compile(
    rf"(?P<agency>{_AGENCY}\s*)?(?:{_spaced('单位')}|(?<![^\W\d_]){_spaced('金额')})\s*(?:均?为|[:：])\s*(?P<units>{_LIST}){_END}"
)
_BRACKETED = re.compile(rf"[(（]\s*(?:(?:金\s*额\s*)?单\s*位\s*[:：]?\s*)?(?P<units>{_LIST})\s*[)）]")
_IN_PROSE = re.compile(
    rf"以\s*(?P<units>{_QUOTE}{_RENMINBI}?{_QUOTE}{_MONEY}{_QUOTE})\s*为\s*(?:金额|货币|计量)?\s*单位"
)
_ALONE = re.compile(rf"\s*(?:金\s*额\s*)?(?:单\s*位\s*)?(?P<units>{_LIST})\s*")
_MONEY_WORD = re.compile(rf"{_MONEY}(?!\s*/\s*(?![%％‰]))")
_OTHER_WORD = re.compile(_OTHER)


def find_units(text: str) -> tuple[UnitWord, ...]:
    """Every different unit of money that the text names as a unit, in the order printed; empty when there is none."""
    if "元" not in text:
        return ()
    matches = [match for form in (_CAPTION, _BRACKETED, _IN_PROSE) for match in form.finditer(text)]
    if not matches and (alone := _ALONE.fullmatch(text)):
        matches = [alone]
    found: dict[str, UnitWord] = {}
    for match in sorted(matches, key=lambda match: match.start()):
        if match.groupdict().get("agency"):
            continue
        for word in _words(match.group("units")):
            found.setdefault(word.name, word)
    return tuple(found.values())


def find_unit(text: str) -> UnitWord | None:
    """The unit of money that a caption, header or note names; None when it names none, or two that differ.

    ``金额单位：人民币万元``, ``单位 ： 元``, ``(万元)`` and ``单位：万元、%`` name one. ``单位：某某局`` names an
    agency, ``单位：元/人`` a rate.
    """
    units = find_units(text)
    return units[0] if len(units) == 1 else None


def _words(units: str) -> Iterator[UnitWord]:
    rest = re.sub(_RENMINBI, " ", _MONEY_WORD.sub(" ", units))
    others = tuple("".join(match.group().split()) for match in _OTHER_WORD.finditer(rest))
    for match in _MONEY_WORD.finditer(units):
        name = "".join(match.group().split())
        yield UnitWord(name, UNITS[name], units.strip(), others)
