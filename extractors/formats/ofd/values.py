"""What the attributes of OFD elements say: numbers, boxes, matrices, steps, colours. Broken ones read as absent."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from lxml import etree

from extractors.layout.frame import IDENTITY, Matrix

POINTS = 72 / 25.4  # of a millimetre, which OFD measures in

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_FAR = 1e7  # millimetres: a number beyond is nonsense
_SHORT = 40  # characters of a list that is remembered
_REPEAT = "g"

Quad = tuple[float, float, float, float]


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, which differs between producers."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Its children of this name."""
    return [child for child in element if local(child) == name] if element is not None else []


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Its first child of this name."""
    return next(iter(children(element, name)), None)


def text_of(element: etree._Element | None, name: str) -> str:
    """The text of its first child of this name; empty when there is none."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def numbers(text: str | None) -> tuple[float, ...]:
    """The numbers of a list, without those that are none or absurd."""
    if not text:
        return ()
    return _short(text) if len(text) <= _SHORT else _parsed(text)


def _parsed(text: str) -> tuple[float, ...]:
    values = map(float, _NUMBER.findall(text))
    return tuple(value for value in values if abs(value) <= _FAR)


_short = lru_cache(4096)(_parsed)  # a page states the same colours and sizes a thousand times


def number(element: etree._Element, name: str, usual: float) -> float:
    """The number that an attribute states."""
    values = numbers(text) if (text := element.get(name)) else ()
    return values[0] if values else usual


def box(text: str | None) -> Quad | None:
    """Left, top, width and height."""
    values = numbers(text)
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else None


def matrix(text: str | None) -> Matrix:
    """A matrix of six numbers; one that is missing or broken changes nothing."""
    values = numbers(text)
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) == 6 else IDENTITY


def flag(element: etree._Element, name: str, usual: bool) -> bool:
    """Whether an attribute says true."""
    said = element.get(name, "").strip().lower()
    return usual if not said else said in ("true", "1")


def steps(text: str | None, count: int) -> list[float]:
    """The first ``count`` steps from glyph to glyph; ``g n d`` stands for n steps of d.

    A list that is too short goes on with its last step, as programs write it for glyphs that are evenly spaced.
    Empty when the list is missing.
    """
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if len(found) >= count:
            break
        if word == _REPEAT:
            times, step = numbers(next(words, "")), numbers(next(words, ""))
            if times and step and times[0] > 0:
                found += [step[0]] * min(math.floor(times[0]), count - len(found))
        else:
            found += numbers(word)[:1]
    return (found + found[-1:] * (count - len(found)))[:count] if found else []
