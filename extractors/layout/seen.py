"""Which runs of a page can be seen: large enough, and on it."""

from __future__ import annotations

from extractors.layout.frame import Frame
from extractors.layout.ink import Run

SMALLEST = 0.001  # of the page's height: a text below is dust
READABLE = 1.0  # points: a text at least this high is printed, however high the sheet


def sifted(runs: list[Run], frame: Frame) -> tuple[list[Run], list[Run], list[Run]]:
    """Runs that are seen, those too small to be, and those off the page."""
    on_page = [run for run in runs if _on_page(run, frame)]
    smallest = min(SMALLEST * frame.height, READABLE)
    seen = [run for run in on_page if run.bottom - run.top >= smallest]
    dust = [run for run in on_page if run.bottom - run.top < smallest] if len(seen) < len(on_page) else []
    off_page = [run for run in runs if not _on_page(run, frame)] if len(on_page) < len(runs) else []
    return seen, dust, off_page


def _on_page(run: Run, frame: Frame) -> bool:
    x, y = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return 0 <= x <= frame.width and 0 <= y <= frame.height
