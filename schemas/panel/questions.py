"""Canonical sources: which table answers a question first, what may answer in its stead, and where a series breaks."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from schemas.codes import Code, CodeList, code_list, find_code
from schemas.panel.stated import stated


@dataclass(frozen=True, slots=True)
class Source:
    """A column of a kind. ``prefix`` and ``total`` name line items where its rows are such: what stands before a code,
    and which one is the total; None where rows have codes."""

    kind: str
    field: str
    prefix: str | None = None
    total: str | None = None

    def item(self, line: str) -> str | None:
        """What a line item is called in the canonical table; None where it has no counterpart there."""
        if line == self.total:
            return "total"
        code = line.removeprefix(self.prefix or "")
        return code if code.isdigit() else None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in two languages, and its sources, the canonical one first."""

    id: str
    label: str
    label_zh: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """A year from which a series means something else."""

    year: int
    what: str
    what_zh: str


@functools.cache
def questions() -> tuple[Question, ...]:
    """All that are stated."""
    return tuple(
        Question(one["id"], one["label"], one["label_zh"], tuple(_source(entry) for entry in one["sources"]))
        for one in stated("questions.yml")
    )


def question(question_id: str) -> Question:
    """The one of that id. Raises KeyError when there is none."""
    return {one.id: one for one in questions()}[question_id]


def question_of(kind: str, field: str) -> Question | None:
    """The question that this column answers first."""
    return next((one for one in questions() if (one.sources[0].kind, one.sources[0].field) == (kind, field)), None)


def form_breaks(kind: str, since: int, until: int) -> list[Break]:
    """Breaks of the forms of a kind between two years: what changed with a year after the first of them."""
    known = (one for one in stated("breaks.yml") if "kinds" not in one or kind in one["kinds"])
    found = (Break(one["from"], one["what"], one["what_zh"]) for one in known)
    return sorted((one for one in found if since < one.year <= until), key=lambda one: one.year)


def code_breaks(which: CodeList, code: str, since: int, until: int) -> list[Break]:
    """Years in which a code took its present meaning, another one, or none, as the code list knows."""
    found = []
    for year in range(since + 1, until + 1):
        before, now = find_code(which, code, year - 1), find_code(which, code, year)
        if before != now and (before or now):
            found.append(_renamed(year, code, before, now))
    return found


@functools.cache
def later_code(which: CodeList, code: str) -> str:
    """The code under which a renumbered one went on (2089901 is 2089999 since 2020); any other is its own."""
    return next((one.code for one in code_list(which) if code in one.aliases), code)


def _renamed(year: int, code: str, before: Code | None, now: Code | None) -> Break:
    if now is None:
        return Break(year, f"code {code} is no longer used", f"科目{code}停用")
    earlier = before.name if before else "、".join(now.aliases)
    until = (f", before that {earlier}", f"，此前为{earlier}") if earlier else ("", "")
    said = f"code {code} is {now.name} since {year}{until[0]}"
    return Break(year, said, f"科目{code}自{year}年起为{now.name}{until[1]}")


def _source(entry: dict[str, Any]) -> Source:
    items = entry.get("items", {})
    return Source(entry["kind"], entry["field"], items.get("prefix"), items.get("total"))
