"""What the words before a number say: whose amount it is, of which phase and year, and whether that is certain.

Read from the right: first the words that only say "amount" (支出决算数为), then the longest label of the vocabulary,
then what may stand before a label (an ordinal, the year, 其中, the agency). Anything else before it makes the reading
uncertain: 其他财政拨款收入 is not 财政拨款收入.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from schemas.codes import CodeList, classes
from schemas.narrative.vocabulary import Vocabulary, vocabulary


class Aspect(StrEnum):
    """What an amount is, seen from the thing it is an amount of."""

    AMOUNT = "amount"  # what the tables of this document print: final in final accounts, budget in budgets
    INITIAL_BUDGET = "initial_budget"
    ADJUSTED_BUDGET = "adjusted_budget"
    BUDGET = "budget"  # of which phase is not said
    CHANGE = "change"
    CHANGE_RATE = "change_rate"
    SHARE = "share"
    COMPLETION = "completion_rate"


@dataclass(frozen=True, slots=True)
class Words:
    """The words before an amount. ``label`` is None when they name no thing: the amount is of what was named before.

    ``aspect`` is what they say of it, None when nothing. ``certain``: nothing else stands before the label, but perhaps
    the name of an ``agency``.
    """

    label: str | None
    aspect: Aspect | None
    years: tuple[int, ...] = ()
    last_year: bool = False
    certain: bool = True
    agency: str = ""


_TAIL_YEAR = re.compile(r"(20\d\d)(?:年度?)?$")  # 2023年初预算 leaves 2023
_YEAR = re.compile(r"(20\d\d)年度?")
_ORDINAL = re.compile(r"^(?:[①-⑳]|\d{1,2}[.、．]|\d{1,2}\)|[一二三四五六七八九十]{1,3}[、.])+")
_LAST_YEAR = re.compile(r"上年度?|去年")
_BEFORE = re.compile(
    r"所属各预算单位|通过|使用|实际支出|财政预算拨款|安排的?|财政拨款|一般公共预算|拨款|其中|包括|此外|另外|分别|全年|当年|本年度?|年度|决算中|预算中|"
    r"[我本](?:部门|单位|局|委|办|厅|中心|院|校|会|馆)|部门|单位|按照?支出功能分类|纳入|预算|的|和|及|[,，:]"
)
_AGENCY = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,40}?(?:局|委|办|厅|院|心|馆|校|会|府|处|队|所|站|社|团|台|园|学|室|机关|本级|公司|库|组|部)"
)
_NOT_AGENCY = re.compile(r"增|减|比|较|下属|所属|其他|其它|非|项目|用于|支出|收入|经费|资金")


@lru_cache(maxsize=4096)
def read_words(text: str) -> Words:
    """What the folded words before an amount say."""
    words = vocabulary()
    rest = text
    aspect: Aspect | None = None
    years: list[int] = []
    uncertain: Words | None = None
    for _ in range(6):
        label = _label(rest, words)
        if label is not None:
            read = _with_prefix(rest[: -len(label)], label, aspect, tuple(years))
            if read.certain:
                return read
            uncertain = uncertain or read
        if match := _TAIL_YEAR.search(rest):
            years.append(int(match[1]))
            rest = rest[: match.start()]
            continue
        tail = next(((word, said) for word, said in words.tails if rest.endswith(word)), None)
        if tail is None:
            break
        rest = rest[: -len(tail[0])]
        aspect = aspect or (Aspect(tail[1]) if tail[1] else None)
    return uncertain or _with_prefix(rest, None, aspect, tuple(years))


def _label(text: str, words: Vocabulary) -> str | None:
    """The longest label that the text ends with."""
    names = class_names()
    for length in range(min(words.longest, len(text)), 1, -1):
        if (ending := text[-length:]) in words.amounts or ending in names:
            return ending
    return None


def _with_prefix(before: str, label: str | None, aspect: Aspect | None, years: tuple[int, ...]) -> Words:
    rest = _ORDINAL.sub("", before)
    years += tuple(int(year) for year in _YEAR.findall(rest))
    rest, is_last = _LAST_YEAR.subn("", _YEAR.sub("", rest))
    rest = _BEFORE.sub("", rest)
    if label is None:  # an agency and no label: the amount of something that has no name here
        return Words(None, aspect, tuple(dict.fromkeys(years)), bool(is_last), not rest)
    certain = not rest or (_AGENCY.fullmatch(rest) is not None and _NOT_AGENCY.search(rest) is None)
    return Words(label, aspect, tuple(dict.fromkeys(years)), bool(is_last), certain, rest if certain else "")


@lru_cache(maxsize=1)
def class_names() -> dict[str, str]:
    """Printed name of a functional class -> its code. 其他支出 is left out: too many things are called so."""
    names: dict[str, str] = {}
    for code in classes(CodeList.FUNCTION):
        for name in (code.name, *code.aliases):
            bare = name.removesuffix("支出")
            if bare in ("其他", "其它", "转移性", "预备费"):
                names[f"{name}〔类〕"] = names[f"{bare}〔类〕支出"] = names[f"{bare}〔类〕"] = code.code
                continue
            for form in (f"{bare}支出", f"{bare}支出〔类〕", f"{bare}〔类〕支出", f"{bare}〔类〕"):
                names.setdefault(form, code.code)
    return names
