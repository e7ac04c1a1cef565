"""Values of forms: targets with operator, number and unit; check boxes; dates.

A text that is not wholly a number with its operator and unit stays a text: 普遍知晓 is never made a number.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from schemas.result import IndicatorValue

_SIGNS = {
    ">=": ("≥", "≧", "⩾", ">=", "=>", "大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少", "达到"),
    "<=": ("≤", "≦", "⩽", "<=", "=<", "小于等于", "小于或等于", "不超过", "不高于", "不多于", "不大于", "控制在"),
    ">": (">", "大于", "高于", "超过"),
    "<": ("<", "小于", "低于", "少于"),
    "=": ("=", "等于"),
}
_OPERATORS = {word: sign for sign, words in _SIGNS.items() for word in words}
_BY_LENGTH = sorted(_OPERATORS, key=len, reverse=True)
_OPERATOR = "|".join(map(re.escape, _BY_LENGTH))
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_MEASURE = r"[^\d\s,;。，；]{0,12}?"
_TAIL = "以上|以下|以内|之内|内|及以上|及以下"
_VALUE = re.compile(rf"(?P<op>{_OPERATOR})?\s*(?P<number>{_NUMBER})\s*(?P<unit>{_MEASURE})(?P<tail>{_TAIL})?")
_TAILS = {"以上": ">=", "及以上": ">=", "以下": "<=", "及以下": "<=", "以内": "<=", "之内": "<=", "内": "<="}
_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩²³㎡㎥")  # NFKC would melt them into the digits beside them
_LONE_NUMBER = re.compile(rf"{_NUMBER}[千万亿]?")
_SIGNED = re.compile(_OPERATOR)
_NO_UNITS = frozenset({"无", "/", "-", "—", "其他"})
_NO_MEASURE = re.compile("[前后底内起完成全已达保障及至约左右]|以上|以下")  # 12月底前 is a date, 80%左右 a text
_CALENDAR = re.compile(r"(?:19|20)\d{2}年|\d{1,2}月")
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
    if (nature or "").strip() in _QUALITATIVE:
        return IndicatorValue(printed)
    whole = _assembled(printed, (nature or "").strip(), (unit or "").strip())
    match = _VALUE.fullmatch(_widths(whole).rstrip("。；;"))
    if match is None or _NO_MEASURE.search(match["unit"]) or _is_calendar(match):
        return IndicatorValue(whole)
    signs = {sign for sign in (_OPERATORS.get(match["op"] or ""), _TAILS.get(match["tail"] or "")) if sign}
    if len(signs) > 1:
        return IndicatorValue(whole)  # ≤90%以上 says two things
    return IndicatorValue(whole, next(iter(signs), "="), match["number"].replace(",", ""), match["unit"] or None)


def _is_calendar(match: re.Match[str]) -> bool:
    """Whether a number without a sign is a point in time: 2023年, 12月."""
    return match["op"] is None and _CALENDAR.fullmatch(match["number"] + match["unit"]) is not None


def _assembled(printed: str, nature: str, unit: str) -> str:
    """The value with sign and unit of their columns, unless it prints them itself or is no number."""
    sign = nature if _widths(nature) in _OPERATORS else ""
    if not _LONE_NUMBER.fullmatch(_widths(printed)):
        return printed if _SIGNED.match(_widths(printed)) else f"{sign}{printed}"
    return f"{sign}{printed}{unit if unit not in _NO_UNITS else ''}"


def _widths(text: str) -> str:
    return "".join(char if char in _KEPT else unicodedata.normalize("NFKC", char) for char in text).strip()


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
