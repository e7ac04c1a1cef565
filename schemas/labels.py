"""Header labels as they are compared: note marks, units, formulas and ordinals off, years made relative.

``2026年预算数`` in a table of 2026 and ``本年预算数`` become the same label, ``2025年预算数`` and ``上年预算数`` too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.text import fold, strip_ordinal

CURRENT, PRIOR, NEXT = "本年", "上年", "下年"
LEVELS = frozenset({"类", "款", "项", "目", "类款", "类款项"})
_RELATIVE = {0: CURRENT, -1: PRIOR, 1: NEXT}

_MARKS = re.compile("[①-⑳⑴-⑽¹²³⁰⁴-⁹₀-₉*＊※†‡]")
_ANY_MARK = r"(?:[①-⑳]|\d{1,2}|[A-Za-z])"
# 决算数③=①+②, (3=1+2), C=A-B: the tail tells how the column is computed.
_FORMULA = re.compile(rf"[（(]?\s*{_ANY_MARK}\s*[=＝][\s①-⑳0-9A-Za-z+＋\-－−*×/÷()（）%％]+[）)]?\s*$")
_MONEY = "(?:亿元|百万元|万元|千元|元)"
_UNIT = re.compile(
    rf"\((?:金额)?(?:单位:?)?(?:人民币)?(?:{_MONEY}(?:[、,/]%)?|%|人|人次|个|辆|台|批次|次|家|平方米)\)|(?<=[数额]):?{_MONEY}$"
)
_LETTERS = re.compile(r"\((?:类[、/]?款(?:[、/]?项)?|[A-Z0-9][A-Z0-9/+\-*×÷]*|注\d*|\d{1,2}\))\)?$")
_COLUMN_NUMBER = re.compile(r"[\d\-]+|栏次|行次编号|甲|乙")
_CAPTION = re.compile(r"(?:编制|填报|预算|公开|金额)?(?:部门|单位)(?:名称)?:.+")  # of a band above the header
_TEMPLATE_YEARS = (("{Y-1}年", PRIOR), ("{Y+1}年", NEXT), ("{Y}年", CURRENT))
_WORD_YEARS = (
    ("上一年度", PRIOR), ("上一年", PRIOR), ("上年度", PRIOR), ("去年", PRIOR),
    ("下一年度", NEXT), ("下一年", NEXT), ("下年度", NEXT), ("次年", NEXT),
    ("本年度", CURRENT), ("当年度", CURRENT), ("当年", CURRENT), ("今年", CURRENT),
)  # fmt: skip
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年度?|(?=预算|决算|执行))")
_BARE_YEAR = re.compile(rf"{CURRENT}|{PRIOR}|{NEXT}|(?:19|20)\d{{2}}年")


@dataclass(frozen=True, slots=True)
class Years:
    """What printed years stand for: the fiscal year, or, when it is unknown, the only year that a header prints."""

    fiscal: int | None = None
    only: int | None = None


@lru_cache(maxsize=32768)
def clean_label(label: str, years: Years) -> str:
    """One printed header label, folded, without marks, unit, formula, ordinal and brackets of letters, years relative.

    Empty for what names nothing: a unit alone, a column number, 栏次. A year that is neither the fiscal year nor its
    neighbour stays in digits.
    """
    for template, word in _TEMPLATE_YEARS:
        label = label.replace(template, word)
    folded = fold(_MARKS.sub("", _FORMULA.sub("", label)))
    folded = _LETTERS.sub("", _UNIT.sub("", folded))
    if re.fullmatch(r"(?:19|20)\d{2}", folded):
        folded += "年"
    if _COLUMN_NUMBER.fullmatch(folded) or _CAPTION.fullmatch(folded):
        return ""
    if re.fullmatch(rf"(?:单位:)?{_MONEY}", folded):
        return ""
    return _relative(strip_ordinal(folded)[0], years).rstrip(":,、.")


def _relative(folded: str, years: Years) -> str:
    for word, relative in _WORD_YEARS:
        folded = folded.replace(word, relative)
    return _YEAR.sub(lambda match: _year_word(int(match[1]), match[0], years), folded)


def _year_word(year: int, printed: str, years: Years) -> str:
    if years.fiscal is not None:
        return _RELATIVE.get(year - years.fiscal, printed)
    return CURRENT if year == years.only else printed


def has_printed_year(label: str) -> bool:
    """Whether a cleaned label still holds a year in digits: one that could not be made relative."""
    return _YEAR.search(label) is not None


def printed_years(labels: tuple[str, ...]) -> frozenset[int]:
    """The years in digits that raw labels print."""
    return frozenset(int(match[1]) for label in labels for match in _YEAR.finditer(fold(label)))


@lru_cache(maxsize=32768)
def clean_path(labels: tuple[str, ...], years: Years) -> tuple[str, ...]:
    """A header path, cleaned label by label, without empty ones, repetitions, and 类, 款, 项 under another label."""
    cleaned = [clean for label in labels if (clean := clean_label(label, years))]
    path = [label for label in cleaned if label not in LEVELS] or cleaned[:1]
    return tuple(label for at, label in enumerate(path) if at == 0 or label != path[at - 1])


def is_bare_year(label: str) -> bool:
    """Whether a cleaned label is a year and nothing else."""
    return _BARE_YEAR.fullmatch(label) is not None
