"""The prose of a disclosure, the 情况说明: amounts, shares, growth and counts as facts, held against the tables.

``read_narrative`` is the front door. Facts have source ``narrative``, their sentence and their place, and are graded B
at best; they are never taken for a table's value, and no number printed anywhere is changed. Reading is careful before
it is complete: a number is paired with a label of its own clause only, and what the words leave open becomes no fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.model import Document
from schemas.narrative.cells import Cells
from schemas.narrative.checks import Judge, held_checks
from schemas.narrative.facts import Sum
from schemas.narrative.forms import held_against_forms
from schemas.narrative.observe import Writer
from schemas.narrative.paragraphs import paragraphs_of
from schemas.narrative.partsums import part_sums
from schemas.narrative.read import Reader, read_paragraphs
from schemas.narrative.remarks import narrative_findings
from schemas.narrative.summary_text import repeated_rows
from schemas.narrative.sums import sums_of
from schemas.records import TableReading
from schemas.result import Check, Finding, Form, Observation
from schemas.text import fold

__all__ = ["Narrative", "read_narrative"]

#: Words that only disclosures and evaluations print near their beginning. A document of neither family without them
#: (a statistical report, a budget of a whole city) is not read.
_CUES = (
    "绩效自评",
    "绩效评价",
    "整体支出",
    "三公",
    "部门预算",
    "部门决算",
    "单位预算",
    "单位决算",
    "政府采购预算",
    "政府采购决算",
)
_BEGINNING = 60  # lines
_TITLE = 8  # lines
_LONGEST = 40  # characters of a title


@dataclass(frozen=True, slots=True)
class Narrative:
    """What the prose says. ``cell`` of an observation is the id (n001) that its checks and findings name it by."""

    observations: tuple[Observation, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_narrative(
    document: Document,
    readings: Sequence[TableReading],
    fiscal_year: int | None,
    family: str | None,
    forms: Sequence[Form] = (),
) -> Narrative:
    """The facts of the prose of one document, in yuan, and how they agree with its tables, its forms and each other.

    ``family`` is ``final_accounts`` or ``budget``; None for reports that are neither (performance reports), whose facts
    are not held against tables. ``fiscal_year`` tells this year's amounts from last year's.
    """
    if family is None and not _is_disclosure(document):
        return Narrative()
    cells = Cells(readings, fiscal_year)
    reader = Reader(cells, fiscal_year, family, _title_of(document))
    paragraphs = list(paragraphs_of(document))
    notes = read_paragraphs(paragraphs, reader)
    relations = [*notes.relations, *sums_of(notes.facts, notes.relations)]
    totals = {relation.total for relation in relations if isinstance(relation, Sum)}
    sums = list(part_sums(document, paragraphs, notes.facts, totals))
    held = [*held_checks(notes.facts, relations, Judge(cells, family)), *held_against_forms(notes.facts, forms)]
    rows = list(repeated_rows(paragraphs, cells))
    observations = Writer(cells, family).observations(notes.facts, held)
    checks = (*(one.check for one in held), *(one.check for one in (*sums, *rows)))
    findings = (*narrative_findings(held), *(one.finding for one in (*sums, *rows) if one.finding is not None))
    return Narrative(tuple(observations), checks, findings)


def _is_disclosure(document: Document) -> bool:
    return any(cue in line.text for line in document.lines[:_BEGINNING] for cue in _CUES)


def _title_of(document: Document) -> tuple[str, ...]:
    """The short lines that the document begins with, folded and without brackets."""
    lines = (line.text for line in document.lines[:_TITLE] if len(line.text) <= _LONGEST)
    return tuple(fold(line).replace("(", "").replace(")", "") for line in lines)
