"""A DOCX is read although other readers refuse it; a hostile one is refused before it costs anything."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import docx as python_docx
import pytest

from extractors.errors import DocumentError, Encrypted, ForbiddenXml, TooLarge, Unreadable
from extractors.formats.docx import extract, recognises
from extractors.options import Limits, Options
from tests.extractors.docxfiles import CONTENT_TYPES, W, document, docx, p, package, relationships, tbl, tc, tr

BODY = document(p("收入决算表") + tbl(tr("甲", "1.00")))
RELS = relationships(("rId1", "officeDocument", "word/document.xml"))


def texts(data: bytes) -> list[str]:
    read = extract(data, Options())
    return [line.text for line in read.lines] + [cell.text for grid in read.grids for cell in grid.cells]


def refused(data: bytes, options: Options | None = None) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        extract(data, options or Options())
    return caught.value


@pytest.mark.parametrize(
    "parts",
    [
        # a relationship to a part that is not there
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELS,
            "word/_rels/document.xml.rels": relationships(("rId1", "styles", "styles.xml"), ("rId2", "image", "NULL")),
            "word/document.xml": BODY,
        },
        # content types that do not name the parts
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "_rels/.rels": RELS,
            "word/document.xml": BODY,
        },
        # no relationships at all
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": BODY},
    ],
    ids=["dangling", "odd content types", "no relationships"],
)
def test_what_python_docx_refuses_is_still_read(parts: dict[str, str | bytes]) -> None:
    data = package(parts)
    with pytest.raises((KeyError, ValueError)):
        python_docx.Document(io.BytesIO(data))
    assert recognises(data)
    assert texts(data) == ["收入决算表", "甲", "1.00"]


def test_the_main_part_is_found_by_its_relationship_wherever_it_lies() -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES.replace("/word/document.xml", "/text/main.xml"),
        "_rels/.rels": relationships(("rId1", "officeDocument", "/text/main.xml")),
        "text/main.xml": BODY,
    }
    assert recognises(package(parts))
    assert texts(package(parts)) == ["收入决算表", "甲", "1.00"]


def test_part_names_with_backslashes_or_capitals_are_found() -> None:
    data = package({"[Content_Types].xml": CONTENT_TYPES, "_rels\\.rels": RELS, "Word\\Document.xml": BODY})
    assert texts(data) == ["收入决算表", "甲", "1.00"]


def test_a_strict_document_is_read_like_any_other() -> None:
    strict = BODY.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    data = package({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELS, "word/document.xml": strict})
    assert texts(data) == ["收入决算表", "甲", "1.00"]


def test_a_broken_part_beside_the_text_is_noticed_and_read_without() -> None:
    data = package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": BODY, "word/styles.xml": "<w:styles"})
    read = extract(data, Options())
    assert [line.text for line in read.lines] == ["收入决算表"]
    assert [(notice.code, "word/styles.xml" in notice.message) for notice in read.notices] == [
        ("part_unreadable", True)
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELS},
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<w:document"},
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": f"<w:document xmlns:w='{W}'/>"},
        {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b""},
    ],
    ids=["no text", "broken text", "no body", "empty part"],
)
def test_a_package_without_readable_text_is_broken(parts: dict[str, str | bytes]) -> None:
    assert type(refused(package(parts))) is Unreadable


def test_a_truncated_docx_is_recognised_and_broken() -> None:
    data = docx(p("收入决算表" * 500) + tbl(tr("甲", "1")))
    half = data[: len(data) * 2 // 3]
    assert recognises(half)
    assert refused(half).code == "corrupt"


def test_a_part_with_a_wrong_checksum_is_broken() -> None:
    data = bytearray(docx(p("收入决算表")))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.getinfo("word/document.xml")
    data[entry.header_offset + 30 + len(entry.filename) + 20] ^= 0xFF
    assert refused(bytes(data)).code == "corrupt"


def test_a_part_behind_a_zip_password_is_encrypted() -> None:
    data = bytearray(docx(p("收入决算表")))
    position = data.find(b"PK\x01\x02")
    while position >= 0:
        data[position + 8] |= 1  # the flag that says an entry is encrypted
        position = data.find(b"PK\x01\x02", position + 4)
    assert isinstance(refused(bytes(data)), Encrypted)


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 50}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "part", ["word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/styles.xml"]
)
def test_document_types_and_entities_are_refused_in_every_part(part: str, encoding: str) -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELS,
        "word/_rels/document.xml.rels": relationships(("rId1", "styles", "styles.xml")),
        "word/document.xml": BODY,
        "word/styles.xml": f'<w:styles xmlns:w="{W}"/>',
    }
    inner = str(parts[part]).split("?>")[-1].replace(">", ">&i;", 1)
    parts[part] = (LAUGHS.replace("1.0", f'1.0" encoding="{encoding}') + inner).encode(encoding)
    error = refused(package(parts))
    assert isinstance(error, ForbiddenXml)
    assert error.code == "xml_forbidden_construct"


def test_a_bomb_is_refused_by_what_it_says_it_holds() -> None:
    data = package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": BODY, "word/a.xml": b" " * 64_000_000})
    error = refused(data)
    assert isinstance(error, TooLarge)
    assert (error.code, error.limit) == ("decompression_limit", 32_000_000)
    assert error.observed > 64_000_000


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    data = bytearray(package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": b" " * 50_000_000}))
    struct.pack_into("<I", data, data.rfind(b"PK\x01\x02") + 24, 100)  # the size that the directory states
    tracemalloc.start()
    error = refused(bytes(data))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert error.code == "corrupt"
    assert peak < 5_000_000


def test_a_table_of_zeros_packs_well_and_is_no_bomb() -> None:
    data = docx(tbl(*(tr("0.00", "0.00", "0.00") for _ in range(5000))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) > 100 * len(data)
    assert len(extract(data, Options()).grids[0].cells) == 15_000


def test_too_many_entries_are_refused_before_the_directory_is_read() -> None:
    data = docx(p("甲"))
    error = refused(data + b"PK\x01\x02" * 20, Options(Limits(zip_entries=20)))
    assert isinstance(error, TooLarge)
    assert (error.code, error.limit, error.observed) == ("too_many_entries", 20, 24)


def test_nesting_beyond_reason_is_refused() -> None:
    body = p("x")
    for _ in range(400):
        body = tbl(tr(tc(body)))
    assert refused(docx(body)).code == "corrupt"


def test_as_many_nested_insertions_as_xml_allows_end_in_an_answer() -> None:
    wrapped = "<w:ins>" * 240 + "<w:r><w:t>甲</w:t></w:r>" + "</w:ins>" * 240
    assert texts(docx(f"<w:p>{wrapped}</w:p>")) == ["甲"]


def test_names_that_climb_out_of_the_package_are_ignored() -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(("rId1", "officeDocument", "../../word/document.xml")),
        "../../word/document.xml": document(p("外")),
        "word/document.xml": document(p("内")),
    }
    assert texts(package(parts)) == ["内"]
