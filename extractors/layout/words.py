"""Runs of characters -> printed lines of text. Knows no rules and no cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from extractors.layout.ink import Run
from extractors.model import Box, Location, TextLine

SAME_LINE = 0.5  # of the smaller glyph height: how far apart the centre lines of one printed line may be
WORD_GAP = 0.25  # of the glyph height: a wider gap is a printed space
CJK_GAP = 0.5  # the same between two Chinese characters, which stand wider when a label is justified
OVER = 0.5  # of the narrower glyph: two that share more are printed on each other; of a run's letters that are
NUMERIC = frozenset("0123456789.,-")
LEAST_SPACED = 3  # characters: so few may be numbers of their own
EVEN = 0.15  # of the glyph height: how much the gaps of a letter-spaced number differ
DOUBLED = 0.3  # of the glyph's width: the same glyph drawn again this near is fake bold; a real 11 is a width apart


def lines_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs grouped into printed lines, top to bottom; each line left to right, without glyphs drawn twice."""
    lines: list[list[Run]] = []
    middle = height = 0.0
    for run in sorted(runs, key=lambda run: (run.top + run.bottom, run.x0)):
        run_middle, run_height = (run.top + run.bottom) / 2, run.bottom - run.top
        if lines and run_middle - middle <= SAME_LINE * min(height, run_height):
            lines[-1].append(run)
        else:
            lines.append([run])
            middle, height = run_middle, run_height
    return [layer for line in lines for layer in _layers(line)]


def _layers(line: list[Run]) -> list[list[Run]]:
    """The line without glyphs drawn twice; texts that are drawn over each other are lines of their own.

    Read as one line, 12 and 34 at one place would make 1234.
    """
    line.sort(key=lambda run: run.x0)
    if all(before.x1 - after.x0 <= DOUBLED * after.size for before, after in pairwise(line)):
        return [line]
    kept: list[Run] = []
    for run in line:
        kept.extend(_fresh_pieces(run, kept))
    layers: list[list[Run]] = [[]]
    for run in sorted(kept, key=lambda run: run.x0):
        free = next((layer for layer in layers if not any(_lies_over(run, other) for other in layer)), None)
        if free is None:
            layers.append([run])
        else:
            free.append(run)
    return layers


def _lies_over(run: Run, other: Run) -> bool:
    """Whether most letters and digits of the shorter of two runs stand on those of the longer."""
    if other.x1 <= run.x0 or run.x1 <= other.x0:
        return False
    shorter, longer = sorted((run, other), key=lambda one: len(one.text))
    letters = [place for place, letter in enumerate(shorter.text) if letter.isalnum()]
    return sum(_is_overprinted(shorter, place, longer) for place in letters) > OVER * len(letters)


def _is_overprinted(run: Run, place: int, other: Run) -> bool:
    left, right = run.lefts[place], run.rights[place]
    return any(
        min(right, end) - max(left, start) > OVER * min(right - left, end - start)
        for letter, start, end in zip(other.text, other.lefts, other.rights, strict=True)
        if letter.isalnum()
    )


def _fresh_pieces(run: Run, kept: Sequence[Run]) -> list[Run]:
    """The stretches of ``run`` whose glyphs do not stand, drawn already, at the same place."""
    rivals = [other for other in kept if other.x1 > run.x0 and other.x0 < run.x1]
    fresh = [not _drawn_already(run, index, rivals) for index in range(len(run.text))]
    pieces, start = [], 0
    for index in range(1, len(fresh) + 1):
        if index == len(fresh) or fresh[index] != fresh[start]:
            if fresh[start]:
                pieces.append(run.cut(start, index))
            start = index
    return pieces


def _drawn_already(run: Run, index: int, rivals: Sequence[Run]) -> bool:
    glyph, left = run.text[index], run.lefts[index]
    near = DOUBLED * (run.rights[index] - left)
    return any(
        abs(other.lefts[place] - left) <= near
        for other in rivals
        for place, candidate in enumerate(other.text)
        if candidate == glyph
    )


def line_text(line: Sequence[Run]) -> str:
    """The text of one printed line; one space where a gap is printed, none between characters that touch."""
    if len(line) > LEAST_SPACED and _is_spaced_number(line):
        return "".join([run.text for run in line])
    parts = [line[0].text]
    for before, after in pairwise(line):
        gap = after.x0 - before.x1
        wide = CJK_GAP if is_cjk(before.text[-1]) and is_cjk(after.text[0]) else WORD_GAP
        if gap > wide * min(before.size, after.size) and before.text[-1] != " " and after.text[0] != " ":
            parts.append(" ")
        parts.append(after.text)
    return _trimmed("".join(parts))


def _is_spaced_number(line: Sequence[Run]) -> bool:
    """Whether the line is one number whose characters stand apart by equal gaps, or in equal steps."""
    if not all(len(run.text) == 1 and run.text in NUMERIC for run in line):
        return False
    gaps = [after.x0 - before.x1 for before, after in pairwise(line)]
    steps = [after.x0 - before.x0 for before, after in pairwise(line)]
    size = min(run.size for run in line)
    return max(gaps) <= size and min(max(gaps) - min(gaps), max(steps) - min(steps)) <= EVEN * size


def _trimmed(text: str) -> str:
    """Without spaces at its ends; full-width ones at its start are a printed indent and stay."""
    return text.strip(" ").rstrip()


def is_cjk(character: str) -> bool:
    """Whether a character is set in a full square: Han, kana, full-width forms and Chinese punctuation."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def has_digit(text: str) -> bool:
    """Whether a text holds a digit of either width."""
    return any("0" <= character <= "9" or "０" <= character <= "９" for character in text)


def block_text(runs: Sequence[Run]) -> str:
    """The text of a cell: its printed lines, separated by line feeds; those on their side last."""
    if len(runs) == 1:
        return _trimmed(runs[0].text)
    if _is_one_line(runs):
        return line_text(runs)
    return "\n".join(text for line, _ in _lines(runs) if (text := line_text(line)))


def _is_one_line(runs: Sequence[Run]) -> bool:
    """Whether the runs, as they come, are one upright line from left to right: so are nearly all cells of several."""
    top, bottom = runs[0].top, runs[0].bottom
    return (
        all(
            after.top == top and after.bottom == bottom and not after.turns and before.x1 <= after.x0
            for before, after in pairwise(runs)
        )
        and not runs[0].turns
    )


def text_lines(runs: Iterable[Run], page: int) -> list[TextLine]:
    """Printed lines of a page outside its grids, top to bottom, left to right."""
    lines = []
    for line, turns in _lines(runs):
        if text := line_text(line):
            box = _turned_back(line_box(line), turns)
            lines.append(TextLine(text, Location(page, box), round(max(run.size for run in line), 2)))
    return lines


def _lines(runs: Iterable[Run]) -> Iterator[tuple[list[Run], int]]:
    """Printed lines, each upright, and how far they are turned on the page."""
    by_turns: dict[int, list[Run]] = {}
    for run in runs:
        by_turns.setdefault(run.turns, []).append(run.upright() if run.turns else run)
    for turns in sorted(by_turns):
        yield from ((line, turns) for line in lines_of(by_turns[turns]) if line)


def _turned_back(box: Box, turns: int) -> Box:
    """Where a box of upright text stands on its page."""
    for _ in range(turns):
        box = Box(box.top, -box.x1, box.bottom, -box.x0)
    return box


def line_box(line: Sequence[Run]) -> Box:
    """The rectangle around the runs of a line."""
    return Box(
        round(min(run.x0 for run in line), 2),
        round(min(run.top for run in line), 2),
        round(max(run.x1 for run in line), 2),
        round(max(run.bottom for run in line), 2),
    )
