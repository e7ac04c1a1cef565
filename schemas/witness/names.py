"""Codes and labels that do not belong together: the label is that of another code, or of the total.

A code has the names that the code list gives it in any year, and those that other tables of the document print beside
it. Spelling differs from publisher to publisher, so a label is doubted only when it is none of these and is a name of
another code of the same document; or one of the names that go with the end of a code in every part of the function
list (2010101, 2140101 and so on are 行政运行); or 合计. Where the row that the label belongs to bears no name of its
own either, the two names changed places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.checks.indexed import Entry, IndexedTable
from schemas.codes import CodeList, names_of_code
from schemas.findings import finding
from schemas.text import fold, strip_ordinal
from schemas.witness.doubt import Doubt

_LISTS = {one.value: one for one in CodeList}
_ENDINGS = {"行政运行": "01", "一般行政管理事务": "02", "机关服务": "03"}
_TOTALS = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|总计)")
_TOTAL = "合计"
Coded = tuple[str, str]  # code list and code


@dataclass(frozen=True, slots=True)
class _Printed:
    """The labels that the tables of one document print beside each code, each with its table."""

    labels: Mapping[Coded, Sequence[tuple[str, str]]]

    def is_name(self, coded: Coded, label: str, table: str) -> bool:
        """Whether the list, or another table, calls the code so."""
        elsewhere = any(other == label and place != table for other, place in self.labels.get(coded, ()))
        return elsewhere or label in _names(coded)

    def owner(self, coded: Coded, label: str, table: str) -> str | None:
        """What the label is the name of, where it is none of the code's own."""
        if not label or self.is_name(coded, label, table):
            return None
        if _TOTALS.fullmatch(label):
            return _TOTAL
        for one in self.labels:
            if one != coded and one[0] == coded[0] and self._may_own(one, coded, label, table):
                return one[1]
        ending = _ENDINGS.get(label) if coded[0] == CodeList.FUNCTION.value else None
        return None if ending is None or coded[1][5:] == ending else coded[1][:5].ljust(5, "0") + ending

    def _may_own(self, one: Coded, coded: Coded, label: str, table: str) -> bool:
        if coded[1].startswith(one[1]) and (label, table) in self.labels[one]:
            return False  # the only part of a code goes by the name of the whole (能源节约利用 at 21110 and at 2111001)
        if label in _names(one):
            return True
        named = any(place != table for _, place in self.labels[coded])
        return named and any(other == label and place != table for other, place in self.labels[one])


def misnamed(indexed_tables: Sequence[IndexedTable]) -> Iterator[Doubt]:
    """One doubt for each row whose label is the name of something else: all its amounts, and those of the row whose
    name it is, where that one does not bear it.
    """
    printed = _printed(indexed_tables)
    for indexed in indexed_tables:
        for entry in indexed.entries:
            coded = _coded(entry)
            owner = None if coded is None else printed.owner(coded, _bare(entry.row.label), indexed.table.id)
            if owner is not None:
                yield _doubt(indexed, entry, owner, _exchanged_with(indexed, entry, owner, printed))


def _exchanged_with(indexed: IndexedTable, entry: Entry, owner: str, printed: _Printed) -> Iterator[Entry]:
    """The rows of the table whose name the label is, and that do not bear it: the names changed places."""
    coded, label = _coded(entry), _bare(entry.row.label)
    for other in indexed.entries:
        if owner == _TOTAL and coded is not None and other.row.code is None:
            if printed.is_name(coded, _bare(other.row.label), indexed.table.id):
                yield other
        elif other.row.code == owner and _bare(other.row.label) != label:
            theirs = _coded(other)
            if theirs is not None and not printed.is_name(theirs, _bare(other.row.label), indexed.table.id):
                yield other


def _printed(indexed_tables: Sequence[IndexedTable]) -> _Printed:
    found: dict[Coded, list[tuple[str, str]]] = defaultdict(list)
    for indexed in indexed_tables:
        for entry in indexed.entries:
            coded = _coded(entry)
            if coded is not None:
                found[coded].append((_bare(entry.row.label), indexed.table.id))
    return _Printed(found)


def _names(coded: Coded) -> frozenset[str]:
    return frozenset(_bare(name) for name in names_of_code(_LISTS[coded[0]], coded[1]))


def _coded(entry: Entry) -> Coded | None:
    row = entry.row
    return (row.code_list, row.code) if row.code and row.code_list in _LISTS else None


def _bare(label: str | None) -> str:
    return strip_ordinal(fold(label or ""))[0]


def _doubt(indexed: IndexedTable, entry: Entry, owner: str, others: Iterator[Entry]) -> Doubt:
    cells = [value.cell for one in (entry, *others) for value in one.values.values()]
    place = next(iter(entry.values.values())).location
    said = finding(
        "code_label_disagree",
        table=indexed.table.id,
        page=place.page,
        cells=cells,
        row_code=entry.row.code,
        label=entry.row.label,
        owner=owner,
    )
    return Doubt(frozenset(cells), said)
