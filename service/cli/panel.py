"""``gongkai panel``: agency by year by item, from a dataset."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from schemas.panel.questions import questions
from service.bulk.dataset.read import NoDataset
from service.bulk.panel.ask import UNITS, NoSuchQuestion, ask
from service.bulk.panel.write import write_panel
from service.cli import local
from service.cli.failures import UsageError, say


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for."""

    dataset: Path
    question: str | None
    kind: str | None
    field: str | None
    item: str | None
    unit: str
    doubtful: bool
    fallbacks: bool
    out: Path | None
    font: Path | None


def make_panel(request: Request) -> int:
    """Write the panel; the exit code."""
    if request.unit not in UNITS:
        raise UsageError(f"--unit is one of {', '.join(UNITS)}")
    if request.font is not None and not request.font.is_file():
        raise UsageError(f"--font: there is no file {request.font}")
    try:
        asked = ask(local.catalogue(), request.question, request.kind, request.field, fallbacks=request.fallbacks)
        asked = replace(asked, item=request.item, unit=request.unit, doubtful=request.doubtful)
        name = asked.question.id + (f"-{request.item}" if request.item else "")
        out = request.out or request.dataset / "panels" / name
        for line in write_panel(request.dataset, asked, out, request.font):
            say(line)
    except (NoDataset, NoSuchQuestion) as error:
        raise UsageError(str(error)) from error
    return 0


def list_questions() -> int:
    """Print the questions with their canonical sources; the exit code."""
    for one in questions():
        print(f"{one.id:28} {one.label_zh}  {', '.join(f'{source.kind}.{source.field}' for source in one.sources)}")
    return 0
