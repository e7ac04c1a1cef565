"""One header path against every column of a kind: which columns it may mean, and why the others are out.

Looks at one path alone; ``headers.py`` decides between paths. Cached: the same headers return on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from schemas.columnindex import ByIdentity, ColumnIndex, Entry, index_of, names_narrower_fund
from schemas.kind import Column, ColumnRole, Kind, Lexicon
from schemas.labels import Years, clean_path, has_printed_year
from schemas.readings import Reading, all_readings, is_generic
from schemas.veto import changed_word, contradicts, opposed_words

GROUP_FLOOR = 85.0  # points; a group label only has to be told from the few other groups of its kind

_EMPTY_WORDS = frozenset({"项目", "科目", "其中"})
_AROUND = re.compile(r"^(?:本年|上年|下年)|(?:预算|决算|执行)?(?:数|金额|总额|合计|小计)$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """When likeness may name a field; all from bench/headers.py. ``floor``: points of fuzz.ratio on cleaned labels;
    ``margin``: points by which the best field must lead the next; ``shortest``: characters of a label, for one wrong
    character in a shorter one makes another word."""

    floor: float = 80.0
    margin: float = 6.0
    shortest: int = 4


LIKENESS = Likeness()


class Method(StrEnum):
    """How a header was matched."""

    EXACT = "exact"  # the official label
    ALIAS = "alias"  # another known label
    FUZZY = "fuzzy"  # likeness above the floor, ahead by the margin
    POSITION = "position"  # one label over code and name: first the code, then the name
    PROOF = "proof"  # several fields were equally near; the sums of the table hold under this one alone


SCORES = {Method.EXACT: 1.0, Method.ALIAS: 0.98, Method.POSITION: 0.9, Method.PROOF: 0.95}


class Reason(StrEnum):
    """Why a header was not matched."""

    EMPTY = "empty"
    UNKNOWN = "unknown_label"
    BELOW_FLOOR = "below_floor"
    WITHIN_MARGIN = "within_margin"
    OPPOSED = "opposed_words"
    ANOTHER_WORD = "another_word"
    GROUP_MISSING = "group_missing"
    OTHER_GROUP = "other_group"
    UPPER = "upper_label"
    AMBIGUOUS = "ambiguous"
    YEAR_UNKNOWN = "year_unknown"
    DUPLICATE = "duplicate"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column that a path may mean. ``score`` 0 to 1; ``label`` the known label; ``refused`` why it is out, with the
    words that say so in ``detail``; ``grouped``: its group stands in the path; ``depth``: labels of the path used;
    ``fallback``: the label is another column's, and this one is meant only where that one is named otherwise."""

    column: Column
    method: Method
    score: float
    label: str
    refused: Reason | None = None
    detail: str = ""
    grouped: bool = False
    depth: int = 1
    fallback: bool = False

    @property
    def rank(self) -> tuple[bool, bool, bool, int, float]:
        """Order of preference, the best greatest."""
        return (self.method is not Method.FUZZY, not self.fallback, self.grouped, self.depth, self.score)


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates of one path: ``open`` best first, then ``refused`` ones by score. ``reason``: why none is open."""

    open: tuple[Candidate, ...]
    refused: tuple[Candidate, ...]
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a path is compared with: the columns of a kind (of one panel, when given), under a lexicon, in some years.
    ``shown``: points of likeness below which a rival is not worth naming."""

    kind: ByIdentity[Kind]
    words: ByIdentity[Lexicon]
    years: Years
    panel: str | None = None
    shown: float = 60.0
    likeness: Likeness = LIKENESS

    @property
    def index(self) -> ColumnIndex:
        """The labels of the kind."""
        return index_of(self.kind)

    @property
    def lexicon(self) -> Lexicon:
        """The words that exclude one another."""
        return self.words.thing

    def holds(self, column: Column) -> bool:
        """Whether the column is of the panel."""
        return self.panel is None or column.panel is None or column.panel == self.panel


@lru_cache(maxsize=65536)
def candidates_of(labels: tuple[str, ...], scope: Scope) -> Candidates:
    """Every column of the scope that a header path, as printed, may mean or nearly means."""
    path = clean_path(labels, scope.years)
    if not path:
        return Candidates((), (), Reason.EMPTY)
    if any(has_printed_year(label) for label in path):
        return Candidates((), (), Reason.YEAR_UNKNOWN)
    readings = tuple(all_readings(path, scope.index.all_groups))
    known = list(_known(readings, scope))
    if any(candidate.refused is None or not is_generic(candidate.label.split("/")[-1]) for candidate in known):
        return _sorted(known)
    alike = _alike(readings, scope)
    return alike if alike.open or not known else _sorted(known)


def _known(readings: Iterable[Reading], scope: Scope) -> Iterator[Candidate]:
    """Candidates whose label the kind knows to the letter."""
    for reading in readings:
        for entry in scope.index.by_leaf.get(reading.leaf, ()):
            if scope.holds(entry.column) and _may_read(entry, reading):
                method = Method.EXACT if entry.official else Method.ALIAS
                candidate = Candidate(
                    entry.column, method, SCORES[method], "/".join(entry.parts), fallback=entry.fallback
                )
                yield _judge(candidate, entry, reading, scope)


def _judge(candidate: Candidate, entry: Entry, reading: Reading, scope: Scope) -> Candidate:
    """The candidate with its group and depth, refused where the labels above exclude it."""
    own = scope.index.groups[entry.column]
    grouped = any(_is_group(label, own, scope) for label in (*reading.uppers, reading.leaf))
    refused, detail = _refusal(entry, reading, grouped, scope)
    depth = len(entry.parts) + reading.joined
    return replace(candidate, refused=refused, detail=detail, grouped=grouped, depth=depth)


def _may_read(entry: Entry, reading: Reading) -> bool:
    """Whether the entry's own path stands in the reading. A total belongs to amounts, never to what names a row."""
    if reading.joined and entry.column.role is not ColumnRole.VALUE:
        return False
    return _stand_in_order(entry.parts[:-1], reading.uppers)


def _stand_in_order(parts: tuple[str, ...], labels: tuple[str, ...]) -> bool:
    remaining = iter(labels)
    return all(part in remaining for part in parts)


def _is_group(label: str, groups: frozenset[str], scope: Scope) -> bool:
    """Whether a label is one of the groups, spelt a little differently or with words of the title inside at most."""
    if label in groups or len(label) < LIKENESS.shortest:
        return label in groups
    return any(_is_nearly(label, group, scope) or _is_titled(label, group, scope.index.titles) for group in groups)


def _is_nearly(label: str, group: str, scope: Scope) -> bool:
    return fuzz.ratio(label, group) >= GROUP_FLOOR and opposed_words(label, group, scope.lexicon) is None


def _is_titled(label: str, group: str, titles: tuple[str, ...]) -> bool:
    """Whether the label is the group with words of the title put in: 上年“三公”经费预算数 is 上年预算数."""
    added = len(label) - len(group)
    return added > 1 and any(
        label.startswith(group[:at])
        and label.endswith(group[at:])
        and any(label[at : at + added] in one for one in titles)
        for at in range(len(group) + 1)
    )


def _refusal(entry: Entry, reading: Reading, grouped: bool, scope: Scope) -> tuple[Reason | None, str]:
    """Why the labels above exclude the column, with the words that say so."""
    if not grouped and (missing := _group_refusal(entry, reading, scope.index)) is not None:
        return missing
    if reading.owner is not None and len(entry.parts) == 1 and not _is_neutral(reading.owner, scope):
        return Reason.UPPER, reading.owner
    own = scope.index.groups[entry.column]
    labels = (label for label in reading.checked if label not in own and label not in entry.parts)
    clash = next((clash for label in labels if (clash := _clash(label, entry.column, scope)) is not None), None)
    return (None, "") if clash is None else (Reason.UPPER, clash)


def _group_refusal(entry: Entry, reading: Reading, index: ColumnIndex) -> tuple[Reason, str] | None:
    """Why a column whose group does not stand in the path is out; None when nothing else claims the path."""
    uppers = [label for label in reading.uppers if label not in entry.parts[:-1]]
    foreign = next((label for label in uppers if label in index.all_groups), None)
    if foreign is not None and not _may_stand_under(entry.column, foreign, index):
        return Reason.OTHER_GROUP, foreign
    if entry.column in index.namesakes:
        return Reason.GROUP_MISSING, "/".join(index.groups[entry.column])
    return None


def _clash(label: str, column: Column, scope: Scope) -> str | None:
    """The words of an upper label that exclude what the column is. 项目 over code and name says nothing; 收入 does."""
    if label in _EMPTY_WORDS:
        return None
    if words := contradicts(label, scope.index.contexts[column], scope.lexicon):
        return f"{label}: {words[0]} / {words[1]}"
    fund = names_narrower_fund(label, column, scope.index.broad)
    return None if fund is None else f"{label}: {fund}"


def _may_stand_under(column: Column, group: str, index: ColumnIndex) -> bool:
    """Whether a column without this group may stand under it: some column of the group says the same of its values."""
    if column.group:
        return False
    members = [member for member, groups in index.groups.items() if group in groups]
    return any(
        all(member.dimensions.get(name) == column.dimensions.get(name) for name in ("phase", "measure", "fund"))
        for member in members
    )


def _is_neutral(owner: str, scope: Scope) -> bool:
    """Whether a label over a generic leaf only repeats the title or the group, so that the leaf means the whole."""
    index = scope.index
    if owner in index.panel_labels or _is_group(owner, index.all_groups, scope):
        return True
    words = _AROUND.sub("", owner)
    return owner not in index.by_leaf and len(words) > 1 and any(words in title for title in index.titles)


def _alike(readings: tuple[Reading, ...], scope: Scope) -> Candidates:
    """Candidates by likeness, the best one per column, judged by floor and margin."""
    found: dict[Column, Candidate] = {}
    for candidate in sorted(_likely(readings, scope), key=lambda one: (one.refused is None, one.score), reverse=True):
        found.setdefault(candidate.column, candidate)
    ordered = tuple(found.values())
    fair = [candidate for candidate in ordered if candidate.refused is None]
    if not fair:
        return Candidates((), ordered, ordered[0].refused if ordered else Reason.UNKNOWN)
    if fair[0].score * 100 < scope.likeness.floor:
        return Candidates((), ordered, Reason.BELOW_FLOOR)
    if len(fair) > 1 and (fair[0].score - fair[1].score) * 100 < scope.likeness.margin:
        return Candidates((), ordered, Reason.WITHIN_MARGIN)
    return Candidates((fair[0],), ordered[1:], None)


def _likely(readings: tuple[Reading, ...], scope: Scope) -> Iterator[Candidate]:
    """Every label that looks like a reading's leaf, opposed ones refused."""
    leaves = [leaf for leaf in scope.index.by_leaf if len(leaf) >= scope.likeness.shortest]
    for reading in readings:
        if len(reading.leaf) < scope.likeness.shortest or is_generic(reading.leaf):
            continue
        for leaf, ratio, _ in process.extract(
            reading.leaf, leaves, scorer=fuzz.ratio, limit=None, score_cutoff=scope.shown
        ):
            clash = opposed_words(reading.leaf, leaf, scope.lexicon)
            change = changed_word(reading.leaf, leaf)
            for entry in scope.index.by_leaf[leaf]:
                if entry.fallback or not scope.holds(entry.column) or not _may_read(entry, reading):
                    continue
                candidate = Candidate(entry.column, Method.FUZZY, ratio / 100, "/".join(entry.parts))
                context = f"{scope.index.contexts[entry.column]} {leaf}"
                words = clash or contradicts(reading.leaf, context, scope.lexicon)
                if words is not None:
                    yield replace(candidate, refused=Reason.OPPOSED, detail=f"{words[0]} / {words[1]}")
                elif change is not None:
                    yield replace(candidate, refused=Reason.ANOTHER_WORD, detail=change)
                else:
                    yield _judge(candidate, entry, reading, scope)


def _sorted(known: list[Candidate]) -> Candidates:
    """Candidates by known label: each column once, at its best."""
    best: dict[Column, Candidate] = {}
    for candidate in sorted(known, key=lambda one: (one.refused is None, one.rank), reverse=True):
        best.setdefault(candidate.column, candidate)
    open_ = tuple(candidate for candidate in best.values() if candidate.refused is None)
    refused = tuple(candidate for candidate in best.values() if candidate.refused is not None)
    return Candidates(open_, refused, None if open_ else refused[0].refused)
