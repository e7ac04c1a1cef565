"""Findings about the unit of a table and about single amounts of it."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

AMOUNT_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "amount_repaired",
        "warning",
        "{text} was read from the image; no sum of this cell holds with it, all hold with {number}, which was taken",
        "图像识别为 {text}，与勾稽关系不符；按唯一相近读法取 {number}",
        "One character that looks like another was misread, or a decimal point was lost: of all near readings one, and "
        "one only, makes every sum of the cell hold. The text is what was read, the value is the repaired one (C).",
        "Compare the amount with the page.",
    ),
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
        "Every table that prints a unit prints this one; this table prints none. Its values are graded C.",
        "Compare one amount with a known total before you use the table.",
    ),
    FindingKind(
        "unit_decoded",
        "info",
        "this table prints no unit that could be relied on; it was read in {unit}, because {count} amounts agree with "
        "known ones in this unit alone (first: {first}, {amount} yuan)",
        "本表未标明可靠的金额单位；按“{unit}”读取，因为只有在该单位下有 {count} 处金额与单位已知的数据相符"
        "（如 {first}，{amount} 元）",
        "The same amounts stand in a table whose unit is printed, or in the text, and only one unit makes them equal.",
        "Nothing to do; the checks named here are the proof.",
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
        "A level goes on behind a page break, or a text is put together from both of its sides.",
        "Nothing to do, unless what was put together looks wrong on the page.",
    ),
)
