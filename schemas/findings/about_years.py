"""Findings about two documents of one agency, held against each other."""

from __future__ import annotations

from schemas.findings.kind import FindingKind

YEARS_FINDINGS: tuple[FindingKind, ...] = (
    FindingKind(
        "balance_carried_differs",
        "warning",
        "the final account of {year} begins with a balance of {said}, that of {before} ends with {printed} (元; "
        "difference {diff})",
        "{year}年度决算年初结转和结余为 {said} 元，{before}年度决算年末结转和结余为 {printed} 元，相差 {diff} 元",
        "What is carried over at the end of a year is what the next one begins with, unless it was restated or the "
        "agency took over or gave up units.",
        "Look for a restatement in the text of the later document; both amounts are kept as printed.",
    ),
    FindingKind(
        "budget_disclosed_differs",
        "warning",
        "the final account of {year} names {said} as the initial budget of {label}, the budget of that year "
        "{printed} (元; difference {diff})",
        "{year}年度决算称“{label}”年初预算为 {said} 元，当年部门预算列示 {printed} 元，相差 {diff} 元",
        "Both documents state the same budget by item, and they differ.",
        "The final account may count another scope, or the budget was published again; look at both.",
    ),
)
