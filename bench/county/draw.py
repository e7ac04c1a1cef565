"""From scripts to files: a layout, a format, and what goes wrong with files on their way."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bench.county.budget import budget
from bench.county.pages import KINDS, Print
from scripts.fixtures import docx_report, html_report, pdf_report, pdf_text
from scripts.fixtures.docx_report import EPOCH
from scripts.fixtures.pdf_report import Look
from scripts.fixtures.pdf_table import Edges, Style
from scripts.fixtures.script import parse

LOOK = Look().smaller(16, 12)
FORMATS = ("pdf", "pdf", "pdf", "pdf", "docx", "html")  # so many of each in six
WEIGHTS = {"部门决算": 4, "部门预算": 3, "绩效自评": 3}
MISPRINTED, COPIED, BROKEN, PACKED = 0.08, 0.04, 0.02, 0.05  # shares of all reports


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file, by its path in the county's folder. ``copy``: under which path its bytes are found once more."""

    path: str
    data: bytes
    copy: str | None = None
    packed: bool = False


def draw(seed: int, number: int) -> Drawn:
    """One report; the same for the same numbers."""
    random = Random(f"{seed} {number}")
    money = budget(random)
    kind = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    slip = random.randrange(10, 60) if random.random() < MISPRINTED else -1
    how = Print(random.choice(("万元", "万元", "元")), random.choice(("", "", "0.00", "—")), slip)
    script = KINDS[kind](money, how, random)
    form = random.choice(FORMATS)
    data = _render(f"{money.agency}{money.year}{kind}", script, form, random)
    if random.random() < BROKEN:
        data = random.choice((b"", data[: len(data) // 2], b"<!DOCTYPE"[:4] + data[4:]))
    folder = f"{money.place}/{money.year}"
    path = f"{folder}/{number:05}{money.bureau}{kind}.{form}"
    copy = f"{folder}/下载/{money.bureau}（{number}）.{form}" if random.random() < COPIED else None
    return Drawn(path, data, copy, random.random() < PACKED)


def draw_all(folder: Path, reports: int, seed: int, processes: int) -> int:
    """Draw so many reports into a folder; how many files there are then."""
    folder.mkdir(parents=True)
    files = 0
    with ProcessPoolExecutor(processes, initializer=pdf_text.register) as pool, _Archives(folder) as archives:
        for one in pool.map(partial(draw, seed), range(reports), chunksize=8):
            if one.packed:
                archives.add(one)
            else:
                _write(folder / one.path, one.data)
            if one.copy is not None:
                _write(folder / one.copy, one.data)
            files += 1 + (one.copy is not None)
    _write(folder / "说明.txt", "这个文件夹是画出来的。".encode())
    return files + 1


def _render(title: str, script: str, form: str, random: Random) -> bytes:
    blocks = parse(script)
    match form:
        case "docx":
            return docx_report.render(title, blocks)
        case "html":
            return html_report.render(blocks, random.choice(("utf-8", "gb18030")))
        case _:
            style = Style(random.choice(list(Edges)), bold_head=random.random() < 0.3)
            return pdf_report.render(title, blocks, replace(LOOK, style=style, framed=random.random() < 0.1))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class _Archives:
    """One ZIP for each place, of the reports that are packed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, ZipFile] = {}

    def __enter__(self) -> _Archives:
        return self

    def __exit__(self, *_error: object) -> None:
        for one in self._open.values():
            one.close()

    def add(self, drawn: Drawn) -> None:
        place, _, inside = drawn.path.partition("/")
        if place not in self._open:
            self._open[place] = ZipFile(self._folder / f"{place}.zip", "w", ZIP_DEFLATED)
        self._open[place].writestr(ZipInfo(inside, EPOCH), drawn.data, ZIP_DEFLATED)
