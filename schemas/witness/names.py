"""Codes and labels that do not belong together: the label is that of another code which the document prints.

A code has the names that the code list gives it in any year, and those that other tables of the document print beside
it. Spelling differs from publisher to publisher, so a label is doubted only when it is none of these and is a name of
another code of the same document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from schemas.checks.ledger import Entry, Ledger
from schemas.codes import CodeList, names_of_code
from schemas.findings import finding
from schemas.text import fold, strip_ordinal
from schemas.witness.doubt import Doubt

_LISTS = {one.value: one for one in CodeList}
Coded = tuple[str, str]  # code list and code


def misnamed(ledgers: Sequence[Ledger]) -> Iterator[Doubt]:
    """One doubt for each row whose label is the name of another code: all its amounts."""
    printed = _printed(ledgers)
    every = {coded: _names(coded) for coded in printed}
    for ledger in ledgers:
        for entry in ledger.entries:
            coded, label = _coded(entry), _bare(entry.row.label)
            if coded is None or not label or label in every[coded]:
                continue
            if _elsewhere(printed[coded], label, ledger.table.id):
                continue
            owner = next((one for one in every if one != coded and one[0] == coded[0] and label in every[one]), None)
            if owner is not None and not _is_inherited(coded, owner, printed, (label, ledger.table.id)):
                yield _doubt(ledger, entry, owner[1])


def _is_inherited(
    coded: Coded, owner: Coded, printed: Mapping[Coded, Sequence[tuple[str, str]]], here: tuple[str, str]
) -> bool:
    """Whether the only part of a code goes by the name of the whole (能源节约利用 at 21110 and at 2111001)."""
    return coded[1].startswith(owner[1]) and here in printed[owner]


def _printed(ledgers: Sequence[Ledger]) -> Mapping[Coded, list[tuple[str, str]]]:
    """The labels that tables print beside each code, each with its table."""
    found: dict[Coded, list[tuple[str, str]]] = defaultdict(list)
    for ledger in ledgers:
        for entry in ledger.entries:
            coded = _coded(entry)
            if coded is not None:
                found[coded].append((_bare(entry.row.label), ledger.table.id))
    return found


def _names(coded: Coded) -> frozenset[str]:
    return frozenset(_bare(name) for name in names_of_code(_LISTS[coded[0]], coded[1]))


def _elsewhere(printed: Sequence[tuple[str, str]], label: str, table: str) -> bool:
    """Whether another table prints the same label beside the code: the publisher calls it so."""
    return any(other == label and place != table for other, place in printed)


def _coded(entry: Entry) -> Coded | None:
    row = entry.row
    return (row.code_list, row.code) if row.code and row.code_list in _LISTS else None


def _bare(label: str | None) -> str:
    return strip_ordinal(fold(label or ""))[0]


def _doubt(ledger: Ledger, entry: Entry, owner: str) -> Doubt:
    cells = [value.cell for value in entry.values.values()]
    place = next(iter(entry.values.values())).location
    said = finding(
        "code_label_disagree",
        table=ledger.table.id,
        page=place.page,
        cells=cells,
        row_code=entry.row.code,
        label=entry.row.label,
        owner=owner,
    )
    return Doubt(frozenset(cells), said)
