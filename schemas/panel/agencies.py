"""Agencies of a panel: one key for the names of one body over the years, who is a unit of whom, the region of a year.

A name is taken apart into the region of its year and what stands after it: 襄樊市财政局 in 2009 and 襄阳市财政局 in
2012 are 财政局 of 420600. What the reform of 2018/19 renamed goes on under its later name, with a break.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.codes import FIRST_YEAR, LAST_YEAR, RegionOfYear, regions_in
from schemas.panel.level import RecordLevel
from schemas.panel.stated import stated
from schemas.text import fold

_OWN = re.compile(r"[(（](?:本级|机关|本部)[)）]|本级$")
_SPACE = re.compile(r"\s+")
_SHORTEST = 2  # characters of an agency's name after that of its region


Body = tuple[str | None, str]  # region code and key of an agency


def agency_key(name: str) -> str:
    """The name without what only says which of its accounts are meant: 某局（本级） is 某局."""
    return _OWN.sub("", _SPACE.sub("", fold(name)))


def body_of(code: str | None, agency: str, year: int | None) -> Body:
    """The agency of that name in that year. Without a year, or a region of it that the name begins with, the name is
    left whole."""
    key = agency_key(agency)
    region = region_in_year(code, key, year)
    if region is None:
        return code, key
    above = max((name for name in _names(region) if key.startswith(name)), key=len, default="")
    bare = key.removeprefix(above)
    if len(bare) < _SHORTEST:
        return region.code, key  # the name of a place, and no more
    return region.code, next((one.name for one in reformed() if bare in one.before and (year or 0) < one.since), bare)


@dataclass(frozen=True, slots=True)
class Reformed:
    """A bureau that a reform made, from the fiscal year ``since`` on, of those of the names ``before``; of none, when
    it is new."""

    name: str
    since: int
    before: tuple[str, ...]


@functools.cache
def reformed() -> tuple[Reformed, ...]:
    """All that are known."""
    return tuple(Reformed(one["name"], one["from"], tuple(one["before"])) for one in stated("agencies.yml"))


def agency_break(key: str, since: int, until: int) -> tuple[str, str] | None:
    """What became of an agency between two years, in two languages."""
    for one in reformed():
        if one.name == key and one.before and since < one.since <= until:
            before = "、".join(one.before)
            said = f"the institutional reform made it of {before}; others may have been merged into it"
            return said, f"机构改革由{before}更名组建，可能并入其他单位"
    return None


def was_not_there(key: str, year: int) -> bool:
    """Whether an agency is known to be younger than that."""
    return any(one.name == key and not one.before and year < one.since for one in reformed())


def counted_in(
    levels: Mapping[Body, frozenset[RecordLevel | None]], units: Iterable[tuple[Body, str]], year: int
) -> dict[tuple[Body, RecordLevel | None], Body]:
    """Which records of a year are counted in another one's, and whose; whoever adds these up counts twice.

    ``levels`` are those that each body has disclosed; ``units`` pairs a department with a unit that its list names.
    """
    inside: dict[tuple[Body, RecordLevel | None], Body] = {}
    for body, own in levels.items():
        if RecordLevel.DEPARTMENT in own:
            inside |= {(body, level): body for level in own if level is not RecordLevel.DEPARTMENT}
    for department, unit in units:
        if levels.get(department, frozenset({RecordLevel.UNIT})) == {RecordLevel.UNIT}:
            continue  # nothing of it is consolidated
        keys = {agency_key(unit), body_of(department[0], unit, year)[1]}
        for body, own in levels.items():
            if body[1] in keys and body != department and body[0] in (department[0], None):
                inside |= {(body, level): department for level in own}
    return inside


def region_in_year(code: str | None, agency: str | None, year: int | None) -> RegionOfYear | None:
    """The region as the list of that year has it: by its code, else by the longest name that the agency begins with.

    Later years than the list are held against its last one. None where the year has no such code and the name is that
    of several places, or of none.
    """
    if year is None or year < FIRST_YEAR:
        return None
    by_code, by_name = _regions(min(year, LAST_YEAR))
    if code in by_code:
        return by_code[code]
    name = fold(agency or "")
    for end in range(len(name), 2, -1):
        found = by_name.get(name[:end], ())
        if found:
            return found[0] if len(found) == 1 else None
    return None


@functools.cache
def _regions(year: int) -> tuple[dict[str, RegionOfYear], dict[str, tuple[RegionOfYear, ...]]]:
    by_name: dict[str, tuple[RegionOfYear, ...]] = {}
    for region in regions_in(year):
        for name in _names(region):
            if region not in by_name.get(name, ()):
                by_name[name] = (*by_name.get(name, ()), region)
    return {region.code: region for region in regions_in(year)}, by_name


def _names(region: RegionOfYear) -> set[str]:
    """What an agency of the region may begin with: its own name, or that after the ones above."""
    own = region.name
    above = (region.province, region.city or "") if region.county else (region.province,) if region.city else ()
    return {own, region.full_name, *(name + own for name in above if name != own)}
