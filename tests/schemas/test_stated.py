"""What the sender states stands beside what the document prints, and a contradiction is said with both."""

from __future__ import annotations

import pytest

from schemas.profile.stated import is_region, stated_findings
from schemas.result import Profile, ProfileValue, Region, RegionValue, Stated

PRINTED = Profile(
    document_kind=ProfileValue("final_account_disclosure"),
    fiscal_year=ProfileValue(2022),
    region=RegionValue(Region("420107", "湖北省武汉市青山区")),
)
SAME = Stated("https://example.invalid/a.pdf", "420107", 2022, "final_account_disclosure")


def said(stated: Stated, profile: Profile) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in stated_findings(stated, profile)]


def test_what_agrees_needs_no_word() -> None:
    assert said(SAME, PRINTED) == []
    assert said(Stated(source_url="https://example.invalid/"), Profile()) == []


def test_another_year_is_said_with_both() -> None:
    (one,) = stated_findings(Stated(fiscal_year=2021), PRINTED)
    assert (one.code, one.severity) == ("fiscal_year_stated_otherwise", "warning")
    assert one.message == "the sender states the fiscal year 2021, the document prints 2022: what is printed stands"
    assert one.message_zh == "提交者注明的财政年度为 2021，文件所示为 2022，以文件为准"


def test_another_kind_and_another_region_are_said() -> None:
    wrong = Stated(region_code="110101", doc_type="budget_disclosure")
    messages = [one.message for one in stated_findings(wrong, PRINTED)]
    assert messages == [
        "the sender states the kind budget_disclosure, the document is final_account_disclosure by what it prints: "
        "that stands",
        "the sender states the region 110101, the document prints 420107: what is printed stands",
    ]


@pytest.mark.parametrize(
    ("code", "is_said"), [("420100", False), ("420000", False), ("420111", True), ("420200", True), ("110000", True)]
)
def test_the_city_of_a_district_is_no_contradiction(code: str, is_said: bool) -> None:
    assert bool(said(Stated(region_code=code), PRINTED)) is is_said
    above = Profile(region=RegionValue(Region(code, "")))
    assert bool(said(Stated(region_code="420107"), above)) is is_said


def test_what_the_document_does_not_print_is_said_to_be_stated_alone() -> None:
    assert said(SAME, Profile()) == [
        (f"{what}_stated_only", "info") for what in ("fiscal_year", "document_kind", "region")
    ]


def test_codes_are_those_of_regions_abolished_ones_too() -> None:
    assert is_region("420107")
    assert is_region("110000")
    assert is_region("110103")  # 崇文区, until 2010
    assert not is_region("999999")
    assert not is_region("42010")
