"""What an XLSX keeps in its cells, and what its makers hide, leave out or get wrong."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from extractors import registry
from extractors.errors import ForbiddenXml, TooLarge, Unreadable, UnsupportedFormat
from extractors.model import Document
from extractors.options import Limits, Options
from tests.extractors.docxfiles import package
from tests.extractors.sheetfiles import NS, relations, workbook
from tests.gridtext import render_all


def text(cell: str, value: str, **more: str) -> str:
    attributes = "".join(f' {name}="{one}"' for name, one in more.items())
    return f'<c r="{cell}" t="inlineStr"{attributes}><is><t>{value}</t></is></c>'


def number(cell: str, value: str, style: int = 0) -> str:
    return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'


HEAD = f"<row r='1'>{text('A1', '科目')}{text('B1', '合计')}</row>"


def with_cell(cell: str, **more: str) -> bytes:
    """A table whose one value is ``cell``."""
    return workbook(f"{HEAD}<row r='2'>{text('A2', 'a')}{cell}</row>", **more)


def value_of(data: bytes) -> str:
    return registry.extract(data).grids[0].cells[-1].text


def noticed(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


FORMATS = (
    '<numFmts><numFmt numFmtId="176" formatCode="#,##0.00"/><numFmt numFmtId="177" formatCode="0!.0,"/>'
    '<numFmt numFmtId="178" formatCode="0.00;[Red]0.00"/><numFmt numFmtId="179" formatCode=";;;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="178"/><xf numFmtId="179"/>'
    '<xf numFmtId="10"/><xf numFmtId="31"/></cellXfs>'
)


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        *(("1234.5", 0, "1234.5"), ("1234.5", 1, "1,234.50"), ("123456", 2, "12.3"), ("-5", 3, "-5.00")),
        *(
            ("0.5831", 5, "58.31%"),
            ("44927", 6, "2023年1月1日"),
            ("0.30000000000000004", 0, "0.3"),
            ("2010301", 0, "2010301"),
        ),
        *(("7", 99, "7"), ("1E+3", 0, "1000")),
    ],
)
def test_a_number_is_read_as_displayed(value: str, style: int, shown: str) -> None:
    assert value_of(with_cell(number("B2", value, style), styles=FORMATS)) == shown


@pytest.mark.parametrize(("style", "code"), [(2, "scaled_by_format"), (3, "sign_not_displayed"), (4, "hidden_text")])
def test_what_the_format_does_to_a_number_is_said(style: int, code: str) -> None:
    document = registry.extract(with_cell(number("B2", "-123456", style) + number("C2", "1"), styles=FORMATS))
    assert noticed(document) == [code]
    assert "表!B2" in document.notices[0].message


@pytest.mark.parametrize(
    ("cell", "shown", "code"),
    [
        ('<c r="B2"><f>SUM(A1:A9)</f><v>12.5</v></c>', "12.5", None),
        ('<c r="B2"><f>SUM(A1:A9)</f></c>', "=SUM(A1:A9)", "formula_without_value"),
        ('<c r="B2"><f>SUM(A1:A9)</f><v/></c>', "=SUM(A1:A9)", "formula_without_value"),
        ('<c r="B2" t="e"><f>A9</f><v>#REF!</v></c>', "#REF!", "cell_error"),
        ('<c r="B2" t="str"><f>A2&amp;"x"</f><v>ax_x000D_</v></c>', "ax", None),
        ('<c r="B2" t="b"><v>1</v></c>', "TRUE", None),
        ('<c r="B2" t="d"><v>2023-01-01</v></c>', "2023-01-01", None),
    ],
)
def test_formulas_errors_and_truth_values(cell: str, shown: str, code: str | None) -> None:
    document = registry.extract(with_cell(cell))
    assert document.grids[0].cells[-1].text == shown
    assert noticed(document) == ([] if code is None else [code])


def test_shared_texts_are_joined_from_their_runs_without_their_readings() -> None:
    shared = f'<sst {NS}><si><r><t>行政</t></r><r><t>运行</t></r><rPh sb="0" eb="1"><t>xing</t></rPh></si></sst>'
    cells = f"<row>{text('A1', '科目')}<c t='s'><v>0</v></c></row><row>{text('A2', 'a')}<c t='s'><v>9</v></c></row>"
    document = registry.extract(workbook(cells, **{"xl/sharedStrings.xml": shared}))
    assert render_all(document.grids) == "| 科目 | 行政运行 |\n| a    | \N{REPLACEMENT CHARACTER}        |\n"
    assert noticed(document) == ["text_undecodable"]


def test_cells_that_do_not_say_where_they_stand_follow_each_other() -> None:
    cells = "<c><v>1</v></c><c><v>2</v></c>"
    assert render_all(registry.extract(workbook(f"<row>{cells}</row><row>{cells}</row>")).grids) == (
        "| 1 | 2 |\n| 1 | 2 |\n"
    )


def test_zeros_that_the_sheet_does_not_show_are_blank() -> None:
    view = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    document = registry.extract(with_cell(number("B2", "0") + number("C2", "5"), before=view))
    assert [cell.text for cell in document.grids[0].cells][-2:] == ["", "5"]


def test_hidden_rows_and_columns_are_read_and_said_once() -> None:
    rows = f"{HEAD}<row r='2' hidden='1'>{text('A2', 'a')}{number('B2', '1')}</row>"
    document = registry.extract(workbook(rows, before='<cols><col min="2" max="2" hidden="1"/></cols>'))
    assert document.grids[0].n_rows == 2
    assert noticed(document) == ["hidden_cells"]


def two_sheets(state: str, kind: str = "worksheet") -> bytes:
    sheets = f'<sheet name="底稿" sheetId="1" state="{state}" r:id="rId2"/><sheet name="表" sheetId="2" r:id="rId1"/>'
    rows = f"<worksheet {NS}><sheetData>{HEAD}<row>{text('A2', 'a')}{number('B2', '1')}</row></sheetData></worksheet>"
    return workbook(
        f"{HEAD}<row>{text('A2', 'b')}{number('B2', '2')}</row>",
        **{
            "xl/workbook.xml": f"<workbook {NS}><sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), (kind, "sheet2.xml")),
            "xl/sheet2.xml": rows,
        },
    )


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_come_last_and_are_said(state: str) -> None:
    document = registry.extract(two_sheets(state))
    assert [dict(grid.location.path)["sheet"] for grid in document.grids] == ["表", "底稿"]
    assert noticed(document) == ["hidden_sheet"]


def test_a_sheet_that_is_a_chart_is_named_and_not_read() -> None:
    document = registry.extract(two_sheets("visible", "chartsheet"))
    assert [dict(grid.location.path)["sheet"] for grid in document.grids] == ["表"]
    assert noticed(document) == ["content_not_read"]


def test_a_broken_sheet_is_left_out_and_said() -> None:
    parts = {"xl/sheet2.xml": f"<worksheet {NS}><sheetData><row>"}
    document = registry.extract(changed(two_sheets("visible"), parts))
    assert [dict(grid.location.path)["sheet"] for grid in document.grids] == ["表"]
    assert noticed(document) == ["part_unreadable"]


def changed(data: bytes, parts: dict[str, str]) -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(data))
    return package({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def test_a_workbook_whose_only_sheet_is_broken_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no sheet"):
        registry.extract(changed(with_cell(""), {"xl/worksheets/sheet1.xml": "<worksheet"}))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_a_document_type_is_refused_in_every_part(part: str) -> None:
    with pytest.raises(ForbiddenXml):
        registry.extract(changed(with_cell(""), {part: '<!DOCTYPE x [<!ENTITY e "ha">]><x>&e;</x>'}))


def test_the_strict_form_of_the_standard_is_read() -> None:
    data = with_cell(number("B2", "12.5"))
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts = {name: archive.read(name).decode() for name in archive.namelist()}
    strict = {
        name: part.replace(
            "schemas.openxmlformats.org/spreadsheetml/2006/main", "purl.oclc.org/ooxml/spreadsheetml/main"
        )
        for name, part in parts.items()
    }
    assert value_of(package(dict(strict))) == "12.5"


def test_a_million_formatted_rows_without_a_text_cost_little() -> None:
    blank = "".join(f"<row r='{row}'><c r='A{row}' s='1'/><c r='B{row}' s='1'/></row>" for row in range(3, 100_000))
    styles = (
        '<borders><border/><border><left style="thin"/><right style="thin"/><top style="thin"/>'
        '<bottom style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    )
    rows = f"{HEAD}<row r='2'>{text('A2', 'a')}{number('B2', '1')}</row>{blank}"
    started = time.process_time()
    [grid] = registry.extract(workbook(rows, styles=styles)).grids
    assert (grid.n_rows, grid.n_cols) == (3, 2)  # one of the empty rows is kept
    assert time.process_time() - started < 5


def test_a_binary_workbook_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedFormat, match="XLSB"):
        registry.extract(package({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"}))


def test_cells_that_are_only_ruled_count_too() -> None:
    styles = (
        '<borders><border/><border><top style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/></cellXfs>'
    )
    ruled = '<c s="1"/>' * 50
    row = f"<row>{text('A1', 'a')}{ruled}</row>" * 3
    with pytest.raises(TooLarge):
        registry.extract(workbook(row, styles=styles), Options(limits=Limits(cells=100)))
