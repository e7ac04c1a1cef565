"""Writes facts down: number, value, sentence and place."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.narrative.context import Context, Spot
from schemas.narrative.facts import Fact, Notes, Relation, Subject
from schemas.narrative.labels import Aspect


@dataclass(frozen=True, slots=True)
class Said:
    """What a number states of its subject. See Fact for the fields."""

    aspect: Aspect
    negative: bool = False
    prior: bool = False
    year: int | None = None  # that the words name
    owner: Fact | None = None
    label: str = ""  # where no words stand right before the number
    name: str | None = None


class Scribe:
    """Keeps what the reading of one document finds."""

    def __init__(self, context: Context) -> None:
        self.notes = Notes()
        self._context = context

    def relate(self, relation: Relation) -> None:
        """Keeps a relation of facts."""
        self.notes.relations.append(relation)

    def write(self, spot: Spot, subject: Subject, said: Said) -> Fact:
        """The fact that a number states."""
        folded, token, owner = spot.folded, spot.token, said.owner
        end = folded.text.find("。", token.end)
        fact = Fact(
            number=len(self.notes.facts) + 1,
            subject=subject,
            aspect=said.aspect,
            value=-token.value if said.negative else token.value,
            step=token.step,
            unit="CNY" if token.is_money else "percent" if token.unit == "%" else "count",
            sentence=folded.words(spot.sentence, end + 1 if end >= 0 else len(folded.text)),
            label=spot.words or said.label or subject.term.id,
            section=self._context.section,
            place=folded.place(spot.start, token.end),
            order=self._context.order,
            prior=said.prior,
            year=owner.year if owner else self._context.year_of(subject.term, prior=said.prior, said=said.year),
            owner=owner,
            name=said.name or (owner.name if owner else None),
        )
        self.notes.facts.append(fact)
        return fact
