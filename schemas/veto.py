"""Words that likeness may never bridge: 收入 and 支出, 预算 and 决算, 年初 and 年末.

A score is no evidence of meaning: 一般公共预算支出 and 一般公共预算收入 differ in two characters. All texts are folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

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
# One character that turns a word into another: a scan that is read wrongly never does just this, a writer does.
_OPPOSITE_CHARACTERS = frozenset(
    frozenset(pair)
    for pair in (
        "上下", "初末", "初终", "初中", "中末", "中终", "收支", "增减", "内外", "前后", "大小",
        "进出", "加减", "存取", "借贷", "应实", "一二", "一三", "二三", "额率", "数率", "险障",
    )
)  # fmt: skip
_NEGATIONS = frozenset("非无未不除")
# Words that may come or go without changing what an amount is.
_NEUTRAL = frozenset(
    {
        "合计", "小计", "总计", "总数", "总额", "金额", "数额", "资金", "拨款", "财政", "预算", "经费", "费用",
        "本年", "年度", "部门", "单位", "情况", "科目", "收入", "支出", "安排", "及其",
    }
)  # fmt: skip
_LONG = 5  # characters from which a label bears a word that says nothing
_PUNCTUATION = re.compile(r"[^\w%]+")
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


def changed_word(first: str, second: str) -> str | None:
    """The characters by which two texts differ in meaning; None when they differ in single characters, as damaged
    print does, or in words that say nothing.

    政府性基金预算结余 is nearly 政府性基金预算拨款 to a score: two characters together are another word. In short text
    every word says something: 其他资金收入 is not 其他收入.
    """
    first, second = _PUNCTUATION.sub("", first), _PUNCTUATION.sub("", second)
    neutral = _NEUTRAL if min(len(first), len(second)) >= _LONG else frozenset[str]()
    for block in Levenshtein.opcodes(first, second):
        if block.tag == "equal":
            continue
        pair = first[block.src_start : block.src_end], second[block.dest_start : block.dest_end]
        if _changes_meaning(*pair, neutral):
            return "/".join(pair)
    return None


def _changes_meaning(ours: str, theirs: str, neutral: frozenset[str]) -> bool:
    if max(len(ours), len(theirs)) > 1:
        return any(word and word not in neutral for word in (ours, theirs))
    return frozenset(ours + theirs) in _OPPOSITE_CHARACTERS or bool(_NEGATIONS & {ours, theirs})


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
