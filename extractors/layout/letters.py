"""Text drawn character by character, in any order -> runs as they are read: words, and numbers spaced out evenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from extractors.layout.ink import Run
from extractors.layout.words import EVEN, LEAST_SPACED, NUMERIC

TOUCH = 0.1  # of the glyph height: characters nearer than this touch
LEVEL = 0.2  # of the glyph height: how much the middles of characters beside each other differ
LEAST_LETTERS = 10  # on a page: fewer single characters are marks and labels that run down
TILE = 4.0  # points

Tiles = dict[tuple[int, int], list[int]]


def whole_words(runs: list[Run]) -> list[Run]:
    """The runs, with characters that were drawn alone and touch put together; the list itself where there are few."""
    letters = [run for run in runs if len(run.text) == 1 and not run.turns]
    if len(letters) < LEAST_LETTERS:
        return runs
    following = _followers(letters)
    firsts = set(range(len(letters))).difference(following.values())
    words = [_joined([letters[place] for place in _chain(first, following)]) for first in sorted(firsts)]
    return [*(run for run in runs if len(run.text) > 1 or run.turns), *words]


def _chain(first: int, following: dict[int, int]) -> Iterator[int]:
    place: int | None = first
    while place is not None:
        yield place
        place = following.get(place)


def _followers(letters: Sequence[Run]) -> dict[int, int]:
    """For each character the one that begins where it ends; none follows two."""
    tiles: Tiles = defaultdict(list)
    for place, letter in enumerate(letters):
        tiles[int(letter.x0 // TILE), int(letter.middle // TILE)].append(place)
    following: dict[int, int] = {}
    taken: set[int] = set()
    for place in sorted(range(len(letters)), key=lambda place: letters[place].x0):
        after = _follower(letters, place, tiles)
        if after is not None and after not in taken:
            following[place] = after
            taken.add(after)
    return following


def _follower(letters: Sequence[Run], place: int, tiles: Tiles) -> int | None:
    letter = letters[place]
    column, row = int(letter.x1 // TILE), int(letter.middle // TILE)
    near = (
        (abs(other.x0 - letter.x1), number)
        for across, down in product((-1, 0, 1), repeat=2)
        for number in tiles.get((column + across, row + down), ())
        if letter.x0 < (other := letters[number]).x0
        and abs(other.x0 - letter.x1) <= TOUCH * letter.size
        and abs(other.middle - letter.middle) <= LEVEL * letter.size
    )
    return min(near, default=(0.0, None))[1]


def whole_numbers(runs: list[Run]) -> list[Run]:
    """The runs of a line, left to right, with single digits and points that stand apart by equal gaps put together."""
    if sum(len(run.text) == 1 for run in runs) <= LEAST_SPACED:
        return runs
    found: list[Run] = []
    group: list[Run] = []
    for run in runs:
        if group and not _goes_on(group, run):
            found.extend(_number(group))
            group = []
        group.append(run)
    return [*found, *_number(group)]


def _number(group: Sequence[Run]) -> Sequence[Run]:
    return [_joined(group)] if len(group) > LEAST_SPACED else group


def _goes_on(group: Sequence[Run], run: Run) -> bool:
    """Whether a run is one more character of a number that is spaced out."""
    first, last, size = group[0], group[-1], min(group[-1].size, run.size)
    gap, step = run.x0 - last.x1, run.x0 - last.x0
    if not {last.text, run.text} <= NUMERIC or not 0 <= gap <= size:
        return False
    second = group[1] if len(group) > 1 else run
    return min(abs(gap - (second.x0 - first.x1)), abs(step - (second.x0 - first.x0))) <= EVEN * size


def _joined(group: Sequence[Run]) -> Run:
    """One run with the characters of all of these."""
    if len(group) == 1:
        return group[0]
    first, last = group[0], group[-1]
    lefts, rights = [x for run in group for x in run.lefts], [x for run in group for x in run.rights]
    text = "".join([run.text for run in group])
    return Run(text, first.x0, first.top, last.x1, first.bottom, lefts, rights, first.turns)


def unspaced(text: str) -> str:
    """The text without its spaces when one stands after every character; else the text."""
    if len(text) < 3 or text[1] != " ":
        return text
    return text if text[1::2].strip(" ") or " " in text[::2] else text[::2]
