"""Functional classes and items named in a sentence: 卫生健康支出（类）医疗救助（款）城乡医疗救助（项） is 2101301.

The code is the one that the document's own tables give the name, else that of the code list; a name that several codes
share is decided by the names above it, and without them stays without a code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from schemas.checks.refs import Ref, parse_ref
from schemas.codes import CLASS_DIGITS, CodeList, code_list
from schemas.narrative.cells import Cells
from schemas.narrative.vocabulary import BUDGET, FINAL, Term
from schemas.text import fold, strip_ordinal

ITEM_DIGITS = 7

_ABOVE = r"(?P<{0}>[^〔〕,，;。:\d]{{2,40}}?)〔(?P<{0}_digits>\d{{0,3}})"
_ITEM = re.compile(
    "(?:" + _ABOVE.format("upper") + "类〕(?:支出)?)?(?:" + _ABOVE.format("middle") + "[类款]〕(?:支出)?)?"
    + _ABOVE.format("item") + r"项〕(?P<tail>支出)?"
)  # fmt: skip
_ORDINAL = re.compile(r"^(?:[①-⑳]|\d{1,2}[.、．]|[一二三四五六七八九十]{1,3}、)+")

_CODED = {
    FINAL: ("fa_general_budget_expenditure", "fa_expenditure", "fa_government_fund"),
    BUDGET: (
        "bg_general_budget_expenditure",
        "bg_fiscal_appropriation_expenditure",
        "bg_expenditure",
        "bg_government_fund_expenditure",
    ),
}
_SUMMARIES = {
    "all": "bg_income_expenditure_summary[expenditure.{}].expenditure_amount",
    "fiscal": "bg_fiscal_appropriation_summary[expenditure.{}].total",
}
_SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "all": ("fa_expenditure", "bg_expenditure"),
        "fiscal": ("bg_fiscal_appropriation_expenditure",),
        "general_public_budget": ("fa_general_budget_expenditure", "bg_general_budget_expenditure"),
        "government_fund": ("fa_government_fund", "bg_government_fund_expenditure"),
    }
)
_FUNDS = {"all": "all", "fiscal": "fiscal_appropriation"}


@dataclass(frozen=True, slots=True)
class Named:
    """An item as a sentence names it: its name, those above it, the digits printed beside them, and where it ends."""

    name: str
    above: tuple[str, ...]
    digits: str
    end: int


def find_item(text: str) -> Named | None:
    """The item that a clause names, the last one where it names several."""
    if "项〕" not in text:
        return None
    found = None
    for match in _ITEM.finditer(_ORDINAL.sub("", text)):
        found = match
    if found is None:
        return None
    offset = len(text) - len(found.string)
    above = tuple(name for name in (found["upper"], found["middle"]) if name)
    digits = "".join(found[f"{level}_digits"] or "" for level in ("upper", "middle", "item"))
    return Named(found["item"], above, digits, found.end() + offset)


class Items:
    """Names -> codes, by the tables of one document and the code list."""

    def __init__(self, cells: Cells, family: str) -> None:
        self._cells, self._family = cells, family
        self._printed: dict[str, set[str]] | None = None
        self._names: dict[str, str] = {}

    def code_of(self, named: Named) -> str | None:
        """The code of an item, None when the name alone does not tell it."""
        if len(named.digits) == ITEM_DIGITS:
            return named.digits
        printed = self._printed = self._read_tables() if self._printed is None else self._printed
        for candidates in (printed.get(bare(named.name), set()), _listed().get(bare(named.name), frozenset())):
            fitting = [code for code in sorted(candidates) if self._fits(code, named.above)]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _read_tables(self) -> dict[str, set[str]]:
        """The names of items in the tables, and the codes they stand beside."""
        printed: dict[str, set[str]] = defaultdict(set)
        for row in (row for kind in _CODED[self._family] for table in self._cells.tables(kind) for row in table.rows):
            if row.code and row.label and row.code_list == "function":
                self._names.setdefault(row.code, bare(row.label))
                if len(row.code) == ITEM_DIGITS:
                    printed[bare(row.label)].add(row.code)
        return printed

    def _fits(self, code: str, above: tuple[str, ...]) -> bool:
        """Whether every name above the item is that of a code above it."""
        known = {self._names.get(code[:length], "") for length in (3, 5)} | _names_above(code)
        return all(bare(name) in known for name in above)


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for code in code_list(CodeList.FUNCTION):
        if len(code.code) == ITEM_DIGITS:
            for name in (code.name, *code.aliases):
                names[bare(name)].add(code.code)
    return MappingProxyType({name: frozenset(codes) for name, codes in names.items()})


@cache
def _names_of() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for code in code_list(CodeList.FUNCTION):
        names[code.code] |= {bare(name) for name in (code.name, *code.aliases)}
    return MappingProxyType({code: frozenset(found) for code, found in names.items()})


def _names_above(code: str) -> frozenset[str]:
    return _names_of().get(code[:3], frozenset()) | _names_of().get(code[:5], frozenset())


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name as it is compared: folded, without brackets and without 支出 at its end."""
    folded = strip_ordinal(fold(name))[0].replace("(", "").replace(")", "")
    return folded.removesuffix("支出") or folded


@lru_cache(maxsize=1024)
def coded_term(code: str | None, label: str, scopes: tuple[str, ...]) -> Term:
    """The expenditure of a class or an item, out of the money of each of these scopes."""
    refs = {family: tuple(_refs(code, scopes, family)) if code else () for family in (FINAL, BUDGET)}
    return Term(
        id=f"item.{code or label}",
        rule="N.5",
        refs=MappingProxyType(refs),
        soft=not code,
        measure="expenditure",
        fund=_FUNDS.get(scopes[0], scopes[0]),
        code=code,
        label=label,
    )


def _refs(code: str, scopes: Iterable[str], family: str) -> Iterator[Ref]:
    prefix = "fa_" if family == FINAL else "bg_"
    for scope in scopes:
        for kind in _SCOPES.get(scope, ()):
            if kind.startswith(prefix):
                yield Ref(1, kind, f"@code:{code}", "total")
        if len(code) == CLASS_DIGITS and scope in _SUMMARIES and family == BUDGET:
            yield parse_ref(_SUMMARIES[scope].format(code))
