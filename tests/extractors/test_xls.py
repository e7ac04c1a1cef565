"""What an XLS keeps in its records; the same workbook as XLSX is the yardstick."""

from __future__ import annotations

import io
import struct

import pytest
import xlwt
from xlwt.CompoundDoc import XlsDoc

from extractors import registry
from extractors.errors import Unreadable
from extractors.model import Document
from scripts.fixtures.made_sheets import budget_xls, budget_xls2003, budget_xlsx


def written(fill: object, **options: object) -> bytes:
    """An XLS of one sheet, filled by ``fill(sheet)``."""
    book = xlwt.Workbook(**options)
    fill(book.add_sheet("表"))  # type: ignore[operator]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def style(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def of_value(value: object, code: str = "General") -> Document:
    """A table whose one value is ``value``."""

    def fill(sheet: xlwt.Worksheet) -> None:
        for at, text in enumerate(("科目", "合计", "行政运行")):
            sheet.write(at // 2, at % 2, text)
        sheet.write(1, 1, value, style(code))

    return registry.extract(written(fill))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        *((1234.5, "#,##0.00", "1,234.50"), (0.1 + 0.2, "General", "0.3"), (2010301, "General", "2010301")),
        *((123456, "0!.0,", "12.3"), (0.5831, "0.00%", "58.31%"), (44927, 'yyyy"年"m"月"', "2023年1月")),
        *((44927, "M/D/YY", "2023/1/1"), ("01", "@", "01"), (True, "General", "TRUE"), (301, "0000", "0301")),
    ],
)
def test_a_value_is_read_as_displayed(value: object, code: str, text: str) -> None:
    assert of_value(value, code).grids[0].cells[-1].text == text


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("<html><table><tr><td>科目</td><td>1.00</td></tr></table></html>".encode("gbk"), "html"),
        ("科目\t合计\t备注\n行政运行\t1.00\tx\n档案馆\t2.00\ty\n".encode("gbk"), "csv"),
        (budget_xlsx(), "xlsx"),
    ],
)
def test_bytes_decide_whatever_is_named_xls(data: bytes, name: str) -> None:
    assert registry.recognise(data).name == name


def test_an_xls_prints_what_the_same_xlsx_prints() -> None:
    old, new = registry.extract(budget_xls()), registry.extract(budget_xlsx())
    assert old.blocks == new.blocks
    assert old.notices == new.notices


def test_the_xml_of_excel_2003_prints_what_the_same_xlsx_prints() -> None:
    old, new = registry.extract(budget_xls2003()), registry.extract(budget_xlsx())
    assert (old.format, old.blocks, old.notices) == ("xls2003", new.blocks, new.notices)


def biff5(code_page: bytes, text: bytes) -> bytes:
    """A workbook of Excel 95: one sheet, a table of two rows."""

    def record(code: int, body: bytes) -> bytes:
        return struct.pack("<HH", code, len(body)) + body

    def label(row: int, col: int, content: bytes) -> bytes:
        return record(0x0204, struct.pack("<HHHH", row, col, 0, len(content)) + content)

    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    sheet += label(0, 0, text) + label(0, 1, text) + label(1, 0, text)
    sheet += record(0x0203, struct.pack("<HHHd", 1, 1, 0, 12.5)) + record(0x000A, b"")
    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)) + code_page
    name = text[:10]
    place = len(head) + 4 + 7 + len(name) + 4
    head += record(0x0085, struct.pack("<IHB", place, 0, len(name)) + name) + record(0x000A, b"")
    out = io.BytesIO()
    XlsDoc().save(out, head + sheet)
    return (
        out.getvalue()
        .replace("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le").ljust(16, b"\0"))
        .replace(struct.pack("<HBB", 18, 2, 1), struct.pack("<HBB", 10, 2, 1))
    )


@pytest.mark.parametrize(
    "code_page",
    [b"", struct.pack("<HHH", 0x42, 2, 936), struct.pack("<HHH", 0x42, 2, 1252)],
    ids=["none named", "GBK named", "Western named"],
)
def test_texts_of_excel_95_are_in_gbk_whatever_code_page_is_named(code_page: bytes) -> None:
    document = registry.extract(biff5(code_page, "行政运行".encode("gbk")))
    assert [cell.text for cell in document.grids[0].cells] == ["行政运行", "行政运行", "行政运行", "12.5"]


def test_a_workbook_of_no_known_version_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        registry.extract(budget_xls().replace(b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x10\x00\x00\x99"))
