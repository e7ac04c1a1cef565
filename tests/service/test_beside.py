from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.model import Link
from service.archive import Member
from service.archive.together import pages_last
from service.beside import beside_in, file_of, names_beside
from service.errors import DocumentTimeout

NAMES = ["P020230915.pdf", "page_files/附件2.xlsx", "附件1：部门决算表.xls", "logo.png"]


@pytest.mark.parametrize(
    ("text", "href", "file"),
    [
        ("决算公开", "./P020230915.pdf?x=1", "P020230915.pdf"),
        ("决算公开", "http://www.example.gov.cn/a/p020230915.PDF#page=2", "P020230915.pdf"),
        ("附件2", "attach.jsp?id=7", "page_files/附件2.xlsx"),
        ("附件1：部门决算表.xls", "/download/123", "附件1：部门决算表.xls"),
        ("附件 1：部门决算表", "/download/123", "附件1：部门决算表.xls"),
        ("x", "/%E9%99%84%E4%BB%B62.xlsx", "page_files/附件2.xlsx"),
        ("返回首页", "index.html", None),
        ("", "/", None),
    ],
)
def test_a_link_leads_to_the_file_that_its_address_or_its_text_names(text: str, href: str, file: str | None) -> None:
    assert file_of(Link(text, href), NAMES) == file


def test_a_link_that_could_lead_to_several_leads_to_none() -> None:
    assert file_of(Link("附件", "附件.pdf"), ["a/附件.pdf", "附件.pdf"]) is None


def test_files_beside_a_page_are_those_of_its_folder_and_of_its_own(tmp_path: Path) -> None:
    for name in ("page.html", "a.pdf", "page_files/b.xls", "other_files/c.xls", "deep/d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names_beside(tmp_path / "page.html") == ["a.pdf", "page_files/b.xls"]
    assert names_beside(tmp_path / "a.pdf") == []


def test_files_beside_a_page_of_an_archive_are_those_of_its_folder_there() -> None:
    paths = ["局/page.html", "局/a.pdf", "局/page_files/b.xls", "b.pdf", "局/deep/c.pdf"]
    assert beside_in("局/page.html", paths) == ["a.pdf", "page_files/b.xls"]
    assert beside_in("局/a.pdf", paths) == []


def test_a_name_that_is_no_text_is_beside_no_page() -> None:
    assert beside_in("a.html", ["a.html", "b.pdf", "\udcb2\udcce.pdf"]) == ["b.pdf"]


def test_pages_of_an_archive_come_last_and_with_what_is_beside_them_also_when_it_ends_early() -> None:
    def told() -> Iterator[Member]:
        yield Member("a.html", b"<html>")
        yield Member("b.pdf", b"%PDF")
        raise DocumentTimeout(1.0, None)

    taken = pages_last(told())
    assert [(one.path, one.beside) for one in (next(taken), next(taken))] == [("b.pdf", []), ("a.html", ["b.pdf"])]
    with pytest.raises(DocumentTimeout):
        next(taken)
