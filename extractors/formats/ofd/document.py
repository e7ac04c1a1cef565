"""The whole of an OFD -> Document: the pages of all its documents, one after the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.errors import EmptyFile, Unreadable
from extractors.formats.ofd.book import Book, opened
from extractors.formats.ofd.pages import read_page, size_of
from extractors.layout.paged import PageRead, Pages, read_pages
from extractors.model import Document, Notice
from extractors.ocr.scan import Recogniser
from extractors.options import Options
from extractors.sniff import OFD

if TYPE_CHECKING:
    from extractors.ocr.pixels import Colour

_NAMED = 5  # attachments named in a notice


def extract(data: bytes, options: Options) -> Document:
    """The document that the bytes print. A page that cannot be read is marked failed, with a notice.

    Raises:
        DocumentError: the file as a whole cannot be read.
    """
    if not data:
        raise EmptyFile
    if not data.startswith(b"PK"):
        raise Unreadable("an OFD is a ZIP package, and this is none")
    book = opened(data, options.limits)
    recogniser = Recogniser(options)
    pages = Pages(
        len(book.pages), lambda number: _read_page(recogniser, book, number), lambda number: size_of(book, number)
    )
    document = read_pages("ofd", OFD, pages, options)
    return replace(document, notices=(*document.notices, *_about_the_file(book)))


def _read_page(recogniser: Recogniser, book: Book, number: int) -> PageRead:
    ink, pictures = read_page(book, number)

    def draw(longest: float | None) -> tuple[Colour, float] | None:
        from extractors.formats.ofd.picture import drawn  # noqa: PLC0415 (loads NumPy: for such pages only)

        return drawn(book, ink.displayed, pictures, longest)

    return recogniser.read(ink, draw)


def _about_the_file(book: Book) -> list[Notice]:
    notices = []
    if book.documents > 1:
        text = f"the file holds {book.documents} documents, which were read one after the other"
        notices.append(Notice("several_documents", text, f"文件含{book.documents}个文档，已依次读取"))
    if book.attachments:
        named, count = "、".join(book.attachments[:_NAMED]), len(book.attachments)
        text = f"{count} attached files ({named}) were not opened: a table may stand in them"
        notices.append(Notice("embedded_object", text, f"{count}个附件（{named}）未打开，其中可能有表格"))
    if book.annotations:
        text = f"{book.annotations} annotations (stamps, notes) lie over the pages and were left out"
        notices.append(Notice("annotation_left_out", text, f"页面上有{book.annotations}处注释或签章，已略去"))
    if book.package.unreadable:
        named, count = "、".join(book.package.unreadable[:_NAMED]), len(book.package.unreadable)
        text = f"{count} parts of the file are broken and were read without ({named})"
        notices.append(Notice("part_unreadable", text, f"文件有{count}个部件损坏，已忽略（{named}）"))
    return notices
