"""``gongkai show OBSERVATION --dataset DATASET``: a number of a dataset where it is printed."""

from __future__ import annotations

from pathlib import Path

from service.bulk.dataset.find import Found, around, find
from service.bulk.dataset.origin import original
from service.bulk.dataset.read import NoDataset
from service.cli import local
from service.cli.failures import CommandError, complain, say
from service.draw import frame_cell
from service.errors import ServiceError
from service.export.tidy import SHORT_HASH
from service.jobs import RenderJob

SHOWN = (
    "agency", "report_year", "table_title", "kind", "field", "header", "row_code", "row_label", "text", "value", "unit",
    "value_status", "fiscal_year", "phase", "grade", "checks", "page", "locator",
)  # fmt: skip


def show_observation(observation: str, dataset: Path, file: Path | None, out: Path | None, dpi: int) -> int:
    """Say what the observation is, and draw its page where there is one; the exit code."""
    try:
        found = find(dataset, observation)
    except NoDataset as error:
        raise CommandError(str(error)) from error
    _describe(found)
    if found.observation["page"] is None:
        return 0
    return _draw(
        found, dataset, file, out or Path(f"{observation[:SHORT_HASH]}-page-{found.observation['page']}.png"), dpi
    )


def _describe(found: Found) -> None:
    for name in SHOWN:
        value = found.observation[name]
        if value is not None and value != "":
            print(f"{name}: {value}")
    for place in found.places:
        print(f"file: {place}")
    lines = list(around(found))
    if lines:
        print("", *lines, sep="\n")


def _draw(found: Found, dataset: Path, file: Path | None, out: Path, dpi: int) -> int:
    """The page with the cell framed, as a PNG."""
    settings = local.settings(workers=1, spare_workers=0)
    one = found.observation
    try:
        places = found.places if file is None else [str(file.absolute())]
        data = original(one["document"], places, (Path(), dataset, dataset.parent), settings)
        with local.running(settings) as runner:
            image = runner.run(RenderJob(one["page"], dpi), data)
    except ServiceError as error:
        complain(found.places[0], error.failure)
        return 1
    box = tuple(float(edge) for edge in one["bbox"].split()) if one["bbox"] else None
    out.write_bytes(frame_cell(image, box, dpi))
    say(f"{out}: page {one['page']}" + ("" if box else "; where on the page it stands is not known"))
    return 0
