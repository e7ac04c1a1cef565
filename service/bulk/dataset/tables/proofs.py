"""Checks and findings: what was held against the amounts, and what a reader must know."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.result import Check, Finding, Result
from service.export.about import DOCUMENT
from service.export.columns import Cell, TableShape, count, number, text
from service.export.exact import exact_number
from service.export.tidy import plain

CHECKS = TableShape(
    "checks",
    "one accounting identity, held against one row, column or pair of tables",
    "一条勾稽关系在某行、某列或某两表上的核对结果",
    ("document", "check"),
    (
        DOCUMENT,
        text("check", "id of the check in the document; behind @ the other document, for scope years", "核对编号"),
        text("rule", "rule it holds: docs/checks/rules.md", "规则"),
        text("scope", "row, column, hierarchy, table, document …; years: between two documents", "范围"),
        text(
            "status", "pass, rounding, fail, insufficient, not_applicable", "结论：成立、尾差、不成立、依据不足、不适用"
        ),
        number("lhs", "left side in base units", "左边"),
        number("rhs", "right side in base units", "右边"),
        number("diff", "difference", "差额"),
        number("band", "difference that rounding explains", "尾差允许范围"),
        text("cells", "ids of its cells, joined by ;", "所涉单元格"),
        text("note", "formula as printed, or a remark", "说明"),
    ),
)

FINDINGS = TableShape(
    "findings",
    "one thing that a reader of the document must know: docs/findings.md",
    "读者须知的一条提示",
    ("document", "finding"),
    (
        DOCUMENT,
        count("finding", "number within the document, from 1", "在文件中的序号，从 1 起"),
        text("code", "code of the finding", "提示代码"),
        text("severity", "error, warning or info", "级别：错误、警告、提示"),
        text("table", "id of the table it is about", "所涉表格"),
        count("page", "page, from 1", "页码，从 1 起"),
        text("cells", "ids of its cells, joined by ;", "所涉单元格"),
        text("message", "in English", "英文说明"),
        text("message_zh", "in Chinese", "中文说明"),
    ),
)


def check_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each check of a result."""
    return (check_row(result.document.sha256, one) for one in result.checks)


def check_row(document: str, one: Check) -> tuple[Cell, ...]:
    """The row of one check of a document."""
    sides = (exact_number(plain(side)) for side in (one.lhs, one.rhs, one.diff, one.band))
    return (document, one.id, one.rule, one.scope, one.status, *sides, ";".join(one.cells), one.note)


def finding_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """A row for each finding of a result."""
    return (finding_row(result.document.sha256, index, one) for index, one in enumerate(result.findings, 1))


def finding_row(document: str, number: int, one: Finding) -> tuple[Cell, ...]:
    """The row of one finding, the ``number``-th of a document."""
    about = (one.code, one.severity, one.table, one.page, ";".join(one.cells))
    return (document, number, *about, one.message, one.message_zh)
