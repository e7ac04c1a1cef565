"""What is noticed while a page is read."""

from __future__ import annotations

from enum import StrEnum

from extractors.noticebook import NoticeBook


class Noticed(StrEnum):
    """The codes of the notices that a page can carry."""

    TEXT_UNDECODABLE = "text_undecodable"
    HIDDEN_TEXT = "hidden_text"
    STRUCK_TEXT = "tracked_changes"
    EMBEDDED_OBJECT = "embedded_object"
    CELLS_OVERLAP = "cells_overlap"
    POSITIONED_TEXT = "positioned_text"


_MESSAGES: dict[StrEnum, tuple[str, str]] = {
    Noticed.TEXT_UNDECODABLE: (
        "{count} characters of the page do not decode and are shown as \N{REPLACEMENT CHARACTER}",
        "网页有{count}个字符无法解码，以\N{REPLACEMENT CHARACTER}表示",
    ),
    Noticed.HIDDEN_TEXT: (
        "{count} hidden texts were left out; the first: {what}",
        "{count}处隐藏文字已略去，首处为：{what}",
    ),
    Noticed.STRUCK_TEXT: (
        "{count} struck-out texts were left out; the first: {what}",
        "{count}处带删除线的文字已略去，首处为：{what}",
    ),
    Noticed.EMBEDDED_OBJECT: (
        "{count} embedded files or frames were not opened: a table may stand in them; the first: {what}",
        "{count}个嵌入的文件或框架未打开，其中可能有表格；首个为：{what}",
    ),
    Noticed.CELLS_OVERLAP: (
        "in {count} tables cells claim the same place: some may stand in a wrong column; the first begins: {what}",
        "{count}个表的单元格相互重叠，部分单元格的列可能有误；首个表以“{what}”开头",
    ),
    Noticed.POSITIONED_TEXT: (
        "{count} texts are placed by coordinates that could not be followed, and are given as lines; the first: {what}",
        "{count}处文字按坐标排版而无法还原版面，仅按行给出；首处为：{what}",
    ),
}


def notice_book() -> NoticeBook:
    """An empty book for one page."""
    return NoticeBook(_MESSAGES)
