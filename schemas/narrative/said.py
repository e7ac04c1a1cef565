"""What is said of an amount that was named before: how much more it is, what share it has, how far it is completed."""

from __future__ import annotations

import re

from schemas.narrative.context import Context, Course, Spot
from schemas.narrative.facts import Completion, Fact, Growth, Share, Subject
from schemas.narrative.labels import Aspect, Words, read_words
from schemas.narrative.numbers import Token
from schemas.narrative.scribe import Said, Scribe
from schemas.narrative.subjects import EXECUTION, Subjects

_VERBS = "增加|减少|增长|下降|上升|提高|降低|压减|增幅|减幅"
_VERB = rf"(?P<verb>{_VERBS})(?P<or>(?:或|/)?(?:{_VERBS}))?"
_SIDES = {"收入": "income.total", "支出": "expenditure.total"}  # 收入比上年增加…: too short a label for an amount
_ALIKE = {"total": "income.total", "fiscal.total": "fiscal.income.total"}  # 收、支总计各增加…, after 收入总计
_LESS = frozenset({"减少", "下降", "降低", "压减", "减幅"})
CHANGED = re.compile(rf"{_VERB}(?:了|额|为|约|共|各)*$")
COMPARED = re.compile(
    r"(?:比|较|与|同)(?:(?P<year>20\d\d)年度?|(?P<last>上年度?|去年))?(?:同期)?(?:当年)?(?P<own>年初)?(?:部门)?"
    r"(?:预算执行|预算|决算|执行)?(?:数|安排|支出)?(?:相比|比较|对比|相较)?"
)
_SAME_PERIOD = re.compile(r"同比(?:上年度?|去年)?")
DONE_OF_BUDGET = re.compile(r"完成(?:了)?(?:年初|全年|调整后?|年度)?预算(?:数)?$")
_RATE = re.compile(rf"(?:同比|较上年|比上年)?{_VERB}(?:率|幅度|幅)?(?:为|了|约|达)?")
_SHARE = re.compile(r"占(?P<base>.*?)(?:的)?(?:比例|比重|比)?(?:为|达)?")
_DONE = re.compile(
    r"(?:实际)?完成(?:了)?(?:年初|全年|调整后?|年度)?(?:部门)?预算(?:数)?的?|(?:预算)?(?:执行率|完成率)(?:为|达|达到)?"
)
_RATE_OF = re.compile(r"(?P<of>.{2,20}?)(?:预算)?(?:执行率|完成率)(?:为|达|达到)?")
_EXECUTION = re.compile(r"(?:部门)?(?:整体)?(?:支出)?(?:预算)?执行率")


class Commentary:
    """Reads the numbers that comment on an amount."""

    def __init__(self, context: Context, subjects: Subjects, scribe: Scribe) -> None:
        self._context, self._subjects, self._scribe = context, subjects, scribe

    # --- changes

    def change(self, course: Course, token: Token, match: re.Match[str]) -> None:
        """比上年减少56.95万元: of the subject, or of the thing named beside it. ``match`` is that of ``CHANGED``."""
        rest = _SAME_PERIOD.sub("比上年", course.text(token)[: match.start()].rstrip("各共均"))
        compared = next((one for one in COMPARED.finditer(rest) if one["year"] or one["last"] or one["own"]), None)
        if compared is not None:
            rest = rest[: compared.start()] or rest[compared.end() :]
        owner = self._owner(course, rest, is_compared=compared is not None or course.compared)
        course.last = None
        is_ambiguous = match["or"] is not None and bool(token.number)
        if owner is None or is_ambiguous or not self._is_with_last_year(compared):
            return
        course.subject = owner.subject
        said = Said(Aspect.CHANGE, negative=match["verb"] in _LESS, owner=owner)
        fact = self._scribe.write(course.spot(token), owner.subject, said)
        course.known = {(Aspect.AMOUNT, False): owner, (Aspect.CHANGE, False): fact}
        course.last = fact

    def _is_with_last_year(self, compared: re.Match[str] | None) -> bool:
        if compared is None:
            return True
        if compared["year"]:
            return self._context.is_last_year(int(compared["year"]))
        return compared["last"] is not None

    def _owner(self, course: Course, text: str, *, is_compared: bool) -> Fact | None:
        """The amount that a change is a change of."""
        if text in _SIDES:
            return self._context.amounts.get(_SIDES[text])
        words = read_words(text) if text else Words(None, None)
        if words.years or words.last_year or not words.certain:
            return None
        if words.label is None:
            return course.amount if is_compared and words.aspect is None else None
        subject = self._subjects.named(words)
        if subject is None or course.aside:
            return None
        amounts = self._context.amounts
        named = (name for term in subject.terms for name in (term.id, _ALIKE.get(term.id, "")))
        return next((amounts[name] for name in named if name in amounts), None)

    # --- percentages

    def percent(self, course: Course, token: Token) -> None:
        """A share, a growth rate, or a rate of completion."""
        text, last, amount = course.text(token), course.last, course.amount
        if last is None:
            self._rate_first(course, token, text)
            return
        if (match := _SHARE.fullmatch(text)) is not None:
            if last is amount:
                self._share(course, token, last, match["base"])
        elif (match := _RATE.fullmatch(text)) is not None:
            if amount is not None and last.aspect is Aspect.CHANGE and not (match["or"] and token.number):
                self._scribe.relate(Growth(amount, self._growth_rate(course, token, amount, match["verb"]), last))
        elif _DONE.fullmatch(text) or (text == "的" and last.aspect is Aspect.BUDGET):
            self.completion(course, course.spot(token))
        elif (changed := CHANGED.search(text)) is not None:
            self._growth_from_before(course, token, changed)
        course.last = last if last is amount else None

    def _growth_rate(self, course: Course, token: Token, amount: Fact, verb: str) -> Fact:
        said = Said(Aspect.CHANGE_RATE, negative=verb in _LESS, owner=amount)
        return self._scribe.write(course.spot(token), amount.subject, said)

    def _growth_from_before(self, course: Course, token: Token, match: re.Match[str]) -> None:
        """比2025年预算执行数减少1.10%: of an amount whose forerunner is printed beside it."""
        compared = COMPARED.fullmatch(course.text(token)[: match.start()])
        amount, before = course.amount, course.known.get((Aspect.AMOUNT, True))
        if compared is None or amount is None or before is None or "执行" not in compared[0]:
            return
        if compared["year"] and self._context.is_last_year(int(compared["year"])):
            rate = self._growth_rate(course, token, amount, match["verb"])
            self._scribe.relate(Growth(amount, rate, None, before))

    def _rate_first(self, course: Course, token: Token, text: str) -> None:
        """整体支出预算完成率为52.33%。年初批复预算数…: stated before its amounts; 执行率：100%: without any."""
        if not text and _EXECUTION.fullmatch(course.words):
            said = Said(Aspect.AMOUNT, label=course.words)
            self._scribe.write(course.spot(token), Subject((EXECUTION,), certain=True), said)
            return
        match = _RATE_OF.fullmatch(text)
        words = read_words(match["of"]) if match else None
        if words is None or words.label is None or not words.certain or course.aside:
            return
        subject = self._subjects.named(words)
        if subject is not None and subject.certain:
            course.enter(subject)
            course.rate = course.spot(token)

    def _share(self, course: Course, token: Token, part: Fact, base: str) -> None:
        term, fact = None, None if base else self._context.whole()
        if base:
            words = read_words(base)
            subject = self._subjects.named(words) if words.label is not None and words.certain else None
            if subject is None:
                return
            term = subject.term
            fact = self._context.amounts.get(term.id)
        if fact is part or (fact is None and term is None):
            return
        said = Said(Aspect.SHARE, owner=part)
        rate = self._scribe.write(course.spot(token), part.subject, said)
        self._scribe.relate(Share(part, rate, fact, term))

    def completion(self, course: Course, spot: Spot) -> None:
        """完成年初预算的91.8%."""
        amount, known = course.amount, course.known
        budgets = (Aspect.INITIAL_BUDGET, Aspect.ADJUSTED_BUDGET, Aspect.BUDGET)
        budget = next((known[(aspect, False)] for aspect in budgets if (aspect, False) in known), None)
        if amount is None:
            return
        rate = self._scribe.write(spot, amount.subject, Said(Aspect.COMPLETION, owner=amount))
        if budget is not None:
            self._scribe.relate(Completion(amount, rate, budget))
