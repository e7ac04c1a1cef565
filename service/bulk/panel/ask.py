"""What a panel is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas.kind import Catalogue, Shape
from schemas.panel.questions import Question, Source, question, question_of, questions

UNITS = {"元": 0, "万元": 4}  # digits that the point moves by


class NoSuchQuestion(Exception):
    """The question, the kind or the field does not exist; the message says which."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, an item of it (a code, a line, ``total``; all without one), the unit, and whether doubtful values
    may be used like others. ``one_row``: kinds whose tables have one row, which is the total whatever it is called."""

    question: Question
    item: str | None = None
    unit: str = "元"
    doubtful: bool = False
    one_row: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """The kind of the canonical source."""
        return self.question.sources[0].kind


def ask(catalogue: Catalogue, name: str | None, kind: str | None, field: str | None, *, fallbacks: bool = True) -> Ask:
    """What is asked by the name of a question, or by kind and field; these have the fallbacks of the question that they
    answer first.

    Raises:
        NoSuchQuestion: there is none such.
    """
    found = _named(name) if name else _of_column(catalogue, kind, field)
    if not fallbacks:
        found = replace(found, sources=found.sources[:1])
    one_row = frozenset(one.id for one in catalogue.kinds if one.shape is Shape.SINGLE_ROW)
    return Ask(found, one_row=one_row)


def _named(name: str) -> Question:
    try:
        return question(name)
    except KeyError:
        known = ", ".join(one.id for one in questions())
        raise NoSuchQuestion(f"no such question: {name}; there are {known}") from None


def _of_column(catalogue: Catalogue, kind: str | None, field: str | None) -> Question:
    if kind is None or field is None:
        raise NoSuchQuestion("a panel needs --question, or --kind and --field")
    known = {one.id: one for one in catalogue.kinds}
    if kind not in known:
        raise NoSuchQuestion(f"no such kind: {kind}; gongkai kinds lists them")
    labels = {column.id: column.labels[0] for column in known[kind].columns}
    if field not in labels:
        raise NoSuchQuestion(f"{kind} has no field {field}; it has {', '.join(labels)}")
    title = known[kind].titles[0]
    plain = Question(f"{kind}.{field}", f"{kind} {field}", f"{title}：{labels[field]}", (Source(kind, field),))
    return question_of(kind, field) or plain
