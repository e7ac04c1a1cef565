"""A web page archived with its parts is read as the page."""

from __future__ import annotations

import pytest

from extractors import registry
from extractors.errors import Unreadable
from tests.gridtext import render_all

HEAD = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
TABLE = "<table><tr><td>科目</td><td>合计</td></tr><tr><td>行政运行</td><td>1,234.50</td></tr></table>"
GRID = "| 科目     | 合计     |\n| 行政运行 | 1,234.50 |\n"


def archive(content_type: str, content: bytes) -> bytes:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode()
    return HEAD + head + content + b"\r\n--xx--\r\n"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("text/html; charset=gb2312", "gb18030"),
        ("text/html; charset=UTF-8", "utf-8"),
        ("text/html", "gb18030"),
        ("text/html; charset=nonsense", "utf-8"),
    ],
)
def test_the_page_is_read_in_its_encoding(declared: str, encoding: str) -> None:
    document = registry.extract(archive(declared, f"<html><body>{TABLE}</body></html>".encode(encoding)))
    assert (document.format, document.converter, document.notices) == ("mht", None, ())
    assert render_all(document.grids) == GRID


def test_an_archive_without_a_page_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="no page"):
        registry.extract(archive("image/png", b"\x89PNG"))


def test_an_archive_in_an_archive_is_not_followed() -> None:
    inner = archive("text/html", TABLE.encode()).replace(b"=xx", b"=yy").replace(b"--xx", b"--yy")
    with pytest.raises(Unreadable, match="one again"):
        registry.extract(archive("text/html", inner))
