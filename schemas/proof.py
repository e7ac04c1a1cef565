"""The proof of the catalogue: what no kind may contradict. A wrong catalogue must not start, for it would read wrongly.

CatalogueError
    a file of the catalogue is wrong; its message names the file and what is wrong in it
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from schemas.forms.vocabulary import Block, vocabulary
from schemas.kind import (
    BESIDE,
    FORM_AXES,
    CheckRule,
    Column,
    ColumnRole,
    Example,
    Kind,
    Lexicon,
    LineItem,
    Shape,
    ValueType,
)
from schemas.labels import Years, clean_label
from schemas.text import fold, strip_ordinal

DIMENSIONS = ("phase", "measure", "fund", "expenditure_type")
MEASURE_OF_TYPE = {ValueType.PERCENT: "rate", ValueType.COUNT: "count", ValueType.SCORE: "score"}
NUMERIC = frozenset({ValueType.MONEY, ValueType.PERCENT, ValueType.COUNT, ValueType.NUMBER, ValueType.SCORE})
REFERENCE = re.compile(r"(?:Σ )?(?P<kind>[a-z_]*)\[(?P<row>[^\]]+)\]\.(?P<column>[a-z_.]+)")
ANY_ROW = re.compile(r"@total|@row(?::\*)?|@class:\*|@code:(?:\*|\d{3,7})")
EACH_CLASS = ".@class:*"
EACH_ITEM = "@item:*"
BLOCK_OF_AXIS: Mapping[str, Block] = {"fund": "fund_columns", "fund_rows": "fund_rows", "indicator": "indicators"}
FORM_TERM = re.compile(
    r"100|(?:Σ )?(?:goal\.(?:weight|score)|(?:task|fund)\.amount|(?P<block>tail|fund|indicator)\.(?P<id>[a-z0-9_]+))"
)
FORM_BLOCKS: Mapping[str, Block] = {"tail": "tail", "fund": "fund_columns", "indicator": "indicators"}
FUND_BLOCKS: tuple[Block, ...] = ("fund_rows", "fund_columns")
NO_YEARS = Years()


class CatalogueError(Exception):
    """A file of the catalogue is wrong."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(f"{file}: {problem}")
        self.file = file
        self.problem = problem


def prove(kinds: Sequence[Kind]) -> None:
    """Nothing, when no kind contradicts itself or another.

    Raises:
        CatalogueError: at the first contradiction.
    """
    by_id = {kind.id: kind for kind in kinds}
    _titles(kinds)
    _endings(kinds)
    seen_checks: dict[str, str] = {}
    for kind in kinds:
        _shape(kind)
        _heading(kind)
        _columns(kind)
        _lines(kind)
        for example in kind.examples:
            _example(kind, example)
        for check in kind.checks:
            other = seen_checks.setdefault(check.id, kind.id)
            if other != kind.id or [rule.id for rule in kind.checks].count(check.id) > 1:
                raise _wrong(kind, f"check {check.id} is stated twice (also in {other})")
            _check(kind, check, by_id)


def _shape(kind: Kind) -> None:
    """A form is read by the vocabulary of forms: it states no columns. Every other kind needs an example."""
    stated = (kind.columns, kind.line_items, kind.panels, kind.examples)
    if kind.shape is Shape.FORM and any(stated):
        raise _wrong(
            kind, "a form_grid has no columns, lines, panels or examples; its labels stand in forms/vocabulary.yml"
        )
    if kind.shape is not Shape.FORM and not kind.examples:
        raise _wrong(kind, "a kind needs an example")


def _heading(kind: Kind) -> None:
    """A heading that names nothing says nothing about the rows."""
    if kind.heading is None:
        return
    try:
        named = re.compile(kind.heading).groupindex
    except re.error as error:
        raise _wrong(kind, f"its heading is no regular expression: {error}") from error
    if not named:
        raise _wrong(kind, "its heading has no named group")


def prove_lexicon(lexicon: Lexicon) -> None:
    """Nothing, when each opposed word stands once in its set.

    Raises:
        CatalogueError: a word is repeated in its set.
    """
    for words in lexicon.opposed:
        if len({fold(word) for word in words}) < len(words):
            raise CatalogueError("lexicon.yml", f"a word is repeated in {list(words)}")


def _wrong(kind: Kind, problem: str) -> CatalogueError:
    return CatalogueError(f"kinds/{kind.id}.yml", problem)


def _titles(kinds: Iterable[Kind]) -> None:
    claimed: dict[tuple[str, str], str] = {}
    for kind in kinds:
        for title in kind.titles:
            owner = claimed.setdefault((_family(kind), fold(title)), kind.id)
            if owner != kind.id or [fold(one) for one in kind.titles].count(fold(title)) > 1:
                raise _wrong(kind, f"the title {title} is claimed twice (also by {owner})")


def _endings(kinds: Sequence[Kind]) -> None:
    """No title may stand at the end of another kind's title, unless ``not_after`` tells them apart."""
    owners = {(_family(kind), fold(title)): kind for kind in kinds for title in kind.titles}
    for (family, long), other in owners.items():
        for start in range(1, len(long)):
            kind = owners.get((family, long[start:]), other)
            if kind is not other and not long[:start].endswith(tuple(map(fold, kind.not_after))):
                raise _wrong(kind, f"the title {long[start:]} ends {long} of {other.id}: not_after does not say so")


def _family(kind: Kind) -> str:
    return kind.family.removesuffix("_ext")


def _columns(kind: Kind) -> None:
    claimed: dict[tuple[str | None, str, tuple[str, ...]], Column] = {}
    identities = set()
    for column in kind.columns:
        identity = (column.panel, column.group, column.id)
        if identity in identities:
            raise _wrong(kind, f"the column {column.id} is stated twice")
        identities.add(identity)
        _panel_known(kind, column.panel, column.id)
        _dimensions(kind, column)
        for label, group in ((label, group) for label in column.labels for group in column.group or ("",)):
            owner = claimed.setdefault((column.panel, clean_label(group, NO_YEARS), _path(label)), column)
            if owner is not column:
                raise _wrong(kind, f"the label {label} names both {owner.id} and {column.id}")
        _spelt_once(kind, column.id, column.labels)


def _path(label: str) -> tuple[str, ...]:
    """The label as headers are compared; a slash inside brackets is no path."""
    parts = [label] if "（" in label or "(" in label else label.split("/")
    return tuple(clean_label(part, NO_YEARS) for part in parts)


def _spelt_once(kind: Kind, owner: str, labels: Sequence[str]) -> None:
    folded = [fold(label) for label in labels]
    for label in labels:
        if folded.count(fold(label)) > 1:
            raise _wrong(kind, f"the label {label} of {owner} is written twice; spacing and brackets do not count")


def _panel_known(kind: Kind, panel: str | None, owner: str) -> None:
    if panel is not None and kind.panels and panel not in {one.id for one in kind.panels}:
        raise _wrong(kind, f"{owner} stands in an unknown panel {panel}")


def _dimensions(kind: Kind, column: Column) -> None:
    if column.role is not ColumnRole.VALUE or column.type not in NUMERIC:
        return
    missing = [name for name in DIMENSIONS if name not in column.dimensions]
    if missing:
        raise _wrong(kind, f"the column {column.id} does not say its {', '.join(missing)}")
    wanted = MEASURE_OF_TYPE.get(column.type)
    if wanted and column.dimensions["measure"] != wanted:
        raise _wrong(kind, f"the column {column.id} is a {column.type} and must have the measure {wanted}")


def _lines(kind: Kind) -> None:
    claimed: dict[tuple[str | None, str | None, str], LineItem] = {}
    ids = [line.id for line in kind.line_items]
    unknown = [line for line in kind.always if line not in ids]
    if unknown:
        raise _wrong(kind, f"it always prints unknown lines {unknown}")
    for line in kind.line_items:
        if ids.count(line.id) > 1:
            raise _wrong(kind, f"the line {line.id} is stated twice")
        if line.under is not None and line.under not in ids:
            raise _wrong(kind, f"the line {line.id} stands under an unknown line {line.under}")
        for label in line.labels:
            bare, ordinal = strip_ordinal(fold(label))
            if ordinal:
                raise _wrong(kind, f"the label {label} of {line.id} carries an ordinal; ordinals are taken off")
            owner = claimed.setdefault((line.side, line.under, bare), line)
            if owner is not line:
                raise _wrong(kind, f"the label {label} names both {owner.id} and {line.id}")
        _spelt_once(kind, line.id, line.labels)
        _pattern(kind, line)


def _pattern(kind: Kind, line: LineItem) -> None:
    """A pattern reads free text behind a word of the form; one that fits any label would take every line."""
    if line.pattern is None:
        return
    try:
        pattern = re.compile(line.pattern)
    except re.error as error:
        raise _wrong(kind, f"the pattern of {line.id} is no regular expression: {error}") from error
    for other in kind.line_items:
        taken = next((label for label in other.labels if other is not line and pattern.fullmatch(fold(label))), None)
        if taken is not None:
            raise _wrong(kind, f"the pattern of {line.id} takes the label {taken} of {other.id}")


def _example(kind: Kind, example: Example) -> None:
    width = len(example.fields)
    for row in chain(example.header, example.rows):
        if len(row) != width:
            raise _wrong(kind, f"the example {example.title} has a row of {len(row)} cells and {width} fields: {row}")
    known = {column.id for column in kind.columns}
    unknown = [field for field in example.fields if field is not None and field not in known]
    if unknown:
        raise _wrong(kind, f"the example {example.title} names unknown fields {unknown}")
    if fold(example.title) not in {fold(title) for title in kind.titles}:
        raise _wrong(kind, f"the example's title {example.title} is no title of the kind")


def _check(kind: Kind, check: CheckRule, by_id: Mapping[str, Kind]) -> None:
    terms = [term.removeprefix("-") for term in (check.lhs, *check.terms)]
    if check.axis != "hierarchy" and (not check.lhs or not check.terms):
        raise _wrong(kind, f"check {check.id} lacks lhs or terms")
    _axis(kind, check)
    if check.axis == "hierarchy":
        _hierarchy(kind, check)
    elif check.axis in BLOCK_OF_AXIS:
        known = {term.id for term in vocabulary().blocks[BLOCK_OF_AXIS[check.axis]].values()}
        _all_known(kind, check, terms, known)
    elif check.axis == BESIDE:
        _beside(kind, check, by_id)
    elif check.axis == "form":
        _all_known(kind, check, [term for term in terms if not _of_form(term)], set())
    elif check.axis in ("column", "list", "nested"):
        above = [term.removesuffix(EACH_ITEM) for term in terms]
        prescribed = {"nested": {"100"}, "list": {"*"}}.get(check.axis, set())
        named = [check.code_column] if check.axis == "nested" and check.code_column else []
        _all_known(kind, check, [*above, *named], {column.id for column in kind.columns} | prescribed)
    elif check.axis == "line":
        _all_known(kind, check, [term for term in terms if not _each_class(kind, term)], _line_ids(kind))
    else:
        for term in terms:
            _reference(kind, check, term, by_id)


def _beside(kind: Kind, check: CheckRule, by_id: Mapping[str, Kind]) -> None:
    """A row and a field of the fund block (``total.executed``), against cells of tables."""
    blocks = vocabulary().blocks
    known = {term.id for block in FUND_BLOCKS for term in blocks[block].values()}
    _all_known(kind, check, check.lhs.split("."), known)
    for term in check.terms:
        _reference(kind, check, term, by_id)


def _axis(kind: Kind, check: CheckRule) -> None:
    """Forms have axes and relations of their own, and say in words what they hold."""
    of_form = check.axis in FORM_AXES
    if of_form != (kind.shape is Shape.FORM):
        raise _wrong(kind, f"check {check.id} has the axis {check.axis}, which is not one of a {kind.shape}")
    if of_form and not check.note:
        raise _wrong(kind, f"check {check.id} of a form needs a note that says what it holds")
    if not of_form and check.relation not in ("eq", "le"):
        raise _wrong(kind, f"check {check.id} has the relation {check.relation}, which only forms have")


def _of_form(term: str) -> bool:
    """Whether a term names a part of a form: ``tail.total_score``, ``Σ indicator.score``, ``goal.weight``, ``100``."""
    match = FORM_TERM.fullmatch(term)
    if match is None or match["block"] is None:
        return match is not None
    return match["id"] in {known.id for known in vocabulary().blocks[FORM_BLOCKS[match["block"]]].values()}


def _hierarchy(kind: Kind, check: CheckRule) -> None:
    if check.lhs or check.terms or not check.levels:
        raise _wrong(kind, f"check {check.id} is a hierarchy: it has levels and a code_column, no lhs and terms")
    _all_known(kind, check, [check.code_column or ""], {column.id for column in kind.columns})


def _all_known(kind: Kind, check: CheckRule, terms: Iterable[str], known: set[str]) -> None:
    for term in terms:
        if term not in known:
            raise _wrong(kind, f"check {check.id} names an unknown field: {term}")


def _line_ids(kind: Kind) -> set[str]:
    return {line.id for line in kind.line_items}


def _each_class(kind: Kind, term: str) -> bool:
    """Whether the term is every class line of a side: ``expenditure.@class:*``."""
    prefix = term.removesuffix(EACH_CLASS) + "."
    return term.endswith(EACH_CLASS) and any(
        line.id.startswith(prefix) and line.code is not None for line in kind.line_items
    )


def _reference(kind: Kind, check: CheckRule, term: str, by_id: Mapping[str, Kind]) -> None:
    match = REFERENCE.fullmatch(term)
    if match is None or bool(match["kind"]) != (check.axis in ("cross", BESIDE)):
        raise _wrong(kind, f"check {check.id} has a malformed term: {term}")
    target = by_id.get(match["kind"] or kind.id)
    if target is None:
        raise _wrong(kind, f"check {check.id} names an unknown kind: {term}")
    if match["column"] not in {column.id for column in target.columns}:
        raise _wrong(kind, f"check {check.id} names an unknown field: {term}")
    row = match["row"]
    if not (ANY_ROW.fullmatch(row) or row in _line_ids(target) or _each_class(target, row)):
        raise _wrong(kind, f"check {check.id} names an unknown row: {term}")
