"""Pages that are broken, cut off, or made to break a reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.formats.html import extract
from extractors.model import Document
from extractors.options import Options
from tests.extractors.htmlpages import cell_texts, read, table, texts

DEEP = 10_000
AT_ONCE = 3.0  # seconds of computing


@pytest.mark.parametrize("tag", ["div", "span", "font", "b", "blockquote", "ul", "table", "a", "p"])
def test_nesting_without_end_loses_nothing(tag: str) -> None:
    page = f"<{tag}>" * DEEP + "深" + f"</{tag}>" * DEEP + "<p>后</p>"
    assert texts(page)[-2:] == ["深", "后"]


def test_tables_nested_in_tables_without_end_are_read() -> None:
    page = "<table border=1><tr><td>甲<td>1<tr><td>乙<td>2" * 300
    assert [cell_texts(grid) for grid in read(page).grids] == [["甲", "1", "乙", "2"]] * 300


def test_tables_nested_in_lists_and_rows_without_cells_are_read() -> None:
    assert texts("<table><li>甲</li><tr><p>乙</p><li>丙</table></td></tr></table>丁") == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    "page", ["", "   ", "<p", "<html>", "<html><body></body></html>", "<!--", "<table>", "\0\0", "</p>"]
)
def test_a_page_without_text_is_a_document_without_lines(page: str) -> None:
    document = read(page)
    assert (document.blocks, document.pages, document.media_type) == ((), (), "text/html")


def test_a_page_that_is_cut_off_gives_what_it_holds() -> None:
    page = "<html><p>单位：元</p><table border=1><tr><td>甲<td>1<tr><td>乙<td>2<tr><td>丙<td style='bor"
    document = read(page)
    assert cell_texts(document.grids[0]) == ["甲", "1", "乙", "2", "丙", ""]


def test_what_follows_the_end_of_the_page_is_read() -> None:
    page = "<html><body><p>甲</p></body></html><p>乙</p>" + table(("a", "1"), ("b", "2"))
    assert texts(page) == ["甲", "乙"]
    assert len(read(page).grids) == 1


def test_declared_entities_are_never_followed() -> None:
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    page = f"<!DOCTYPE html [{entities} <!ENTITY f SYSTEM 'file:///etc/passwd'>]><p>&e9;&f;甲</p>"
    assert len("".join(texts(page))) < 1_000
    assert "root:" not in "".join(texts(page))
    assert texts(page)[-1].endswith("甲")


def test_an_encoding_declared_in_xml_does_not_stop_the_parser() -> None:
    page = (
        "<?xml version='1.0' encoding='gb2312'?><html xmlns='x'><head><title/><script src='a'/></head><p>甲</p></html>"
    )
    assert texts(page) == ["甲"]


def test_huge_attributes_and_texts_are_no_trouble() -> None:
    page = f"<p style='{'x' * 2_000_000}' title='{'甲' * 1_000_000}'>乙{'字' * 1_000_000}</p>"
    started = time.process_time()
    assert len(texts(page)[0]) == 1_000_001
    assert time.process_time() - started < AT_ONCE


@pytest.mark.parametrize(
    "page",
    [
        "<p style='position:relative'>" * 20_000,
        "<div style='position:absolute;left:1pt;top:1pt'>x" * 5_000,
        "<style>" + "a{" * 50_000 + "</style><p>x",
        "<style>" + "/*" * 100_000 + "</style><p>x",
        "<style>" * 20_000 + "<p>x",
        "<?xml ?>" + "<a " * 100_000,
        "<p>" + " |" * 200_000,
        "<pre>" + "a  " * 50_000,
        "<p>" + "-" * 300_000 + "x",
        "<ol>" * 20_000 + "<li>x",
        "<table border=1>" * 2_000 + "<tr><td>x",
        "<a href=x>" * 20_000,
        "<!--" + "->" * 200_000,
    ],
    ids=range(13),
)
def test_no_page_costs_more_than_its_length(page: str) -> None:
    started = time.process_time()
    read(page)
    assert time.process_time() - started < AT_ONCE


PIECES = (
    """
<table>|</table>|<table border=1>|<table border=1><tr><td>1<td>2<tr><td>3<td>4|<tr>|<td colspan=2>|<td rowspan=3>|</td>
<th>|<thead>|<caption>|<p>|</p>|<br>|1,234.5|<li>|<ol>|<h1>|<pre>|</pre>|a  1~b  2~c  3|<select>|<option>|&|<
</html>|<!--|<div style='position:absolute;left:1px;top:2px'>|<div style='position:relative'>|</div>
<div style='display:table-cell'>|<title>|</title>|<a href=x>|</a>|<style>|</style>|<frame src=x>|<p hidden>
""".strip()
    .replace("\n", "|")
    .replace("~", "\n")
    .split("|")
)
MARKUP = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40)


@given(MARKUP)
@settings(max_examples=300, deadline=None)
def test_any_markup_is_a_document_whose_grids_are_whole(pieces: list[str]) -> None:
    data = "".join(pieces).encode("utf-8", "replace")
    document = extract(data, Options())
    assert isinstance(document, Document)
    assert extract(data, Options()) == document
    for grid in document.grids:
        covered = [
            (row, col)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for col in range(cell.col, cell.col + cell.col_span)
        ]
        assert sorted(covered) == [(row, col) for row in range(grid.n_rows) for col in range(grid.n_cols)]
