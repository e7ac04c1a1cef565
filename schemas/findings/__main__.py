"""Writes ``docs/findings.md`` to standard output."""

from __future__ import annotations

from schemas.findings import FINDING_KINDS


def as_markdown() -> str:
    """``docs/findings.md``: the list as a table, one row per code in the order of ``FINDING_KINDS``."""
    head = [
        "# Findings",
        "",
        "Every code that `findings` of a result may carry. Generated from `schemas/findings/` by",
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
