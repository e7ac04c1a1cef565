"""Findings about workbooks."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

SHEET_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "hidden_sheet",
        "warning",
        "a sheet of the workbook is hidden: it was read, after all others",
        "工作簿含隐藏工作表，已读取并列于最后",
        "What a viewer does not see at first: drafts, lists to choose from, an older version of a table.",
        "Look at `locator.sheet` of a table before its amounts are used; leave a hidden sheet out if in doubt.",
    ),
    FindingKind(
        "hidden_cells",
        "warning",
        "rows or columns of a sheet are hidden: they were read with the others",
        "工作表含隐藏的行或列，已一并读取",
        "Sums usually count hidden rows, so leaving them out would break the sums; but nobody sees them printed.",
        "Open the workbook and show hidden rows and columns if an amount of the table seems to be too much.",
    ),
    FindingKind(
        "formula_without_value",
        "warning",
        "formulas of the workbook were saved without their values: the cells are given as formulas",
        "工作簿的公式未保存计算结果，单元格仅给出公式",
        "A program wrote the workbook without calculating it; nothing is calculated here.",
        "Open the workbook in a spreadsheet program, save it and send it again.",
    ),
    FindingKind(
        "cell_error",
        "warning",
        "cells of the workbook show an error of the spreadsheet, such as #REF!",
        "工作簿的单元格显示计算错误（如 #REF!）",
        "A formula lost what it refers to. Its amount is not known.",
        "Ask the publisher for the amounts.",
    ),
    FindingKind(
        "scaled_by_format",
        "warning",
        "the number format of cells divides what they hold: they were read as displayed",
        "单元格数字格式按千或万缩小显示，按显示值读取",
        "A cell that holds yuan is displayed in 万元 by its format. What is displayed was read, with the unit printed "
        "above the table.",
        "Make sure that the printed unit is the one of the displayed numbers.",
    ),
    FindingKind(
        "sign_not_displayed",
        "warning",
        "negative numbers are displayed without a sign: they were read as negative",
        "负数未显示负号，按负数读取",
        "The number format shows them in another colour only, which a copy in black and white loses.",
        "Look at the cells in the workbook.",
    ),
)
