"""The progress bar itself: files when there are several, pages when there are many."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from service.cli.progress import LONGEST_NAME, MANY_PAGES


class Bar:
    """One bar for the files, or for the pages of the only file. It vanishes when all is done."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._rich = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        """Show the bar."""
        self._rich.start()
        if self._files > 1:
            self._task = self._rich.add_task("files", total=self._files)
            self._rich.refresh()  # files that are read at once would be done before the first frame
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._rich.stop()

    def page(self, path: Path, page: int, pages: int) -> None:
        """Show where the reading is."""
        name = path.name[:LONGEST_NAME]
        if self._files > 1 and self._task is not None:
            self._rich.update(self._task, description=f"{name} p. {page}/{pages}")
        elif pages >= MANY_PAGES:
            if self._task is None:
                self._task = self._rich.add_task(name, total=pages)
            self._rich.update(self._task, completed=page - 1)

    def file(self) -> None:
        """Count a file that is done."""
        if self._files > 1 and self._task is not None:
            self._rich.advance(self._task)


class CountBar:
    """One bar for very many files, with words after it. It vanishes when all is done."""

    def __init__(self) -> None:
        self._rich = Progress(
            TextColumn("files"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._rich.add_task("", total=None)

    def __enter__(self) -> CountBar:
        """Show the bar."""
        self._rich.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._rich.stop()

    def show(self, done: int, total: int | None, words: str) -> None:
        """So many files are done, of so many if that is known."""
        self._rich.update(self._task, completed=done, total=total, description=words)
