"""Which kind a table is: its title proposes, its header decides, and where they disagree a finding says so.

A printed table number decides nothing: publishers renumber. Where several kinds fit equally well, none is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schemas.caption import Caption
from schemas.columnindex import ByIdentity
from schemas.columns import LogicalColumn, PanelColumns, cut_panels
from schemas.findings import finding
from schemas.frame import Frame
from schemas.headers import HeaderPath, match_columns
from schemas.kind import Catalogue, ColumnRole, Kind, Shape, ValueType
from schemas.result import Finding
from schemas.shapes.context import Context, MatchedColumn, MatchedPanel
from schemas.shapes.matrix import is_plain_matrix, transposed_fit, with_periods
from schemas.text import fold

ACCEPTED_FIT = 0.5  # share of value columns that a title's kind must explain; half of a drifting header still tells it
HEADER_FIT = 0.8  # the same where the header alone decides
HEADER_COLUMNS = 3  # value columns that a header must have to decide alone
_SCORES = 2  # columns of a scale: how much an indicator weighs, and how much it got
_NO_PANEL = "none"
_BUDGET = "budget"  # in the name of a phase: initial_budget, adjusted_budget, prior_budget
_NEARLY = 0.03  # title scores closer than this are equally good


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document says before its tables are read. ``family``: final_accounts or budget, None when unknown."""

    catalogue: Catalogue
    family: str | None
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a kind explains the header of a table. ``share`` of its value columns, ``count`` of them."""

    kind: Kind
    panels: tuple[MatchedPanel, ...]
    share: float
    count: int


@dataclass(frozen=True, slots=True)
class Decision:
    """The kind of a table, or None with findings that say why. ``score``: title and header together, 0 to 1."""

    fit: Fit | None
    score: float | None
    findings: tuple[Finding, ...] = ()


def classify(
    frame: Frame, columns: Sequence[LogicalColumn], caption: Caption, table: str, setting: Setting
) -> Decision:
    """The kind of one table."""
    catalogue, family = setting.catalogue, setting.family

    def fit(kind: Kind) -> Fit:
        return fit_of(kind, frame, columns, catalogue, setting.fiscal_year)

    named = [catalogue.kind(kind_id) for kind_id in _title_candidates(caption, catalogue, family)]
    if named and all(kind.shape is Shape.FORM for kind in named):
        lists = (kind for kind in catalogue.kinds if kind.family == named[0].family and kind.shape is Shape.LIST)
        return _scale(map(fit, lists)) or _unread_form(caption, table, frame)
    titled = [fit(kind) for kind in named if kind.shape is not Shape.FORM]
    scores = {match.kind_id: match.score for match in caption.matches}

    best = max(titled, key=lambda one: (one.share, one.count, scores[one.kind.id]), default=None)
    if best is not None and (_explains(best) or best.kind.shape is Shape.GENERIC):
        rivals = [one for one in titled if _rivals(one, best, scores, family)]
        if rivals:
            return _ambiguous([best, *rivals], table, frame)
        return Decision(best, round((scores[best.kind.id] + best.share) / 2, 4))
    if best is None and family is None:
        return Decision(None, None)  # a header alone is no proof: it may be a tender's list of goods
    headed = _by_header([fit(kind) for kind in _family_kinds(catalogue, family)])
    return _header_decision(best, headed, caption, table, frame)


def _rivals(one: Fit, best: Fit, scores: Mapping[str, float], family: str | None) -> bool:
    """Whether another kind of the same title is as good as the best. In a document of unknown kind it is enough that it
    explains the header: 财政拨款收支总表 is a budget and a final account, and 金额 stands in both. But a final account
    in which no amount is final is none: 本年预算数 under “三公”经费情况统计表.
    """
    if one is best:
        return False
    if family is None and one.kind.family != best.kind.family:
        return _explains(one) and not _is_budget_alone(one)
    return (one.share, one.count, scores[one.kind.id]) == (best.share, best.count, scores[best.kind.id])


def _is_budget_alone(fit: Fit) -> bool:
    """Whether a kind of final accounts finds nothing but budgets under the header."""
    matched = (one for panel in fit.panels for one in panel.columns if one.is_value())
    columns = [one.column for one in matched if one.column is not None]
    phases = [column.dimensions.get("phase", "") for column in columns]
    return fit.kind.family.startswith("final") and bool(phases) and all(_BUDGET in phase for phase in phases)


def _scale(lists: Iterable[Fit]) -> Decision | None:
    """The list that a grid titled as a form is, when its header says so: 部门整体支出绩效自评表 over a scale."""
    best = max(filter(_has_key, lists), key=lambda one: (one.share, one.count), default=None)
    if best is None or best.share < 1.0 or best.count < _SCORES:
        return None
    return Decision(best, round(best.share * 0.8, 4))


def _unread_form(caption: Caption, table: str, frame: Frame) -> Decision:
    """A grid titled as a form in which no form was found: its header, whatever it resembles, decides nothing."""
    page, title = frame.lattice.grid.location.page, caption.title_text or ""
    return Decision(None, None, (finding("kind_unrecognised", table=table, page=page, title=title),))


def fit_of(
    kind: Kind, frame: Frame, columns: Sequence[LogicalColumn], catalogue: Catalogue, fiscal_year: int | None
) -> Fit:
    """The panels of a table under a kind, every column matched, and how much of the header that explains."""
    panels = tuple(
        MatchedPanel(
            panel.panel,
            panel.side,
            _match(panel.columns, kind, _scope_of(panel, kind), catalogue, fiscal_year),
            panel.rows,
        )
        for panel in cut_panels(columns, frame, kind)
    )
    if kind.shape is Shape.SINGLE_ROW and not is_plain_matrix(panels[0], frame):
        found, wanted = transposed_fit(panels[0], Context("", frame, kind, catalogue.lexicon, None, fiscal_year))
        by_year = with_periods(panels[0], frame, kind) if found < wanted else None
        if by_year is None:
            return Fit(kind, panels, found / wanted if wanted else 0.0, found)
        panels = (by_year,)
    found = sum(matched.is_value() for panel in panels for matched in panel.columns)
    wanted = sum(_may_be_value(matched, frame) for panel in panels for matched in panel.columns)
    return Fit(kind, panels, found / wanted if wanted else 0.0, found)


def _scope_of(panel: PanelColumns, kind: Kind) -> str | None:
    """The panel whose columns a block may have; a block of unknown side has none: a side is never guessed."""
    if kind.shape is not Shape.TWO_SIDED:
        return None
    return panel.panel or _NO_PANEL


def _match(
    columns: Sequence[LogicalColumn], kind: Kind, panel: str | None, catalogue: Catalogue, fiscal_year: int | None
) -> tuple[MatchedColumn, ...]:
    labels = _beside_keys([_without_panel(column.labels, kind) for column in columns], kind)
    paths = [HeaderPath(column.index, path) for column, path in zip(columns, labels, strict=True)]
    matches = match_columns(paths, kind, catalogue.lexicon, fiscal_year=fiscal_year, panel=panel)
    return tuple(MatchedColumn(column, match) for column, match in zip(columns, matches, strict=True))


def _beside_keys(paths: list[tuple[str, ...]], kind: Kind) -> list[tuple[str, ...]]:
    """A label printed several times, led by the row key on its left where the kind tells its columns apart so.

    一级指标|分值|二级指标|分值 in a scale of scores: the first 分值 is 一级指标/分值.
    """
    counts = Counter(paths)
    keys = _leading_keys(ByIdentity(kind))
    return [
        (before[-1], *path) if counts[path] > 1 and path and before and fold(before[-1]) in keys else path
        for before, path in zip([(), *paths], paths, strict=False)
    ]


@lru_cache(maxsize=256)
def _leading_keys(kind: ByIdentity[Kind]) -> frozenset[str]:
    """The labels of row keys that lead a path of a value column."""
    columns = kind.thing.columns
    heads = {
        fold(label.split("/")[0])
        for one in columns
        if one.role is ColumnRole.VALUE
        for label in one.labels
        if "/" in label
    }
    keys = (one for one in columns if one.role in (ColumnRole.ROW_KEY, ColumnRole.KEY_VALUE))
    return frozenset(fold(label) for one in keys for label in one.labels) & heads


def _without_panel(labels: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    """The header path without the name of the panel over it (人员经费 over 科目编码, 科目名称, 金额).

    The lowest label stays: 按功能分类 is the name of a panel, and of the column of its rows.
    """
    names = {fold(label) for panel in kind.panels for label in panel.labels}
    above = tuple(label for label in labels[:-1] if fold(label) not in names)
    return (*above, *labels[-1:]) if names else labels


def _may_be_value(matched: MatchedColumn, frame: Frame) -> bool:
    """Whether a column holds, or by its header could hold, data."""
    if matched.column is not None:
        return matched.is_value()
    return bool(matched.logical.labels) or any(
        frame.lattice.text(body.index, matched.logical.index).strip() for body in frame.body
    )


def _explains(fit: Fit) -> bool:
    """Whether the header carries the title: enough columns, or a table that has one value column in all."""
    return fit.share >= ACCEPTED_FIT and fit.count > 0


def _title_candidates(caption: Caption, catalogue: Catalogue, family: str | None) -> list[str]:
    """The kinds that the title names about equally well, those of the document's family if any is among them."""
    near = kinds_of_title(caption)
    own = [kind_id for kind_id in near if _in_family(catalogue.kind(kind_id), family)]
    return own or near


def kinds_of_title(caption: Caption) -> list[str]:
    """The ids of the kinds that the title names about equally well, best first."""
    return [match.kind_id for match in caption.matches if match.score >= caption.matches[0].score - _NEARLY]


def _in_family(kind: Kind, family: str | None) -> bool:
    return family is None or kind.family.startswith(family) or kind.family == "document"


def _family_kinds(catalogue: Catalogue, family: str | None) -> Iterable[Kind]:
    by_title_only = (Shape.GENERIC, Shape.FORM)
    return (kind for kind in catalogue.kinds if _in_family(kind, family) and kind.shape not in by_title_only)


def _by_header(fits: Iterable[Fit]) -> list[Fit]:
    """The kinds whose columns explain the header well, most columns first."""
    good = [fit for fit in fits if fit.share >= HEADER_FIT and fit.count >= HEADER_COLUMNS and _has_key(fit)]
    return sorted(good, key=lambda fit: (-fit.count, -fit.share, fit.kind.id))


def _has_key(fit: Fit) -> bool:
    return fit.kind.shape is Shape.SINGLE_ROW or any(
        matched.is_key() for panel in fit.panels for matched in panel.columns
    )


def _header_decision(titled: Fit | None, rivals: list[Fit], caption: Caption, table: str, frame: Frame) -> Decision:
    """What the header alone says, when the title's kind does not carry it."""
    page = frame.lattice.grid.location.page
    title = caption.title_text
    if not rivals:
        if titled is None:
            return Decision(None, None)
        return Decision(None, None, (finding("kind_unrecognised", table=table, page=page, title=title or ""),))
    tied = [fit for fit in rivals if fit.count == rivals[0].count and fit.share == rivals[0].share]
    if len(tied) > 1:
        return _ambiguous(tied, table, frame)
    chosen = rivals[0]
    if titled is None:
        return Decision(chosen, round(chosen.share * 0.8, 4))
    if _says_more(chosen, titled):
        return Decision(chosen, round(chosen.share * 0.9, 4))
    note = finding(
        "title_header_disagree",
        table=table,
        page=page,
        title_kind=titled.kind.id,
        header_kind=chosen.kind.id,
    )
    return Decision(chosen, round(chosen.share * 0.7, 4), (note,))


def _says_more(chosen: Fit, titled: Fit) -> bool:
    """Whether the header's kind is the title's with more around it: final accounts before 2019 print the balances of a
    fund beside its expenditure, under the title of the expenditure alone.
    """
    mine, its = (_about(one.kind) for one in (chosen, titled))
    return chosen.share == 1.0 and chosen.count > titled.count > 0 and bool(mine) and mine == its


def _about(kind: Kind) -> tuple[str, str | None] | None:
    """The family of a kind and the one fund of all its amounts; None when there are several."""
    funds = {one.dimensions.get("fund") for one in kind.columns if one.type is ValueType.MONEY}
    return (kind.family, next(iter(funds))) if len(funds) == 1 else None


def _ambiguous(fits: Sequence[Fit], table: str, frame: Frame) -> Decision:
    page = frame.lattice.grid.location.page
    first, second = fits[0].kind.id, fits[1].kind.id
    return Decision(None, None, (finding("kind_ambiguous", table=table, page=page, first=first, second=second),))


def is_titled_like_disclosure(title: str) -> bool:
    """Whether a title names a budget or final-account table, so that leaving it unrecognised must be said."""
    folded = fold(title)
    return folded.endswith("表") and any(
        word in folded for word in ("公开", "预算", "决算", "收支", "支出", "收入", "三公")
    )
