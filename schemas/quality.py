"""How much of a document, and of each of its tables, is proven: counts of grades and of verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schemas.records import table_of_cell
from schemas.result import Check, Observation, Quality

GRADES = ("A", "B", "C", "D")
VERDICTS = ("pass", "rounding", "fail", "insufficient")


def quality_of(observations: Iterable[Observation], checks: Iterable[Check]) -> Quality:
    """The grades of all printed values of tables, and the verdicts of all checks, those of forms and prose too."""
    grades: Counter[str] = Counter(one.grade for one in observations if one.source == "table" and one.grade)
    return _quality(grades, Counter(check.status for check in checks))


def quality_of_tables(observations: Sequence[Observation], checks: Sequence[Check]) -> Mapping[str, Quality]:
    """The same for each table, by its id. A check that reaches over several tables counts in each of them."""
    grades: dict[str, Counter[str]] = defaultdict(Counter)
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in observations:
        if one.table is not None and one.source == "table" and one.grade:
            grades[one.table][one.grade] += 1
    for check in checks:
        for table in {table_of_cell(cell) for cell in check.cells if "." in cell}:
            verdicts[table][check.status] += 1
    return {table: _quality(grades[table], verdicts[table]) for table in (*grades, *verdicts)}


def _quality(grades: Mapping[str, int], verdicts: Mapping[str, int]) -> Quality:
    return Quality(
        cells={grade: grades.get(grade, 0) for grade in GRADES},
        checks={verdict: verdicts.get(verdict, 0) for verdict in VERDICTS},
    )
