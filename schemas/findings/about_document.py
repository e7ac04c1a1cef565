"""Findings about what the document says of itself: title, agency, year, kind, region."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

DOCUMENT_FINDINGS: tuple[FindingKind, ...] = (
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
)
