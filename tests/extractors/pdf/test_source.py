from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from extractors.errors import DocumentError, EmptyFile, Encrypted, TooLarge, Unreadable
from extractors.formats.pdf import FORMAT
from extractors.options import Limits, Options
from tests.extractors.pdf.drawn import pdf, read, rows_of, simple

ROWS = [["科目", "合计"], ["201", "10.00"]]
PLAIN = pdf(lambda canvas: simple(canvas, ROWS))


def tree(pages: bytes, kids: bytes) -> bytes:
    """A PDF without a cross-reference table whose page tree is given."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages"
        + pages
        + b">>endobj\n"
        + kids
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def test_a_pdf_is_known_by_its_header_within_the_first_kilobyte() -> None:
    assert FORMAT.recognises(PLAIN)
    assert FORMAT.recognises(b"\xef\xbb\xbf\n" + PLAIN)
    assert not FORMAT.recognises(b"x" * 1024 + PLAIN)
    assert not FORMAT.recognises(b"PK\x03\x04")


def test_recognising_a_pdf_does_not_load_pdfium() -> None:
    recognise = "from extractors.formats.pdf import FORMAT; FORMAT.recognises(b'%PDF-')"
    code = f"import sys; {recognise}; print('pypdfium2' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_bytes_before_the_header_do_no_harm() -> None:
    assert rows_of(read(b"\xef\xbb\xbf\r\n" + PLAIN).grids[0]) == ROWS


def test_no_bytes_and_no_header_are_told_apart() -> None:
    with pytest.raises(EmptyFile):
        read(b"")
    with pytest.raises(Unreadable):
        read(b"no pdf at all")


@pytest.mark.parametrize("length", [20, 200, 600])
def test_a_file_cut_off_early_is_unreadable(length: int) -> None:
    with pytest.raises(Unreadable):
        read(PLAIN[:length])


def test_an_encrypted_file_opens_with_the_empty_password_or_the_one_given() -> None:
    owner = pdf(lambda canvas: simple(canvas, ROWS), encrypt=StandardEncryption("", "owner"))
    locked = pdf(lambda canvas: simple(canvas, ROWS), encrypt=StandardEncryption("secret", "owner"))

    assert rows_of(read(owner).grids[0]) == ROWS
    assert rows_of(read(locked, password="secret").grids[0]) == ROWS
    with pytest.raises(Encrypted):
        read(locked)
    with pytest.raises(Encrypted):
        read(locked, password="wrong")


def test_more_pages_than_allowed_are_refused_before_any_is_read() -> None:
    three = pdf(*[lambda canvas: simple(canvas, ROWS)] * 3)

    with pytest.raises(TooLarge) as refused:
        FORMAT.extract(three, Options(limits=Limits(pages=2)))

    assert (refused.value.code, refused.value.limit, refused.value.observed) == ("too_many_pages", 2, 3)


def test_more_cells_than_allowed_are_refused() -> None:
    with pytest.raises(TooLarge) as refused:
        FORMAT.extract(PLAIN, Options(limits=Limits(cells=3)))

    assert refused.value.code == "too_many_cells"


@pytest.mark.parametrize(
    "data",
    [
        tree(b"/Kids[2 0 R]/Count 1", b""),
        tree(b"/Kids[3 0 R]/Count 2", b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\n"),
        tree(b"/Kids[]/Count 0", b""),
    ],
)
def test_a_page_tree_that_runs_in_a_circle_or_is_empty_ends_at_once(data: bytes) -> None:
    start = time.process_time()
    try:
        pages = read(data).pages
    except DocumentError:
        pages = ()
    assert {page.status for page in pages} <= {"failed"}
    assert time.process_time() - start < 1


def test_a_page_count_beyond_all_measure_costs_nothing() -> None:
    start = time.process_time()
    document = read(tree(b"/Kids[3 0 R]/Count 2000000000", b"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n"))

    assert len(document.pages) <= 1
    assert time.process_time() - start < 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=40))
def test_damaged_bytes_give_a_document_or_a_document_error(damage: list[tuple[int, int]]) -> None:
    data = bytearray(PLAIN)
    for place, value in damage:
        data[place] = value

    try:
        grids = read(bytes(data)).grids
    except DocumentError:
        grids = ()

    assert all(sum(c.row_span * c.col_span for c in grid.cells) == grid.n_rows * grid.n_cols for grid in grids)


def test_a_page_of_absurd_size_fails_while_the_others_go_on() -> None:
    two = pdf(lambda canvas: simple(canvas, ROWS), lambda canvas: simple(canvas, ROWS))
    data = two.replace(b"/MediaBox [ 0 0 842 595 ]", b"/MediaBox [ 0 0 80000000 595 ]", 1)

    document = read(data)

    assert sorted(page.status for page in document.pages) == ["failed", "ok"]
    assert [notice.code for notice in document.notices] == ["page_failed"]
    assert len(document.grids) == 1
