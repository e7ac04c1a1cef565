"""The closed list of findings: every code a result may carry, what it means and what its reader should do.

A finding is made by ``finding(code, ...)`` only, so a code that is not listed cannot appear. The names in braces in a
message are the data that the call must hand over; a test reads every call in the project and holds it against them.
To add a code, add a ``FindingKind`` to ``FINDING_KINDS`` and write ``docs/findings.md`` anew with
``python -m schemas.findings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from extractors.model import Notice
from schemas.result import Finding

SeverityName = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One code: how bad it is unless the caller knows better, what is said, what it means, what to do."""

    code: str
    severity: SeverityName
    message: str
    message_zh: str
    meaning: str
    advice: str

    @property
    def data(self) -> tuple[str, ...]:
        """The names that the messages need, in the order of the English one."""
        names = [name for _, name, _, _ in Formatter().parse(self.message + self.message_zh) if name]
        return tuple(dict.fromkeys(names))


FINDING_KINDS: tuple[FindingKind, ...] = (
    # --- units and amounts
    FindingKind(
        "unit_not_printed",
        "error",
        "no unit is printed for this table: its amounts are given as text only",
        "本表未标明金额单位，金额仅按原文给出",
        "Neither a cell, a header, a caption, the section nor the document says 元 or 万元 for these amounts.",
        "Look at the page, find the unit elsewhere in the document, and scale `text` yourself.",
    ),
    FindingKind(
        "unit_conflict",
        "error",
        "two units are printed for this table: {first} and {second}",
        "本表标明了两种不同的金额单位：{first} 与 {second}",
        "Two places of the same rank name different units; choosing one could be wrong by a factor of 10,000.",
        "Compare an amount with a known total of the same document before you use the table.",
    ),
    FindingKind(
        "unit_from_document",
        "warning",
        "this table prints no unit; {unit} was taken from the document's other tables, which all agree",
        "本表未标明金额单位，按文件中其他各表一致的单位“{unit}”换算，请核对",
        "Every table of the document that prints a unit prints this one; this table prints none. Its values are graded C.",
        "Compare one amount with a known total before you use the table.",
    ),
    FindingKind(
        "amount_unreadable",
        "warning",
        "this is not a number: {text}",
        "无法识别为数字：{text}",
        "A value cell prints something that is neither a number nor a known sign for none or zero.",
        "Read the cell on the page; its text is kept as printed.",
    ),
    FindingKind(
        "value_from_span",
        "info",
        "a merged cell names several rows: {text}",
        "合并单元格对应多行：{text}",
        "The key of these rows is printed once, in a cell that spans them.",
        "Nothing to do, unless the merge itself looks wrong on the page.",
    ),
    # --- what a table is
    FindingKind(
        "kind_unrecognised",
        "warning",
        "a table titled like a disclosure table was not recognised: {title}",
        "未能识别的公开表：{title}",
        "Its title names a budget or final account table, but no kind has this title and these headers.",
        "Its cells are kept under `tables`; tell us the layout so that the kind can be added.",
    ),
    FindingKind(
        "kind_ambiguous",
        "warning",
        "two kinds fit this table equally well: {first} and {second}",
        "本表同时符合两种表式：{first} 与 {second}",
        "Neither title nor headers separate the two kinds by a safe margin, so none was chosen.",
        "Look at the table and decide; its cells are kept under `tables`.",
    ),
    FindingKind(
        "title_header_disagree",
        "warning",
        "the title says {title_kind}, the headers say {header_kind}: the headers were followed",
        "标题与表头不一致：标题为 {title_kind}，表头为 {header_kind}，以表头为准",
        "The publisher put the title of one table over another, or a title was attached to the wrong grid.",
        "Check on the page which table this is.",
    ),
    FindingKind(
        "header_lost",
        "warning",
        "this grid has no header row of its own",
        "本表没有表头",
        "The grid begins with data: its header stands on an earlier page, or is not part of the grid.",
        "Its cells are kept; compare its columns with the table before it.",
    ),
    FindingKind(
        "header_unmatched",
        "warning",
        "this header matches no field of {kind}: {header}",
        "表头未能对应到字段（{kind}）：{header}",
        "The column is printed and kept, but no field of the kind has this label.",
        "See `columns`; if the label is another word for a field, accept it as an alias.",
    ),
    FindingKind(
        "header_weak_match",
        "warning",
        "{header} was taken for {field} with a score of {score} only",
        "表头“{header}”按相似度 {score} 归入字段 {field}，请核对",
        "The label is not a known one; it resembles the field and nothing else comes close.",
        "Confirm the column on the page; values of it are graded C.",
    ),
    FindingKind(
        "row_label_unmatched",
        "info",
        "this row is not in the list of lines of {kind}: {label}",
        "行名称不在标准行目之列（{kind}）：{label}",
        "The publisher added or renamed a line; it is kept with its printed label and without an item id.",
        "Use the label, or accept it as an alias.",
    ),
    FindingKind(
        "code_unknown",
        "info",
        "this code is not in the reference list: {code}",
        "代码不在科目目录中：{code}",
        "A function, economic or unit code that the list in use does not hold.",
        "Newer or local codes occur; compare the name beside it.",
    ),
    FindingKind(
        "duplicate_row",
        "info",
        "a row is printed twice and counted once: {label}",
        "同一行重复出现，只计一次：{label}",
        "Usually the total row, printed again at the head of a continuation page.",
        "Nothing to do, unless the two rows differ.",
    ),
    FindingKind(
        "year_unresolved",
        "warning",
        "{header} is relative to a year that is not printed",
        "“{header}”为相对年度，而报告年度未标明",
        "The column says 上年 or 本年, and neither the table nor the document names its year.",
        "Set the year yourself; `fiscal_year` is null for these values.",
    ),
    FindingKind(
        "table_empty_declared",
        "info",
        "the publisher declares this table empty: {text}",
        "该表为空表：{text}",
        "A note says that there is no such income or expenditure.",
        "A legitimate zero: the note is the evidence.",
    ),
    FindingKind(
        "table_empty_undeclared",
        "warning",
        "this table holds no number and no note says why",
        "该表无数据，且未作空表说明",
        "The disclosure rules ask for a note when a table is empty; there is none.",
        "Treat as unknown, not as zero.",
    ),
    FindingKind(
        "template_only",
        "info",
        "this table is a blank form: {title}",
        "该表为空白样表：{title}",
        "Its cells hold placeholders or hints on how to fill it.",
        "Not data; leave it out.",
    ),
    FindingKind(
        "referenced_not_found",
        "warning",
        "the document announces a table that it does not hold: {title}",
        "目录或正文提及但文中未见该表：{title}",
        "A table of contents or a list of attachments names the table; no grid carries its title.",
        "It may be another file, an image, or a table without rules; look at the document.",
    ),
    FindingKind(
        "no_table_found",
        "warning",
        "no table was found in this document",
        "文件中未发现表格",
        "The file prints text only, or its tables are images.",
        "See the findings about pages; a narrative disclosure is a normal answer.",
    ),
    # --- joins and left-overs
    FindingKind(
        "doubtful_join",
        "warning",
        "this grid may continue the one before it and was left apart",
        "本表可能是上一表的续表，因依据不足未合并",
        "The columns agree, but nothing else proves that the table goes on.",
        "Compare the two on the page; join them yourself if they are one.",
    ),
    FindingKind(
        "leftover_text",
        "info",
        "text inside the table belongs to no cell: {text}",
        "表格内有未归入单元格的文字：{text}",
        "Words stand within the outline of the table but outside its cells.",
        "Look at the page: a cell may have lost its rules.",
    ),
    # --- checks
    FindingKind(
        "check_failed",
        "error",
        "{rule}: {lhs} is printed, its parts give {rhs}, difference {diff}",
        "勾稽关系不符（{rule}）：列示 {lhs}，计算 {rhs}，差额 {diff}",
        "An accounting identity does not hold. The error may be the publisher's or ours.",
        "Compare the cells named with the page; they are graded C.",
    ),
    FindingKind(
        "check_rounding_outside",
        "warning",
        "{rule}: a difference of {diff} is more than rounding explains ({band})",
        "勾稽关系（{rule}）差额 {diff} 超出四舍五入范围（{band}）",
        "The difference is small, but larger than the printed decimals allow.",
        "Usually the publisher's rounding in thousands or ten thousands; decide whether it matters to you.",
    ),
    # --- what the document says of itself
    FindingKind(
        "title_unknown",
        "info",
        "the document prints no title of its own",
        "文件未见总标题",
        "The file starts with a table or with text.",
        "Name it from its source.",
    ),
    FindingKind(
        "agency_unknown",
        "warning",
        "the document does not name its agency in a place that can be trusted",
        "未能确定编制单位",
        "Neither the title, a caption (部门：, 单位：, 填报单位：) nor a signature names it.",
        "Set it from the source of the file.",
    ),
    FindingKind(
        "agency_conflict",
        "warning",
        "the document names more than one agency: {first} and {second}",
        "文件出现不同的编制单位：{first} 与 {second}",
        "Title and captions disagree: a department and one of its units, or a collection of several reports.",
        "Read the captions of the tables; the first was taken if it stands in the title, else none.",
    ),
    FindingKind(
        "fiscal_year_unknown",
        "warning",
        "no fiscal year is printed in the title or the tables",
        "未见财政年度",
        "Dates of publication and years in running text are not taken for it.",
        "Set it from the source of the file.",
    ),
    FindingKind(
        "fiscal_year_conflict",
        "warning",
        "more than one fiscal year is printed: {years}; taken: {taken}",
        "文件标注了不同的财政年度：{years}；采用：{taken}",
        "Title and tables, or the tables among themselves, name different years.",
        "Look at the places listed as evidence; a table may be left over from the year before.",
    ),
    FindingKind(
        "document_kind_unknown",
        "warning",
        "neither the title nor the tables say what kind of disclosure this is",
        "未能确定文件类型",
        "No known title and no recognised family of tables.",
        "Tables, if any, are still given.",
    ),
    FindingKind(
        "document_kind_conflict",
        "warning",
        "the title says {title_kind}, the tables say {table_kind}: the title was followed",
        "标题与表格所示文件类型不一致：标题为 {title_kind}，表格为 {table_kind}，以标题为准",
        "For example a 决算 document whose tables are budget tables.",
        "Look at the document; it may be a collection.",
    ),
    FindingKind(
        "region_unknown",
        "info",
        "no administrative region could be read from the names printed",
        "未能确定行政区划",
        "The agency's name carries no place, or one that is not in the list of regions.",
        "Set it from the source of the file.",
    ),
    FindingKind(
        "region_ambiguous",
        "warning",
        "{name} is the name of several regions: {candidates}",
        "“{name}”对应多个行政区划：{candidates}",
        "Places share names, and no second cue in the document tells which one is meant.",
        "Choose one of the codes from the source of the file.",
    ),
    # --- the file and its pages
    FindingKind(
        "no_text_layer",
        "error",
        "this page is an image without text: nothing was read",
        "该页为扫描图像，没有文字层，未读取",
        "The page was scanned and the file carries no recognised text.",
        "Ask for a digital copy, or recognise its characters first.",
    ),
    FindingKind(
        "garbled_text",
        "error",
        "the text of this page does not decode: nothing on it was trusted",
        "该页文字编码异常（乱码），未采用",
        "The fonts have no map to characters, so the text layer is not what is seen.",
        "Ask for another copy, or recognise the characters from the image.",
    ),
    FindingKind(
        "page_failed",
        "error",
        "this page could not be read: {reason}",
        "该页读取失败：{reason}",
        "The page is damaged or exceeds a limit; the other pages were read.",
        "Look at the page in a viewer; the result is partial.",
    ),
    FindingKind(
        "page_skipped",
        "info",
        "this page was not asked for",
        "该页不在所选页码范围内，未处理",
        "The request named other pages only.",
        "Ask again without a choice of pages.",
    ),
    FindingKind(
        "name_content_mismatch",
        "info",
        "the file is named {suffix} and is {found}",
        "文件扩展名为 {suffix}，实际内容为 {found}",
        "The format was recognised by content; the name was not believed.",
        "Nothing to do.",
    ),
    FindingKind(
        "tracked_changes",
        "warning",
        "the file holds tracked changes: the final text was read",
        "文件含有修订痕迹，按接受修订后的文本读取",
        "Insertions were read and deletions left out, as if all changes were accepted.",
        "Compare with the published page if an amount was among the changes.",
    ),
    FindingKind(
        "hidden_text",
        "warning",
        "the file holds hidden text, which was left out: {text}",
        "文件含有隐藏文字，未读取：{text}",
        "Text that no reader sees on the page.",
        "Open the file with hidden text shown if something seems to be missing.",
    ),
    FindingKind(
        "hidden_text_removed",
        "info",
        "text that is not drawn on the page was left out",
        "已略去页面上不可见的文字",
        "A text layer under a picture, or white text: what no reader sees is not taken for printed.",
        "Nothing to do, unless the page was scanned and carries the text of a recognition.",
    ),
    FindingKind(
        "clipped_text_removed",
        "info",
        "text that is cut off by the edge of its frame was left out",
        "已略去被裁切而不可见的文字",
        "The file holds text that the page does not show.",
        "Nothing to do.",
    ),
    FindingKind(
        "drawing_too_large",
        "warning",
        "this page holds more drawing than is read: some rules of its tables may be missing",
        "该页图形对象过多，部分表格线可能未读取",
        "A map or a picture made of very many lines; reading stopped at a limit.",
        "Compare the tables of this page with the page.",
    ),
    FindingKind(
        "content_not_read",
        "warning",
        "the file inserts other files that were not read",
        "文件中插入的其他文件未读取",
        "A part of another format stands in for text (an inserted web page or document).",
        "Open the file and look for what is missing; save it anew as one document.",
    ),
    FindingKind(
        "symbol_unknown",
        "info",
        "symbols of a picture font have no known character",
        "图形字体符号无法识别",
        "A check box or an ornament drawn by a font of pictures; it is shown as \N{REPLACEMENT CHARACTER}.",
        "Look at the page if a ticked box matters.",
    ),
    FindingKind(
        "numbering_unknown",
        "info",
        "automatic numbers were left out, because their style is not known",
        "自动编号样式未知，已略去",
        "The numbers of a list are made by the word processor and not in the text.",
        "Nothing to do, unless the numbers themselves matter.",
    ),
    FindingKind(
        "part_unreadable",
        "warning",
        "parts of the file are broken and were left out",
        "文件部分内容损坏，已忽略",
        "The package is damaged; the document itself was readable.",
        "Ask for another copy if something seems to be missing.",
    ),
    FindingKind(
        "watermark_removed",
        "info",
        "a watermark was left out: {text}",
        "已略去水印文字：{text}",
        "The same large or slanted text lies over the pages.",
        "Nothing to do.",
    ),
    FindingKind(
        "embedded_object",
        "warning",
        "the file embeds an object that was not read: {name}",
        "文件内嵌对象未读取：{name}",
        "A workbook, an image of a table or another file is embedded.",
        "Take the object out and send it by itself.",
    ),
    FindingKind(
        "personal_data_withheld",
        "info",
        "names or telephone numbers were left out of this answer",
        "已略去个人姓名或联系电话",
        "The request asked for an answer without personal data.",
        "The originals are on the page named.",
    ),
)

BY_CODE = {kind.code: kind for kind in FINDING_KINDS}


def finding(
    code: str,
    *,
    table: str | None = None,
    page: int | None = None,
    cells: Sequence[str] = (),
    severity: SeverityName | None = None,
    **data: object,
) -> Finding:
    """A Finding with both messages filled in from ``data``; ``severity`` only when it differs from the code's own.

    Raises:
        KeyError: the code is not listed, or a name its messages need was not handed over.
    """
    kind = BY_CODE[code]
    return Finding(
        code=code,
        severity=severity or kind.severity,
        message=kind.message.format_map(data),
        message_zh=kind.message_zh.format_map(data),
        table=table,
        page=page,
        cells=list(cells),
    )


def from_notice(notice: Notice) -> Finding:
    """The finding that says what an extractor noticed, in the extractor's own words.

    Raises:
        KeyError: the extractor used a code that is not listed.
    """
    kind = BY_CODE[notice.code]
    page = notice.location.page if notice.location else None
    return Finding(
        code=kind.code, severity=kind.severity, message=notice.message, message_zh=notice.message_zh, page=page
    )


def as_markdown() -> str:
    """``docs/findings.md``: the list as a table, one row per code in the order of ``FINDING_KINDS``."""
    head = [
        "# Findings",
        "",
        "Every code that `findings` of a result may carry. Generated from `schemas/findings.py` by",
        "`python -m schemas.findings > docs/findings.md`; a test fails when it is out of date.",
        "",
        "| code | severity | message | 说明 | what it means | what to do |",
        "|---|---|---|---|---|---|",
    ]
    rows = [
        f"| `{k.code}` | {k.severity} | {k.message} | {k.message_zh} | {k.meaning} | {k.advice} |"
        for k in FINDING_KINDS
    ]
    return "\n".join(head + rows) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
