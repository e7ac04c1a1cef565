"""Where results go: standard output, or one file each in a folder."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from schemas.result import Result
from service.cli.failures import UsageError
from service.intake import LONGEST_NAME

# Both are given a result twice: as JSON and as structs. An output is told which file it is the result of.
Encoder = Callable[[bytes, Result], bytes]
Output = Callable[[Path, bytes, Result], None]


def _to_stdout(encode: Encoder) -> Output:
    """Each result on standard output, one after the other."""

    def write(_path: Path, answer: bytes, result: Result) -> None:
        sys.stdout.buffer.write(encode(answer, result))
        sys.stdout.buffer.flush()

    return write


class _Folder:
    """Each result as a file of its own; a file appears only when it is whole."""

    def __init__(self, folder: Path, suffix: str, encode: Encoder, paths: list[Path]) -> None:
        self._folder, self._suffix, self._encode = folder, suffix, encode
        self._targets = _targets(folder, suffix, paths)
        self._taken: Counter[Path] = Counter()

    def __call__(self, path: Path, answer: bytes, result: Result) -> None:
        target = self._targets.get(path) or self._of_member(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.part")
        draft.write_bytes(self._encode(answer, result))
        os.replace(draft, target)

    def _of_member(self, path: Path) -> Path:
        """Below a folder named after the archive, at the member's own path in it; a namesake gets a number.

        A path that climbs out of the archive stays below that folder.
        """
        archive = next(parent for parent in path.parents if parent in self._targets)
        steps = [_clean(step) for step in path.relative_to(archive).parts if step != ".."]
        name = f"{Path(steps[-1]).stem if steps else 'file'}.{self._suffix}"
        target = (self._folder / self._targets[archive].stem).joinpath(*steps[:-1], name)
        self._taken[target] += 1
        count = self._taken[target]
        return target if count == 1 else target.with_stem(f"{target.stem}-{count}")


def output_for(form: str, folder: Path | None, paths: list[Path], bom: bool) -> Output:
    """The output that the command line asked for. Raises UsageError when there is none such."""
    if folder is not None:
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"--out: {folder} is not a folder")
        return _Folder(folder, form, _encoder(form, bom), paths)
    if form in ("xlsx", "html") and len(paths) > 1:
        raise UsageError(f"several files as {form} need --out DIR")
    if form == "xlsx" and sys.stdout.isatty():
        raise UsageError("a workbook is not for a terminal: use --out DIR, or send standard output to a file")
    return _to_stdout(_csv_stream(bom) if form == "csv" else _encoder(form, bom))


def _encoder(form: str, bom: bool) -> Encoder:
    match form:
        case "json":
            return lambda answer, _result: answer + b"\n"
        case "csv":
            from service.export.csv import to_csv  # noqa: PLC0415

            return lambda _answer, result: to_csv([result], bom=bom)
        case "xlsx":
            from service.export.workbook import to_xlsx  # noqa: PLC0415  half a second that other formats save

            return lambda _answer, result: to_xlsx(result)
        case "html":
            from service.export.page import to_html  # noqa: PLC0415

            return lambda _answer, result: to_html(result)
        case _:
            raise UsageError(f"no such format: {form}")


def _csv_stream(bom: bool) -> Encoder:
    """CSV whose header is printed once, before the first result."""
    from service.export.csv import to_csv  # noqa: PLC0415

    first = True

    def encode(_answer: bytes, result: Result) -> bytes:
        nonlocal first
        header, first = first, False
        return to_csv([result], header=header, bom=bom and header)

    return encode


def _targets(folder: Path, suffix: str, paths: list[Path]) -> dict[Path, Path]:
    """A file in ``folder`` for each path, named after it; namesakes are told apart by a number."""
    seen: Counter[str] = Counter()
    targets = {}
    for path in paths:
        seen[path.stem] += 1
        count = seen[path.stem]
        targets[path] = folder / (f"{path.stem}.{suffix}" if count == 1 else f"{path.stem}-{count}.{suffix}")
    return targets


def _clean(step: str) -> str:
    """A step of a path that is a name on this machine."""
    return "".join(char for char in step if char.isprintable())[-LONGEST_NAME:] or "_"
