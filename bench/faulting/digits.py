"""What a misread cell prints instead of its amount. Each returns None where the text has no place for the fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

Spoil = Callable[[str, Random], str | None]


def misread(text: str, rng: Random) -> str | None:
    """One digit is another one; the first never becomes a zero that nobody would print."""
    places = [place for place, char in enumerate(text) if char.isdecimal()]
    if not places:
        return None
    place = rng.choice(places)
    leads = place == places[0] and len(places) > 1 and text[place + 1 : place + 2] != "."
    others = [digit for digit in "0123456789"[leads:] if digit != text[place]]
    return text[:place] + rng.choice(others) + text[place + 1 :]


def transposed(text: str, rng: Random) -> str | None:
    """Two neighbouring digits change places."""
    pairs = [m.start() for m in re.finditer(r"(?=\d\d)", text) if text[m.start()] != text[m.start() + 1]]
    if not pairs:
        return None
    place = rng.choice(pairs)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def without_point(text: str, _: Random) -> str | None:
    """The decimal point is lost."""
    return text.replace(".", "") if "." in text else None


def without_first(text: str, _: Random) -> str | None:
    """The first digit is lost, with the comma behind it: 1,668.14 becomes 668.14."""
    found = re.match(r"\D*?([1-9],?)(?=[\d.])", text)
    return text[: found.start(1)] + text[found.end(1) :] if found else None


def without_digit(text: str, rng: Random) -> str | None:
    """Any one digit but the first is lost."""
    places = [m.start() for m in re.finditer(r"(?<=\d)[,.]?\d", text)]
    if not places:
        return None
    place = rng.choice(places) + 1
    place = place - 1 if text[place - 1].isdecimal() else place
    return text[:place] + text[place + 1 :]


def without_minus(text: str, _: Random) -> str | None:
    """The minus sign is lost."""
    return re.sub(r"^\s*[-－−]", "", text) if re.match(r"\s*[-－−]\s*\d", text) else None


SPOILS: Mapping[str, Spoil] = {
    "misread digit": misread,
    "transposed digits": transposed,
    "lost decimal point": without_point,
    "lost first digit": without_first,
    "lost digit": without_digit,
    "lost minus sign": without_minus,
}
