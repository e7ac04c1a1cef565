"""Headers to fields: the labels over the columns of a grid, and the columns of a kind that they mean.

Exact, then alias, then likeness with a floor and a margin; never over a veto; each field once. A header that is left
over keeps its reason. Knows nothing of the cells below the header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from schemas.candidates import LIKENESS, SCORES, Candidate, Candidates, Method, Reason, Scope, candidates_of
from schemas.columnindex import ByIdentity
from schemas.kind import Column, ColumnRole, Kind, Lexicon, ValueType
from schemas.labels import Years, clean_path, printed_years
from schemas.text import fold

__all__ = [
    "Candidate",
    "ColumnMatch",
    "HeaderPath",
    "Method",
    "Reason",
    "explain_header",
    "match_columns",
    "signature_score",
]

_CODES = frozenset({ValueType.CODE, ValueType.FUNCTION_CODE, ValueType.ECONOMIC_CODE})
_SPANS = frozenset({"项目", "科目", "支出功能分类科目", "功能分类科目", "经济分类科目", "预算科目", "支出经济分类科目"})
_NEXT_LEVEL = frozenset({("类", "款"), ("款", "项"), ("项", "目")})
_EVERYTHING = 30.0  # points of likeness from which a column is worth naming to a person who asks


@dataclass(frozen=True, slots=True)
class HeaderPath:
    """The labels over one grid column from top to bottom, as printed; ``index`` is the grid column."""

    index: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """What one header means: a column and how it was found, or None and the reason. ``runner_up``: the next field and
    its score. ``near``: the columns of which none was chosen because they are equally near."""

    path: HeaderPath
    column: Column | None
    method: Method | None = None
    score: float = 0.0
    runner_up: tuple[str, float] | None = None
    reason: Reason | None = None
    detail: str = ""
    near: tuple[Column, ...] = ()


def match_columns(
    paths: Sequence[HeaderPath],
    kind: Kind,
    lexicon: Lexicon,
    *,
    fiscal_year: int | None,
    panel: str | None = None,
) -> tuple[ColumnMatch, ...]:
    """One match for each path, in their order. With ``panel``, columns of other panels are left out.

    Without a fiscal year, a header that prints one year is read as that year's; where it prints several, labels with
    a year stay unmatched.
    """
    return match_within(paths, Scope(ByIdentity(kind), ByIdentity(lexicon), years_of(paths, fiscal_year), panel))


def match_within(paths: Sequence[HeaderPath], scope: Scope) -> tuple[ColumnMatch, ...]:
    """The same for a scope that the caller made, with another measure of likeness for example."""
    heads = _heads(paths, scope)
    firsts = [paths[at] for at in sorted(set(heads))]
    matches = dict(zip(sorted(set(heads)), _match_each(firsts, scope), strict=True))
    return tuple(
        matches[head] if paths[head] is path else replace(matches[head], path=path)
        for head, path in zip(heads, paths, strict=True)
    )


def _heads(paths: Sequence[HeaderPath], scope: Scope) -> list[int]:
    """For each path the first of its run: a code printed as 类|款|项, or a name merged over several grid columns."""
    heads: list[int] = []
    for at, path in enumerate(paths):
        joins = at > 0 and _joins(paths[at - 1], path) and _names_rows(path, scope)
        heads.append(heads[-1] if joins else at)
    return heads


def _joins(before: HeaderPath, path: HeaderPath) -> bool:
    if before.labels == path.labels or not path.labels or not before.labels:
        return before.labels == path.labels
    levels = fold(before.labels[-1]), fold(path.labels[-1])
    return before.labels[:-1] == path.labels[:-1] and levels in _NEXT_LEVEL


def _names_rows(path: HeaderPath, scope: Scope) -> bool:
    found = candidates_of(path.labels, scope).open
    return bool(found) and all(candidate.column.role is ColumnRole.ROW_KEY for candidate in found)


def _match_each(paths: Sequence[HeaderPath], scope: Scope) -> tuple[ColumnMatch, ...]:
    """One match for each path, no field twice."""
    found = [candidates_of(path.labels, scope) for path in paths]
    cleaned = [clean_path(path.labels, scope.years) for path in paths]
    options = _panels_in_turn(cleaned, found, scope.index.panels if scope.panel is None else ())
    doubled = _doubled(cleaned, options)
    chosen = _assign([[] if at in doubled else _choices(option) for at, option in enumerate(options)])
    matches = tuple(
        _match(path, found[at], chosen[at], Reason.DUPLICATE if at in doubled else _why(options[at], found[at]))
        for at, path in enumerate(paths)
    )
    return _by_position(matches, cleaned, scope.kind.thing, scope.panel)


def years_of(paths: Sequence[HeaderPath], fiscal_year: int | None) -> Years:
    """What the years that these headers print stand for."""
    if fiscal_year is not None:
        return Years(fiscal_year)
    printed = frozenset[int]().union(*(printed_years(path.labels) for path in paths))
    return Years(None, next(iter(printed)) if len(printed) == 1 else None)


def _panels_in_turn(
    cleaned: Sequence[tuple[str, ...]], found: Sequence[Candidates], panels: tuple[str, ...]
) -> list[list[Candidate]]:
    """The open candidates; the same words printed again belong to the next panel that has them."""
    seen: Counter[tuple[str, ...]] = Counter()
    options: list[list[Candidate]] = []
    for path, candidates in zip(cleaned, found, strict=True):
        here = [panel for panel in panels if any(one.column.panel == panel for one in candidates.open)]
        turn = seen[path]
        seen[path] += 1
        if len(here) > 1:
            wanted = here[turn] if turn < len(here) else None
            options.append([one for one in candidates.open if one.column.panel in (wanted, None)])
        else:
            options.append(list(candidates.open))
    return options


def _doubled(cleaned: Sequence[tuple[str, ...]], options: Sequence[list[Candidate]]) -> frozenset[int]:
    """Positions of value headers that are printed twice with the same words: what told them apart was lost."""
    keys = [
        (path, options[at][0].column) if options[at] and options[at][0].column.role is ColumnRole.VALUE else None
        for at, path in enumerate(cleaned)
    ]
    counts = Counter(key for key in keys if key is not None)
    return frozenset(at for at, key in enumerate(keys) if key is not None and counts[key] > 1)


def _choices(option: list[Candidate]) -> list[Candidate]:
    """The candidates that may take part: none when the two best are equally good."""
    if len(option) > 1 and option[0].rank == option[1].rank:
        return []
    return option


def _why(option: list[Candidate], candidates: Candidates) -> Reason:
    if not option:
        return candidates.reason or Reason.TAKEN
    return Reason.AMBIGUOUS if not _choices(option) else Reason.TAKEN


def _assign(options: list[list[Candidate]]) -> list[Candidate | None]:
    """Each column to one path, as many paths as possible: better ranks first, then from the left.

    A path gives its column up only to one that has no other: 合计 is the total of all where “三公”经费小计 is printed.
    """
    owner: dict[Column, int] = {}
    chosen: list[Candidate | None] = [None] * len(options)

    def place(at: int, visited: set[Column]) -> bool:
        ordered = sorted(options[at], key=lambda candidate: candidate.column in owner)
        for candidate in ordered:
            if candidate.column in visited:
                continue
            visited.add(candidate.column)
            if candidate.column not in owner or place(owner[candidate.column], visited):
                owner[candidate.column], chosen[at] = at, candidate
                return True
        return False

    filled = [at for at, option in enumerate(options) if option]
    for at in sorted(filled, key=lambda at: options[at][0].rank, reverse=True):
        place(at, set())
    return chosen


def _match(path: HeaderPath, candidates: Candidates, chosen: Candidate | None, why: Reason) -> ColumnMatch:
    rivals = [one for one in (*candidates.open, *candidates.refused) if chosen is None or one.column != chosen.column]
    runner_up = max(((one.column.id, one.score) for one in rivals), key=lambda rival: rival[1], default=None)
    if chosen is not None:
        return ColumnMatch(path, chosen.column, chosen.method, chosen.score, runner_up)
    detail = next((one.detail for one in candidates.refused if one.refused is why), "")
    return ColumnMatch(path, None, None, 0.0, runner_up, why, detail, _near(candidates, why))


def _near(candidates: Candidates, why: Reason) -> tuple[Column, ...]:
    """The columns that nothing printed tells apart for this header; empty where the header is left over otherwise."""
    if why is Reason.AMBIGUOUS:
        return tuple(one.column for one in candidates.open if one.rank == candidates.open[0].rank)
    if why is not Reason.WITHIN_MARGIN:
        return ()
    fair = [one for one in candidates.refused if one.refused is None]
    return tuple(one.column for one in fair if (fair[0].score - one.score) * 100 < LIKENESS.margin)


def _by_position(
    matches: tuple[ColumnMatch, ...], cleaned: Sequence[tuple[str, ...]], kind: Kind, panel: str | None
) -> tuple[ColumnMatch, ...]:
    """One label over two columns, of which nothing says which is the code: the code stands first, by every form."""
    result = list(matches)
    taken = {match.column for match in matches}
    for at in range(len(matches) - 1):
        span = cleaned[at] == cleaned[at + 1] and cleaned[at] and cleaned[at][-1] in _SPANS
        pair = _key_pair(kind, panel)
        if not span or pair is None or taken & set(pair):
            continue
        for place, column in enumerate(pair):
            path = matches[at + place].path
            result[at + place] = ColumnMatch(path, column, Method.POSITION, SCORES[Method.POSITION])
        taken |= set(pair)
    return tuple(result)


def _key_pair(kind: Kind, panel: str | None) -> tuple[Column, Column] | None:
    """The first code column of a kind and the name column after it."""
    keys = [one for one in kind.columns if one.role is ColumnRole.ROW_KEY and one.panel in (panel, None)]
    pairs = pairwise(keys)
    return next((pair for pair in pairs if pair[0].type in _CODES and pair[1].type is ValueType.TEXT), None)


def signature_score(
    paths: Sequence[HeaderPath], kind: Kind, lexicon: Lexicon, *, fiscal_year: int | None, panel: str | None = None
) -> float:
    """How well a kind explains a header, 0 to 1: the share of value headers it knows, less what it misses of its own.

    Headers printed several times (panels side by side) count once.
    """
    years = years_of(paths, fiscal_year)
    unique = {clean_path(path.labels, years): path for path in paths}
    matches = [
        match
        for match in match_columns(tuple(unique.values()), kind, lexicon, fiscal_year=fiscal_year, panel=panel)
        if match.reason is not Reason.EMPTY and (match.column is None or match.column.role is ColumnRole.VALUE)
    ]
    if not matches:
        return 0.0
    explained = {match.column.id: match.score for match in matches if match.column is not None}
    required = {column.id for column in kind.columns if column.role is ColumnRole.VALUE and not column.optional}
    missed = len(required - explained.keys()) / len(required) if required else 0.0
    return sum(explained.values()) / len(matches) * (1 - missed / 2)


def explain_header(
    label: str | Sequence[str], kind: Kind, lexicon: Lexicon, *, fiscal_year: int | None = None
) -> list[Candidate]:
    """Every column that a label, or a path (labels, or joined by ``/``), may mean: best first, refused ones too."""
    labels = tuple(label.split("/")) if isinstance(label, str) else tuple(label)
    years = years_of([HeaderPath(0, labels)], fiscal_year)
    found = candidates_of(labels, Scope(ByIdentity(kind), ByIdentity(lexicon), years, shown=_EVERYTHING))
    return [*found.open, *sorted(found.refused, key=lambda one: one.score, reverse=True)]
