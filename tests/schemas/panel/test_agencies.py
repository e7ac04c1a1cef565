"""Agencies of a panel: their keys, who is counted in whom, the region codes of a year."""

from __future__ import annotations

import pytest

from schemas.panel.agencies import Body, agency_key, counted_in, region_in_year
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
    found = counted_in(levels((BUREAU, {DEPARTMENT, UNIT, None}), (CENTRE, {UNIT})), [])
    assert found == {(BUREAU, UNIT): "某局", (BUREAU, None): "某局"}


def test_a_unit_of_the_departments_list_is_counted_in_it() -> None:
    units = [(BUREAU, "某局（本级）"), (BUREAU, "某中心")]
    assert counted_in(levels((BUREAU, {DEPARTMENT}), (CENTRE, {UNIT})), units) == {(CENTRE, UNIT): "某局"}


def test_a_namesake_in_another_region_is_not() -> None:
    there: Body = ("420106", "某中心")
    unknown: Body = (None, "某中心")
    found = counted_in(levels((BUREAU, {DEPARTMENT}), (there, {UNIT}), (unknown, {UNIT})), [(BUREAU, "某中心")])
    assert found == {(unknown, UNIT): "某局"}


def test_nothing_is_counted_in_a_department_that_has_disclosed_its_own_alone_or_nothing() -> None:
    assert counted_in(levels((BUREAU, {UNIT}), (CENTRE, {UNIT})), [(BUREAU, "某中心")]) == {}
    assert counted_in(levels((CENTRE, {UNIT})), [(BUREAU, "某中心")]) == {}


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
