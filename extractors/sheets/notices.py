"""What is said of a sheet beside its cells."""

from __future__ import annotations

from enum import StrEnum

from extractors.noticebook import NoticeBook


class Noticed(StrEnum):
    """The codes of the notices that a workbook can carry."""

    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_CELLS = "hidden_cells"
    HIDDEN_TEXT = "hidden_text"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    CELL_ERROR = "cell_error"
    SCALED_BY_FORMAT = "scaled_by_format"
    SIGN_NOT_DISPLAYED = "sign_not_displayed"
    CONTENT_NOT_READ = "content_not_read"
    EMBEDDED_OBJECT = "embedded_object"
    CELLS_OVERLAP = "cells_overlap"
    PART_UNREADABLE = "part_unreadable"
    TEXT_UNDECODABLE = "text_undecodable"


MESSAGES: dict[StrEnum, tuple[str, str]] = {
    Noticed.HIDDEN_SHEET: (
        "the sheet {what} is hidden: it was read, after all others; its tables may be drafts or copies",
        "工作表“{what}”为隐藏工作表，已读取并列于最后，其内容可能为底稿或副本",
    ),
    Noticed.HIDDEN_CELLS: (
        "rows or columns of the sheet {what} are hidden: they were read with the others",
        "工作表“{what}”含隐藏的行或列，已一并读取",
    ),
    Noticed.HIDDEN_TEXT: (
        "{count} cells have a number format that shows nothing; they were left blank; the first holds: {what}",
        "{count}个单元格的数字格式不显示内容，按空白处理，首个内容为：{what}",
    ),
    Noticed.FORMULA_WITHOUT_VALUE: (
        "{count} formulas were saved without a value and are given as formulas; the first: {what}",
        "{count}个公式未保存计算结果，仅给出公式本身，首个为：{what}",
    ),
    Noticed.CELL_ERROR: (
        "{count} cells show an error of the spreadsheet; the first: {what}",
        "{count}个单元格显示计算错误，首个为：{what}",
    ),
    Noticed.SCALED_BY_FORMAT: (
        "the number format of {count} cells divides what they hold; they were read as displayed; the first: {what}",
        "{count}个单元格的数字格式按千或万缩小显示，按显示值读取，首个为：{what}",
    ),
    Noticed.SIGN_NOT_DISPLAYED: (
        "{count} negative numbers are displayed without a sign, in colour at most; they were read as negative; "
        "the first: {what}",
        "{count}个负数未显示负号（仅以颜色等方式表示），按负数读取，首个为：{what}",
    ),
    Noticed.CONTENT_NOT_READ: (
        "{count} sheets hold no cells but a chart, a picture or a macro ({what}) and were not read",
        "{count}个工作表为图表、图片或宏（{what}），未读取",
    ),
    Noticed.EMBEDDED_OBJECT: (
        "{count} embedded objects ({what}) were not opened: a table may stand in them",
        "{count}个嵌入对象（{what}）未打开，其中可能有表格",
    ),
    Noticed.CELLS_OVERLAP: (
        "{count} cells hold something under a merged cell, which is not displayed; it was left out; the first: {what}",
        "{count}个单元格的内容被合并单元格遮盖而不显示，已略去，首个为：{what}",
    ),
    Noticed.PART_UNREADABLE: (
        "{count} parts of the file are broken and were read without ({what})",
        "文件有{count}个部件损坏，已忽略（{what}）",
    ),
    Noticed.TEXT_UNDECODABLE: (
        "{count} characters do not decode and are shown as \N{REPLACEMENT CHARACTER}",
        "有{count}个字符无法解码，以\N{REPLACEMENT CHARACTER}表示",
    ),
}


def notice_book() -> NoticeBook:
    """An empty book for one workbook."""
    return NoticeBook(MESSAGES)
