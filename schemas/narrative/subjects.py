"""Whose amount it is: words resolved to a term, by scope, by name, or by the one cell that prints the same amount."""

from __future__ import annotations

import re
from types import MappingProxyType

from schemas.narrative.cells import Cells
from schemas.narrative.context import OPEN, Context
from schemas.narrative.facts import Subject
from schemas.narrative.items import Items, Named, coded_term
from schemas.narrative.labels import Aspect, Words, class_names
from schemas.narrative.numbers import Token
from schemas.narrative.vocabulary import FINAL, Term, vocabulary

EXECUTION = Term("execution_rate", "N.9", MappingProxyType({}), soft=True, measure="rate")
_ITEM_SCOPES = ("general_public_budget", "fiscal", "all", "government_fund")
_CLASS_SCOPES = {
    "all": ("all",),
    "fiscal": ("fiscal", "general_public_budget", "all"),
    "general_public_budget": ("general_public_budget",),
    "government_fund": ("government_fund",),
}
_FUNDS = re.compile("一般公共预算|政府性基金预算|国有资本经营预算")  # the only names with 预算 that are no budget
_APART = frozenset({"procurement", "three_public", "assets", "performance"})  # sections that speak of no income
_OUTCOME = re.compile("决算|执行(?!率)")  # of a section: what it says of last year is no budget
_WHOLE_YEAR = "全年预算数"


class Subjects:
    """Resolves the words of one document."""

    def __init__(self, cells: Cells, context: Context) -> None:
        self._cells, self._context = cells, context
        self._items = Items(cells, context.family or FINAL)

    def named(self, words: Words) -> Subject | None:
        """What a label names, in the scope that holds; None when it names nothing."""
        by_scope = vocabulary().amounts.get(words.label or "")
        if by_scope is None:
            return self._class(words)
        scope, certain = self._context.scope, words.certain and self._context.is_own(words.agency)
        if None in by_scope:
            term = by_scope[None]
            is_part = (scope == OPEN and term.opens is None) or (scope in _APART and term.measure == "income")
            return Subject((term,), certain and not is_part)
        if self._context.family is None and scope not in by_scope:
            scope = "all"
        if scope in by_scope:
            return Subject((by_scope[scope],), certain)
        return Subject(tuple(by_scope.values()), certain=False)

    def _class(self, words: Words) -> Subject | None:
        code = class_names().get(words.label or "")
        if code is None or words.label is None:
            return None
        scopes = _CLASS_SCOPES.get(self._context.scope or "")
        term = coded_term(code, words.label.replace("〔类〕", ""), scopes or _ITEM_SCOPES)
        return Subject((term,), words.certain and not words.agency and scopes is not None)

    def item(self, named: Named) -> Subject:
        """The item that a sentence names."""
        term = coded_term(self._items.code_of(named), named.name, _ITEM_SCOPES)
        return Subject((term,), certain=self._context.scope != OPEN)

    def proven(self, subject: Subject, token: Token) -> Subject | None:
        """A subject that the words leave open, decided by the tables: only the term whose cell prints this amount.

        A zero proves nothing: it stands everywhere.
        """
        for term in subject.terms:
            for cell in self._cells.of(term, self._context.family or "", also=True):
                if token.number and abs(cell.amount - token.value) <= cell.half + token.step / 2:
                    return Subject((term,), certain=False)
        return None

    def aspect(self, words: Words) -> tuple[Aspect, bool] | None:
        """The aspect and whether it is of the year before; None for a year or a phase that has no place here."""
        context = self._context
        others = [year for year in words.years if context.fiscal_year not in (None, year)]
        prior = words.last_year or bool(others)
        if not all(context.is_last_year(year) for year in others) or (prior and len(words.years) > 1):
            return None
        aspect = words.aspect or Aspect.AMOUNT
        if words.label is not None and words.label.endswith(_WHOLE_YEAR):
            aspect = Aspect.ADJUSTED_BUDGET
        if not context.is_budget:
            is_budgeted = words.aspect is None and "预算" in _FUNDS.sub("", words.label or "")
            return (Aspect.BUDGET if is_budgeted and aspect is Aspect.AMOUNT else aspect), prior
        if aspect is Aspect.AMOUNT and words.aspect is not None:  # 执行数 in a budget is that of last year
            return (Aspect.AMOUNT, True) if prior else None
        if prior and _OUTCOME.search(context.section):
            return Aspect.AMOUNT, True
        return (Aspect.INITIAL_BUDGET if prior else Aspect.AMOUNT), prior
