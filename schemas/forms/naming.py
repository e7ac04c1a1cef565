"""The kind of a form: whose it is, and whether it states targets, what became of them, or scores.

What the form holds decides; its title decides between kinds that hold the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.forms.draft import Draft
from schemas.text import fold

_RESULTS = frozenset({"actual", "score"})
_SCORED = frozenset({"score", "weight"})
_SPENT = frozenset({"executed", "execution_rate", "balance"})
_PROJECTS = ("项目", "专项", "转移支付", "政策")


@dataclass(frozen=True, slots=True)
class Naming:
    """The kind of a form, how sure that is, and the kind that the title alone names. None for what is not known."""

    kind: str | None
    score: float | None
    titled: str | None = None


def kind_of(draft: Draft) -> Naming:
    """The kind of a form by what it holds and what its title says; none when neither names its subject."""
    title = fold(draft.seen[0].caption.title_text or "")
    subject = _subject(draft, title)
    if subject is None:
        return Naming(None, None)
    kind = _kind(draft, subject, title)
    titled = _titled(subject, title)
    return Naming(kind, 1.0 if titled == kind else 0.8, titled)


def _kind(draft: Draft, subject: str, title: str) -> str:
    """Actual values or money spent make it an evaluation whatever its title says; scores tell a self-evaluation from
    a statement of targets reached, unless the title says which it is."""
    if not _is_evaluated(draft):
        return f"pf_{subject}_target"
    scored = bool(draft.columns & _SCORED) or draft.is_totalled or "自评" in title or "评价" in title
    return f"pf_{subject}_self_evaluation" if scored or subject == "department" else "pf_project_target_completion"


def _is_evaluated(draft: Draft) -> bool:
    spent = any(fund.field in _SPENT for _, fund in draft.funds)
    return spent or bool(draft.columns & _RESULTS) or any(found.term.id == "goal_actual" for found in draft.goals)


def _titled(subject: str, title: str) -> str | None:
    """The kind that a title names; None for a title that names none (重点项目情况)."""
    if "自评" in title or "评价" in title:
        return f"pf_{subject}_self_evaluation"
    if "完成情况" in title and subject == "project":
        return "pf_project_target_completion"
    return f"pf_{subject}_target" if "目标" in title else None


def _subject(draft: Draft, title: str) -> str | None:
    if "整体" in title:
        return "department"
    if any(word in title for word in _PROJECTS) or draft.text_of("project_name"):
        return "project"
    return "department" if draft.text_of("department_name") else None
