"""Agencies of a panel: one key for the names of one body, who is a unit of whom, and the region code of a year."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from schemas.codes import FIRST_YEAR, LAST_YEAR, RegionOfYear, regions_in
from schemas.panel.level import RecordLevel
from schemas.text import fold

_OWN = re.compile(r"[(（](?:本级|机关|本部)[)）]|本级$")
_SPACE = re.compile(r"\s+")


def agency_key(name: str) -> str:
    """The name without what only says which of its accounts are meant: 某局（本级） is 某局."""
    return _OWN.sub("", _SPACE.sub("", fold(name)))


Body = tuple[str | None, str]  # region code and key of an agency


def counted_in(
    levels: Mapping[Body, frozenset[RecordLevel | None]], units: Iterable[tuple[Body, str]]
) -> dict[tuple[Body, RecordLevel | None], str]:
    """Which records of one year are counted in another one's, and whose; whoever adds these up counts twice.

    ``levels`` are those that each body has disclosed; ``units`` pairs a department with a unit that its list names.
    """
    inside: dict[tuple[Body, RecordLevel | None], str] = {}
    for body, own in levels.items():
        if RecordLevel.DEPARTMENT in own:
            inside |= {(body, level): body[1] for level in own if level is not RecordLevel.DEPARTMENT}
    for department, unit in units:
        if levels.get(department, frozenset({RecordLevel.UNIT})) == {RecordLevel.UNIT}:
            continue  # nothing of it is consolidated
        for body, own in levels.items():
            if body[1] == agency_key(unit) and body != department and body[0] in (department[0], None):
                inside |= {(body, level): department[1] for level in own}
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
