"""One hostile file and how it must be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

READ = "read"  # it is answered with a result: what is hostile in it is not followed


@dataclass(frozen=True, slots=True)
class Case:
    """``answers``: the codes it may be refused with, or READ. ``make`` makes its bytes, the same every time."""

    name: str
    answers: frozenset[str]
    make: Callable[[], bytes]


def case(name: str, answers: str, make: Callable[[], bytes]) -> Case:
    """A case; ``answers`` are separated by ``|``."""
    return Case(name, frozenset(answers.split("|")), make)
