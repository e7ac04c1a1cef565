"""Runs of characters -> printed lines of text. Knows no rules and no cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractors.layout.ink import Run
from extractors.model import Box, Location, TextLine

SAME_LINE = 0.5  # of the smaller glyph height: how far apart the centre lines of one printed line may be
WORD_GAP = 0.25  # of the glyph height: a wider gap is a printed space
CJK_GAP = 0.5  # the same between two Chinese characters, which stand wider when a label is justified
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
    return [_undoubled(line) for line in lines]


def _undoubled(line: list[Run]) -> list[Run]:
    line.sort(key=lambda run: run.x0)
    if all(before.x1 - after.x0 <= DOUBLED * after.size for before, after in pairwise(line)):
        return line
    kept: list[Run] = []
    for run in line:
        kept.extend(_fresh_pieces(run, kept))
    return sorted(kept, key=lambda run: run.x0)


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
    parts = [line[0].text]
    for before, after in pairwise(line):
        gap = after.x0 - before.x1
        wide = CJK_GAP if is_cjk(before.text[-1]) and is_cjk(after.text[0]) else WORD_GAP
        if gap > wide * min(before.size, after.size) and before.text[-1] != " " and after.text[0] != " ":
            parts.append(" ")
        parts.append(after.text)
    return _trimmed("".join(parts))


def _trimmed(text: str) -> str:
    """Without spaces at its ends; full-width ones at its start are a printed indent and stay."""
    return text.strip(" ").rstrip()


def is_cjk(character: str) -> bool:
    """Whether a character is set in a full square: Han, kana, full-width forms and Chinese punctuation."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def block_text(runs: Sequence[Run]) -> str:
    """The text of a cell: its printed lines, separated by line feeds."""
    if len(runs) == 1:
        return _trimmed(runs[0].text)
    texts = [line_text(line) for line in lines_of(runs) if line]
    return "\n".join(text for text in texts if text)


def text_lines(runs: Iterable[Run], page: int) -> list[TextLine]:
    """Printed lines of a page outside its grids, top to bottom, left to right."""
    lines = []
    for line in lines_of(runs):
        text = line_text(line) if line else ""
        if text:
            lines.append(TextLine(text, Location(page, line_box(line)), round(max(run.size for run in line), 2)))
    return lines


def line_box(line: Sequence[Run]) -> Box:
    """The rectangle around the runs of a line."""
    return Box(
        round(min(run.x0 for run in line), 2),
        round(min(run.top for run in line), 2),
        round(max(run.x1 for run in line), 2),
        round(max(run.bottom for run in line), 2),
    )
