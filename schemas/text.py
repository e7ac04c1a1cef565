"""Folded text: what labels are compared by. Labels only; an amount is never folded (``10²`` would become ``102``).

Knows width, spacing, brackets, quotes, look-alike characters and ordinals. Knows no table, field or kind.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extractors.characters import UNIFIED

_QUOTES = "\"'`´“”„‟‘’‚‛«»‹›《》〈〉「」『』〝〞〟＂＇"
_OPENING = "〔【﹝[〖〘"
_CLOSING = "〕】﹞]〗〙"
_DASHES = "‐‑‒–—―−─━﹣－"
_SHAPES = UNIFIED | str.maketrans(
    {
        **dict.fromkeys(_QUOTES, ""),
        **dict.fromkeys(_OPENING, "("),
        **dict.fromkeys(_CLOSING, ")"),
        **dict.fromkeys(_DASHES, "-"),
        "︰": ":",
        "∶": ":",
        "。": ".",
    }
)
# ① is an ordinal or a note mark; NFKC would melt it into the digits beside it.
_CIRCLED = str.maketrans({chr(0x2460 + index): f"{index + 1})" for index in range(20)})
# What prints nothing: spaces, controls, zero-width, soft hyphens, byte order marks.
_INVISIBLE = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]+"
)
_OCR_FIXES = (
    ("岀", "出"),
    ("科日", "科目"),
    ("刊能", "功能"),
    ("项日", "项目"),
    ("拔款", "拨款"),
    ("拨歀", "拨款"),
    ("预箕", "预算"),
    ("決算", "决算"),
    ("公用用车", "公务用车"),
)
_CHINESE_NUMBER = "[一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(
    rf"""^(?:
        \((?:{_CHINESE_NUMBER}|\d{{1,2}})\)[、.]?      # （一） (1)
      | {_CHINESE_NUMBER}[、.,]                        # 一、
      | \d{{1,2}}[、.,](?!\d(?!\d{{3}}年))             # 1. but not 1.5; 1.2023年 is an ordinal and a year
      | \d{{1,2}}\)                                    # 1）, ①
      | 其中[:\-,、]?
      | [+\-]?(?:加|减):
      | [-·•*★▲]+(?=[^\W\d_])                          # bullets before a word
    )+(?=.)""",
    re.VERBOSE,
)
_DEPTHS = (
    (1, re.compile(rf"{_CHINESE_NUMBER}[、.,]$")),
    (2, re.compile(rf"\({_CHINESE_NUMBER}\)[、.]?$")),
    (3, re.compile(r"(?<!\()\d{1,2}[、.,]$")),
    (4, re.compile(r"\(\d{1,2}\)[、.]?$")),
    (5, re.compile(r"(?<!\()\d{1,2}\)$")),
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form in which labels are compared: no spacing, one width, one bracket, one dash. Idempotent.

    ``因公出国（境） 费`` and ``因公出国(境)费`` fold to the same string.
    """
    folded = _fold_once(text)
    while folded != text:
        text, folded = folded, _fold_once(folded)
    return folded


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_CIRCLED)).translate(_SHAPES)
    text = _INVISIBLE.sub("", text)
    for wrong, right in _OCR_FIXES:
        text = text.replace(wrong, right)
    return text.rstrip(":")


def strip_ordinal(folded: str) -> tuple[str, str]:
    """The label without its leading ordinals and 其中：, and the ordinals taken off. Never an empty label.

    ``（一）1.其中：办公费`` gives ``办公费`` and ``(一)1.其中:``. The argument must be folded.
    """
    match = _ORDINAL.match(folded)
    return (folded, "") if match is None else (folded[match.end() :], match.group())


def ordinal_depth(ordinal: str) -> int | None:
    """How deep an ordinal stands by custom: 一、 1, （一） 2, 1. 3, (1) 4, ① 5; None when it does not say.

    A hint only: publishers skip levels.
    """
    return next((depth for depth, form in _DEPTHS if form.search(ordinal)), None)


def is_chinese(char: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"


def has_chinese(text: str) -> bool:
    """Whether any character is a Chinese ideograph."""
    return any(is_chinese(char) for char in text)
