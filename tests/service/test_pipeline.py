"""process(): bytes to a Result, and every page, name and notice accounted for."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from extractors.errors import EmptyFile
from extractors.model import Document, Link, Location, Notice, PageStatus, TextVerdict
from extractors.options import Options
from schemas.findings import finding
from schemas.result import Result
from service.pipeline import Source, encode, process, unread_pages
from tests.service.builders import deps, document, grid, page, reading

TABLE = document(page(1), grids=(grid(),))


def codes(result: Result) -> list[tuple[str, int | None]]:
    return [(one.code, one.page) for one in result.findings]


def test_the_file_is_named_by_its_hash_its_type_and_its_size() -> None:
    result = process(Source(b"%PDF", "a.pdf", "reports.zip/a.pdf"), Options(), deps(TABLE))
    assert result.document.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert (result.document.filename, result.document.inside) == ("a.pdf", "reports.zip/a.pdf")
    assert (result.document.media_type, result.document.bytes, result.document.pages) == ("application/pdf", 4, 1)
    assert codes(result) == []


def test_the_pages_are_told_with_their_verdicts() -> None:
    read_as = document(page(1), page(2, TextVerdict.SCANNED), grids=(grid(),))
    result = process(Source(b"x"), Options(), deps(read_as))
    assert [(one.number, one.text, one.status) for one in result.pages] == [(1, "digital", "ok"), (2, "scanned", "ok")]


def test_a_page_without_a_text_layer_and_a_garbled_one_are_findings_of_that_page() -> None:
    read_as = document(page(1), page(2, TextVerdict.SCANNED), page(3, TextVerdict.GARBLED), grids=(grid(),))
    result = process(Source(b"x"), Options(), deps(read_as))
    assert codes(result) == [("no_text_layer", 2), ("garbled_text", 3)]
    assert unread_pages(result) == [2, 3]


def test_a_page_that_failed_is_unread_and_one_that_was_not_asked_for_is_not() -> None:
    read_as = document(page(1, status=PageStatus.FAILED), page(2, TextVerdict.SCANNED, PageStatus.SKIPPED))
    result = process(Source(b"x"), Options(), deps(read_as))
    assert unread_pages(result) == [1]
    assert [one.message for one in result.findings if one.code == "page_skipped"] == [
        "pages that were not asked for: 2"
    ]


def test_a_document_without_a_table_says_so() -> None:
    assert codes(process(Source(b"x"), Options(), deps(document(page(1))))) == [("no_table_found", None)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.docx", [("name_content_mismatch", None)]), ("a.PDF", []), ("a", []), (None, [])],
)
def test_a_suffix_that_contradicts_the_content_is_a_finding(
    name: str | None, expected: list[tuple[str, int | None]]
) -> None:
    assert codes(process(Source(b"x", name), Options(), deps(TABLE))) == expected


def test_what_the_extractor_noticed_is_said_in_its_own_words() -> None:
    notice = Notice("watermark_removed", "a watermark was left out: 样本", "已略去水印文字：样本", Location(page=1))
    result = process(Source(b"x"), Options(), deps(replace(TABLE, notices=(notice,))))
    assert [(one.code, one.page, one.message_zh, one.severity) for one in result.findings] == [
        ("watermark_removed", 1, "已略去水印文字：样本", "info")
    ]


def test_what_the_extractor_said_of_a_page_is_not_said_again() -> None:
    notice = Notice("no_text_layer", "an image of 8 megapixels", "图像", Location(page=1))
    read_as = replace(document(page(1, TextVerdict.SCANNED), grids=(grid(),)), notices=(notice,))
    result = process(Source(b"x"), Options(), deps(read_as))
    assert [one.message for one in result.findings] == ["an image of 8 megapixels"]


def test_what_the_reader_found_comes_after_what_the_file_showed() -> None:
    found = reading(finding("fiscal_year_unknown"))
    result = process(Source(b"x"), Options(), deps(document(page(1)), found))
    assert codes(result) == [("no_table_found", None), ("fiscal_year_unknown", None)]


def test_links_are_kept_and_never_followed() -> None:
    read_as = replace(TABLE, links=(Link("附件1", "http://example.invalid/1.doc"),))
    result = process(Source(b"x"), Options(), deps(read_as))
    assert result.document.links == [{"text": "附件1", "href": "http://example.invalid/1.doc"}]


def test_provenance_says_what_made_the_result() -> None:
    result = process(Source(b"x"), Options(pages=frozenset({1, 2, 3, 7})), deps(TABLE))
    provenance = result.provenance
    assert (provenance.pipeline, provenance.engines, provenance.catalogue) == ("0.0.test", {"reader": "1.2"}, "d1ge57")
    assert provenance.options == {"pages": "1-3,7", "personal_data": False, "ocr": "off"}
    assert provenance.timing == {"extract": 1.0, "read": 1.0}


def test_two_runs_differ_in_their_timing_only() -> None:
    first, second = (json.loads(encode(process(Source(b"x"), Options(), deps(TABLE)))) for _ in range(2))
    assert first.pop("provenance") | {"timing": {}} == second.pop("provenance") | {"timing": {}}
    assert json.dumps(first) == json.dumps(second)


def test_a_document_that_cannot_be_read_raises_what_the_extractor_raised() -> None:
    def extract(data: bytes, options: Options) -> Document:
        raise EmptyFile

    with pytest.raises(EmptyFile):
        process(Source(b""), Options(), replace(deps(TABLE), extract=extract))
