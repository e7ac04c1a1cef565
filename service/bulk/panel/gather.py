"""What a dataset holds for a question: its documents, and the candidates for each value."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from schemas.codes import CodeList
from schemas.panel.agencies import Body, body_of
from schemas.panel.choose import Candidate
from schemas.panel.level import RecordLevel
from schemas.panel.questions import Source, later_code
from service.bulk.dataset.read import part_files
from service.bulk.panel.ask import Ask

PROSE = "narrative_facts"  # kind of what only the prose says; its fields are KIND.FIELD
TOTAL = "total"
_FETCH = 10_000
_LISTS = frozenset(one.value for one in CodeList)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. ``body`` is None where it does not say whose it is."""

    sha256: str
    state: str
    error: str | None
    places: tuple[str, ...]
    kind: str | None
    agency: str | None
    region_code: str | None
    region_name: str | None
    year: int | None
    level: RecordLevel | None

    @property
    def body(self) -> Body | None:
        """The agency, by which papers are put together."""
        return body_of(self.region_code, self.agency, self.year) if self.agency else None


Place = tuple[Body, RecordLevel | None]


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the canonical table: its code or name, and the list that a code is of."""

    id: str
    code_list: str | None = None


@dataclass(slots=True)
class Gathered:
    """All of it. ``candidates`` by agency and level, year and item; ``unplaced``: those without agency or year."""

    papers: dict[str, Paper]
    candidates: dict[tuple[Place, int, Item], list[Candidate]]
    unplaced: dict[str, int] = field(default_factory=dict)
    units: list[tuple[str, str]] = field(default_factory=list)  # document of a department, name of a unit
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # document -> what its findings and tables say


def gather(dataset: Path, ask: Ask) -> Gathered:
    """Read what is needed. Raises NoDataset."""
    tables = _Tables(dataset)
    papers = {one.sha256: one for one in _papers(tables)}
    candidates: dict[tuple[Place, int, Item], list[Candidate]] = defaultdict(list)
    unplaced: dict[str, int] = defaultdict(int)
    for paper, year, item, candidate in _candidates(tables, ask, papers):
        if paper.body is None:
            unplaced["agency_unknown"] += 1
        elif year is None:
            unplaced["year_unknown"] += 1
        else:
            candidates[(paper.body, paper.level), year, item].append(candidate)
    return Gathered(papers, candidates, unplaced, list(_units(tables)), _remarks(tables, ask.kind))


class _Tables:
    """The tables of a dataset, to be queried."""

    def __init__(self, dataset: Path) -> None:
        import duckdb  # noqa: PLC0415

        self._files = {name: [str(dataset / part) for part in parts] for name, parts in part_files(dataset).items()}
        self._base = duckdb.connect()

    def rows(self, table: str, columns: str, where: str = "TRUE", *values: Any) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM read_parquet(?) WHERE {where}"
        cursor = self._base.cursor().execute(query, [self._files[table], *values])
        while rows := cursor.fetchmany(_FETCH):
            yield from rows


def _papers(tables: _Tables) -> Iterator[Paper]:
    columns = (
        "document, state, error, places, document_kind, agency, region_code, region_name, report_year, record_level"
    )
    for sha256, state, error, places, kind, agency, region, name, year, level in tables.rows("documents", columns):
        of = RecordLevel(level) if level else None
        yield Paper(sha256, state, error, tuple(json.loads(places)), kind, agency, region, name, year, of)


class _Row(NamedTuple):
    """What is read of one observation, in the order of the query."""

    document: str
    observation_id: str
    value: str | None
    value_status: str
    grade: str | None
    row_label: str | None
    page: int | None
    fiscal_year: int | None
    row_code: str | None
    row_code_list: str | None
    row_item: str | None
    row_role: str | None


def _candidates(
    tables: _Tables, ask: Ask, papers: Mapping[str, Paper]
) -> Iterator[tuple[Paper, int | None, Item, Candidate]]:
    for rank, source in enumerate(ask.question.sources):
        columns = ((False, source.kind, source.field), (True, PROSE, f"{source.kind}.{source.field}"))
        for from_prose, kind, name in columns:
            for found in tables.rows("observations", ", ".join(_Row._fields), "kind = ? AND field = ?", kind, name):
                row = _Row._make(found)
                item = _item(source, row, one_row=source.kind in ask.one_row)
                if item is not None and ask.item in (None, item.id):
                    yield papers[row.document], row.fiscal_year, item, _candidate(row, rank, from_prose=from_prose)


def _candidate(row: _Row, rank: int, *, from_prose: bool) -> Candidate:
    return Candidate(
        row.document,
        row.observation_id,
        rank,
        from_prose,
        row.value,
        row.value_status,
        row.grade,
        row.row_label,
        row.page,
    )


def _item(source: Source, row: _Row, *, one_row: bool) -> Item | None:
    """Which row of the canonical table a row stands for; None where it has no counterpart there."""
    if row.row_item is not None and source.total is not None:
        name = source.item(row.row_item)
        return Item(name, CodeList.FUNCTION if name.isdigit() else None) if name else None
    if one_row or (row.row_role == TOTAL and not row.row_code and not row.row_item):
        return Item(TOTAL)
    name = row.row_item or row.row_code or row.row_label
    if name == row.row_code and row.row_code_list in _LISTS:
        return Item(later_code(CodeList(row.row_code_list), name), row.row_code_list)
    return Item(name) if name else Item(TOTAL)


def _units(tables: _Tables) -> Iterator[tuple[str, str]]:
    columns = "DISTINCT document, unit_name"
    where = "kind = 'doc_unit_list' AND unit_name IS NOT NULL"
    yield from ((document, unit) for document, unit in tables.rows("observations", columns, where))


def _remarks(tables: _Tables, kind: str) -> dict[str, tuple[str, ...]]:
    """What may explain that a document gives no value: the state of its table, and its findings."""
    found: dict[str, set[str]] = defaultdict(set)
    for document, status in tables.rows("tables", "document, status", "kind = ? AND status <> 'ok'", kind):
        found[document].add(status)
    for document, code in tables.rows("findings", "DISTINCT document, code", "severity <> 'info'"):
        found[document].add(code)
    return {document: tuple(sorted(codes)) for document, codes in found.items()}
