"""The fixture cases, and the pipeline run over one of them, once per process."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from extractors import registry
from extractors.model import Document
from extractors.options import Options
from schemas.result import Result
from service import compose
from service.pipeline import Deps, Source, process

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True, slots=True)
class Run:
    """One fixture, read: what it prints and what that means."""

    document: Document
    result: Result


NEED_CONVERTER = frozenset({"doc", "rtf"})


def names() -> list[str]:
    """Every case whose format is read, for example ``pdf/made-2023-final-accounts-no-unit``.

    Those that LibreOffice must convert are left out where it is not installed.
    """
    return sorted(
        path.parent.relative_to(FIXTURES).as_posix()
        for known in registry.formats()
        if known.name not in NEED_CONVERTER or compose.converter() is not None
        for path in FIXTURES.glob(f"{known.name}/*/about.yml")
    )


@functools.cache
def run(case: str) -> Run:
    """The whole way from the bytes of a case to its result."""
    source = next((FIXTURES / case).glob("source.*"))
    data = source.read_bytes()
    document = registry.extract(data, Options(convert=compose.converter()))
    deps = replace(_deps(), extract=lambda _data, _options: document)
    return Run(document, process(Source(data, source.name), Options(), deps))


@functools.cache
def _deps() -> Deps:
    return compose.deps()


def truth_of(case: str) -> dict[str, Any]:
    """What a person says that must come out."""
    truth: dict[str, Any] = yaml.safe_load((FIXTURES / case / "truth.yml").read_text(encoding="utf-8"))
    return truth
