"""Findings about the prose of a disclosure, held against its tables, its forms and itself."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

NARRATIVE_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "narrative_contradicts_table",
        "warning",
        "the text says {label} {said}, {table_title} prints {printed} (both in 元; difference {diff}): “{sentence}”",
        "正文“{label}”为 {said} 元，《{table_title}》列示 {printed} 元，相差 {diff} 元：“{sentence}”",
        "A sentence names an amount of a table, and the table prints another one, which it never replaces.",
        "Compare the sentence with the cell; most often the text was taken over from the year before, or mistyped.",
    ),
    FindingKind(
        "narrative_unit_doubtful",
        "warning",
        "the text says {label} {said}, {table_title} prints {printed} (both in 元): they differ by a factor of 10,000, "
        "and other sentences agree with the table: “{sentence}”",
        "正文“{label}”为 {said} 元，《{table_title}》列示 {printed} 元，恰好相差约一万倍，而其他语句与该表一致："
        "“{sentence}”",
        "The unit in the sentence (元, 万元, 亿元) is wrong; the table is not.",
        "Use the table; the fact is kept as printed and graded C.",
    ),
    FindingKind(
        "narrative_inconsistent",
        "warning",
        "the text says {label} {said}, its amounts give {computed} (rounding allows {band}): “{sentence}” ({formula})",
        "正文“{label}”为 {said}，按正文及表中数据计算为 {computed}（舍入可容许 {band}）：“{sentence}”（{formula}）",
        "A share, a growth rate, a rate of completion or a sum in the text does not follow from the amounts beside it.",
        "Recompute it from the amounts; it is not known which of the numbers is wrong.",
    ),
    FindingKind(
        "narrative_parts_differ",
        "warning",
        "the text gives {label} {said} and as its parts {parts}, which add up to {computed} (all in 元; difference "
        "{diff}): “{sentence}”",
        "正文“{label}”为 {said} 元，所列组成部分为{parts}，合计 {computed} 元，相差 {diff} 元：“{sentence}”",
        "A sentence, or the text of a cell, names an amount and its parts, and they do not add up. Information only "
        "where the sentence does not say where its parts end.",
        "Compare the sentence with the tables: an amount is mistyped, or a part is named that is none.",
    ),
    FindingKind(
        "narrative_parts_short",
        "info",
        "of {label} {said} the text names {parts}, together {computed} (all in 元); the other {diff} is not named: "
        "“{sentence}”",
        "正文“{label}”为 {said} 元，其中列出{parts}，合计 {computed} 元，其余 {diff} 元未作说明：“{sentence}”",
        "The text divides an expenditure into basic and project expenditure, and something is left over.",
        "Ask what the rest is: money of another scope, or an amount that was forgotten or mistyped.",
    ),
    FindingKind(
        "narrative_reasons_differ",
        "info",
        "the text explains {label} {said} by {parts}, together {computed} (all in 元), which is {diff} more than "
        "it is to explain: “{sentence}”",
        "文中以{parts}（合计 {computed} 元）说明“{label}” {said} 元，多出 {diff} 元：“{sentence}”",
        "Amounts given in brackets as the reason for another amount add up to more than that amount.",
        "They need not be its parts; look whether one of them is counted twice.",
    ),
    FindingKind(
        "inconsistent_scope",
        "info",
        "the text says {label} {said}, a form of the same document says {printed}: “{sentence}”",
        "正文“{label}”为 {said}，同一文件的表单为 {printed}：“{sentence}”",
        "Text and form may count different things: the initial budget and the adjusted one, one fund and all money.",
        "Look at what each of them includes before you use either.",
    ),
)
