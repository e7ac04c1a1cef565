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
        "inconsistent_scope",
        "info",
        "the text says {label} {said}, a form of the same document says {printed}: “{sentence}”",
        "正文“{label}”为 {said}，同一文件的表单为 {printed}：“{sentence}”",
        "Text and form may count different things: the initial budget and the adjusted one, one fund and all money.",
        "Look at what each of them includes before you use either.",
    ),
)
