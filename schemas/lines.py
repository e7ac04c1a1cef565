"""Row labels to line items: 一、一般公共服务支出 is the line of class 201, on the expenditure side.

Exact, then alias, then a small edit distance; ordinals off; never over a veto. Lines of which the label is not unique
(``under``) are read only after their parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from schemas.candidates import Method
from schemas.columnindex import ByIdentity
from schemas.kind import Kind, Lexicon, LineItem
from schemas.text import fold, strip_ordinal
from schemas.veto import changed_word, opposed_words

SHORTEST = 5  # characters; 体育支出 is one character from 教育支出
LONG = 8  # characters from which two wrong ones are borne

_BARE_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?=[^\W\d_]{3})")
_REMARK = re.compile(r"\([^()]*\)$")
_DOTS = re.compile(r"(?:\.{2,}|…+|[·\-]{2,})$")
_TAIL = "支出"
_SCORES = {Method.EXACT: 1.0, Method.ALIAS: 0.98}


@dataclass(frozen=True, slots=True)
class LineMatch:
    """The line a label means, how it was found, and how surely (0 to 1)."""

    item: LineItem
    method: Method
    score: float


def bare_line(raw_label: str) -> str:
    """The label as lines are compared: folded, without ordinals, 其中 and trailing dots."""
    return strip_ordinal(_DOTS.sub("", fold(raw_label)))[0]


def match_line_item(
    raw_label: str, kind: Kind, side: str | None, lexicon: Lexicon | None, parent: str | None = None
) -> LineMatch | None:
    """The line item that a printed row label means; None when none does, or several equally well.

    ``side``: income, expenditure or the id of a panel; None for kinds that have none. ``parent``: id of the line that
    this row stands under or after, for labels that only their parent tells apart. Without a lexicon, likeness is not
    tried: nothing could veto it.
    """
    return _match(raw_label, ByIdentity(kind), side, ByIdentity(lexicon), parent)


@lru_cache(maxsize=32768)
def _match(
    raw_label: str, kind: ByIdentity[Kind], side: str | None, lexicon: ByIdentity[Lexicon | None], parent: str | None
) -> LineMatch | None:
    label = bare_line(raw_label)
    if not label:
        return None
    items = [item for item in _items(kind, side) if item.under in (None, parent)]
    for form in _forms(label):
        if (found := _known(form, items, kind)) is not None:
            return found
    if (found := _by_pattern(label, items)) is not None:
        return found
    return None if lexicon.thing is None else _alike(label, items, kind, lexicon.thing)


@lru_cache(maxsize=1024)
def _items(kind: ByIdentity[Kind], side: str | None) -> tuple[LineItem, ...]:
    return tuple(item for item in kind.thing.line_items if side is None or item.side in (side, None))


@lru_cache(maxsize=256)
def _labels(kind: ByIdentity[Kind]) -> dict[LineItem, tuple[str, ...]]:
    """The folded labels of every line, without ordinals, the official one first."""
    return {item: tuple(dict.fromkeys(bare_line(label) for label in item.labels)) for item in kind.thing.line_items}


def _forms(label: str) -> list[str]:
    """The label, then without a remark in brackets, without a number that lost its mark, without or with 支出."""
    forms = [label, _REMARK.sub("", label), _BARE_NUMBER.sub("", label)]
    forms += [form.removesuffix("类" + _TAIL) + _TAIL for form in forms if form.endswith("类" + _TAIL)]
    return [form for form in dict.fromkeys(forms) if form]


def _known(form: str, items: list[LineItem], kind: ByIdentity[Kind]) -> LineMatch | None:
    """The line that has the label to the letter; lines under their parent first, official labels first."""
    labels = _labels(kind)
    found = [item for item in items if form in labels[item]] or [
        item for item in items if item.code is not None and form + _TAIL in labels[item]
    ]
    found.sort(key=lambda item: (item.under is None, labels[item][0] != form))
    if not found or (len(found) > 1 and _equal(found[0], found[1], form, labels)):
        return None
    method = Method.EXACT if labels[found[0]][0] == form else Method.ALIAS
    return LineMatch(found[0], method, _SCORES[method])


def _by_pattern(label: str, items: list[LineItem]) -> LineMatch | None:
    """The only line whose pattern the whole label fits: 项目1(公费医疗)."""
    found = [item for item in items if item.pattern is not None and re.fullmatch(item.pattern, label)]
    return LineMatch(found[0], Method.ALIAS, _SCORES[Method.ALIAS]) if len(found) == 1 else None


def _equal(first: LineItem, second: LineItem, form: str, labels: dict[LineItem, tuple[str, ...]]) -> bool:
    return (first.under is None, labels[first][0] == form) == (second.under is None, labels[second][0] == form)


def _alike(label: str, items: list[LineItem], kind: ByIdentity[Kind], lexicon: Lexicon) -> LineMatch | None:
    """The only line within the edit distance that its length allows, when no words are opposed."""
    if len(label) < SHORTEST:
        return None
    allowed = 1 if len(label) < LONG else 2
    near = {
        item: known
        for item in items
        for known in _labels(kind)[item]
        if len(known) >= SHORTEST
        and OSA.distance(label, known, score_cutoff=allowed) <= allowed
        and opposed_words(label, known, lexicon) is None
        and changed_word(label, known) is None
    }
    if len(near) != 1:
        return None
    item, known = next(iter(near.items()))
    return LineMatch(item, Method.FUZZY, round(fuzz.ratio(label, known) / 100, 4))


class LineReader:
    """Reads the row labels of one panel from top to bottom: so a line is known to stand under another, and a label that
    belongs to a line already read may name the line that has it as a fallback."""

    def __init__(self, kind: Kind, side: str | None, lexicon: Lexicon | None = None) -> None:
        self._kind = kind
        self._side = side
        self._lexicon = lexicon
        self._parent: str | None = None
        self._read: set[str] = set()

    def read(self, raw_label: str) -> LineItem | None:
        """The line item of the next row, None when it is none."""
        match = match_line_item(raw_label, self._kind, self._side, self._lexicon, self._parent)
        if match is None:
            return None
        item = match.item
        if item.id in self._read:
            item = self._fallback(raw_label) or item
        self._read.add(item.id)
        self._parent = item.under or item.id
        return item

    def _fallback(self, raw_label: str) -> LineItem | None:
        label = bare_line(raw_label)
        free = (item for item in _items(ByIdentity(self._kind), self._side) if item.id not in self._read)
        return next((item for item in free if label in map(bare_line, item.fallback_labels)), None)
