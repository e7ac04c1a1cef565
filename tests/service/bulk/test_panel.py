"""A panel: one value for agency, year and item, from one canonical source; what is missing, and why; what breaks."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from lxml import html
from PIL import Image

from schemas.catalogue import load_catalogue
from schemas.findings import finding
from schemas.result import Observation, ProfileValue, Region, RegionValue, Result
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.panel.ask import Ask, NoSuchQuestion, ask
from service.bulk.panel.build import Panel
from service.bulk.panel.chart import MOST_LINES, lines_of
from service.bulk.panel.gather import gather
from service.bulk.panel.shapes import COVERAGE, LONG, wide
from service.bulk.panel.write import write_panel
from service.cli.failures import UsageError
from service.cli.panel import Request, make_panel
from service.pipeline import encode
from tests.service.builders import observation, result
from tests.service.bulk.datasets import PAGE, failed, fixture, row

BUREAU = "武汉市青山区财政局"
FONT = Path(__file__).resolve().parents[3] / ".venv/fonts/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"


def value(amount: str | None, code: str | None = None, year: int | None = 2022, **changed: Any) -> Observation:
    """An amount of the table of expenditure; without a code, its total."""
    one = observation(f"t01.r{code or 0}.c1", amount or "", amount, changed.pop("grade", "A"))
    role = "item" if code else "total"
    key = msgspec.structs.replace(one.row, code=code, role=role, label=code or "合计", code_list="function")
    return msgspec.structs.replace(one, **{"row": key, "fiscal_year": year, **changed})


def disclosure(
    values: Iterable[Observation],
    year: int | None = 2022,
    agency: str | None = BUREAU,
    title: str = "部门决算",
    region: str | None = "420107",
) -> Result:
    """A final account of an agency."""
    made = result(observations=list(values))
    name = hashlib.sha256(f"{agency}{year}{title}{made.observations}".encode()).hexdigest()
    profile = msgspec.structs.replace(
        made.profile,
        document_kind=ProfileValue("final_account_disclosure"),
        agency=ProfileValue(agency),
        fiscal_year=ProfileValue(year),
        title=ProfileValue(title),
        region=RegionValue(Region(region, "武汉市青山区")) if region else RegionValue(),
    )
    return msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, sha256=name), profile=profile)


def dataset(into: Path, *results: Result, broken: bool = False) -> Path:
    """A dataset of these, in the order of a ledger."""
    ordered = sorted(results, key=lambda one: one.document.sha256)
    write([*((row(one), pack(encode(one))) for one in ordered), *([failed("ff" * 32)] if broken else [])], into)
    return into


def asked(**changed: Any) -> Ask:
    return replace(ask(load_catalogue(), None, "fa_expenditure", "total"), **changed)


def panel(into: Path, *results: Result, **changed: Any) -> Panel:
    what = asked(**changed)
    return Panel(what, gather(dataset(into, *results), what))


def long(of: Panel) -> list[dict[str, Any]]:
    return [dict(zip(LONG.names, row, strict=True)) for row in of.long()]


def across(of: Panel) -> list[dict[str, Any]]:
    return [dict(zip(wide(of.years).names, row, strict=True)) for row in of.wide()]


def coverage(of: Panel) -> list[dict[str, Any]]:
    kinds = frozenset({"final_account_disclosure"})
    return [dict(zip(COVERAGE.names, row, strict=True)) for row in of.coverage(kinds)]


def test_a_value_stands_with_its_agency_year_item_and_where_it_is_from(tmp_path: Path) -> None:
    made = panel(tmp_path, disclosure([value("7094100.00", "2101301")]), unit="万元")
    (one,) = long(made)
    assert (one["region_code"], one["region_name"], one["agency"], one["record_level"]) == (
        "420107",
        "湖北省武汉市青山区",
        BUREAU,
        "department",
    )
    assert (one["fiscal_year"], one["item"], one["amount"], one["unit"]) == (2022, "2101301", Decimal("709.41"), "万元")
    assert (one["value"], one["status"], one["counted"], one["grade"]) == ("7094100.00", "ok", 1, "A")
    assert (one["source_kind"], one["source_rank"], one["source"]) == ("fa_expenditure", 0, "table")
    assert one["observation_id"].endswith("/t01.r2101301.c1/total")


def test_years_stand_side_by_side_and_a_gap_is_no_zero(tmp_path: Path) -> None:
    years = (2021, 2022, 2024)
    made = panel(tmp_path, *(disclosure([value(f"{year}.00", year=year)], year) for year in years))
    (one,) = across(made)
    assert [one[f"y{year}"] for year in years] == [2021, 2022, 2024]
    assert "y2023" not in one


def test_doubtful_values_are_flagged_and_left_out_until_they_are_asked_for(tmp_path: Path) -> None:
    report = disclosure([value("5.00", grade="C")])
    (one,), (row_,) = long(panel(tmp_path, report)), across(panel(tmp_path, report))
    assert (one["status"], one["grade"], one["counted"], one["amount"], row_["y2022"]) == ("doubtful", "C", 0, 5, None)
    made = panel(tmp_path, report, doubtful=True)
    assert (long(made)[0]["counted"], across(made)[0]["y2022"]) == (1, 5)


def test_a_department_and_its_own_unit_are_told_apart_and_not_added_twice(tmp_path: Path) -> None:
    made = panel(
        tmp_path,
        disclosure([value("100.00")], title="部门决算"),
        disclosure([value("60.00")], title="单位决算", agency=BUREAU + "（本级）"),
    )
    found = {one["record_level"]: (one["amount"], one["counted"], one["counted_in"]) for one in long(made)}
    assert found == {"department": (100, 1, None), "unit": (60, 0, BUREAU)}
    assert made.notes()["counted_in_a_department"] == 1


def test_a_unit_of_the_departments_list_is_counted_in_it(tmp_path: Path) -> None:
    unit = value(None, kind="doc_unit_list", field="note", cell="t02.r1.c1")
    listed = msgspec.structs.replace(unit, row=msgspec.structs.replace(unit.row, unit_name="武汉市青山区国库中心"))
    made = panel(
        tmp_path,
        disclosure([value("100.00"), listed]),
        disclosure([value("7.00")], title="单位决算", agency="武汉市青山区国库中心"),
        disclosure([value("8.00")], title="单位决算", agency="武汉市青山区档案馆"),
    )
    inside = {one["agency"]: (one["counted"], one["counted_in"]) for one in long(made)}
    assert inside == {
        BUREAU: (1, None),
        "武汉市青山区国库中心": (0, BUREAU),
        "武汉市青山区档案馆": (1, None),
    }


def test_the_same_report_twice_is_one_value_and_different_ones_are_a_conflict(tmp_path: Path) -> None:
    same = [disclosure([value("5.00")], title=title) for title in ("部门决算", "部门决算（更正）")]
    (one,) = long(panel(tmp_path / "same", *same))
    assert (one["status"], one["documents"], one["other_values"]) == ("ok", 2, None)
    (one,) = long(panel(tmp_path / "other", same[0], disclosure([value("6.00")])))
    assert (one["status"], one["counted"]) == ("conflict", 0)
    assert sorted([one["value"], *json.loads(one["other_values"]).values()]) == ["5.00", "6.00"]
    assert across(panel(tmp_path / "other", same[0], disclosure([value("6.00")])))[0]["y2022"] is None


def test_several_rows_for_one_item_are_no_value(tmp_path: Path) -> None:
    twice = [value("5.00", "2101301"), value("6.00", "2101301", cell="t01.r9.c1")]
    (one,) = long(panel(tmp_path, disclosure(twice)))
    assert (one["status"], one["amount"], one["value"]) == ("several_rows", None, None)


def test_a_fallback_is_taken_for_a_whole_year_and_named(tmp_path: Path) -> None:
    other: dict[str, Any] = {"kind": "fa_income_expenditure_summary", "field": "expenditure_amount"}

    def line(amount: str, item: str, year: int) -> Observation:
        one = value(amount, year=year, **other, cell=f"t02.{item}")
        return msgspec.structs.replace(one, row=msgspec.structs.replace(one.row, item=item))

    lines = [line("70.00", "expenditure.210", 2021), line("90.00", "expenditure.total_current", 2021)]
    made = panel(
        tmp_path,
        disclosure([*lines, line("99.00", "expenditure.closing_balance", 2021)], 2021),
        disclosure([value("80.00", "21013"), line("80.00", "expenditure.210", 2022)]),
    )
    found = [(one["fiscal_year"], one["item"], one["amount"], one["source_rank"]) for one in long(made)]
    assert sorted(found) == [(2021, "210", 70, 1), (2021, "total", 90, 1), (2022, "21013", 80, 0)]
    assert made.notes()["from_fallbacks"] == 2
    assert [one["source_kind"] for one in long(made) if one["source_rank"]] == ["fa_income_expenditure_summary"] * 2


def test_what_only_the_prose_says_comes_last(tmp_path: Path) -> None:
    prose = value("3.00", kind="narrative_facts", field="fa_expenditure.total", source="narrative", cell=None)
    (one,) = long(panel(tmp_path / "a", disclosure([prose])))
    assert (one["amount"], one["source"], one["source_kind"]) == (3, "narrative", "fa_expenditure")
    (one,) = long(panel(tmp_path / "b", disclosure([prose, value("4.00")])))
    assert (one["amount"], one["source"]) == (4, "table")


def test_breaks_of_form_and_of_code_are_said_where_they_happen(tmp_path: Path) -> None:
    reports = [disclosure([value("1.00", "207", year=year)], year) for year in (2018, 2019, 2020)]
    made = panel(tmp_path, *reports)
    said = {one["fiscal_year"]: one["series_break"] for one in long(made)}
    assert (said[2018], said[2020]) == (None, None)
    assert "institutional reform" in said[2019]
    assert "code 207 is 文化旅游体育与传媒支出 since 2019" in said[2019]
    assert across(made)[0]["series_breaks"].startswith("2019: ")


def test_an_agency_that_was_renamed_is_one_with_a_break(tmp_path: Path) -> None:
    before, after = "武汉市青山区文化局", "青山区文化和旅游局"
    made = panel(
        tmp_path,
        disclosure([value("1.00", year=2018)], 2018, before),
        disclosure([value("2.00", year=2019)], 2019, after),
        disclosure([value("3.00", year=2020)], 2020, after),
    )
    (row,) = across(made)
    assert (row["agency"], row["y2018"], row["y2019"], row["y2020"]) == (after, 1, 2, 3)
    said = {one["fiscal_year"]: one["series_break"] for one in long(made)}
    assert said[2019].startswith("the institutional reform made it of 文化局; others may have been merged into it / ")
    assert said[2020] is None


def test_an_agency_that_is_younger_has_no_gap_before(tmp_path: Path) -> None:
    made = panel(
        tmp_path,
        disclosure([value("1.00", year=2018)], 2018),
        disclosure([value("2.00", year=2019)], 2019, "武汉市青山区医疗保障局"),
    )
    why = {(one["agency"], one["fiscal_year"]): one["why"] for one in coverage(made) if one["status"] == "no_document"}
    assert why == {("武汉市青山区医疗保障局", 2018): "agency_not_founded", (BUREAU, 2019): None}


def test_a_code_that_was_renumbered_is_one_series(tmp_path: Path) -> None:
    reports = [
        disclosure([value("1.00", code, year=year)], year) for year, code in ((2019, "2089901"), (2020, "2089999"))
    ]
    made = panel(tmp_path, *reports)
    assert [(one["fiscal_year"], one["item"]) for one in long(made)] == [(2019, "2089999"), (2020, "2089999")]
    assert "before that 2089901" in long(made)[1]["series_break"]


def test_coverage_says_for_every_agency_and_year_what_is_there_and_why_not(tmp_path: Path) -> None:
    scanned = msgspec.structs.replace(
        disclosure([], 2021), findings=[finding("no_text_layer", page=1)], tables=[], observations=[]
    )
    what = asked()
    at = dataset(
        tmp_path,
        disclosure([value("5.00"), value(None, "2101301")]),
        scanned,
        disclosure([value("6.00")], agency="武汉市青山区档案馆"),
        disclosure([value("6.00")], agency=None),
        disclosure([value("6.00", year=None)], None, agency="某某局"),
        broken=True,
    )
    made = Panel(what, gather(at, what))
    found = {(one["agency"], one["fiscal_year"]): (one["status"], one["why"], one["values"]) for one in coverage(made)}
    assert found == {
        (BUREAU, 2021): ("missing", "no_text_layer", 0),
        (BUREAU, 2022): ("ok", None, 2),
        ("武汉市青山区档案馆", 2021): ("no_document", None, 0),
        ("武汉市青山区档案馆", 2022): ("ok", None, 1),
        (None, 2022): ("agency_unknown", None, 0),
        ("某某局", None): ("year_unknown", None, 0),
        (None, None): ("failed", "corrupt", 0),
    }
    assert made.notes()["not_placed"] == {"agency_unknown": 1, "year_unknown": 1}


def test_the_three_public_expenses_are_one_row_whatever_it_is_called(tmp_path: Path) -> None:
    what = ask(load_catalogue(), "three_public", None, None)
    one = value("6.42", kind="fa_three_public", field="final.total")
    transposed = msgspec.structs.replace(one, row=msgspec.structs.replace(one.row, role="item", label="决算数"))
    made = Panel(what, gather(dataset(tmp_path, disclosure([transposed])), what))
    assert [(one["item"], one["amount"]) for one in long(made)] == [("total", Decimal("6.42"))]


def test_many_agencies_are_drawn_as_their_sum_of_what_may_be_added(tmp_path: Path) -> None:
    agencies = [f"武汉市青山区第{number}局" for number in range(MOST_LINES + 1)]
    reports = [disclosure([value("10.00")], agency=agency) for agency in agencies]
    own = disclosure([value("4.00")], agency=agencies[0], title="单位决算")
    (line,) = lines_of(panel(tmp_path / "many", *reports, own), "total")
    assert (line.values, line.label.plain) == ({2022: Decimal("90.00")}, "sum (agencies 2022: 9)")
    assert len(lines_of(panel(tmp_path / "few", *reports[:2], own), "total")) == 3


def test_the_files_of_a_panel_hold_the_same_values(tmp_path: Path) -> None:
    at = dataset(tmp_path, *(disclosure([value(f"{year}.50", year=year)], year) for year in (2021, 2022)))
    out = tmp_path / "panels" / "expenditure-total"
    request = Request(at, None, "fa_expenditure", "total", "total", "元", False, True, None, None)
    assert make_panel(request) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "coverage.csv",
        "coverage.parquet",
        "coverage.png",
        "long.csv",
        "long.parquet",
        "panel.html",
        "panel.json",
        "series.png",
        "wide.csv",
        "wide.parquet",
    ]
    rows = list(csv.DictReader((out / "long.csv").read_text("utf-8").splitlines()))
    assert [one["amount"] for one in rows] == ["2021.5", "2022.5"]
    assert pq.read_table(out / "wide.parquet")["y2022"].to_pylist() == [Decimal("2022.5")]
    notes = json.loads((out / "panel.json").read_text("utf-8"))
    assert (notes["sources"][0], notes["status"], notes["unit"]) == ("fa_expenditure.total", {"ok": 2}, "元")


def test_the_charts_say_their_words_with_a_font_and_codes_without_one(tmp_path: Path) -> None:
    at = dataset(tmp_path, disclosure([value("5.00")]))
    said = write_panel(at, asked(), tmp_path / "plain")
    page = html.fromstring((tmp_path / "plain" / "panel.html").read_bytes())
    texts = page.xpath("//*[local-name()='text']/text()")
    assert BUREAU + " department" in "".join(map(str, texts if isinstance(texts, list) else ()))
    assert page.xpath("count(//script | //link | //img)") == 0
    assert Image.open(io.BytesIO((tmp_path / "plain" / "series.png").read_bytes())).size == (1080, 540)
    assert sum("Chinese font" in line for line in said) <= 1


@pytest.mark.skipif(not FONT.exists(), reason="the fonts of the fixtures are not there (apt-get)")
def test_a_font_can_be_named(tmp_path: Path) -> None:
    at = dataset(tmp_path, disclosure([value("5.00")]))
    said = write_panel(at, asked(), tmp_path / "drawn", FONT)
    assert [line for line in said if "Chinese font" in line] == []
    plain = write_panel(at, asked(), tmp_path / "again", FONT)
    assert (tmp_path / "drawn" / "series.png").read_bytes() == (tmp_path / "again" / "series.png").read_bytes()
    assert plain[-1].endswith("1 values, 1 lines of coverage")


def test_a_panel_of_real_documents(tmp_path: Path) -> None:
    what = replace(ask(load_catalogue(), "general_budget_expenditure", None, None), item="2101301", unit="万元")
    made = Panel(what, gather(dataset(tmp_path, fixture(), fixture(PAGE)), what))
    ((amount, status, region),) = [(one["amount"], one["status"], one["region_code"]) for one in long(made)]
    assert (amount, status, region) == (Decimal("709.41"), "ok", "420107")


@pytest.mark.parametrize(
    ("name", "kind", "field", "said"),
    [
        ("income_of_cats", None, None, "no such question: income_of_cats; there are expenditure, income"),
        (None, "fa_cats", "total", "no such kind: fa_cats"),
        (None, "fa_expenditure", "cats", "fa_expenditure has no field cats; it has function_code"),
        (None, "fa_expenditure", None, "a panel needs --question, or --kind and --field"),
    ],
)
def test_what_cannot_be_asked_is_said(name: str | None, kind: str | None, field: str | None, said: str) -> None:
    with pytest.raises(NoSuchQuestion, match=said):
        ask(load_catalogue(), name, kind, field)


def test_a_column_without_a_question_is_asked_for_itself_alone() -> None:
    found = ask(load_catalogue(), None, "fa_expenditure", "basic").question
    assert (found.id, found.label_zh, len(found.sources)) == ("fa_expenditure.basic", "支出决算表：基本支出", 1)
    assert len(ask(load_catalogue(), "expenditure", None, None, fallbacks=False).question.sources) == 1


@pytest.mark.parametrize(
    ("unit", "font", "said"),
    [("亿元", None, "--unit is one of 元, 万元"), ("元", Path("none.ttf"), "there is no file none")],
)
def test_options_of_the_command_are_held_against_what_there_is(
    unit: str, font: Path | None, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        make_panel(Request(tmp_path, "income", None, None, None, unit, False, True, None, font))


def test_a_folder_that_is_no_dataset_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no dataset"):
        make_panel(Request(tmp_path, "income", None, None, None, "元", False, True, None, None))
