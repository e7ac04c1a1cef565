"""The rows of a summary of self-evaluations, held against the sentences that repeat them.

``离休干部医药费专项资金预算348.064万元，实际支出348.064万元`` is the row 离休干部医药费项目. Texts shorten names, so a
row is found by what is left of its name without 专项资金, 项目 and the like, where one row and one sentence go by it.
What was spent must agree; the text may speak of another budget than the table does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from schemas.checks.rounding import off_by_unit
from schemas.findings import finding
from schemas.narrative.cells import Cells
from schemas.narrative.checks import Told, verdict_of
from schemas.narrative.numbers import Token, tokens_of
from schemas.narrative.paragraphs import Folded, Paragraph, fold_paragraph
from schemas.narrative.remarks import plain, shortened
from schemas.narrative.summary import Stated, stated_by_row
from schemas.result import Check, Finding
from schemas.text import fold

Item = TypeVar("Item")
RULE = "PS.text"
_BUDGET = re.compile(r"(?P<name>[^,，;；。:\n]{2,60}?)(?:年初|全年|调整后?)?预算(?:数|金额|安排)?(?:为|共)?$")
_SPENT = re.compile(r"(?:支出|执行)(?:数|金额)?(?:为|共)?$")
_TAIL = re.compile(r"(?:专项|补助|资金|项目|经费|费|支出|工作)+$")
_ENDS = frozenset("。;；\n")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sentence says of one project: the token of each amount by the field that forms give it."""

    folded: Folded
    name: str
    amounts: Mapping[str, Token]


def repeated_rows(paragraphs: Sequence[Paragraph], cells: Cells) -> Iterator[Told]:
    """One check for each amount of a row that a sentence repeats."""
    fields = {field: stated_by_row(cells, field) for field in ("adjusted_budget", "executed")}
    named = _only_ones((_stem(_name(stated)), row) for row, stated in fields["executed"].items())
    said = _only_ones((_stem(one.name), one) for one in _sentences(paragraphs)) if named else {}
    for stem, row in named.items():
        for field, token in said[stem].amounts.items() if stem in said else ():
            if row in fields[field]:
                yield _held(said[stem], (field, token), row, fields[field][row])


def _only_ones(named: Iterable[tuple[str, Item]]) -> dict[str, Item]:
    """What goes by a name that nothing else goes by."""
    found: dict[str, list[Item]] = defaultdict(list)
    for name, one in named:
        found[name].append(one)
    return {name: ones[0] for name, ones in found.items() if name and len(ones) == 1}


def _name(stated: Stated) -> str:
    row = stated.cells[0].value.row
    return row.raw_label or row.label or ""


def _stem(name: str) -> str:
    """The name without the words that say only that it is money for something."""
    return _TAIL.sub("", fold(name).replace("(", "").replace(")", ""))


def _sentences(paragraphs: Sequence[Paragraph]) -> Iterator[_Said]:
    """Each name with its budget, and what was spent of it before the sentence ends."""
    for paragraph in paragraphs:
        if "预算" in paragraph.printed:
            yield from _of_paragraph(fold_paragraph(paragraph))


def _of_paragraph(folded: Folded) -> Iterator[_Said]:
    name, amounts, start = "", dict[str, Token](), 0
    for token in tokens_of(folded.text):
        before = folded.text[start : token.start]
        if token.mark in _ENDS or (token.is_money and _BUDGET.search(before)):
            if "executed" in amounts:
                yield _Said(folded, name, amounts)
            name, amounts = "", {}
        if token.is_money and not token.is_rate:
            if budget := _BUDGET.search(before):
                name, amounts = budget["name"], {"adjusted_budget": token}
            elif name and _SPENT.search(before):
                amounts.setdefault("executed", token)
        start = token.end
    if "executed" in amounts:
        yield _Said(folded, name, amounts)


def _held(said: _Said, amount: tuple[str, Token], row: int, stated: Stated) -> Told:
    field, token = amount
    band = token.step + stated.half
    cells = [one.value.cell for one in stated.cells]
    check = verdict_of(f"{RULE}#{row}.{field}", (token.value, stated.amount, band), cells, "正文 = 汇总表")
    fails = check.status == "fail"
    of_another_budget = field != "executed" and not off_by_unit(token.value, stated.amount, band)
    if fails and of_another_budget:
        check = msgspec.structs.replace(check, status="not_applicable")
    return Told(check, _finding(said, token, check, stated) if check.status == "fail" else None)


def _finding(said: _Said, token: Token, check: Check, stated: Stated) -> Finding:
    table = stated.cells[0].table
    return finding(
        "narrative_contradicts_table",
        table=table.id,
        page=said.folded.place(token.start, token.end).page,
        cells=check.cells,
        label=said.name,
        said=plain(check.lhs),
        printed=plain(check.rhs),
        diff=plain(check.diff),
        table_title=f"{table.name} / {_name(stated)}",
        sentence=shortened(said.folded.words(max(0, token.start - 60), token.end)),
    )
