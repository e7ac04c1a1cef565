"""The agency: whose disclosure this is. Title, cover, section headings, captions of tables, forms, signature.

Short forms (区医保局) stay as printed, unless the document prints the long form of the same body in such a place too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.model import Document, TextLine
from schemas.findings import finding
from schemas.profile.cues import (
    FORM_ROWS,
    ORGANISATION_END,
    Mention,
    Read,
    first_rows,
    is_organisation,
    tidy,
)
from schemas.profile.front import Front
from schemas.profile.title import headings
from schemas.text import fold

_YEAR = re.compile(r"[(（]?(?:(?:19|20)\d{2}|[二一][〇○零一二三四五六七八九]{3})年(?:度)?(?:年初)?[)）]?")
_LEAD = re.compile(r"^(?:附件\d*[:：]?)?(?:关于)?(?:公开|公布|印发)?的?")
_TAIL = (
    r"(?:的)?(?:[市区县省州]级|本级)?(?:部门|单位|整体|项目|财政支出|财政拨款|预算|决算|预决算|绩效|三公|[“\"]三公"
    r"|收支|重点|专项|(?:政府)?信息公开|政府采购|法治政府|关于|$)"
)
_TITLE_ORGANISATION = re.compile(
    rf"^(?P<name>.{{2,40}}?{ORGANISATION_END}(?:[(（][^()（）]{{1,12}}[)）])?)(?=·|{_TAIL})"
)

# The labels of captions and of the cells of forms, folded. A supervising or implementing body is a weaker cue: forms of
# projects name the unit that spends the money.
_SEAL = r"\((?:部门|单位|盖章|公章|签章|公开)\)"
_LABEL = rf"(?:编制|填报|预算|公开|申报|填制|报送|预算主管)?(?:部门|单位)(?:{_SEAL})*(?:名称)?(?:{_SEAL})*"
_WEAK_LABEL = (
    rf"(?:项目)?主管部门(?:及代码|名称|{_SEAL})*|(?:评价)?项目单位(?:名称)?|实施单位|发布机构|发文机关|公开主体"
)
_STRONG = re.compile(rf"^(?:{_LABEL})$")
_WEAK = re.compile(rf"^(?:{_WEAK_LABEL})$")
_CAPTION = re.compile(
    rf"(?:^|\s|\()(?:(?P<strong>{_LABEL})|(?P<weak>{_WEAK_LABEL}))\s*:\s*(?P<name>[^:]{{2,40}}?)"
    r"(?=\s*(?:(?:金额)?单\s*位|日\s*期|填报日期|编制日期|时间|负责人|联系)\s*:|\s{2,}|\s*$|\s*\S{2,6}:|\s+20\d{2}年)"
)
_HALF_WIDTH = str.maketrans("（）：", "():")  # one for one, so that what is found stands at the same place in the line
_SEALED = re.compile(r"[(（](?:盖章|公章|签章)[)）]$")
_LABELS_ONLY = re.compile(r"^(?:主管|业务|责任|归口|联系|相关|实施|项目|预算|使用)*(?:处室|科室|股室|部门|单位|机构)$")
_CODE = re.compile(r"^[\[(（【]?\d{3,12}[\])）】]?[-—_ ]*|[\[(（【]\d{3,12}[\])）】]$")
_ABOUT = re.compile(r"^第[一二三四五六七八九十1-9]{1,2}部分(?P<name>.{3,40}?)(?:概况|基本情况|(?=·))")
_DATED = re.compile(r"^(?:20\d{2}[年.\-/]?\d{0,2}|[二一][〇○零一二三四五六七八九]{3}年)")
_SIGNATURE_LINES = 8  # lines at the end among which the signature stands
_PLACE = re.compile(r"^[省市区县州旗镇乡]")


@dataclass(frozen=True, slots=True)
class Agency(Read[str]):
    """The agency; ``others`` are all bodies named in such places, for the region."""

    others: tuple[Mention, ...] = ()


def read_agency(document: Document, front: Front, title: Mention | None, *, cover_only: bool = False) -> Agency:
    """The agency, or None with a finding when no place that can be trusted names it, or they disagree.

    ``cover_only`` leaves out captions inside the document: in a tender or a contract they name the other party.
    """
    tiers = [_in_title(title), *_captions([*front.captions, *front.lines]), _alone_on_cover(front)]
    if not cover_only:
        tiers += [_in_headings(document), *_beside_tables(document), _signature(document)]
    others = tuple(dict.fromkeys(place for tier in tiers for place in tier))
    votes = next((tier for tier in tiers if tier), [])
    if not votes:
        return Agency(findings=(finding("agency_unknown"),))
    names = _by_name(votes)
    ranked = sorted(names.items(), key=lambda item: -len(item[1]))
    if len(ranked) > 1 and len(ranked[0][1]) * 2 <= len(votes):
        conflict = finding("agency_conflict", first=ranked[0][0], second=ranked[1][0])
        return Agency(evidence=tuple(votes), findings=(conflict,), others=others)
    name, places = ranked[0]
    long_form = _long_form(name, others)
    if long_form is not None:
        name, places = long_form.text, [long_form, *places]
    return Agency(name, tuple(places), (), others)


def _in_title(title: Mention | None) -> list[Mention]:
    name = organisation_of(title.text) if title else None
    return [Mention(name, title.location)] if title and name else []


def _alone_on_cover(front: Front) -> list[Mention]:
    """The body that stands on a line of its own on the cover, under the title."""
    return [Mention(tidy(line.text), line.location) for line in front.lines if _is_one_body(line.text)]


def _is_one_body(text: str) -> bool:
    """Whether the line names one public body and not several side by side (甲局  乙局)."""
    several = [piece for piece in re.split(r"\s{2,}", text.strip()) if is_organisation(piece)]
    return is_organisation(text) and len(several) <= 1


def organisation_of(title: str) -> str | None:
    """The public body that a title begins with: 2022年度武汉市青山区医疗保障局部门决算 names 武汉市青山区医疗保障局."""
    words = _LEAD.sub("", _YEAR.sub("·", tidy(title)).lstrip("·"))
    match = _TITLE_ORGANISATION.match(words.lstrip("·"))
    return match["name"] if match and is_organisation(match["name"]) else None


def _in_headings(document: Document) -> list[Mention]:
    """The bodies whose parts the headings announce: 第一部分 广州市交通运输局概况."""
    found = ((_ABOUT.match(_YEAR.sub("·", "".join(place.text.split()))), place) for place in headings(document))
    return [
        Mention(match["name"], place.location) for match, place in found if match and is_organisation(match["name"])
    ]


def _captions(lines: Sequence[TextLine]) -> tuple[list[Mention], list[Mention]]:
    """The bodies that captions name: by strong labels, by weak ones."""
    found: tuple[list[Mention], list[Mention]] = ([], [])
    for line in lines:
        for match in _CAPTION.finditer(line.text.translate(_HALF_WIDTH)):
            name = _cleaned(line.text[slice(*match.span("name"))])
            if name:
                found[match["strong"] is None].append(Mention(name, line.location))
    return found


def _cleaned(text: str) -> str | None:
    """The name without its code; None when it is no public body (a money unit, a blank to be filled in)."""
    name = _CODE.sub("", _SEALED.sub("", tidy(text))).strip()
    return name if is_organisation(name) and not _LABELS_ONLY.match(fold(name)) else None


def _beside_tables(document: Document) -> Iterator[list[Mention]]:
    """Captions over tables and in their first rows, then label and value cells of forms; strong labels first."""
    cells = [pair for grid in document.grids for pair in first_rows(grid, FORM_ROWS)]
    strong, weak = _captions([*document.lines, *(cell for cell, _ in cells)])
    yield strong
    yield _labelled(cells, _STRONG.match)
    yield weak
    yield _labelled(cells, _WEAK.match)


def _labelled(cells: Sequence[tuple[TextLine, TextLine | None]], is_label: Callable[[str], object]) -> list[Mention]:
    return [
        Mention(name, value.location)
        for label, value in cells
        if value is not None and is_label(fold(label.text)) and (name := _cleaned(value.text))
    ]


def _signature(document: Document) -> list[Mention]:
    """The body that signs at the end, right above the date."""
    lines = [line for line in document.lines[-_SIGNATURE_LINES:] if fold(line.text)]
    return [
        Mention(tidy(line.text), line.location)
        for line, below in pairwise(lines)
        if _is_one_body(line.text) and _DATED.match(fold(below.text))
    ]


def _by_name(votes: Sequence[Mention]) -> dict[str, list[Mention]]:
    """Name -> places. A name cut at the edge of a narrow cell counts for the one that it begins."""
    counted = Counter(place.text for place in votes)
    names: dict[str, list[Mention]] = {}
    for place in votes:
        longer = (name for name in counted if name != place.text and name.startswith(place.text) and counted[name] > 1)
        names.setdefault(next(longer, place.text), []).append(place)
    return names


def _long_form(name: str, others: Sequence[Mention]) -> Mention | None:
    """The one long form of a short name (区医保局 of 长沙市开福区医疗保障局) that the document prints, else None."""
    if not _PLACE.match(name):
        return None
    longer = {place.text: place for place in others if len(place.text) > len(name) and _abbreviates(name, place.text)}
    return next(iter(longer.values())) if len(longer) == 1 else None


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of the short form stand in the long one in this order, its first not at the start."""
    rest = iter(long[1:])
    return long[-1] == short[-1] and all(char in rest for char in short)
