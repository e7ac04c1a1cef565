"""A document read from pictures against the same document read as text, amount by amount, by the place of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from schemas.result import Observation, Result

PROVEN = ("A", "B")
Move = Callable[[float, float, float, float], tuple[float, float]]


@dataclass
class Score:
    """Counts of amounts. ``wrong`` of those read have another value; ``unflagged`` of these are graded A or B."""

    printed: int = 0
    right: int = 0
    wrong: int = 0
    unflagged: int = 0
    proven: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds the counts of another."""
        for name in ("printed", "right", "wrong", "unflagged", "proven"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misses += other.misses


def score(text: Result, pictures: Result, pages: Iterable[int], move: Move) -> Score:
    """``pages`` are those of the text, in the order in which they became pictures."""
    places = {number: place for place, number in enumerate(pages, 1)}
    sizes = {page.number: (page.width, page.height) for page in text.pages}
    found = _by_page(pictures)
    total, used = Score(), set()
    for one in _amounts(text):
        if one.page not in places or one.bbox is None:
            continue
        total.printed += 1
        middle = move((one.bbox[0] + one.bbox[2]) / 2, (one.bbox[1] + one.bbox[3]) / 2, *sizes[one.page])
        other = _at(middle, found[places[one.page]])
        if other is None:
            total.misses.append(f"p{one.page} {one.kind}.{one.field} {one.text}: not found")
            continue
        used.add(id(other))
        same = (other.value, other.field, other.fiscal_year, other.unit) == (
            one.value,
            one.field,
            one.fiscal_year,
            one.unit,
        )
        _count(total, one, other, same)
    for others in found.values():
        for other in others:
            if id(other) not in used and other.value is not None and other.unit == "CNY":
                total.wrong += 1
                total.unflagged += other.grade in PROVEN
                total.misses.append(f"p{other.page} {other.kind}.{other.field} {other.text} {other.grade}: not printed")
    return total


def _count(total: Score, one: Observation, other: Observation, same: bool) -> None:
    total.proven += other.grade in PROVEN
    if same:
        total.right += 1
        return
    total.wrong += other.value is not None
    total.unflagged += other.grade in PROVEN
    read = f"{other.field} {other.text} = {other.value} ({other.fiscal_year}) {other.grade}"
    total.misses.append(f"p{one.page} {one.kind}.{one.field} {one.text} = {one.value} ({one.fiscal_year}): {read}")


def _amounts(result: Result) -> list[Observation]:
    return [one for one in result.observations if one.source == "table" and one.value is not None and one.unit == "CNY"]


def _by_page(result: Result) -> Mapping[int, list[Observation]]:
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in result.observations:
        if one.source == "table" and one.page is not None and one.bbox is not None and one.text:
            found[one.page].append(one)
    return found


def _at(middle: tuple[float, float], others: Iterable[Observation]) -> Observation | None:
    x, y = middle
    for other in others:
        assert other.bbox is not None
        x0, top, x1, bottom = other.bbox
        if x0 <= x <= x1 and top <= y <= bottom:
            return other
    return None
