"""The administrative region, from the names printed: the agency's first, then the title's, then the other bodies'.

A district whose name several cities have needs a second cue that is printed too; else it stays unknown, and the
finding lists the candidates. Nothing is concluded from short names (上海科技大学); running text only tells namesakes
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.model import Document
from schemas.findings import finding
from schemas.profile.agency import Agency
from schemas.profile.cues import Mention, Read, mention, said
from schemas.profile.places import Places, places
from schemas.result import Region, RegionValue
from schemas.text import fold

_LEAD = re.compile(
    r"^(?:20\d{2}年?度?|中国共产党|中共|中国共产主义青年团|共青团|国家税务总局|国家统计局|中国人民政治协商会议|政协|关于|\W)+"
)
_SHORT = 2  # characters of a name (城区, 西区) that is a common word too, and proves nothing without its city
_PLACE_BELOW = re.compile(r"^[\u4e00-\u9fff]{1,10}?(?:区|县|旗)(?=[\u4e00-\u9fff]{2})")
_BODY = re.compile(r"局|委|厅|院|中心|办公室|学|馆|站")
_NO_PLACE = re.compile(
    r"(?:地|社|园|校|院|景|灾|库|城|小|郊|市|辖|防|片|林|矿|牧|山|全|本|各|自治|军|战|居民|务)区$|本县$|全县$"
)
_REPEATED = 2  # times that running text must name a city before it separates namesakes


@dataclass(frozen=True, slots=True)
class ReadRegion(Read[str]):
    """The region's code, with the name that the result gives it."""

    name: str = ""

    def stated_region(self) -> RegionValue:
        """The statement for the result."""
        region = Region(code=self.value, name=self.name) if self.value else None
        return RegionValue(value=region, evidence=self.shown())


def read_region(document: Document, title: Read[str], agency: Agency) -> ReadRegion:
    """The region, or None with a finding when no name carries it or several places have the name."""
    known = places()
    for place in (said(agency), said(title)):
        codes = codes_of(place.text, known) if place else ()
        if place and codes:
            return _settled(codes, place, document, agency.others, known)
    named = {code: place for place in agency.others if len(codes := codes_of(place.text, known)) == 1 for code in codes}
    if len(named) == 1:
        code, place = next(iter(named.items()))
        return ReadRegion(code, (place,), (), known.full_name(code))
    return ReadRegion(findings=(finding("region_unknown"),))


def codes_of(name: str, known: Places) -> tuple[str, ...]:
    """The codes of the deepest regions that a name begins with, one for each place of that name; () for none.

    A name that goes on with a place that is not in the list (烟台市某某区…) has none: its city is not its region.
    """
    text = _LEAD.sub("", fold(name))
    found = [(code, rest) for code, rest in _deepest(text, None, known) if not _goes_deeper(rest)]
    return tuple(code for code, _ in found)


def _deepest(text: str, parent: str | None, known: Places) -> Iterator[tuple[str, str]]:
    """The regions below ``parent`` that the text begins with, each with the text after it."""
    for code in known.starting(text, parent):
        rest = text[len(known.name(code)) :]
        below = list(_deepest(rest, code, known))
        yield from below or [(code, rest)]


def _goes_deeper(rest: str) -> bool:
    """Whether the name goes on with a place below: a district that is not in the list, or a branch office (分局)."""
    if "分局" in rest:
        return True
    place = _PLACE_BELOW.match(rest)
    if place is None or _BODY.search(place.group()):
        return False
    return _NO_PLACE.search(place.group()) is None


def _settled(
    codes: Sequence[str], place: Mention, document: Document, others: Sequence[Mention], known: Places
) -> ReadRegion:
    """The one region among the candidates, if the name or a second cue separates them."""
    if len(codes) == 1 and len(known.name(codes[0])) > _SHORT:
        return ReadRegion(codes[0], (place,), (), known.full_name(codes[0]))
    for cue in (_printed_with_city, _named_by_bodies, _repeated_city):
        separated = cue(codes, document, others, known)
        if separated is not None:
            code, witness = separated
            return ReadRegion(code, (place, witness), (), known.full_name(code))
    shown = "、".join(f"{code} {known.full_name(code)}" for code in codes)
    found = finding("region_ambiguous", page=place.location.page, name=known.name(codes[0]), candidates=shown)
    return ReadRegion(evidence=(place,), findings=(found,))


def _only(found: dict[str, Mention]) -> tuple[str, Mention] | None:
    return next(iter(found.items())) if len(found) == 1 else None


def _printed_with_city(
    codes: Sequence[str], document: Document, _: Sequence[Mention], known: Places
) -> tuple[str, Mention] | None:
    """The candidate that the document prints with its city or province right before it: 石家庄市长安区."""
    found: dict[str, Mention] = {}
    for line in _all_lines(document):
        folded = fold(line.text)
        for code in codes:
            if any(above + known.name(code) in folded for above in _above(code, known)):
                found.setdefault(code, line)
    return _only(found)


def _named_by_bodies(
    codes: Sequence[str], _: Document, others: Sequence[Mention], known: Places
) -> tuple[str, Mention] | None:
    """The candidate whose city or province stands in the name of another body on the cover, a caption, a signature."""
    found: dict[str, Mention] = {}
    for place in others:
        for code in codes:
            if any(above in fold(place.text) for above in _above(code, known)):
                found.setdefault(code, place)
    return _only(found)


def _repeated_city(
    codes: Sequence[str], document: Document, _: Sequence[Mention], known: Places
) -> tuple[str, Mention] | None:
    """The candidate whose city or province the text names repeatedly while it names no other candidate's."""
    found: dict[str, list[Mention]] = {}
    for line in _all_lines(document):
        for code in codes:
            if any(above in fold(line.text) for above in _above(code, known)):
                found.setdefault(code, []).append(line)
    only = _only({code: lines[0] for code, lines in found.items()})
    return only if only and len(found[only[0]]) >= _REPEATED else None


def _above(code: str, known: Places) -> tuple[str, ...]:
    """The names of the city and the province of a region."""
    return tuple(known.name(above) for above in known.ancestors(code))


def _all_lines(document: Document) -> Iterator[Mention]:
    yield from map(mention, document.lines)
    for grid in document.grids:
        yield from (Mention(cell.text, cell.location) for cell in grid.cells)
