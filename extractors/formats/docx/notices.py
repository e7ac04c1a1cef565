"""What is noticed while a document is read."""

from __future__ import annotations

from enum import StrEnum

from extractors.noticebook import NoticeBook


class Noticed(StrEnum):
    """The codes of the notices that a DOCX can carry."""

    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_TEXT = "hidden_text"
    EMBEDDED_OBJECT = "embedded_object"
    CONTENT_NOT_READ = "content_not_read"
    SYMBOL_UNKNOWN = "symbol_unknown"
    NUMBERING_UNKNOWN = "numbering_unknown"
    PART_UNREADABLE = "part_unreadable"


_MESSAGES: dict[StrEnum, tuple[str, str]] = {
    Noticed.TRACKED_CHANGES: (
        "{count} tracked changes: what was inserted is kept, what was deleted is left out",
        "文件含有{count}处修订：保留插入内容，略去删除内容",
    ),
    Noticed.HIDDEN_TEXT: ("{count} hidden texts were left out", "{count}处隐藏文字已略去"),
    Noticed.EMBEDDED_OBJECT: (
        "{count} embedded objects ({what}) were not opened: a table may stand in them",
        "{count}个嵌入对象（{what}）未打开，其中可能有表格",
    ),
    Noticed.CONTENT_NOT_READ: (
        "{count} inserted files ({what}) were not read",
        "{count}处插入的文件（{what}）未读取",
    ),
    Noticed.SYMBOL_UNKNOWN: (
        "{count} symbols of a picture font ({what}) have no known character and are shown as \N{REPLACEMENT CHARACTER}",
        "{count}个图形字体符号（{what}）无法识别，以\N{REPLACEMENT CHARACTER}表示",
    ),
    Noticed.NUMBERING_UNKNOWN: (
        "{count} automatic numbers ({what}) were left out: their style is not known",
        "{count}处自动编号（{what}）样式未知，已略去",
    ),
    Noticed.PART_UNREADABLE: (
        "{count} parts of the file are broken and were read without ({what})",
        "文件有{count}个部件损坏，已忽略（{what}）",
    ),
}


def notice_book() -> NoticeBook:
    """An empty book for one document."""
    return NoticeBook(_MESSAGES)
