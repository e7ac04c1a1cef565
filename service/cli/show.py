"""``gongkai show``: a page as an image, with what was found on it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from schemas.result import Result
from service import compose
from service.cli import local
from service.cli.failures import complain, say
from service.draw import draw_page
from service.errors import ServiceError
from service.jobs import RenderJob

_RESULT = msgspec.json.Decoder(Result)


def show_page(path: Path, page: int, out: Path, dpi: int) -> int:
    """Write the picture of one page; the exit code."""
    settings = local.settings(workers=1, spare_workers=0)
    try:
        data = local.read_file(path, settings.max_bytes)
        with local.running(settings) as runner:
            result = _RESULT.decode(runner.run(compose.extract_job(settings, path.name), data))
            if not result.pages:
                say(f"{path}: this file has no pages to draw; try --format html with gongkai extract")
                return 1
            image = runner.run(RenderJob(page, dpi), data)
    except ServiceError as error:
        complain(str(path), error.failure)
        return 1
    out.write_bytes(draw_page(result, page, image, dpi))
    return 0
