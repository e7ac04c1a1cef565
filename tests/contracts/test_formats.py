"""What every format promises, held against all its fixtures and against bad input.

A format without a fixture fails here: add ``fixtures/<format>/<case>/source.*``.
"""

from __future__ import annotations

import io
import itertools
import time
import zipfile
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from extractors import registry
from extractors.conversion import StandIn
from extractors.errors import DocumentError, UnsupportedFormat
from extractors.format import Format
from extractors.model import Document, Grid, Location, Page
from extractors.options import Options
from scripts.goldens.cases import NEED_CONVERTER
from service import compose

FIXTURES = Path(__file__).parents[2] / "fixtures"
SOURCES = sorted(FIXTURES.glob("*/*/source.*"))
NAMES = [one.name for one in registry.formats()]
READ = [path for path in SOURCES if path.parts[-3] in NAMES]
NOT_READ = [path for path in SOURCES if path.parts[-3] not in NAMES]
BOX_SLACK = 1.0  # points: half the width of a thick rule, which is drawn on both sides of the edge of a page
AT_ONCE = 1.0  # seconds of computing in which bad input must be refused


def case(path: Path) -> str:
    return "/".join(path.parts[-3:-1])


CONVERT = compose.converter()


def convertible(path: Path) -> object:
    """A fixture, skipped where the converter that it needs is not installed."""
    skips = path.parts[-3] in NEED_CONVERTER and CONVERT is None
    mark = pytest.mark.skipif(skips, reason="apt-get install libreoffice-writer-nogui")
    return pytest.param(path, marks=mark, id=case(path))


TO_READ = list(map(convertible, READ))


@cache
def read(path: Path) -> Document:
    return registry.extract(path.read_bytes(), Options(convert=CONVERT))


def smallest(name: str) -> bytes:
    """The smallest fixture of a format."""
    return min((path.read_bytes() for path in READ if path.parts[-3] == name), key=len)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_a_fixture(name: str) -> None:
    assert [path for path in READ if path.parts[-3] == name] != []


@pytest.mark.parametrize("path", TO_READ)
def test_a_fixture_is_recognised_by_its_own_format_alone(path: Path) -> None:
    data = path.read_bytes()
    assert [one.name for one in registry.formats() if one.recognises(data)] == [path.parts[-3]]
    assert path.suffix in registry.recognise(data).suffixes


@pytest.mark.parametrize("path", NOT_READ, ids=case)
def test_a_fixture_of_a_format_that_is_not_read_is_refused_by_name(path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match="this is a"):
        registry.extract(path.read_bytes())


@pytest.mark.parametrize("path", TO_READ)
def test_a_document_says_what_it_is(path: Path) -> None:
    document = read(path)
    assert document.format == path.parts[-3]
    assert fnmatchcase(document.media_type, registry.recognise(path.read_bytes()).media_type)
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))


@pytest.mark.parametrize("path", TO_READ)
def test_reading_twice_gives_the_same(path: Path) -> None:
    assert registry.extract(path.read_bytes(), Options(convert=CONVERT)) == read(path)


def positions(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, col)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    ]


@pytest.mark.parametrize("path", TO_READ)
def test_every_position_of_a_grid_is_covered_by_one_cell(path: Path) -> None:
    for grid in read(path).grids:
        assert sorted(positions(grid)) == list(itertools.product(range(grid.n_rows), range(grid.n_cols)))


@pytest.mark.parametrize("path", TO_READ)
def test_the_parts_of_a_grid_hold_all_its_rows_in_order(path: Path) -> None:
    for grid in read(path).grids:
        rows = [row for part in grid.parts for row in range(part.first_row, part.last_row + 1)]
        assert rows == list(range(grid.n_rows))
        assert (grid.join is None) == (len(grid.parts) == 1)


def assert_printed_somewhere(location: Location, pages: dict[int, Page]) -> None:
    """A place on a page that exists, or a path into a file that has no pages."""
    if location.page is None:
        assert location.path != ()
        return
    page = pages[location.page]
    box = location.box
    assert box is not None
    assert -BOX_SLACK <= box.x0 <= box.x1 <= page.width + BOX_SLACK
    assert -BOX_SLACK <= box.top <= box.bottom <= page.height + BOX_SLACK


@pytest.mark.parametrize("path", TO_READ)
def test_every_cell_line_and_part_says_where_it_is_printed(path: Path) -> None:
    document = read(path)
    pages = {page.number: page for page in document.pages}
    places = [line.location for line in document.lines]
    for grid in document.grids:
        places += [cell.location for cell in grid.cells] + [part.location for part in grid.parts]
    for location in places:
        assert_printed_somewhere(location, pages)


@pytest.mark.parametrize("path", TO_READ)
def test_lines_around_a_grid_are_lines_of_the_document_or_of_the_cell_around_it(path: Path) -> None:
    document = read(path)
    lines = {(line.text, line.location) for line in document.lines}
    cells = {cell.location for grid in document.grids for cell in grid.cells}
    for grid in document.grids:
        for line in (*grid.above, *grid.below):
            assert (line.text, line.location) in lines or line.location in cells


# --- bytes that are no document


@pytest.mark.parametrize("one", registry.formats(), ids=NAMES)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_truncated_file_ends_in_a_document_or_a_document_error(one: Format, data: st.DataObject) -> None:
    whole = smallest(one.name)
    ends_well(one, whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize("one", registry.formats(), ids=NAMES)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_file_with_wrong_bytes_ends_in_a_document_or_a_document_error(one: Format, data: st.DataObject) -> None:
    broken = bytearray(smallest(one.name))
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    ends_well(one, bytes(broken))


@pytest.mark.parametrize("one", registry.formats(), ids=NAMES)
@given(head=st.integers(0, 40), tail=st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_random_bytes_behind_a_true_beginning_end_in_a_document_error(one: Format, head: int, tail: bytes) -> None:
    ends_well(one, smallest(one.name)[:head] + tail)


@given(st.binary(max_size=500))
@settings(max_examples=100)
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError):
        registry.extract(data)


def ends_well(one: Format, data: bytes) -> None:
    """The format itself and the front door answer with a document or a DocumentError; anything else fails the test."""
    for read_bytes in (one.extract, registry.extract):
        answer = answered(read_bytes, data)
        assert isinstance(answer, Document | StandIn) or (answer.code != "document_error" and answer.advice_zh != "")


def answered(
    read_bytes: Callable[[bytes, Options], Document | StandIn], data: bytes
) -> Document | StandIn | DocumentError:
    try:
        return read_bytes(data, Options())
    except DocumentError as error:
        return error


# --- bad input that people really send, and hostile input


def pdf(encrypt: pdfencrypt.StandardEncryption | None = None) -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, encrypt=encrypt)
    for _ in range(3):
        page.drawString(72, 720, "1,234.50")
        page.showPage()
    page.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    return pdf(pdfencrypt.StandardEncryption("secret", ownerPassword="other"))


def hand_written_pdf(*objects: str) -> bytes:
    """A PDF of these objects, with a true table of their places."""
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + tail.encode()


def endless_pages(count: int) -> bytes:
    """A page tree whose nodes are each other's children."""
    return hand_written_pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[3 0 R 3 0 R]/Count {count}>>",
        f"<</Type/Pages/Kids[2 0 R 2 0 R]/Count {count}/Parent 2 0 R>>",
    )


def docx_with(**parts: bytes) -> bytes:
    """The smallest DOCX fixture with some parts replaced or added; ``__`` in a name stands for a slash."""
    return package_with("docx", **parts)


def package_with(kind: str, **parts: bytes) -> bytes:
    changed = {name.replace("__", "/"): content for name, content in parts.items()}
    changed = {("_rels/.rels" if name == "root_rels" else f"{name}.xml"): content for name, content in changed.items()}
    buffer = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(smallest(kind)))
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if entry.filename not in changed:
                target.writestr(entry, source.read(entry))
        for name, content in changed.items():
            target.writestr(name, content)
    return buffer.getvalue()


def laughs() -> bytes:
    """A billion laughs: ten entities, each ten times the one before it."""
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&e9;</x>".encode()


def bomb() -> bytes:
    return docx_with(word__media__zeros=bytes(64_000_000))


def crowd(kind: str) -> bytes:
    buffer = io.BytesIO(smallest(kind))
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"word/media/{number}.png", b"")
    return buffer.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty file": (lambda: b"", "empty_file"),
    "truncated PDF": (lambda: pdf()[:700], "corrupt"),
    "truncated DOCX": (lambda: smallest("docx")[: len(smallest("docx")) // 2], "corrupt"),
    "DOC without LibreOffice": (lambda: smallest("doc"), "converter_missing"),
    "RTF without LibreOffice": (lambda: smallest("rtf"), "converter_missing"),
    "encrypted PDF": (encrypted_pdf, "encrypted"),
    "mail named .pdf": (lambda: b"From: a@example.org\r\nSubject: x\r\n\r\n404", "unsupported_media_type"),
    "page tree without end": (lambda: endless_pages(3), "corrupt"),
    "page tree without end that claims many pages": (lambda: endless_pages(400), "corrupt"),
    "page tree without end that claims too many pages": (lambda: endless_pages(100_000), "too_many_pages"),
    "page tree that is its own child": (
        lambda: hand_written_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        "corrupt",
    ),
    "zip bomb as DOCX": (bomb, "decompression_limit"),
    "20,000 entries as DOCX": (lambda: crowd("docx"), "too_many_entries"),
    "truncated XLSX": (lambda: smallest("xlsx")[: len(smallest("xlsx")) // 2], "corrupt"),
    "XLS of no known version": (lambda: smallest("xls").replace(b"\x09\x08\x10\0\0\6", bytes(6)), "corrupt"),
    "zip bomb as XLSX": (lambda: package_with("xlsx", xl__media__zeros=bytes(64_000_000)), "decompression_limit"),
    "20,000 entries as XLSX": (lambda: crowd("xlsx"), "too_many_entries"),
    "billion laughs in a sheet": (
        lambda: package_with("xlsx", xl__worksheets__sheet1=laughs()),
        "xml_forbidden_construct",
    ),
    "billion laughs in a workbook of 2003": (
        lambda: b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>" + laughs()[21:],
        "xml_forbidden_construct",
    ),
    "billion laughs in the workbook": (lambda: package_with("xlsx", xl__workbook=laughs()), "xml_forbidden_construct"),
    "billion laughs in the text": (lambda: docx_with(word__document=laughs()), "xml_forbidden_construct"),
    "billion laughs in the relationships": (lambda: docx_with(root_rels=laughs()), "xml_forbidden_construct"),
    "billion laughs in the styles": (lambda: docx_with(word__styles=laughs()), "xml_forbidden_construct"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_at_once_with_its_code(name: str) -> None:
    make, code = BAD[name]
    data = make()
    started = time.process_time()
    with pytest.raises(DocumentError) as caught:
        registry.extract(data)
    assert time.process_time() - started < AT_ONCE
    assert caught.value.code == code
    assert caught.value.advice_zh != ""
