"""Whole reports of the fixtures: what their prose says, and the publishers' own slips that it shows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractors import registry
from extractors.model import Document
from extractors.options import Options
from schemas.narrative import Narrative, read_narrative
from schemas.result import Observation

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


@cache
def document(name: str) -> Document:
    (source,) = FIXTURES.glob(f"*/{name}/source.*")
    return registry.extract(source.read_bytes(), Options())


@cache
def said(name: str, year: int | None, family: str | None) -> Narrative:
    return read_narrative(document(name), (), year, family)


def chenxi() -> Narrative:
    return said("chenxi-2022-performance-no-table", 2022, None)


def panzhihua() -> Narrative:
    return said("panzhihua-2019-final-accounts-five-forms", 2019, "final_accounts")


def qingshan() -> Narrative:
    return said("qingshan-2022-final-accounts-whole-report", 2022, "final_accounts")


def find(read: Narrative, field: str, row: str = "") -> list[Observation]:
    return [one for one in read.observations if one.field == field and row in (one.row.code, one.row.item, "")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expenditure.total_current", "28156100.00"),
        ("expenditure.personnel", "5159900.00"),
        ("expenditure.personnel.share", "18.33"),
        ("expenditure.public", "2727400.00"),
        ("expenditure.special", "20268800.00"),
        ("expenditure.total_current.initial_budget", "53804400.00"),
        ("expenditure.total_current.completion_rate", "52.33"),
        ("expenditure.public.budget", "860000.00"),
        ("three_public.total", "45100.00"),
        ("three_public.total.budget", "80000.00"),
        ("three_public.reception", "45100.00"),
        ("economic.303", "19050600.00"),
        ("assets.total", "185400.00"),
        ("assets.fixed_net", "176000.00"),
    ],
)
def test_a_report_without_any_table_yields_its_amounts(field: str, value: str) -> None:
    first = find(chenxi(), field)[0]
    assert (first.value, first.kind, first.grade, first.source) == (value, "narrative_facts", "B", "narrative")


def test_its_shares_and_its_completion_follow_from_its_amounts() -> None:
    assert {check.status for check in chenxi().checks if check.rule != "N.of"} == {"pass", "rounding"}


def test_two_kinds_of_equipment_that_are_more_than_all_of_it_are_noted() -> None:
    (found,) = chenxi().findings
    assert (found.code, found.severity) == ("narrative_parts_differ", "info")
    assert "75000 and as its parts 通用设备 63800、家具用具装具 12200" in found.message


def test_slips_of_the_publisher_are_found_and_nothing_else() -> None:
    messages = [one.message for one in panzhihua().findings]
    assert len(messages) == 4
    assert "85.39%" in messages[0]  # of the total expenditure, not of the income
    assert "0.09%" in messages[1]
    assert "10616200 元" in messages[2]
    assert "欠付 480000" in messages[3]


def test_placeholders_of_the_template_are_no_facts() -> None:
    codes = {one.row.code for one in panzhihua().observations if one.row.code and len(one.row.code) == 7}
    assert codes == {"2080101", "2080107", "2080109", "2080504", "2080505", "2101599", "2210201"}


def test_receptions_are_counted() -> None:
    assert [one.value for one in find(panzhihua(), "final", "reception_batches")] == ["8"]
    assert [one.value for one in find(panzhihua(), "final", "reception_persons")] == ["27"]


def test_initial_budgets_of_a_pdf_are_read_over_line_and_page_breaks() -> None:
    budgets = {one.row.code: one.value for one in qingshan().observations if one.field == "initial_budget"}
    assert budgets == {
        None: "9298400.00",
        "2013102": "0.00",
        "2101101": "0.00",
        "2101103": "0.00",
        "2101199": "2700.00",
        "2101301": "7729700.00",
        "2101501": "1115700.00",
        "2101502": "450300.00",
    }
    assert [check.status for check in qingshan().checks if check.rule == "N.10.sum"] == ["pass"]


def test_facts_of_a_pdf_know_their_page_and_their_lines() -> None:
    (fact,) = find(qingshan(), "initial_budget", "2101501")
    assert fact.page == 18
    assert fact.bbox is not None
    assert fact.text == "年初预算为111.57万元，支出决算为125.91万元，完成年初预算的112.8%。"


def test_reading_twice_gives_the_same() -> None:
    again = read_narrative(document("qingshan-2022-final-accounts-whole-report"), (), 2022, "final_accounts")
    assert again == qingshan()
