"""Words that likeness may never bridge: 收入 and 支出, 预算 and 决算, 年初 and 年末.

A score is no evidence of meaning: 一般公共预算支出 and 一般公共预算收入 differ in two characters. All texts are folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from schemas.kind import Lexicon

# The names of funds and classifications hold the word 预算 without saying that the amount is budgeted.
_NAMES = (
    ("一般公共预算", "一般公共"),
    ("公共财政预算", "一般公共"),
    ("政府性基金预算", "政府性基金"),
    ("国有资本经营预算", "国有资本"),
    ("社会保险基金预算", "社会保险基金"),
    ("部门预算支出经济", "部门经济"),
    ("部门预算经济", "部门经济"),
    ("政府预算支出经济", "政府经济"),
    ("政府预算经济", "政府经济"),
)
_BOTH_SIDES = (("收入支出", "收支"), ("收入和支出", "收支"), ("收入、支出", "收支"))
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def opposed_words(first: str, second: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """Two words, one of each text, that exclude one another; None when none do.

    Texts that name different members of a set are opposed, also where one names more of them than the other:
    购置费 and 购置及运行费 differ. Different numbers are opposed too. A set that only one text touches says nothing.
    """
    for words in lexicon.opposed:
        ours, theirs = words_of(first, words), words_of(second, words)
        if ours and theirs and ours != theirs:
            return _first_difference(ours, theirs)
    numbers = _DIGITS.findall(first), _DIGITS.findall(second)
    if numbers[0] != numbers[1]:
        return "/".join(numbers[0]), "/".join(numbers[1])
    return None


def contradicts(upper: str, context: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A word of ``upper`` and the word of ``context`` that it excludes; None when there is none, or both hold it."""
    for words in lexicon.opposed:
        ours, theirs = words_of(upper, words), words_of(context, words)
        if ours and theirs and not ours & theirs:
            return min(ours), min(theirs)
    return None


@lru_cache(maxsize=65536)
def words_of(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """The words of one set that the text holds, a fund's name not taken for 预算 and 收入支出 read as 收支."""
    for long, short in _BOTH_SIDES:
        text = text.replace(long, short)
    if "预算" in words:
        for name, bare in _NAMES:
            text = text.replace(name, bare)
    return frozenset(word for word in words if word in text)


def _first_difference(ours: frozenset[str], theirs: frozenset[str]) -> tuple[str, str]:
    return min(ours - theirs or ours), min(theirs - ours or theirs)
