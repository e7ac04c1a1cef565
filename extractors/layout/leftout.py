"""Texts with digits that were left out, so that none inside a table is lost unsaid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.layout.frame import Bounds
from extractors.layout.ink import Run
from extractors.layout.words import has_digit
from extractors.model import Box, Grid, Location, Notice

MOST_TEXTS = 200  # named in one notice; a page that hides more is no page of tables
REASONS = {  # why a text was left out, the same in Chinese
    "slanted": ("a watermark", "水印"),
    "hidden": ("invisible", "不可见"),
    "seal": ("part of a seal", "印章"),
    "covered": ("covered by something white", "被白色图形遮盖"),
    "clipped": ("clipped away", "被裁切"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that was left out, and its box in the frame in which the page was read."""

    reason: str
    text: str
    box: Bounds

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def pieces_of_runs(reason: str, runs: Iterable[Run]) -> list[Piece]:
    """Runs with digits."""
    return [Piece(reason, run.text, (run.x0, run.top, run.x1, run.bottom)) for run in runs if has_digit(run.text)]


def notices_inside(grids: Iterable[Grid], pieces: list[Piece], page: int) -> list[Notice]:
    """What was left out inside each grid of a page, one notice for each reason."""
    notices = []
    for grid in grids if pieces else ():
        found: dict[str, list[str]] = defaultdict(list)
        for piece in pieces:
            if _inside(piece, grid.location.box):
                found[piece.reason].append(piece.text)
        notices += [_notice(reason, texts, grid, page) for reason, texts in found.items()]
    return notices


def _inside(piece: Piece, region: Box | None) -> bool:
    x, y = piece.middle
    return region is not None and region.x0 <= x <= region.x1 and region.top <= y <= region.bottom


def _notice(reason: str, texts: list[str], grid: Grid, page: int) -> Notice:
    why, why_zh = REASONS[reason]
    more = len(texts) - MOST_TEXTS
    listed = "".join(f"“{text}”" for text in texts[:MOST_TEXTS])
    rest, rest_zh = (f" and {more} more", f"等{len(texts)}处") if more > 0 else ("", "")
    message = f"inside the table on page {page}, text that is {why} was left out: {listed}{rest}"
    message_zh = f"第{page}页表内{why_zh}的文字已略去：{listed}{rest_zh}"
    return Notice("table_text_left_out", message, message_zh, Location(page, grid.location.box))
