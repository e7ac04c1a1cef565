"""Things that the prose counts: groups and persons abroad, vehicles, receptions, equipment, projects with goals."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from schemas.narrative.context import Spot
from schemas.narrative.facts import Fact, Subject
from schemas.narrative.labels import Aspect
from schemas.narrative.numbers import Token
from schemas.narrative.paragraphs import Folded
from schemas.narrative.scribe import Said, Scribe
from schemas.narrative.vocabulary import CountTerm, Term, vocabulary

LONGEST = 16  # characters of a label

#: Counts that the table of operating expense prints too.
THREE_PUBLIC = frozenset(
    {
        "overseas_groups",
        "overseas_persons",
        "vehicles_purchased",
        "vehicles_held",
        "reception_batches",
        "reception_persons",
    }
)
_FILLERS = re.compile(r"(?:为|是|共有|共计|共|合计|累计|约|数量|总数)$")
_PART = re.compile(r"^(?:其中|包括|其他包括|其中包括|和|及|[:，,、])+")
_NOT_THE_WHOLE = re.compile(r"下属|其中|新增|报废|处置|预留")
_EQUIPMENT = re.compile(
    r"(?P<label>单(?:价|位价值|台价值)在?(?P<least>\d+)万元[及含]*以上的?[大型通用专]*设备(?:不含车辆)?)"
    r"(?P<count>\d+)台"
)
_PLANNED = re.compile(r"购置|安排|采购|计划")
_VEHICLES = frozenset({"辆", "台"})


class Counter:
    """Reads counts; one may lead to the next (8批次，27人次), and vehicles to what they are used for."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._before: tuple[CountTerm, int] | None = None
        self._vehicles: Fact | None = None

    def begin(self) -> None:
        """A new paragraph begins."""
        self._before = self._vehicles = None

    def number(self, spot: Spot, scope: str | None) -> None:
        """The fact that a counted number states, if the words before it name one."""
        text = spot.folded.text[spot.start : spot.token.start]
        before, self._before = self._before, None
        label = _PART.sub("", _FILLERS.sub("", text))
        if (use := vocabulary().uses.get(label)) is not None:
            if self._vehicles is not None and spot.token.unit in _VEHICLES:
                said = Said(Aspect.AMOUNT, owner=self._vehicles, name=label)
                self._write(spot, f"vehicles.{use}", said, stock=True)
            return
        term = _named(text, spot.token.unit) or _next(before, label, spot)
        if term is None or (label == "车辆" and scope != "assets"):
            return
        fact = self._write(spot, term.id, Said(Aspect.AMOUNT), stock=term.stock)
        self._before = (term, spot.sentence) if term.then else None
        if spot.token.unit in _VEHICLES:
            self._vehicles = fact if term.id == "vehicles" else None

    def equipment(self, folded: Folded) -> None:
        """Equipment above a unit price, unless it is only planned to be bought."""
        if "以上" not in folded.text or "设备" not in folded.text:
            return
        for match in _EQUIPMENT.finditer(folded.text):
            sentence = folded.text.rfind("。", 0, match.start()) + 1
            if not _PLANNED.search(folded.text[sentence : match.start()]):
                token = Token(match.start("count"), match.end(), number=Decimal(match["count"]), unit="台")
                said = Said(Aspect.AMOUNT, name=folded.words(*match.span("label")))
                self._write(Spot(folded, sentence, match.start(), token), "large_equipment", said, stock=True)

    def _write(self, spot: Spot, field: str, said: Said, *, stock: bool) -> Fact:
        rule = "N.7" if field in THREE_PUBLIC else "N.8"
        term = Term(field, rule, MappingProxyType({}), soft=True, stock=stock, measure="count")
        token = replace(spot.token, unit="个")
        return self._scribe.write(replace(spot, token=token), Subject((term,), certain=True), said)


def _named(text: str, unit: str) -> CountTerm | None:
    """The thing whose label stands right before the number."""
    if _NOT_THE_WHOLE.search(text):
        return None
    for bare in (text, _FILLERS.sub("", text)):
        if bare == "车辆" and unit in _VEHICLES:
            return vocabulary().count_terms["vehicles"]
        for length in range(min(LONGEST, len(bare)), 1, -1):
            for term in vocabulary().counts.get(bare[-length:], ()):
                if unit in term.units:
                    return term
    return None


def _next(before: tuple[CountTerm, int] | None, words: str, spot: Spot) -> CountTerm | None:
    """The thing that the count before it leads to: persons after groups, in the same sentence."""
    if before is None or before[0].then is None or before[1] != spot.sentence:
        return None
    term = vocabulary().count_terms[before[0].then]
    return term if spot.token.unit in term.units and (not words or words in term.after) else None
