"""Findings about accounting identities that do not hold."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

CHECK_FINDINGS: tuple[FindingKind, ...] = (
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
    FindingKind(
        "form_scope_differs",
        "info",
        "{rule}: performance forms print {said} yuan, {title} prints {printed}",
        "绩效表与《{title}》口径不一致（{rule}）：绩效表 {said} 元，该表 {printed} 元",
        "Forms often count other money than tables: selected projects, an adjusted budget, money of an upper level.",
        "Look at what each of them includes before you use either; no amount is doubted for it.",
    ),
    FindingKind(
        "printed_formula_disagrees",
        "warning",
        "{title} prints the formula {formula}, which does not hold for {name}: {lhs} is printed, "
        "the formula gives {rhs} (places where it fails: {count})",
        "《{title}》所附公式“{formula}”与列示数不符：{name} 列示 {lhs}，按公式为 {rhs}（不符 {count} 处）",
        "The other identities hold, or the formula names lines and columns that the table does not have. Publishers "
        "copy formulas from the form of another year, so no amount is doubted for it.",
        "Read the formula on the page; the amounts keep the grades that other sums give them.",
    ),
)
