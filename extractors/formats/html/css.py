"""What style sheets and style attributes say of an element, as far as it decides what is printed and where.

Selectors of one compound (``td``, ``.hidden``, ``p#x.y``) are followed; those that depend on other elements are not, so
that a rule meant for a script's menu hides nothing of the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

Declarations = Mapping[str, str]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([a-z][\w-]*)?((?:[.#][\w-]+)*)", re.I)
_NAMED = re.compile(r"([.#])([\w-]+)")
_SHOWN_MEDIA = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*", re.I)
_IMPORTANT = re.compile(r"\s*!\s*important$", re.I)
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(pt|px|in|cm|mm|pc)?", re.I)
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0}
_UNDRAWN = frozenset({"none", "hidden", "0", "0px", "0pt", "0in", "0cm", "transparent", "initial", "inherit", "unset"})
_UNDRAWING = frozenset({"border-collapse", "border-spacing", "border-radius", "border-color"})
_NO_DECLARATIONS: Declarations = {}
FAR_OFF = -500.0  # points: -9999px and -999em are usual


class _Rule(NamedTuple):
    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    rank: tuple[int, int, int, int]  # ids, classes, tag, place
    normal: Declarations
    important: Declarations


class Styles:
    """The style sheets of one page."""

    def __init__(self, text: str) -> None:
        """``text`` is the page itself: its ``style`` elements are found in it."""
        sheets = "\n".join(_sheets(text))
        self._by_key: dict[str, list[_Rule]] = {}
        for place, (selector, body) in enumerate(_rules(_COMMENT.sub("", sheets))):
            for one in selector.split(","):
                self._add(one.strip(), place, body)
        self._known: dict[tuple[str, str, str, str], Declarations] = {}

    def _add(self, selector: str, place: int, body: str) -> None:
        match = _SELECTOR.fullmatch(selector)
        if not match or not selector:
            return
        tag, named = (match[1] or "").lower(), _NAMED.findall(match[2])
        classes = frozenset(name for mark, name in named if mark == ".")
        ids = frozenset(name for mark, name in named if mark == "#")
        normal, important = _declared(body)
        rule = _Rule(tag, classes, ids, (len(ids), len(classes), bool(tag), place), normal, important)
        key = f"#{min(ids)}" if ids else f".{min(classes)}" if classes else tag
        self._by_key.setdefault(key, []).append(rule)

    def of(self, tag: str, attributes: Mapping[str, str]) -> Declarations:
        """What is declared for an element."""
        style, names, name = attributes.get("style", ""), attributes.get("class", ""), attributes.get("id", "")
        if not self._by_key:
            return _inline(style) if style else _NO_DECLARATIONS
        key = (tag, style, names, name)
        if key not in self._known:
            self._known[key] = self._cascade(tag, style, names.split(), name.strip())
        return self._known[key]

    def _cascade(self, tag: str, style: str, classes: list[str], name: str) -> Declarations:
        keys = [tag, *(f".{one}" for one in dict.fromkeys(classes)), f"#{name}"]
        own = frozenset(classes)
        rules = [
            rule
            for key in keys
            for rule in self._by_key.get(key, ())
            if rule.tag in ("", tag) and rule.classes <= own and rule.ids <= {name}
        ]
        if not rules:
            return _inline(style) if style else _NO_DECLARATIONS
        rules.sort(key=lambda rule: rule.rank)
        normal, important = _declared(style)
        layers = [*(rule.normal for rule in rules), normal, *(rule.important for rule in rules), important]
        return {name: value for layer in layers for name, value in layer.items()}


def _sheets(text: str) -> Iterator[str]:
    """What stands in the ``style`` elements, whole or cut off."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals of other scripts are longer in lower case
        lowered = text
    end = 0
    while (start := lowered.find("<style", end)) >= 0 and (start := lowered.find(">", start)) >= 0:
        end = lowered.find("</style", start)
        end = end if end >= 0 else len(text)
        yield text[start + 1 : end]


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies. Blocks for the screen are entered; those for print, or under a condition, are skipped."""
    start, depth, selector = 0, 0, ""
    for brace in _BRACE.finditer(sheet):
        place = brace.start()
        if brace[0] == "{":
            if depth == 0:
                selector = sheet[start:place].rpartition(";")[2].strip()
                if _SHOWN_MEDIA.fullmatch(selector):
                    start = place + 1
                    continue
            depth += 1
            start = place + 1 if depth == 1 else start
            continue
        if depth == 1 and not selector.startswith("@"):
            yield selector, sheet[start:place]
        depth = max(depth - 1, 0)
        start = place + 1 if depth == 0 else start


def _declared(body: str) -> tuple[Declarations, Declarations]:
    """Declarations without and with ``!important``; names and values in lower case."""
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for part in body.lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            bare, raised = _IMPORTANT.subn("", value.strip())
            (important if raised else normal)[name.strip()] = bare
    return normal, important


@lru_cache(maxsize=4_096)
def _inline(style: str) -> Declarations:
    normal, important = _declared(style)
    return {**normal, **important}


@lru_cache(maxsize=16_384)
def points(value: str | None) -> float | None:
    """A length in points; None when it is none, or depends on something else (em, percent, calc)."""
    match = _LENGTH.fullmatch(value.strip()) if value else None
    if match is None or (match[2] is None and float(match[1])):
        return None
    length = float(match[1]) * _POINTS[(match[2] or "pt").lower()]
    return length if math.isfinite(length) else None


def is_hidden(declared: Declarations) -> bool:
    """Whether the element and all in it is not shown."""
    if not declared:
        return False
    return (
        declared.get("display") == "none"
        or declared.get("visibility") in ("hidden", "collapse")
        or declared.get("mso-hide") == "all"
        or _is_far_off(declared.get("text-indent"))
        or ("position" in declared and any(_is_far_off(declared.get(side)) for side in ("left", "top")))
    )


def _is_far_off(length: str | None) -> bool:
    """Whether a shift takes the text out of sight, as pages do with what only search engines are to read."""
    shift = points(length)
    return shift is not None and shift <= FAR_OFF


def is_struck(declared: Declarations) -> bool:
    """Whether a line goes through the text."""
    return any("line-through" in declared.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def has_border(declared: Declarations) -> bool:
    """Whether some side of the element is drawn."""
    return any(
        name.startswith("border") and name not in _UNDRAWING and is_drawn(value) for name, value in declared.items()
    )


@lru_cache(maxsize=4_096)
def is_drawn(border: str) -> bool:
    """Whether the value of a border draws a rule."""
    words = border.split()
    return bool(words) and not _UNDRAWN.intersection(words)
