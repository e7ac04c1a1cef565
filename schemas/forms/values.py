"""Values of forms: targets with operator, number and unit; check boxes; dates.

A text that is not wholly a number with its operator and unit stays a text: 普遍知晓 is never made a number.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from schemas.result import IndicatorValue

_SIGNS = {
    ">=": ("≥", "≧", ">=", "=>", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "达到"),
    "<=": ("≤", "≦", "<=", "=<", "小于等于", "小于或等于", "不超过", "不高于", "不多于", "不大于", "控制在"),
    ">": (">", "大于", "高于", "超过"),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "等于"),
}
_OPERATORS = {word: sign for sign, words in _SIGNS.items() for word in words}
_BY_LENGTH = sorted(_OPERATORS, key=len, reverse=True)
_OPERATOR = "|".join(map(re.escape, _BY_LENGTH))
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_MEASURE = r"[^\d\s,;。，；]{0,12}?"
_TAIL = "以上|以下|以内|及以上|及以下"
_VALUE = re.compile(rf"(?P<op>{_OPERATOR})?\s*(?P<number>{_NUMBER})\s*(?P<unit>{_MEASURE})(?P<tail>{_TAIL})?")
_TAILS = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<="}
_CALENDAR = re.compile(r"(?:(?:19|20)\d{2}年|\d{1,2}月)")  # 2019年全年, 12月底前: points in time, no quantities
_QUALITATIVE = frozenset({"定性", "文字描述"})
_DATE = re.compile(r"((?:19|20)\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*日?")
_TICKED = "☑☒✔✓√■●🗹"
_EMPTY = "□☐○◯"
_BOX = re.compile(rf"[{_TICKED}{_EMPTY}]")


def indicator_value(text: str, nature: str | None = None, unit: str | None = None) -> IndicatorValue | None:
    """A target or actual value. ``nature`` and ``unit`` are their columns, where the form spreads a value over three.

    ``≥3500人次`` gives op >=, number 3500, unit 人次; ``≥`` | ``300`` | ``个`` is read as ``≥300个``.
    """
    printed = "".join(text.split("\n")).strip()
    if not printed:
        return None
    sign = (nature or "").strip()
    if sign in _QUALITATIVE:
        return IndicatorValue(printed)
    measure = (unit or "").strip()
    if measure and printed.endswith(measure):
        measure = ""
    whole = f"{sign}{printed}{measure}"
    match = _VALUE.fullmatch(_widths(whole))
    if match is None or _CALENDAR.match(match["number"] + (match["unit"] or "")):
        return IndicatorValue(whole)
    op = _OPERATORS.get(match["op"] or "", "=" if not match["tail"] else _TAILS[match["tail"]])
    return IndicatorValue(whole, op, match["number"].replace(",", ""), match["unit"] or None)


def _widths(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", char) if char not in "①②③④⑤⑥⑦⑧⑨⑩²³" else char for char in text).strip()


def iso_date(text: str) -> str | None:
    """The date that a text prints with year, month and day, as ISO 8601; None when it prints none that exists."""
    match = _DATE.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return None


def ticked(text: str) -> list[str] | None:
    """The labels of the ticked boxes of a group; None when the text holds no box, or when box and label do not pair.

    Boxes stand before or after their labels, the same way in one text.
    """
    boxes = _BOX.findall(text)
    if not boxes:
        return None
    labels = [part.strip(" ,，、;；\n") for part in _BOX.split(text)]
    before = labels[:-1]
    after = labels[1:]
    named = before if all(before) else after if all(after) else None
    if named is None:
        return None
    return [label for label, box in zip(named, boxes, strict=True) if box in _TICKED]
