"""Findings about grids: joins over page breaks, texts without a cell, rules that are not drawn."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

GRID_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "doubtful_join",
        "warning",
        "this grid may continue the one before it and was left apart",
        "本表可能是上一表的续表，因依据不足未合并",
        "The columns agree, but nothing else proves that the table goes on.",
        "Compare the two on the page; join them yourself if they are one.",
    ),
    FindingKind(
        "doubtful_row",
        "warning",
        "a row at a page break may be the rest of the row before it and was left apart",
        "分页处的一行可能是上一行的续行，因依据不足未合并",
        "The first row of a continuation page is incomplete, but nothing proves that it belongs to the row above.",
        "Compare the last row of the page before with this one.",
    ),
    FindingKind(
        "leftover_text",
        "info",
        "text inside the table belongs to no cell: {text}",
        "表格内有未归入单元格的文字：{text}",
        "Words stand within the outline of the table but outside its cells.",
        "Look at the page: a cell may have lost its rules.",
    ),
    FindingKind(
        "text_crosses_rule",
        "warning",
        "a number is drawn across a rule, its cell is in doubt: {text}",
        "数字跨越表格线，所属单元格存疑：{text}",
        "The number stands well on both sides of a rule between two cells; it was given to the cell of its middle.",
        "Look at the page and correct the cell if needed.",
    ),
    FindingKind(
        "rules_inferred",
        "warning",
        "this table is not fully ruled: rows or columns were read from the alignment of its amounts",
        "表格线不全，部分行列按数字对齐推断",
        "Only the head, or only the columns, are ruled; the missing rules were put where the amounts stand.",
        "Compare the rows and columns with the page.",
    ),
    FindingKind(
        "grid_from_alignment",
        "warning",
        "this table has no rules between its cells: they were read from the alignment of its words",
        "表格无表格线，行列按文字对齐推断",
        "Columns are the gutters that no amount crosses, rows the lines of amounts. Values that no check proves are C.",
        "Compare the rows and columns with the page.",
    ),
)
