"""Statements of an amount and its parts: 支出6167.14万元，其中：基本支出…；项目支出…, wherever a text makes them.

A sentence is read by its own words alone: no table, no vocabulary of items. What is said of a part (比上年增加3万元,
占12%) is no part; a year, another total, or the other side of the account (支出 behind parts of an income) ends the
list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import accumulate

from schemas.narrative.numbers import Token, tokens_of

MOST_PARTS = 12
LONGEST_LABEL = 30
SHORTEST = 10  # characters of a text that can name an amount and two parts: 共3元(含甲1元乙2元

MAY_OPEN = re.compile(r"其中|包括|主要有|[(（]含|组成|构成|原因[是为]")
_OPENS = re.compile(
    r"(?P<before>[,，;:。]?)(?P<bracket>\(?)"
    r"(?:(?P<all>由[^,，。;\d]{2,40}?(?:组成|构成)[,，:。]?(?:其中)?)|(?P<some>其中|(?:主要|具体)?包括|主要有|含)"
    r"|(?P<reason>(?:主要)?原因[是为]))[,，:]?"
)
_MAY_BE_MADE_OF = re.compile(f"[元万](?:{_OPENS.pattern})")  # an amount, and what opens its parts
_CHANGED = re.compile(r"[比较]|同期|增加|减少|增长|下降|压减|占|完成")
_NO_PART = re.compile(rf"{_CHANGED.pattern}|执行|预算数|决算数|人均|标准|剩余|未|超")
_ENDS_LIST = re.compile(r"20\d\d年|合计|总计|共计|总额|年末|年初|本年|全年|上年")
_JOINT = re.compile(r"^(?:其中|包括|以及|和|及|与|含)+:?")
_SIDES = ("收入", "支出", "结余", "资产", "负债")


class Manner(Enum):
    """How a sentence introduces parts: as all of the whole, as some of it, as the reason for it."""

    ALL = "all"
    SOME = "some"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount and its words; ``value`` and ``step`` (one unit of the last printed decimal) in yuan."""

    start: int
    end: int
    label: str
    value: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole, the parts that are named of it, and how. ``closed``: brackets say where the parts end."""

    whole: Amount
    parts: tuple[Amount, ...]
    manner: Manner
    closed: bool

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def band(self) -> Decimal:
        """What rounding of every printed amount can explain."""
        return sum((part.step / 2 for part in self.parts), self.whole.step / 2)


def breakdowns_of(text: str) -> Iterator[Breakdown]:
    """The statements of a folded text, in the order of their wholes. Parts that have parts are statements too."""
    tokens = list(tokens_of(text)) if _MAY_BE_MADE_OF.search(text) else []
    for at, token in enumerate(tokens):
        if not token.is_money or token.is_rate or (opened := _OPENS.match(text, token.end)) is None:
            continue
        manner = Manner.ALL if opened["all"] else Manner.REASON if opened["reason"] else Manner.SOME
        closed = bool(opened["bracket"])
        region = _region(tokens[at + 1 :], opened.end(), closed=closed)
        whole = _amount(text, tokens[:at], token)
        if whole is None or (opened["before"] in ("。", ";") and manner is not Manner.SOME):
            continue
        parts = _parts(text, region, whole, opened)
        if manner is Manner.REASON and not closed:
            continue
        fitting = _fitting(whole, parts)
        of_another = not closed and any(part.value > whole.value for part in fitting)  # 服务501万元，其中：all of them
        if 1 < len(fitting) <= MOST_PARTS and not of_another:
            yield Breakdown(whole, fitting, manner, closed)


def _region(tokens: Sequence[Token], start: int, *, closed: bool) -> list[Token]:
    """The tokens from where the parts begin to the end of their sentence, or to the bracket that closes them."""
    found: list[Token] = []
    depth = 1 if closed else 0
    for token in tokens:
        if token.start < start:
            continue
        depth += (token.mark == "(") - (token.mark == ")")
        if depth < (1 if closed else 0) or (token.mark in ("。", "\n") and not closed):
            break
        found.append(token)
    return found


def _parts(text: str, region: Sequence[Token], whole: Amount, opened: re.Match[str]) -> tuple[Amount, ...]:
    """The amounts that may be parts, up to where something else begins. The parts of a part are passed over."""
    found: list[Amount] = []
    depth, inner, clause = 0, False, opened.end()
    for token in region:
        if token.mark:
            depth += (token.mark == "(") - (token.mark == ")")
            inner = inner and token.mark != ";"
            clause = token.end
            continue
        label, clause = _label(text[clause : token.start]), token.end
        if not token.is_money or token.is_rate or depth or inner:
            continue
        if _NO_PART.search(label):
            continue
        if not opened["bracket"] and (_ENDS_LIST.search(label) or _is_other_side(whole.label, label)):
            break
        if label:
            found.append(Amount(token.start, token.end, label, token.value, token.step))
        own = _OPENS.match(text, token.end)
        inner = own is not None and not own["bracket"]
    return tuple(found)


def _is_other_side(whole: str, part: str) -> bool:
    """Whether a part speaks of another side of the account than the whole does: 支出 behind 收入."""
    sides = [side for side in _SIDES if side in whole]
    return bool(sides) and any(side in part for side in _SIDES) and not any(side in part for side in sides)


def _fitting(whole: Amount, parts: Sequence[Amount]) -> tuple[Amount, ...]:
    """As many of the first parts as make the whole, where some do; else all of them."""
    fitting = tuple(parts)
    sums = accumulate(part.value for part in parts)
    halves = accumulate(part.step / 2 for part in parts)
    for count, (value, half) in enumerate(zip(sums, halves, strict=True), 1):
        if count > 1 and abs(value - whole.value) <= half + whole.step / 2:
            fitting = tuple(parts[:count])
    return fitting


def _amount(text: str, before: Sequence[Token], token: Token) -> Amount | None:
    """The amount with the words of its clause; None when they are a comment on something else."""
    start = before[-1].end if before else 0
    label = _label(text[start : token.start])
    if not label or _CHANGED.search(label):
        return None
    return Amount(token.start, token.end, label, token.value, token.step)


def _label(words: str) -> str:
    """The words before a number, without what joins them to the ones before."""
    label = _JOINT.sub("", words.strip()).removesuffix("为").removesuffix("共")
    return label[-LONGEST_LABEL:]
