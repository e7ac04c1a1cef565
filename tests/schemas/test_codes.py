from __future__ import annotations

import pytest

from schemas.catalogue import load_catalogue
from schemas.codes import Code, CodeList, classes, code_list, find_code, regions_in, regions_named
from schemas.kind import LineItem
from schemas.text import fold

LISTS = {"2": CodeList.FUNCTION, "3": CodeList.ECONOMIC, "5": CodeList.GOVERNMENT_ECONOMIC}


def test_a_function_code_has_its_name_and_parent() -> None:
    code = find_code(CodeList.FUNCTION, "2010101")
    assert code == Code("2010101", "行政运行", "20101", None, None, ())


def test_the_lists_are_as_long_as_their_files() -> None:
    assert len(code_list(CodeList.FUNCTION)) == 648
    assert len(code_list(CodeList.ECONOMIC)) + len(code_list(CodeList.GOVERNMENT_ECONOMIC)) == 162


def test_a_code_that_is_not_listed_is_unknown() -> None:
    assert find_code(CodeList.FUNCTION, "2019999999") is None


def test_the_same_digits_are_another_code_in_another_list() -> None:
    assert find_code(CodeList.ECONOMIC, "501") is None
    found = find_code(CodeList.GOVERNMENT_ECONOMIC, "501")
    assert found is not None
    assert found.name == "机关工资福利支出"


@pytest.mark.parametrize(("year", "name"), [(2017, "住房公积金"), (2020, "代缴社会保险费")])
def test_a_reused_code_means_what_it_meant_in_its_year(year: int, name: str) -> None:
    found = find_code(CodeList.ECONOMIC, "30311", year)
    assert found is not None
    assert found.name == name


def test_a_reused_code_without_a_year_means_nothing() -> None:
    assert find_code(CodeList.ECONOMIC, "30311") is None


def test_the_economic_classes_are_the_ten_of_the_standard() -> None:
    assert [code.code for code in classes(CodeList.ECONOMIC)] == [
        "301", "302", "303", "307", "309", "310", "311", "312", "313", "399",
    ]  # fmt: skip


@pytest.mark.parametrize("which", list(CodeList))
def test_every_parent_is_in_its_list_and_begins_its_children(which: CodeList) -> None:
    codes = {code.code for code in code_list(which)}
    for code in code_list(which):
        assert code.parent is None or (code.parent in codes and code.code.startswith(code.parent))


def lines_with_codes() -> list[tuple[str, LineItem]]:
    return [(kind.id, line) for kind in load_catalogue().kinds for line in kind.line_items if line.code]


def test_every_class_line_of_the_catalogue_carries_a_name_of_its_code() -> None:
    assert len(lines_with_codes()) == 2 * 27 + 2 * 30 + 2 * 3 * (10 + 15)
    for kind_id, line in lines_with_codes():
        assert line.code is not None
        code = find_code(LISTS[line.code[0]], line.code)
        assert code is not None, f"{kind_id}: {line.id}"
        assert fold(line.labels[0]) in {fold(name) for name in (code.name, *code.aliases)}, f"{kind_id}: {line.id}"


def test_a_district_name_of_two_cities_is_told_apart_by_its_city() -> None:
    assert {region.code for region in regions_named(2022, "青山区")} == {"150204", "420107"}
    (found,) = regions_named(2022, "武汉市", "青山区")
    assert (found.code, found.full_name) == ("420107", "湖北省武汉市青山区")


def test_a_district_of_a_municipality_is_named_without_the_grouping_between() -> None:
    (found,) = regions_named(2024, "上海市", "普陀区")
    assert (found.code, found.full_name) == ("310107", "上海市普陀区")


def test_a_county_that_was_abolished_is_found_in_its_years_only() -> None:
    assert [region.code for region in regions_named(1980, "上海市", "川沙县")] == ["310204"]
    assert regions_named(2024, "川沙县") == ()


def test_a_city_and_a_province_are_regions_of_their_own() -> None:
    assert [region.code for region in regions_named(2024, "湖北省", "武汉市")] == ["420100"]
    assert [region.code for region in regions_named(2024, "湖北省")] == ["420000"]


def test_a_year_outside_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1980 to 2024, not for 2025"):
        regions_in(2025)
