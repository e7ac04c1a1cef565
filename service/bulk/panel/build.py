"""From candidates to the rows of a panel: chosen values, what may be added up, breaks, coverage."""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from schemas.codes import CodeList
from schemas.panel.agencies import Body, agency_break, counted_in, region_in_year, was_not_there
from schemas.panel.choose import Candidate, Choice, Standing, Status, best_source, choose
from schemas.panel.level import RecordLevel
from schemas.panel.questions import code_breaks, form_breaks
from service.bulk.panel.ask import UNITS, Ask
from service.bulk.panel.gather import Gathered, Item, Paper, Place
from service.export.columns import Cell
from service.export.exact import exact_number

# What is said of an agency's year with several items; blank lines beside values are nothing to remark.
FIRST_SAID = (Status.CONFLICT, Status.SEVERAL_ROWS, Status.DOUBTFUL, Status.UNREAD, Status.OK, Status.BLANK)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a panel. ``amount`` is in the unit asked for, None where there is none; ``inside`` names the
    department that holds it already."""

    place: Place
    year: int
    item: Item
    choice: Choice
    amount: Decimal | None
    counted: bool
    inside: str | None
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """An agency with its level, as the tables show it in one year."""

    region_code: str | None
    region_name: str | None
    agency: str
    level: str | None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Its columns."""
        return (self.region_code, self.region_name, self.agency, self.level)


class Panel:
    """A question answered from a dataset."""

    def __init__(self, ask: Ask, gathered: Gathered) -> None:
        self.ask = ask
        self._gathered = gathered
        self._names = _names(gathered.papers.values())
        self.values = sorted(self._values(), key=lambda one: (*_sort(one.place), one.item.id, one.year))
        self.years = sorted({one.year for one in self.values})

    def entity(self, place: Place, year: int) -> Entity:
        """An agency as it was in a year; the region as printed where the list of that year does not know it."""
        (code, _), level = place
        agency, region_name = self._names[place[0]]
        region = region_in_year(code, agency, year)
        named = (region.code, region.full_name) if region else (code, region_name)
        return Entity(*named, agency, level.value if level else None)

    def _values(self) -> Iterator[Value]:
        inside, sources = self._inside(), self._sources()
        for (place, year, item), found in self._gathered.candidates.items():
            candidates = [one for one in found if (one.from_prose, one.rank) == sources[place, year]]
            if not candidates:
                continue
            choice = choose(candidates)
            holder = inside.get(year, {}).get(place)
            usable = choice.status is Status.OK or (self.ask.doubtful and choice.status is Status.DOUBTFUL)
            amount = _in_unit(choice.value, self.ask.unit)
            counted = usable and holder is None and amount is not None
            name = self._names[holder][0] if holder is not None else None
            yield Value(place, year, item, choice, amount, counted, name, self._breaks(place, choice, item, year))

    def _sources(self) -> dict[tuple[Place, int], Standing]:
        """The source that is taken for each agency and year; the canonical one where nothing is read."""
        found: dict[tuple[Place, int], list[Candidate]] = defaultdict(list)
        for (place, year, _), candidates in self._gathered.candidates.items():
            found[place, year] += candidates
        return {key: best_source(candidates) or (False, 0) for key, candidates in found.items()}

    def _inside(self) -> dict[int, dict[Place, Body]]:
        """Year by year, the records that a department's disclosure holds already."""
        levels: dict[int, dict[tuple[str | None, str], set[RecordLevel | None]]] = defaultdict(dict)
        for (body, level), year, _ in self._gathered.candidates:
            levels[year].setdefault(body, set()).add(level)
        units = defaultdict(list)
        for document, unit in self._gathered.units:
            paper = self._gathered.papers[document]
            if paper.body is not None and paper.year is not None:
                units[paper.year].append((paper.body, unit))
        return {
            year: counted_in({body: frozenset(own) for body, own in bodies.items()}, units[year], year)
            for year, bodies in levels.items()
        }

    def _breaks(self, place: Place, choice: Choice, item: Item, year: int) -> tuple[str, ...]:
        source = self.ask.question.sources[choice.chosen.rank]
        reform = agency_break(place[0][1], year - 1, year)
        own = (" / ".join(reform),) if reform is not None else ()
        return own + _series_breaks(source.kind, item.id, item.code_list, year)

    def long(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of the long table."""
        for one in self.values:
            chosen = one.choice.chosen
            source = self.ask.question.sources[chosen.rank]
            others = {other.observation_id: other.value for other in one.choice.others}
            yield (
                *self.entity(one.place, one.year).cells,
                one.year,
                one.item.id,
                chosen.label,
                one.amount,
                self.ask.unit,
                one.choice.value,
                one.choice.status.value,
                int(one.counted),
                one.inside,
                chosen.grade,
                source.kind,
                source.field,
                chosen.rank,
                "narrative" if chosen.from_prose else "table",
                "; ".join(one.breaks) or None,
                json.dumps(others, ensure_ascii=False) if others else None,
                one.choice.documents,
                chosen.page,
                chosen.observation_id,
            )

    def wide(self) -> Iterator[tuple[Cell, ...]]:
        """The rows of the wide table: usable values alone, whether they may be added up or not."""
        rows: dict[tuple[Place, str], list[Value]] = defaultdict(list)
        for one in self.values:
            rows[one.place, one.item.id].append(one)
        for (place, item), values in rows.items():
            amounts = {one.year: one.amount for one in values if self.is_usable(one)}
            breaks = [f"{one.year}: {said}" for one in values for said in one.breaks]
            yield (
                *self.entity(place, values[-1].year).cells,
                item,
                values[-1].choice.chosen.label,
                self.ask.unit,
                *(amounts.get(year) for year in self.years),
                "; ".join(breaks) or None,
            )

    def is_usable(self, one: Value) -> bool:
        """Whether the value is sure enough for what was asked."""
        return one.choice.status is Status.OK or (self.ask.doubtful and one.choice.status is Status.DOUBTFUL)

    def coverage(self, kinds: frozenset[str]) -> Iterator[tuple[Cell, ...]]:
        """The rows of the coverage table. ``kinds`` are those of documents that should answer the question."""
        found: dict[tuple[Place, int], list[Value]] = defaultdict(list)
        for one in self.values:
            found[one.place, one.year].append(one)
        papers = self._answering(kinds)
        places = sorted({place for place, _ in (*found, *papers)}, key=_sort)
        years = sorted({year for _, year in (*found, *papers)})
        for place in places:
            for year in years:
                yield self._covered(place, year, found[place, year], papers.get((place, year), []))
        yield from self._not_placed()

    def _answering(self, kinds: frozenset[str]) -> dict[tuple[Place, int], list[Paper]]:
        used = {one.choice.chosen.document for one in self.values}
        papers = defaultdict(list)
        for paper in self._gathered.papers.values():
            answers = not kinds or paper.kind in kinds or paper.sha256 in used
            if paper.body is not None and paper.year is not None and answers:
                papers[(paper.body, paper.level), paper.year].append(paper)
        return papers

    def _covered(self, place: Place, year: int, values: list[Value], papers: list[Paper]) -> tuple[Cell, ...]:
        statuses = Counter(one.choice.status for one in values)
        if values:
            status: str = next(one for one in FIRST_SAID if statuses[one]).value
        else:
            status = "missing" if papers else "no_document"
        remarks = sorted({code for paper in papers for code in self._gathered.remarks.get(paper.sha256, ())})
        why = "; ".join(remarks) or "no_such_table" if status == "missing" else None
        if status == "no_document" and was_not_there(place[0][1], year):
            why = "agency_not_founded"
        where = [at for paper in papers for at in paper.places]
        counts = (
            len(values),
            statuses[Status.OK],
            len(papers),
            json.dumps(where, ensure_ascii=False) if where else None,
        )
        return (*self.entity(place, year).cells, year, status, why, *counts)

    def _not_placed(self) -> Iterator[tuple[Cell, ...]]:
        """Documents that failed, and those that do not say whose or of which year they are: a row each."""
        for paper in self._gathered.papers.values():
            unknown = "agency_unknown" if paper.agency is None else "year_unknown" if paper.year is None else None
            status = "failed" if paper.state == "failed" else unknown
            if status:
                where = json.dumps(list(paper.places), ensure_ascii=False)
                why = paper.error or "; ".join(self._gathered.remarks.get(paper.sha256, ())) or None
                yield (paper.region_code, None, paper.agency, None, paper.year, status, why, 0, 0, 1, where)

    def notes(self) -> dict[str, object]:
        """What must be said of the panel: counts, breaks, what is not placed."""
        levels = Counter(one.place[1] for one in self.values)
        return {
            "status": dict(sorted(Counter(one.choice.status.value for one in self.values).items())),
            "counted": sum(one.counted for one in self.values),
            "counted_in_a_department": sum(one.inside is not None for one in self.values),
            "level_not_said": levels[None],
            "from_fallbacks": sum(one.choice.chosen.rank > 0 or one.choice.chosen.from_prose for one in self.values),
            "not_placed": dict(self._gathered.unplaced),
            "breaks": sorted({f"{one.year}: {said}" for one in self.values for said in one.breaks}),
        }


@functools.cache
def _series_breaks(kind: str, item: str, code_list: str | None, year: int) -> tuple[str, ...]:
    found = form_breaks(kind, year - 1, year)
    if code_list in {one.value for one in CodeList}:
        found += code_breaks(CodeList(code_list), item, year - 1, year)
    return tuple(f"{one.what} / {one.what_zh}" for one in found)


def _names(papers: Iterable[Paper]) -> Mapping[Body, tuple[str, str | None]]:
    """The name that each agency is printed under most often in its last year, and that of its region."""
    names: dict[Body, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    regions: dict[str | None, str | None] = {}
    for paper in papers:
        if paper.agency is not None and paper.body is not None:
            names[paper.body][paper.year or 0][paper.agency] += 1
            regions[paper.body[0]] = regions.get(paper.body[0]) or paper.region_name
    return {body: (_most_often(years[max(years)]), regions[body[0]]) for body, years in names.items()}


def _most_often(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _sort(place: Place) -> tuple[str, str, str]:
    (code, key), level = place
    return (code or "", key, level.value if level else "")


def _in_unit(value: str | None, unit: str) -> Decimal | None:
    """The amount, the point moved; None for a text, and for what is finer than the column."""
    number = exact_number(value)
    return None if number is None else exact_number(format(number.scaleb(-UNITS[unit]), "f"))
