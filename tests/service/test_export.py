"""Exports: the same values in CSV, in a workbook and on a page, and no text that is run."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import html

from schemas.findings import finding
from schemas.result import Result, TableCell
from service.export.csv import to_csv
from service.export.page import to_html
from service.export.schema import schema_text
from service.export.tidy import guard
from service.export.workbook import to_xlsx
from tests.service.builders import observation, result, table

ROOT = Path(__file__).resolve().parents[2]
FORMULA = '=HYPERLINK("http://example.invalid","x")'


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_one_row_for_each_observation_with_its_exact_value() -> None:
    (row,) = rows(to_csv([result()]))
    assert (row["value"], row["text"], row["unit"], row["alt_value"]) == ("7094100.00", "709.41", "CNY", "1.50")
    assert (row["kind"], row["field"], row["row_code"], row["fiscal_year"]) == (
        "fa_expenditure",
        "total",
        "201",
        "2022",
    )
    assert (row["table_title"], row["page"], row["bbox"], row["cell"]) == (
        "2022年度支出决算表",
        "1",
        "150 120 250 140",
        "t01.r1.c1",
    )
    assert row["checks"] == "T3.row#1;T3.row#2"


def test_csv_leaves_an_unknown_value_empty_and_writes_no_zero() -> None:
    (row,) = rows(to_csv([result(observations=[observation("t01.r1.c1", "", None)])]))
    assert (row["value"], row["text"], row["value_status"]) == ("", "", "blank")


def test_csv_of_several_results_has_one_header() -> None:
    both = rows(to_csv([result(), result()]))
    assert [row["document"] for row in both] == ["ab" * 32] * 2


def test_csv_begins_with_a_mark_for_excel_only_when_asked() -> None:
    assert to_csv([result()], bom=True)[:3] == b"\xef\xbb\xbf"
    assert to_csv([result()])[:8] == b"document"


@pytest.mark.parametrize("text", [FORMULA, "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_is_made_harmless(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize("text", ["-12.50", "-", "+3%", "-1,234.00", "合计", "", "12-3", "—"])
def test_a_printed_number_is_left_alone(text: str) -> None:
    assert guard(text) == text


def test_a_formula_in_a_label_is_harmless_in_csv() -> None:
    (row,) = rows(to_csv([result(observations=[observation("t01.r1.c1", "1", "1", label=FORMULA)])]))
    assert row["row_label"] == "'" + FORMULA


@dataclass
class Book:
    book: openpyxl.Workbook

    def rows(self, name: str) -> list[dict[str, object]]:
        header, *body = self.book[name].iter_rows(values_only=True)
        return [dict(zip(map(str, header), row, strict=True)) for row in body]


def workbook(of: Result) -> Book:
    return Book(openpyxl.load_workbook(io.BytesIO(to_xlsx(of))))


def test_the_workbook_has_numbers_as_numbers_with_the_printed_text_beside() -> None:
    (row,) = workbook(result()).rows("observations")
    assert (row["value"], row["text"], row["row_code"]) == (7094100, "709.41", "201")


def test_the_workbook_has_a_sheet_for_each_part_and_each_table() -> None:
    twice = result(tables=[table(), table()])
    assert workbook(twice).book.sheetnames == [
        "说明",
        "observations",
        "t01 2022年度支出决算表",
        "t01",
        "findings",
        "checks",
    ]


def test_a_sheet_name_is_cut_and_cleaned_as_excel_demands() -> None:
    assert (
        workbook(result(tables=[table("[收入]/支出:总表*" + "长" * 40)])).book.sheetnames[2]
        == "t01 收入支出总表" + "长" * 21
    )


def test_the_workbook_keeps_merged_cells_as_printed() -> None:
    merged = table()
    merged.cells[:] = [TableCell("t01.r0.c0", 0, 0, 1, 2, "项目", 1), *merged.cells[2:]]
    sheet = workbook(result(tables=[merged])).book.worksheets[2]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A5:B5"]
    assert [cell.value for cell in sheet[6]] == ["合计", "709.41"]
    assert sheet["B6"].fill.fgColor.rgb == "FFDDF3DF"


def test_the_workbook_holds_no_formula_and_no_character_that_excel_refuses() -> None:
    label = FORMULA + "\x0b"
    book = workbook(result([table(label=label)], [observation("t01.r1.c1", "1", "1", label=label)])).book
    assert book["observations"]["K2"].value == FORMULA
    assert book["observations"]["K2"].data_type == "s"
    assert book.worksheets[2]["A6"].data_type == "s"


def test_the_workbook_has_findings_and_checks() -> None:
    book = workbook(result(findings=[finding("unit_not_printed", table="t01", page=3)]))
    assert book.rows("findings")[0]["code"] == "unit_not_printed"
    assert book.rows("checks")[0]["lhs"] == 7
    assert book.rows("checks")[0]["status"] == "pass"


def page(of: Result) -> html.HtmlElement:
    return html.fromstring(to_html(of).decode())


def test_the_page_shows_the_table_as_printed_with_the_grade_of_each_value() -> None:
    cells = page(result()).xpath("//section//tr/*")
    assert [(cell.tag, cell.text) for cell in cells] == [
        ("th", "项目"),
        ("th", "本年支出合计"),
        ("td", "合计"),
        ("td", "709.41"),
    ]
    assert cells[3].get("class") == "v gA"


def test_the_page_tells_field_value_and_page_of_each_value() -> None:
    (tip,) = page(result()).xpath("//span[@class='tip']")
    assert list(tip.itertext())[:3] == ["7,094,100.00 元", "fa_expenditure.total", "2022 final all"]
    assert "第 1 页" in tip.text_content()


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    document = page(result([table(evil, evil)], [observation("t01.r1.c1", evil, "1", label=evil)]))
    assert document.xpath("//script | //img | //link | //iframe | //@src | //@*[starts-with(name(), 'on')]") == []
    assert all(href.startswith("#") for href in document.xpath("//@href"))
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_the_page_says_unknown_where_nothing_is_known() -> None:
    profile = page(result()).xpath("//dl/div")
    shown = {row.findtext("dt"): row.find("dd").text_content() for row in profile}
    assert (shown["单位"], shown["财政年度"], shown["文件类型"]) == ("某区财政局", "2022", "未知")


def test_the_page_lists_the_findings_in_chinese() -> None:
    (row,) = page(result(findings=[finding("unit_not_printed", table="t01", page=3)])).xpath("//tr[@class='error']")
    assert [cell.text_content() for cell in row] == [
        "错误",
        "本表未标明金额单位，金额仅按原文给出",
        "第 3 页，t01",
        "unit_not_printed",
    ]


def test_the_committed_schema_is_the_one_the_code_writes() -> None:
    committed = (ROOT / "schemas/export/result.schema.json").read_text("utf-8")
    assert committed == schema_text(), "run: python -m service.export.schema > schemas/export/result.schema.json"


def test_amounts_survive_the_workbook_exactly() -> None:
    value = "123456789012.34"
    (row,) = workbook(result(observations=[observation("t01.r1.c1", "x", value)])).rows("observations")
    assert Decimal(str(row["value"])) == Decimal(value)
