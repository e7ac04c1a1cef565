"""Documents: one row for every line of the ledger, read or not."""

from __future__ import annotations

import json

from schemas.result import Result
from service.bulk.row import Row
from service.export.about import DOCUMENT, about, words
from service.export.columns import Cell, TableShape, count, text
from service.pipeline import unread_pages

DOCUMENTS = TableShape(
    "documents",
    "one file, by the hash of its bytes, whether it could be read or not",
    "一个文件（按内容哈希），无论是否读取成功",
    ("document",),
    (
        DOCUMENT,
        text("state", "ok, partial (some pages unread) or failed", "状态：成功、部分、失败"),
        text("error", "code of the error when it failed: docs/errors.md", "失败时的错误代码"),
        count("error_page", "page of the error", "出错页"),
        text("places", "every path that held these bytes, as a JSON list", "该文件的全部路径（JSON）"),
        text("filename", "name under which it was read", "读取时的文件名"),
        text("media_type", "what the content is", "文件格式"),
        count("bytes", "size", "字节数"),
        count("pages", "pages; null where the format has none", "页数"),
        count("pages_unread", "pages that could not be read", "未能读取的页数"),
        text("attachments", "files beside a web page that its links lead to, as a JSON list", "网页所附文件（JSON）"),
        text("document_kind", "kind of document", "文件类型"),
        text("title", "title as printed", "标题"),
        text("agency", "agency as printed", "单位名称原文", "administrative-classification:generic:level2:label"),
        text("region_code", "GB/T 2260 code of the region", "行政区划代码", "geo:source:code"),
        text("region_name", "name of the region", "行政区划名称", "geo:source:label"),
        count("report_year", "fiscal year of the document", "文件的财政年度", "date:fiscal-year"),
        text("record_level", "department (consolidated) or unit (its own)", "部门（汇总）或单位（本级）"),
        count("tables", "tables found", "表格数"),
        count("tables_recognised", "tables whose kind is known", "已识别表格数"),
        count("observations", "rows of observations", "数据条数"),
        count("grade_a", "values of grade A", "A 级数值个数"),
        count("grade_b", "values of grade B", "B 级数值个数"),
        count("grade_c", "values of grade C: doubtful", "C 级（存疑）数值个数"),
        count("grade_d", "values of grade D: from an image, not proven", "D 级（图像识别）数值个数"),
        count("checks_pass", "checks that hold, rounding included", "成立的勾稽关系（含尾差）"),
        count("checks_fail", "checks that fail", "不成立的勾稽关系"),
        count("findings_error", "findings of severity error", "错误级提示数"),
        count("findings_warning", "findings of severity warning", "警告级提示数"),
        text("pipeline", "version of all that read it", "读取程序版本"),
        text("catalogue", "digest of the table kinds", "表种目录摘要"),
    ),
)


def document_row(row: Row, result: Result | None) -> tuple[Cell, ...]:
    """The row of one file; ``result`` is None when it failed."""
    ledger = (row.sha256, row.state.value, row.code, row.page, _places(row))
    if result is None:
        rest = (None,) * (len(DOCUMENTS.columns) - len(ledger) - 6)
        return (*ledger, None, row.media_type, row.bytes, row.pages, *rest, row.pipeline, None)
    return (*ledger, *_file(row, result), *_contents(result), row.pipeline, result.provenance.catalogue)


def _places(row: Row) -> str:
    paths = json.dumps([place.whole for place in row.places], ensure_ascii=False)
    return paths.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text


def _attachments(result: Result) -> str | None:
    """The files in the order of the links, each once."""
    files = dict.fromkeys(link["file"] for link in result.document.links if "file" in link)
    return json.dumps(list(files), ensure_ascii=False) if files else None


def _file(row: Row, result: Result) -> tuple[Cell, ...]:
    document, profile, of_document = result.document, result.profile, about(result)
    return (
        document.filename,
        document.media_type,
        row.bytes,
        document.pages,
        len(unread_pages(result)),
        _attachments(result),
        of_document.document_kind,
        words(profile.title.value),
        of_document.agency,
        of_document.region_code,
        of_document.region_name,
        of_document.report_year,
        of_document.record_level,
    )


def _contents(result: Result) -> tuple[Cell, ...]:
    cells, checks = result.quality.cells, result.quality.checks
    severities = [one.severity for one in result.findings]
    return (
        len(result.tables),
        sum(table.kind is not None for table in result.tables),
        len(result.observations),
        *(cells.get(grade, 0) for grade in "ABCD"),
        checks.get("pass", 0) + checks.get("rounding", 0),
        checks.get("fail", 0),
        severities.count("error"),
        severities.count("warning"),
    )
