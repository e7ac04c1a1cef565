"""The front door of the layer: a Document in, a Reading out. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from extractors.model import Document
from schemas.announced import announced_but_missing
from schemas.checks import check_findings, checks_of, suspicions
from schemas.checks.indexed import index_tables
from schemas.classify import Setting, classify, kinds_of_title
from schemas.decoder import Case, decode
from schemas.forms.checks import check_form, grade_form
from schemas.forms.draft import Draft
from schemas.forms.finish import FinishedForm, finish
from schemas.forms.read import read_forms
from schemas.forms.remarks import form_findings
from schemas.forms.scope import compare
from schemas.grades import grade_values
from schemas.kind import Catalogue
from schemas.misread import mend
from schemas.narrative import Narrative, read_narrative
from schemas.narrative.cells import Cells
from schemas.narrative.vocabulary import KIND
from schemas.observe import observations_of, table_of
from schemas.personal import withhold
from schemas.profile import TableCue, read_profile
from schemas.profile.kind_of_document import kind_of_title
from schemas.quality import quality_of, quality_of_tables
from schemas.recognised import graded_form, graded_prose, of_unsure_unit, recognised_pages
from schemas.records import TableReading
from schemas.result import Check, Observation, Profile, Reading
from schemas.seen import SeenTable, see_tables
from schemas.tables import ReadTable, document_unit, form_table, read_table
from schemas.witness import doubts_of

KIND_IN_DOUBT = "title_header_disagree"
_FAMILY_OF_DOCUMENT = {"final_account_disclosure": "final_accounts", "budget_disclosure": "budget"}


def read(document: Document, catalogue: Catalogue, *, personal_data: bool = False) -> Reading:
    """Everything that is said about one document: profile, tables, forms, observations, checks, findings.

    Names of persons and telephone numbers are withheld unless ``personal_data``.
    """
    seen = see_tables(document, catalogue)
    profile, profile_findings = read_profile(document, [_cue(table, catalogue) for table in seen])
    setting = Setting(catalogue, _family(profile), _fiscal_year(profile))
    drafts = _without_tables(read_forms(seen), setting)
    forms = [finish(draft, personal_data=personal_data) for draft in drafts]
    decided = decode(_read_tables(seen, setting, forms), _case(document, setting))
    kept = [withhold(table, personal_data=personal_data) for table in decided]
    tables = [one.table for one in kept]
    readings = [table.reading for table in tables if table.reading is not None]
    indexed = index_tables(readings)
    checks = checks_of(indexed)
    mended = mend(readings, checks)
    if mended.cells:
        readings = mended.readings
        indexed = index_tables(readings)
        checks = checks_of(indexed)
    groups = suspicions(checks, readings)
    form_checks = [check for number, form in enumerate(forms, 1) for check in check_form(form.form, number)]
    plain = [form.form for form in forms]
    scope = compare(document, plain, Cells(readings, setting.fiscal_year), catalogue)
    form_checks += [one.check for one in scope]
    prose = read_narrative(document, readings, setting.fiscal_year, setting.family, plain)
    doubts = doubts_of(indexed, [*checks, *prose.checks, *(one.check for one in scope)])
    grades = grade_values(
        readings,
        checks,
        groups,
        {cell for doubt in doubts for cell in doubt.cells}
        | _of_doubtful_kind(tables)
        | of_unsure_unit(document, tables),
        mended.cells,
    )
    observations = [observation for reading in readings for observation in observations_of(reading, grades)]
    from_images = recognised_pages(document)
    observations += graded_prose(_only_in_prose(prose, readings), from_images)
    every_check = [*checks, *form_checks, *prose.checks]
    by_table = quality_of_tables(observations, every_check)
    findings = [
        *profile_findings,
        *(found for table in tables for found in table.findings),
        *announced_but_missing(document, tables, catalogue),
        *(found for one in kept for found in one.findings),
        *(found for form in forms for found in form.findings),
        *mended.findings,
        *check_findings(checks, readings, groups),
        *(doubt.finding for doubt in doubts),
        *form_findings(form_checks, plain),
        *(one.finding() for one in scope if one.check.status == "not_applicable"),
        *prose.findings,
    ]
    withheld = frozenset[str]().union(*(one.cells for one in kept), *(form.withheld for form in forms))
    return Reading(
        profile=profile,
        tables=[table_of(table, by_table.get(table.seen.id), withheld) for table in tables],
        observations=observations,
        forms=[graded_form(grade_form(form, form_checks), from_images) for form in plain],
        checks=every_check,
        findings=findings,
        quality=quality_of(observations, every_check),
    )


def _case(document: Document, setting: Setting) -> Case:
    """What the decoder decides with; the prose is read only where a choice is open."""

    def prose(readings: Sequence[TableReading]) -> Sequence[Check]:
        return read_narrative(document, readings, setting.fiscal_year, setting.family).checks

    return Case(setting, prose)


def _only_in_prose(prose: Narrative, readings: Sequence[TableReading]) -> Iterator[Observation]:
    """The facts of the prose that no table of the document prints: what a table prints is held against it instead.

    They are of a kind of their own, so that nobody takes them for values of a table; a fact that a table could hold
    names its kind in its field: ``fa_general_budget_expenditure.initial_budget``.
    """
    printed = {(reading.kind.id, value.column.id) for reading in readings for value in reading.values}
    for fact in prose.observations:
        if fact.kind == KIND:
            yield fact
        elif (fact.kind, fact.field) not in printed:
            yield msgspec.structs.replace(fact, kind=KIND, field=f"{fact.kind}.{fact.field}")


def _of_doubtful_kind(tables: Sequence[ReadTable]) -> set[str]:
    """The values of tables whose title names another kind than their header."""
    doubtful = (one.reading for one in tables if any(found.code == KIND_IN_DOUBT for found in one.findings))
    return {value.cell for reading in doubtful if reading is not None for value in reading.values}


def _without_tables(drafts: Sequence[Draft], setting: Setting) -> list[Draft]:
    """The forms, less those without indicators whose title and header name a table: a list of projects with goals."""

    known: dict[str, bool] = {}  # a list of projects is one grid and very many forms

    def is_table(seen: SeenTable) -> bool:
        if seen.id not in known:
            decision = seen.caption.matches and classify(seen.frame, seen.columns, seen.caption, seen.id, setting)
            known[seen.id] = bool(decision and decision.fit)
        return known[seen.id]

    return [draft for draft in drafts if draft.indicators or not draft.listed or not is_table(draft.seen[0])]


def _read_tables(seen: Sequence[SeenTable], setting: Setting, forms: Sequence[FinishedForm]) -> list[ReadTable]:
    """Every grid as a table; those that are forms keep their cells and the kind of their form."""
    kinds = {table_id: form.form.kind for form in forms for table_id in form.form.tables}
    scores = {table_id: form.form.kind_score for form in forms for table_id in form.form.tables}
    borrowed = document_unit(seen)
    return [
        form_table(table, kinds[table.id], scores[table.id])
        if table.id in kinds
        else read_table(table, setting, borrowed)
        for table in seen
    ]


def _cue(table: SeenTable, catalogue: Catalogue) -> TableCue:
    """What the title of a table says about the document, before its header was read."""
    kinds = [catalogue.kind(kind_id) for kind_id in kinds_of_title(table.caption)]
    families = {kind.family for kind in kinds}
    return TableCue(
        kind=kinds[0].id if kinds else None,
        family=families.pop() if len(families) == 1 else None,  # 财政拨款收支总表 is a budget and a final account
        title=table.caption.title_text,
        location=table.grid.location,
    )


def _family(profile: Profile) -> str | None:
    """The family of a disclosure; of one without tables, that of its title: the amounts of a budget are no outcome."""
    kind, title = profile.document_kind.value, profile.title.value
    if kind == "narrative_only" and isinstance(title, str):
        kind = kind_of_title(title)
    return _FAMILY_OF_DOCUMENT.get(str(kind))


def _fiscal_year(profile: Profile) -> int | None:
    value = profile.fiscal_year.value
    return value if isinstance(value, int) else None
