"""Agencies of a panel: their keys, who is counted in whom, the region codes of a year."""

from __future__ import annotations

import pytest

from schemas.panel.agencies import (
    Body,
    agency_break,
    agency_key,
    body_of,
    counted_in,
    region_in_year,
    was_not_there,
)
from schemas.panel.level import RecordLevel

DEPARTMENT, UNIT = RecordLevel.DEPARTMENT, RecordLevel.UNIT
BUREAU: Body = ("420107", "某局")
CENTRE: Body = ("420107", "某中心")


def levels(*own: tuple[Body, set[RecordLevel | None]]) -> dict[Body, frozenset[RecordLevel | None]]:
    return {body: frozenset(found) for body, found in own}


@pytest.mark.parametrize("name", ["某某局", "某某局（本级）", "某某局(机关)", "某 某局本级"])
def test_names_of_one_body_have_one_key(name: str) -> None:
    assert agency_key(name) == "某某局"


def test_what_a_bureau_discloses_of_itself_alone_is_counted_in_its_department() -> None:
    found = counted_in(levels((BUREAU, {DEPARTMENT, UNIT, None}), (CENTRE, {UNIT})), [], 2022)
    assert found == {(BUREAU, UNIT): BUREAU, (BUREAU, None): BUREAU}


def test_a_unit_of_the_departments_list_is_counted_in_it() -> None:
    units = [(BUREAU, "某局（本级）"), (BUREAU, "某中心")]
    assert counted_in(levels((BUREAU, {DEPARTMENT}), (CENTRE, {UNIT})), units, 2022) == {(CENTRE, UNIT): BUREAU}


def test_a_namesake_in_another_region_is_not() -> None:
    there: Body = ("420106", "某中心")
    unknown: Body = (None, "某中心")
    found = counted_in(levels((BUREAU, {DEPARTMENT}), (there, {UNIT}), (unknown, {UNIT})), [(BUREAU, "某中心")], 2022)
    assert found == {(unknown, UNIT): BUREAU}


def test_nothing_is_counted_in_a_department_that_has_disclosed_its_own_alone_or_nothing() -> None:
    assert counted_in(levels((BUREAU, {UNIT}), (CENTRE, {UNIT})), [(BUREAU, "某中心")], 2022) == {}
    assert counted_in(levels((CENTRE, {UNIT})), [(BUREAU, "某中心")], 2022) == {}


@pytest.mark.parametrize(
    ("code", "agency", "year", "found"),
    [
        ("420107", "武汉市青山区医疗保障局", 2022, ("420107", "湖北省武汉市青山区")),
        (None, "武汉市青山区医疗保障局", 2022, ("420107", "湖北省武汉市青山区")),
        (None, "青山区医疗保障局", 2022, None),  # 420107 or 150204
        ("330105", "杭州市拱墅区财政局", 2024, ("330105", "浙江省杭州市拱墅区")),
        (None, "杭州市下城区财政局", 2020, ("330103", "浙江省杭州市下城区")),  # ended in 2021
        (None, "杭州市下城区财政局", 2024, ("330100", "浙江省杭州市")),
        ("420107", "武汉市青山区医疗保障局", 2031, ("420107", "湖北省武汉市青山区")),  # after the list
        ("420107", "武汉市青山区医疗保障局", None, None),
        ("999999", "临溪市档案馆", 2023, None),
    ],
)
def test_a_region_is_that_of_the_year(
    code: str | None, agency: str, year: int | None, found: tuple[str, str] | None
) -> None:
    region = region_in_year(code, agency, year)
    assert (region and (region.code, region.full_name)) == found


@pytest.mark.parametrize(
    ("code", "agency", "year", "body"),
    [
        ("420107", "武汉市青山区财政局", 2022, ("420107", "财政局")),
        ("420107", "青山区财政局（本级）", 2022, ("420107", "财政局")),
        ("420107", "湖北省武汉市青山区财政局", 2022, ("420107", "财政局")),
        (None, "武汉市青山区财政局", 2022, ("420107", "财政局")),
        (None, "青山区财政局", 2022, (None, "青山区财政局")),  # of two cities
        ("420600", "襄樊市财政局", 2009, ("420600", "财政局")),
        ("420600", "襄阳市财政局", 2012, ("420600", "财政局")),
        ("420100", "武汉市青山区财政局", 2022, ("420100", "青山区财政局")),
        ("420107", "青山区", 2022, ("420107", "青山区")),
        ("420107", "财政局", None, ("420107", "财政局")),
        ("420107", "武汉市青山区文化局", 2018, ("420107", "文化和旅游局")),
        ("420107", "武汉市青山区文化和旅游局", 2019, ("420107", "文化和旅游局")),
        ("420107", "武汉市青山区文化局", 2020, ("420107", "文化局")),  # not renamed after all
        (None, "某文化局", 2018, (None, "某文化局")),
    ],
)
def test_an_agency_is_one_over_the_years(code: str | None, agency: str, year: int | None, body: Body) -> None:
    assert body_of(code, agency, year) == body


def test_what_a_reform_made_is_said() -> None:
    assert agency_break("文化和旅游局", 2018, 2019) == (
        "the institutional reform made it of 文化局; others may have been merged into it",
        "机构改革由文化局更名组建，可能并入其他单位",
    )
    assert agency_break("文化和旅游局", 2019, 2020) is None
    assert agency_break("医疗保障局", 2018, 2019) is None
    assert [was_not_there("医疗保障局", year) for year in (2018, 2019)] == [True, False]
    assert not was_not_there("文化和旅游局", 2018)


def test_a_unit_that_is_listed_with_its_region_is_the_one_without() -> None:
    units = [(BUREAU, "武汉市青山区某中心")]
    assert counted_in(levels((BUREAU, {DEPARTMENT}), (CENTRE, {UNIT})), units, 2022) == {(CENTRE, UNIT): BUREAU}
