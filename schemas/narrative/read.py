"""Reading paragraphs: one number after the other, with what was named before it.

A clause names its amount (其他收入6.2万元), or says something of the amount named before it (占0.21%, 比上年减少…).
Whatever the words leave open is left out: a number whose label is unknown, that stands in an explanation (主要原因是…),
or whose scope is a part of the department, becomes no fact unless a table prints the very same amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from schemas.narrative.cells import Cells
from schemas.narrative.context import Context, Course
from schemas.narrative.counts import Counter
from schemas.narrative.facts import Notes
from schemas.narrative.items import find_item
from schemas.narrative.labels import Aspect, Words, read_words
from schemas.narrative.numbers import HAS_NUMBER, Token, tokens_of
from schemas.narrative.paragraphs import Folded, Paragraph, fold_paragraph
from schemas.narrative.said import CHANGED, COMPARED, DONE_OF_BUDGET, Commentary
from schemas.narrative.scribe import Said, Scribe
from schemas.narrative.subjects import Subjects

SHORT = 80  # characters: a heading, or a sentence that says whose parts follow

_MAY_LEAD = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(]|第)|说明|情况|[:：]\s*$")
_ASIDE = re.compile(r"主要(?:原因|用于|包括|是|由于|因|用途|为)|原因[是为:]|用于|因为|由于|重点绩效评价|第三方")
_PARTS_FOLLOW = re.compile(r"以下|如下|其中")
_PARTS_OF = re.compile(r"^(?:主要|具体)?(?:包括|其中|分别)")
_LEAD = re.compile(
    r"主要(?:用于)?(?:以下方面|内容)?(?:如下)?$|(?:具体)?(?:情况|内容)?如下$|(?:支出)?(?:预算)?(?:决算)?情况(?:说明)?$"
)
_YEAR = re.compile(r"(20\d\d)年度?")
_PROJECT = re.compile(
    r"^(?:\(?\d{1,2}\)?[.、]?|\([一二三四五六七八九十]{1,3}\))?"
    r"(?P<name>[^,，;。:]{2,60}?)项目(?:支出)?绩效(?:目标|自评)"
)


class Reader:
    """Reads the paragraphs of one document in order and keeps what they state."""

    def __init__(self, cells: Cells, fiscal_year: int | None, family: str | None, title: tuple[str, ...]) -> None:
        """``title`` are the folded first lines of the document: they name the agency whose amounts these are."""
        self._context = Context(fiscal_year, family, title=title if cells else ())
        self._scribe = Scribe(self._context)
        self._subjects = Subjects(cells, self._context)
        self._commentary = Commentary(self._context, self._subjects, self._scribe)
        self._counter = Counter(self._scribe)

    @property
    def notes(self) -> Notes:
        """What was found so far."""
        return self._scribe.notes

    def read(self, folded: Folded) -> None:
        """A heading, or every fact that a paragraph states."""
        if self._context.enter_heading(folded):
            return
        self._context.enter_paragraph(folded)
        self._counter.begin()
        course = Course(folded)
        for token in tokens_of(folded.text):
            if token.mark:
                self._mark(course, token)
            elif not token.is_rate:
                self._number(course, token)
                course.chunk = token.end
        self._counter.equipment(folded)

    def _number(self, course: Course, token: Token) -> None:
        if token.is_money:
            self._money(course, token)
        elif token.unit == "%":
            self._commentary.percent(course, token)
        else:
            self._counter.number(course.spot(token), self._context.scope)

    # --- marks

    def _mark(self, course: Course, token: Token) -> None:
        text = course.text(token)
        if course.unnamed and (text or token.mark == ":"):
            if not text or _PARTS_OF.match(text):
                self._context.open_part()
            course.unnamed = False
        if course.chunk == course.clause:
            self._words_alone(course, text, token)
        elif _ASIDE.search(text):
            course.aside = True
        if token.mark == "(":
            course.open_bracket()
        elif token.mark == ")":
            course.close_bracket()
        elif token.mark in "。;":
            course.aside = course.compared = False
            if token.mark == "。":
                course.begin_sentence(token.end)
        course.clause = course.chunk = token.end

    def _words_alone(self, course: Course, text: str, token: Token) -> None:
        """A clause without a number: it names the subject of what follows, begins an aside, or says with what it
        compares.
        """
        course.words = text
        if not text:
            return
        if (year := _YEAR.fullmatch(text)) is not None:
            course.years = (int(year[1]),)
        elif (match := COMPARED.match(text)) and (match["year"] or match["last"]):
            course.compared = bool(match["last"]) or self._context.is_last_year(int(match["year"]))
        elif token.mark in ":。" and self._name_subject(course, text):
            return
        elif _PARTS_FOLLOW.search(text):
            course.aside = False
        elif _ASIDE.search(text):
            course.aside = True

    def _name_subject(self, course: Course, text: str) -> bool:
        """社会保障支出（类）…（项）。年初预算为…: the subject is named first, its amounts follow."""
        named = find_item(text)
        if named is not None and named.end == len(text):
            course.enter(self._subjects.item(named))
            return True
        words = read_words(_LEAD.sub("", text))
        if words.label is None or not words.certain or words.years not in ((), (self._context.fiscal_year,)):
            return False
        subject = self._subjects.named(words)
        course.enter(subject)
        if subject is not None and subject.term.opens:
            self._context.scope = subject.term.opens
        return True

    # --- amounts

    def _money(self, course: Course, token: Token) -> None:
        text = course.text(token)
        if course.unnamed and _PARTS_OF.match(text):
            self._context.open_part()
        course.unnamed = False
        if (changed := CHANGED.search(text)) is not None:
            self._commentary.change(course, token, changed)
        elif DONE_OF_BUDGET.search(text) and course.subject is not None:
            self._state(course, token, Words(None, Aspect.BUDGET))
        else:
            self._amount(course, token, text)

    def _amount(self, course: Course, token: Token, text: str) -> None:
        if _ASIDE.search(text) and not _PARTS_FOLLOW.search(text):
            course.aside = True
        if course.aside:
            return
        named = find_item(text)
        words = read_words(text if named is None else text[named.end :])
        if named is not None and words.label is None and words.certain:
            course.enter(self._subjects.item(named))
            self._state(course, token, words)
        elif words.label is not None or (words.certain and words.aspect is not None and course.subject is not None):
            self._state(course, token, words)
        else:
            course.lose()

    def _state(self, course: Course, token: Token, words: Words) -> None:
        words = _with_years(course, words)
        read = self._subjects.aspect(words)
        subject = self._subjects.named(words) if words.label is not None else course.subject
        if read is None or subject is None:
            course.lose()
            return
        aspect, prior = read
        if course.budgeted is not None and words.aspect is None and aspect is Aspect.AMOUNT:
            aspect = course.budgeted  # 部门预算收入…，其中：一般公共预算收入…: the parts of a budget are budgets
        if words.label is not None:
            if not subject.certain or (course.lost and subject.term.opens is None):
                is_plain = aspect is Aspect.AMOUNT and not prior
                subject = self._subjects.proven(subject, token) if is_plain else None
            if subject is None:
                course.lose()
                return
            course.enter(subject)
        said = Said(
            aspect, prior=prior, year=words.years[0] if words.years else None, name=_project(course, subject.term.id)
        )
        fact = self._scribe.write(course.spot(token), subject, said)
        course.known[(aspect, prior)] = course.last = fact
        course.budgeted = None if aspect is Aspect.AMOUNT or self._context.is_budget else aspect
        if aspect is Aspect.AMOUNT and not prior:
            self._context.remember(fact)
            if course.rate is not None and len(course.known) > 1:
                self._commentary.completion(course, course.rate)


def _with_years(course: Course, words: Words) -> Words:
    """The words with the year that the sentence named before: 2021年度收入总计…，支出总计… speaks of 2021 twice."""
    if words.years or words.last_year:
        course.years = words.years
        return words
    return replace(words, years=course.years) if course.years else words


def _project(course: Course, term: str) -> str | None:
    """The name of the project that a paragraph speaks of."""
    match = _PROJECT.match(course.folded.text) if term == "project" else None
    return match["name"] if match else None


def read_paragraphs(paragraphs: Iterable[Paragraph], reader: Reader) -> Notes:
    """What the paragraphs state, read in order. Without a number, only a heading or a lead has something to say."""
    for paragraph in paragraphs:
        printed = paragraph.printed
        leads = len(printed) <= SHORT and _MAY_LEAD.search(printed)
        if leads or HAS_NUMBER.search(printed):
            folded = fold_paragraph(paragraph)
            if folded.text:
                reader.read(folded)
    return reader.notes
