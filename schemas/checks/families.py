"""Who is the parent of whom in a table of coded rows: total, units, classes, items.

A family is a parent row and the rows that must add up to it. Where a table can be understood in several ways (the same
code on two rows, units nested without codes) the family holds them all and is ``doubtful``: it may prove, never accuse.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from schemas.checks.indexed import Entry, IndexedTable
from schemas.kind import CheckRule
from schemas.records import BodyRole

CODE_LISTS: Mapping[str, str] = {
    "function_code": "function",
    "economic_code": "economic",
    "government_economic_code": "government_economic",
}
Readings = tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A parent and the possible readings of its children, the plainest first.

    ``strays`` are rows in between that belong to no level: what they print may be missing from the sum. ``doubt``
    says why the family cannot accuse, and is empty when it can.
    """

    parent: Entry
    readings: Readings
    strays: tuple[Entry, ...] = ()
    doubt: str = ""


@dataclass(slots=True)
class _Node:
    """A row in the tree while it is built."""

    entry: Entry
    code: str
    children: list[_Node] = field(default_factory=list)
    strays: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    """The coded rows under one unit (or under none): its root, its uppermost rows, every row."""

    root: Entry | None
    tops: list[_Node] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)
    by_code: dict[str, list[_Node]] = field(default_factory=lambda: defaultdict(list))
    strays: list[Entry] = field(default_factory=list)


def families(indexed: IndexedTable, rule: CheckRule) -> list[Family]:
    """Every parent of the table with its children, in printed order."""
    entries = _in_reading_order(indexed)
    blocks = _blocks(entries, rule)
    if not any(block.nodes for block in blocks):
        return _by_level(entries)
    found = [family for block in blocks for family in _of_block(block)]
    units = _unit_families(blocks)
    return [*_of_total(indexed, rule, blocks), *units, *found]


def _in_reading_order(indexed: IndexedTable) -> list[Entry]:
    """Panel by panel from the left, each from the top, where rows share a grid row: codes run on in the next panel."""
    rows = [entry for entry in indexed.entries if not entry.repeat]
    if indexed.shared_rows:
        rows.sort(key=lambda entry: (min(value.grid_col for value in entry.values.values()), entry.row.index))
    return rows


def _blocks(entries: Sequence[Entry], rule: CheckRule) -> list[_Block]:
    codes = CODE_LISTS.get(rule.code_column or "")
    blocks = [_Block(None)]
    stack: list[_Node] = []
    unit: tuple[str | None, str | None] = (None, None)
    for entry in entries:
        row = entry.row
        if row.role is BodyRole.TOTAL:
            continue
        if is_unit(entry):
            blocks.append(_Block(entry))
            stack, unit = [], (row.unit_code, row.unit_name)
        elif row.code is not None and row.code_list in (codes, None) and len(row.code) in rule.levels:
            if (row.unit_code, row.unit_name) not in (unit, (None, None)):
                blocks.append(_Block(None))
                stack, unit = [], (row.unit_code, row.unit_name)
            _place(blocks[-1], stack, _Node(entry, row.code))
        else:
            blocks[-1].strays.append(entry)
            for node in stack:
                node.strays.append(entry)
    return blocks


def is_unit(entry: Entry) -> bool:
    """Whether the row is that of an agency: it stands over the codes below it, and may stand for the total."""
    row = entry.row
    return row.code_list == "unit" or (row.code is None and (row.unit_code or row.unit_name) is not None)


def _place(block: _Block, stack: list[_Node], node: _Node) -> None:
    """Under the nearest row above whose code it continues; else under the one row of the block that it continues."""
    while stack and (stack[-1].code == node.code or not node.code.startswith(stack[-1].code)):
        stack.pop()
    parent = stack[-1] if stack else _only_ancestor(block, node.code)
    (parent.children if parent else block.tops).append(node)
    block.nodes.append(node)
    block.by_code[node.code].append(node)
    stack.append(node)


def _only_ancestor(block: _Block, code: str) -> _Node | None:
    """For rows out of order: the one row printed earlier with the longest code that this one continues."""
    shorter = (code[:length] for length in range(len(code) - 1, 0, -1))
    above = next((block.by_code[one] for one in shorter if one in block.by_code), [])
    return above[0] if len(above) == 1 else None


def _of_block(block: _Block) -> Iterator[Family]:
    for node in block.nodes:
        if node.children:
            yield _family(node.entry, node.children, node.strays)


def _family(parent: Entry, children: Sequence[_Node], strays: Iterable[Entry]) -> Family:
    every = tuple(child.entry for child in children)
    counts = Counter(child.code for child in children)
    if len(counts) == len(children):
        return Family(parent, (every,), tuple(strays))
    first = {child.code: child.entry for child in reversed(children)}
    once = tuple(first[code] for code in counts)
    return Family(parent, (every, once), tuple(strays), "the same code stands on several rows")


def _unit_families(blocks: Sequence[_Block]) -> list[Family]:
    below = _subunits([block for block in blocks if block.root is not None])
    found = []
    for block in blocks:
        if block.root is None:
            continue
        units = tuple(one.root for one in below.get(id(block), ()) if one.root is not None)
        tops = tuple(node.entry for node in block.tops)
        readings = tuple(reading for reading in (tops, units) if reading)
        if readings:
            doubt = "units stand within units" if units else ""
            found.append(Family(block.root, readings, tuple(block.strays), doubt))
    return found


def _subunits(blocks: Sequence[_Block]) -> Mapping[int, list[_Block]]:
    """The blocks directly under each block, by the codes of their units (101 over 101001)."""
    below: dict[int, list[_Block]] = defaultdict(list)
    for block in blocks:
        parent = _enclosing(block, blocks)
        if parent is not None:
            below[id(parent)].append(block)
    return below


def _unit_code(block: _Block) -> str:
    row = block.root.row if block.root else None
    return (row.unit_code or (row.code if row.code_list == "unit" else None) or "") if row else ""


def _enclosing(block: _Block, blocks: Sequence[_Block]) -> _Block | None:
    code = _unit_code(block)
    above = [one for one in blocks if _unit_code(one) and code != _unit_code(one) and code.startswith(_unit_code(one))]
    return max(above, key=lambda one: len(_unit_code(one)), default=None)


def _of_total(indexed: IndexedTable, rule: CheckRule, blocks: Sequence[_Block]) -> list[Family]:
    """The families of the total row; with several total rows (one for each section) none of them can accuse."""
    if rule.root is None:
        return []
    tops = [node for block in blocks for node in block.tops]
    strays = tuple(entry for block in blocks for entry in block.strays)
    rooted = [block for block in blocks if block.root is not None]
    units = tuple(block.root for block in rooted if block.root and _enclosing(block, rooted) is None)
    found = []
    for total in indexed.totals:
        family = _family(total, tops, strays)
        readings = (units, *family.readings) if units else family.readings
        doubt = family.doubt
        if units:
            doubt = "units stand above the codes"
        if len(indexed.totals) > 1:
            readings = (*readings, *_around(indexed, total, tops))
            doubt = "the table has several total rows"
        found.append(Family(total, tuple(filter(None, readings)), strays, doubt))
    return [family for family in found if family.readings]


def _around(indexed: IndexedTable, total: Entry, tops: Sequence[_Node]) -> Readings:
    """The uppermost rows between a total row and the one before it, and the one after it."""
    marks = [entry.row.index for entry in indexed.totals]
    here = total.row.index
    before = max((mark for mark in marks if mark < here), default=-1)
    after = min((mark for mark in marks if mark > here), default=indexed.table.grid.n_rows)
    indexes = [(node.entry.row.index, node.entry) for node in tops]
    return (
        tuple(entry for index, entry in indexes if before < index < here),
        tuple(entry for index, entry in indexes if here < index < after),
    )


def _by_level(entries: Sequence[Entry]) -> list[Family]:
    """Parents by printed depth alone, where no row has a code: ordinals and indents may mislead, so they only prove."""
    rows = [entry for entry in entries if entry.row.level is not None]
    found = []
    for place, parent in enumerate(rows):
        level = parent.row.level or 0
        children: list[Entry] = []
        for entry in rows[place + 1 :]:
            depth = entry.row.level or 0
            if depth <= level:
                break
            if depth == level + 1:
                children.append(entry)
        if children:
            found.append(Family(parent, (tuple(children),), (), "rows are told apart by depth alone"))
    return found
