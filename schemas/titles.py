"""Titles to kinds: exact, then a known title behind an agency's name, then one that differs in a character or two.

A title proposes, the header decides. What stands in prose, in a table of contents or before 说明 is no title. Printed
table numbers name no kind: publishers renumber.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from schemas.columnindex import ByIdentity
from schemas.kind import Kind, Lexicon
from schemas.text import fold, strip_ordinal
from schemas.veto import opposed_words

SHORTEST = 6  # characters; 基本支出 is a header, 基本支出表 a title
NEAR, FAR, LONG = 1, 2, 12  # wrong characters borne in a title, and in one of LONG characters or more; bench/headers.py
_LONGEST = 70  # characters; the longest official title with the longest agency before it stays below

_CHINESE = "[一二三四五六七八九十]{1,3}(?!公)"  # 表三 is a number, 三公 is not
_SET = "(?:部门|单位)?(?:财决|财预|预算|决算)?公开|(?:部门|单位)?(?:预算|决算)|财决|财预|附"
_NUMBER_BEHIND = rf"(?:{_SET})\s*0?\d{{1,2}}(?:\s*[-－.]\s*\d{{1,2}})?\s*表"
_NUMBER_BEFORE = (
    rf"(?:(?:{_SET})\s*)?表\s*[-:：]?\s*(?:0?\d{{1,2}}(?:\s*[-－.]\s*\d{{1,2}})?|{_CHINESE})(?![\d年月个元万%％])"
)
_NUMBER = re.compile(rf"(?:(?<=[\s(（【:：])|^){_NUMBER_BEHIND}|(?:(?<=[\s(（【])|^){_NUMBER_BEFORE}")
_NUMBER_AT_EDGE = re.compile(
    rf"^\(?(?:{_NUMBER_BEHIND}|{_NUMBER_BEFORE})\)?[:.、\-]?|\(?(?:{_NUMBER_BEHIND})\)?$|\({_NUMBER_BEFORE}\)$"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|二[〇零○O0][一二三四五六七八九〇零○O0]{2})(?:年度?|(?=部门|单位|预算|决算))")
_CONTINUED = re.compile(r"^\(?续表?[\d一二三]*\)?[:.、]?|\(?(?<!存)续表?[\d一二三]*\)?$|\((?:接上页|转下页|续上页)\)")
_ATTACHMENT = re.compile(r"^附件[\d一二三四五六七八九十]{0,3}[:.、\-]?")
_CAPTION = re.compile(
    r"(?:公开|编制|填报|预算|填制)?(?:部门|单位)(?:名称)?(?:\(.{1,4}\))?(?:名称)?:.*$|\(?(?:金额)?单位:.*$"
)
_REMARK = re.compile(
    r"\((?:(?<!基本支出表\()(?<!基本支出明细表\()按?(?:支出)?功能(?:分类)?(?:科目)?(?:列示)?|按(?:预算)?单位列示|不含上年结转|公开|[一二]级项目|本次下达|另文下达|人员类、运转类公用经费项目|其他运转类、特定目标类项目|草案|空表|汇总|无数据|无|含下属单位|本级"
    r"|(?:所属|下属|直属)(?:事业)?单位|单位|部门|万元|元|续)\)$"
)
_WHOLE_BUDGET = re.compile(r"(?<=部门|单位)综合预算(?=.)")  # Shaanxi: 部门综合预算收支总表 is 部门收支总表
_OLD_NAME = re.compile("(?<!一般)公共财政预算")  # until 2014
_OWN_FAMILY = {"budget": re.compile("(?:部门|单位)?预算"), "final": re.compile("(?:部门|单位)?决算")}
_TOC = re.compile(r"[.．…·]{4,}\s*-?\s*\d{0,3}\s*-?\s*$|PAGEREF|表\s+\d{1,3}\s*$|(?:\t|\s{3,})\d{1,3}\s*$")
_PROSE = re.compile(r"[。；;！？]|，.*，|[,，]$|^(?:根据|按照|本表|说明|注[:：]|备注)")

_SIDES = (("收入支出", "收支"), ("收入和支出", "收支"), ("收入、支出", "收支"))
# What a title says its table is about. Titles that differ in one of these name different tables, however alike.
_QUALIFIERS = (
    "非财政拨款", "财政拨款", "一般公共", "公共财政预算", "政府性基金", "国有资本", "社会保险", "财政专户", "基本支出",
    "项目支出", "三公", "会议费", "培训费", "机关运行", "收支", "收入", "支出", "明细",
    "功能", "经济分类", "政府预算", "部门预算", "预算", "决算", "采购", "购买服务", "绩效",
    "目标", "自评", "资产", "转移支付", "专项资金", "人员", "公用", "汇总", "构成",
    "债务", "结转",
)  # fmt: skip
_PREFIXES = ("项目", "基本", "经费", "基金", "资金", "专户")  # right before a title they make it another
_AGENCY_END = re.compile(
    "(?:局|委|办|厅|院|中心|会|站|所|处|部|队|校|园|馆|室|省|市|区|县|州|盟|旗|镇|乡|街道|村|政府|机关|大学|公司|集团|社"
    "|团|厂|场|段|台|库|署|科|组|宫|班|协|联|系统|本级|医院|法院|检察院|单位)(?:\\(.{1,8}\\))?$"
)
_NEUTRAL_END = re.compile(r"(?:年度?|部门|单位|本级|本部|预算单位|区级|市级|省级|县级|公开|的)$")


class TitleMethod(StrEnum):
    """How a title was found."""

    EXACT = "exact"  # the official title
    ALIAS = "alias"  # another known title
    CONTAINED = "contained"  # a known title behind the name of an agency
    FUZZY = "fuzzy"  # a character or two differ, and no other title is as near


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A kind that a printed title names; ``score`` 0 to 1; ``title`` the known title it was recognised by."""

    kind_id: str
    score: float
    method: TitleMethod
    title: str


def clean_title(text: str) -> str:
    """The text, folded, without year, table number, continuation mark, ordinal, and the captions on the same line."""
    title = _CAPTION.sub("", fold(text))
    previous = None
    while title != previous:
        previous = title
        for form in (_CONTINUED, _NUMBER_AT_EDGE, _ATTACHMENT, _REMARK, _YEAR):
            title = form.sub("", title)
        title = strip_ordinal(title)[0].strip(":.、,-")
    return _OLD_NAME.sub("一般公共预算", _WHOLE_BUDGET.sub("", title))


def is_toc_line(text: str) -> bool:
    """Whether the line is an entry of a table of contents: leader dots, or a page number behind a title."""
    return _TOC.search(text) is not None


def find_table_number(text: str) -> str | None:
    """The printed number of a table, as printed (公开01表, 表3, 附表2-1); None when there is none. It names no kind."""
    match = _NUMBER.search(text)
    return None if match is None else match.group().strip()


def match_title(text: str, kinds: Iterable[Kind], lexicon: Lexicon) -> list[TitleMatch]:
    """The kinds that a line names as its title, best first; empty when it is no title of any of them.

    A kind is named at most once. Titles that end another known title are not named beside it: 支出决算表 is not found
    in 财政拨款支出决算表 of another kind.
    """
    return list(_match(text, tuple(map(ByIdentity, kinds)), ByIdentity(lexicon)))


@lru_cache(maxsize=4096)
def _match(text: str, kinds: tuple[ByIdentity[Kind], ...], lexicon: ByIdentity[Lexicon]) -> tuple[TitleMatch, ...]:
    title = clean_title(text)
    if not title or len(title) > _LONGEST or is_toc_line(text) or _PROSE.search(text.strip()):
        return ()
    known = [match for kind in kinds for match in _known(title, kind)]
    if known:
        return tuple(sorted(_longest(known), key=lambda match: -match.score))
    return tuple(_alike(title, kinds, lexicon.thing))


@lru_cache(maxsize=256)
def _titles(kind: ByIdentity[Kind]) -> tuple[tuple[str, str], ...]:
    """The titles of a kind, cleaned, with what is written in the catalogue; the official one first."""
    return tuple((clean_title(title), title) for title in kind.thing.titles)


def _known(title: str, kind: ByIdentity[Kind]) -> Iterator[TitleMatch]:
    """The kind, when the title is one of its own or ends with one behind the name of an agency."""
    for at, (known, written) in enumerate(_titles(kind)):
        if title == known:
            method, score = (TitleMethod.EXACT, 1.0) if at == 0 else (TitleMethod.ALIAS, 0.99)
            yield TitleMatch(kind.thing.id, score, method, written)
            return
    behind = [pair for pair in _titles(kind) if title.endswith(pair[0])]
    if behind:
        known, written = max(behind, key=lambda pair: len(pair[0]))
        if (score := _prefix_score(title[: -len(known)], kind.thing)) > 0:
            yield TitleMatch(kind.thing.id, score, TitleMethod.CONTAINED, written)


def _prefix_score(prefix: str, kind: Kind) -> float:
    """How sure it is that the words before a known title only name an agency; 0 when they make it another title."""
    if any(prefix.endswith(fold(word)) for word in kind.not_after):
        return 0.0
    if any(kind.family.startswith(name) and form.fullmatch(prefix) for name, form in _OWN_FAMILY.items()):
        return 0.97
    rest = prefix
    while (shorter := _NEUTRAL_END.sub("", rest)) != rest:
        rest = shorter
    if not rest:
        return 0.97
    if any(rest.endswith((word, word + "预算", word + "情况")) for word in (*_QUALIFIERS, *_PREFIXES)):
        return 0.0
    if _AGENCY_END.search(rest):
        return 0.95
    return 0.0 if len(rest) < 2 or _qualifiers(rest) else 0.85


def _longest(matches: Sequence[TitleMatch]) -> Iterator[TitleMatch]:
    """The matches whose title is not the end of another match's title."""
    titles = [clean_title(match.title) for match in matches]
    for match, title in zip(matches, titles, strict=True):
        if not any(other != title and other.endswith(title) for other in titles):
            yield match


def _alike(title: str, kinds: tuple[ByIdentity[Kind], ...], lexicon: Lexicon) -> Iterator[TitleMatch]:
    """The one kind with a title that differs in a character or two and is about the same; none when two are as near."""
    forms = _forms(title)
    ranked = sorted(
        (distance, kind.thing.id, written, known)
        for kind in kinds
        for known, written in _titles(kind)
        if (distance := _distance(forms, known)) is not None and _same_subject(forms, known, lexicon)
    )
    if not ranked or any(kind_id != ranked[0][1] and distance == ranked[0][0] for distance, kind_id, *_ in ranked):
        return
    distance, kind_id, written, known = ranked[0]
    yield TitleMatch(kind_id, round(0.94 - distance / len(known), 4), TitleMethod.FUZZY, written)


def _distance(forms: tuple[str, ...], known: str) -> int | None:
    """The wrong characters between a title and a known one; None when there are more than its length bears."""
    borne = NEAR if len(known) < LONG else FAR
    near = [form for form in forms if abs(len(form) - len(known)) <= borne and form[-1] == known[-1]]
    if len(known) < SHORTEST or not near:
        return None
    distance = min(OSA.distance(form, known, score_cutoff=borne) for form in near)
    return distance if distance <= borne else None


def _forms(title: str) -> tuple[str, ...]:
    """The title, and what stands behind the last agency in it."""
    behind = max((at for at in range(1, len(title)) if _AGENCY_END.search(title[:at])), default=0)
    return (title, title[behind:]) if behind and len(title) - behind >= 6 else (title,)


def _same_subject(forms: tuple[str, ...], known: str, lexicon: Lexicon) -> bool:
    subject = _qualifiers(known)
    return any(_qualifiers(form) == subject and opposed_words(form, known, lexicon) is None for form in forms)


@lru_cache(maxsize=4096)
def _qualifiers(title: str) -> frozenset[str]:
    for long, short in _SIDES:
        title = title.replace(long, short)
    return frozenset(word for word in _QUALIFIERS if word in title)
