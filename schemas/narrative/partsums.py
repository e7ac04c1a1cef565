"""Amounts and the parts that a text names of them, held against each other: in the prose, and in the cells of grids.

Parts that are said to be all of it must make the whole. Parts in brackets can be no more than the whole. Of a list that
is open at its end nobody knows where it ends, and of reasons nobody knows whether they were meant as parts: what does
not fit there is a note. So is a whole whose 基本支出 and 项目支出 are named and leave something over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extractors.model import Document, Location, TextLine
from schemas.checks.weigh import Status
from schemas.findings import finding
from schemas.narrative.breakdown import MAY_OPEN, SHORTEST, Amount, Breakdown, Manner, breakdowns_of
from schemas.narrative.checks import Told
from schemas.narrative.facts import Fact
from schemas.narrative.paragraphs import Folded, Paragraph, fold_paragraph
from schemas.narrative.remarks import plain, shortened
from schemas.records import table_of_cell
from schemas.result import Check, Finding

RULE = "N.of"
DIVISION = ("基本支出", "项目支出")  # every expenditure of a department is one of these, but for a few rare kinds


@dataclass(frozen=True, slots=True)
class _Stated:
    """One statement and where it stands: its paragraph, or the cell of a grid."""

    said: Breakdown
    folded: Folded
    cell: str | None


def part_sums(
    document: Document, paragraphs: Sequence[Paragraph], facts: Sequence[Fact], totals: Collection[Fact]
) -> Iterator[Told]:
    """One for each statement of a whole and its parts that holds, or that its reader must know of. ``totals`` are the
    facts whose sums are held by their names.
    """
    for number, stated in enumerate(_stated(document, paragraphs), 1):
        code, severity = _verdict(stated.said)
        if code is None and abs(stated.said.whole.value - stated.said.sum) > stated.said.band:
            continue
        if any(_is_of(fact, stated.said.whole, stated) for fact in totals):
            continue
        check = _check(stated, number, code, severity, facts)
        yield Told(check, None if code is None else _finding(stated, check, code, severity))


def _stated(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[_Stated]:
    texts: list[tuple[Paragraph, str | None]] = [(paragraph, None) for paragraph in paragraphs]
    for number, grid in enumerate(document.grids, 1):
        for cell in grid.cells:
            if len(cell.text) >= SHORTEST and MAY_OPEN.search(cell.text):
                line = TextLine(cell.text, cell.location)
                texts.append((Paragraph((line,)), f"t{number:02d}.r{cell.row}.c{cell.col}"))
    for paragraph, name in texts:
        if MAY_OPEN.search(paragraph.printed):
            folded = fold_paragraph(paragraph)
            yield from (_Stated(said, folded, name) for said in breakdowns_of(folded.text))


def _verdict(said: Breakdown) -> tuple[str | None, str]:
    """The code and the severity of what is to be told; no code where nothing is."""
    diff = said.whole.value - said.sum
    if abs(diff) <= said.band:
        return None, ""
    if said.manner is Manner.REASON:
        return ("narrative_reasons_differ", "info") if diff < 0 else (None, "")
    if said.manner is Manner.ALL or (said.closed and diff < 0):
        return "narrative_parts_differ", "warning"
    if diff < 0:
        return "narrative_parts_differ", "info"
    is_division = all(any(word in part.label for part in said.parts) for word in DIVISION)
    return ("narrative_parts_short", "info") if is_division else (None, "")


def _check(stated: _Stated, number: int, code: str | None, severity: str, facts: Sequence[Fact]) -> Check:
    said = stated.said
    diff = said.whole.value - said.sum
    status: Status = "fail" if severity == "warning" else "not_applicable" if code else "rounding" if diff else "pass"
    amounts = (said.whole, *said.parts)
    cells = (
        [stated.cell] if stated.cell else [fact.id for one in amounts for fact in facts if _is_of(fact, one, stated)]
    )
    return Check(
        id=f"{RULE}#{number}",
        rule=RULE,
        scope="narrative",
        status=status,
        lhs=said.whole.value,
        rhs=said.sum,
        diff=diff,
        band=said.band,
        cells=cells,
        note=f"{said.whole.label} = {' + '.join(part.label for part in said.parts)}",
    )


def _is_of(fact: Fact, amount: Amount, stated: _Stated) -> bool:
    """Whether a fact of the prose is this amount of this paragraph."""
    return fact.value == amount.value and fact.place == stated.folded.place(amount.start, amount.end)


def _finding(stated: _Stated, check: Check, code: str, severity: str) -> Finding:
    said, place = stated.said, _place(stated)
    return finding(
        code,
        severity="info" if severity == "info" else None,
        table=table_of_cell(stated.cell) if stated.cell else None,
        page=place.page,
        cells=check.cells,
        label=said.whole.label,
        said=plain(said.whole.value),
        parts="、".join(f"{part.label} {plain(part.value)}" for part in said.parts),
        computed=plain(said.sum),
        diff=plain(abs(said.whole.value - said.sum)),
        sentence=_sentence(stated),
    )


def _place(stated: _Stated) -> Location:
    return stated.folded.place(stated.said.whole.start, stated.said.parts[-1].end)


def _sentence(stated: _Stated) -> str:
    text, said = stated.folded.text, stated.said
    start, end = text.rfind("。", 0, said.whole.start) + 1, text.find("。", said.parts[-1].end) + 1
    return shortened(stated.folded.words(start, end or len(text)))
