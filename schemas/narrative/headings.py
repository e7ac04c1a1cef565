"""Headings: where a paragraph stands, and whose money a section speaks of."""

from __future__ import annotations

import re

from schemas.narrative.paragraphs import Folded

_LONGEST = 48
_LEVELS = (
    (0, re.compile(r"第[一二三四五六七八九十]+部分")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"\([一二三四五六七八九十]{1,3}\)")),
)
_TITLE = re.compile(r".{0,40}(?:说明|情况|名词解释)$")
_SCOPES = (
    ("三公", "three_public"),
    ("政府采购", "procurement"),
    ("国有资产", "assets"),
    ("资产管理", "assets"),
    ("绩效", "performance"),
    ("政府性基金", "government_fund"),
    ("国有资本", "state_capital"),
    ("一般公共预算", "general_public_budget"),
    ("财政拨款", "fiscal"),
)
_ALL = re.compile(r"(?:收入|支出|收支)(?:预算|决算)|(?:收入|支出|收支)(?:总体)?情况")


def level_of(folded: Folded) -> int | None:
    """The level of a heading, 0 the highest; None for a paragraph that is none."""
    text = folded.text.removesuffix("。")
    if len(text) > _LONGEST or text[-1:] in ";,，。" or "。" in text or "元" in text or "%" in text:
        return None
    for level, form in _LEVELS:
        if form.match(text):
            return level
    return 0 if _TITLE.fullmatch(text) and len(folded.lines) == 1 else None


def scope_of(heading: str) -> str | None:
    """The scope that a heading names; None when it names none."""
    for word, scope in _SCOPES:
        if word in heading:
            return scope
    return "all" if _ALL.search(heading) else None
