"""From the bytes of a page to a Document."""

from __future__ import annotations

import re

from lxml import etree

from extractors.budget import CellBudget
from extractors.formats.html.blocks import blocks_of
from extractors.formats.html.context import Context
from extractors.formats.html.css import Styles
from extractors.formats.html.encoding import decode
from extractors.formats.html.flow import Item, Line
from extractors.formats.html.notices import Noticed, notice_book
from extractors.formats.html.reader import Reader
from extractors.model import Document
from extractors.noticebook import NoticeBook
from extractors.options import Options
from extractors.sniff import HTML

_SELF_CLOSED = re.compile(r"<([a-z][\w:.-]*)((?:\s[^<>]*)?)/>", re.I)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. It has no pages: lines and tables are counted from 0 in reading order.

    Any bytes are a page: one that is cut off, or empty, gives what it holds.

    Raises:
        TooLarge: it goes beyond a limit. Unreadable: it nests beyond all sense.
    """
    book = notice_book()
    decoded = decode(data)
    if decoded.lost:
        book.add(Noticed.TEXT_UNDECODABLE, None, count=decoded.lost)
    reader = _read(decoded.text, book, options)
    items = [*_title(reader), *reader.flow.items]
    blocks, notices = blocks_of(items, reader.budget, options.limits.pages)
    return Document("html", HTML, (), blocks, (*book.notices(), *notices), reader.links.links())


def _read(text: str, book: NoticeBook, options: Options) -> Reader:
    reader = Reader(Styles(text), book, CellBudget(options.limits.cells, options.limits.columns))
    if text.lstrip()[:5].lower() == "<?xml":
        text = _SELF_CLOSED.sub(_opened, text)
    # the stubs ask for bytes and comments, which this parser does not hand over
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)  # type: ignore[arg-type]
    parser.feed(text.encode("utf-8", "replace"))
    parser.close()
    return reader


def _opened(match: re.Match[str]) -> str:
    """XHTML closes an empty element at once; read as HTML, ``<title/>`` would swallow the page."""
    return match[0] if match[1].lower() in _VOID else f"<{match[1]}{match[2]}></{match[1]}>"


def _title(reader: Reader) -> list[Item]:
    """The title of the window, unless the page prints it again as its heading."""
    printed = {"".join(text.split()) for text in [*reader.h1, "".join(reader.h1)]}
    if not reader.title or "".join(reader.title.split()) in printed:
        return []
    return [Line(reader.title, Context("title"))]
