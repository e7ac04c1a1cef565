from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import extractors
from service.bulk import pipeline
from service.bulk.pipeline import LIBRARIES, READS, pipeline_name

ROOT = Path(extractors.__file__).parents[1]


def imported() -> Iterator[str]:
    """The top names of all that the packages which read import."""
    for package in READS:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (one.name.partition(".")[0] for one in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.partition(".")[0]


def test_every_library_that_reads_is_in_the_name() -> None:
    foreign = set(imported()) - set(sys.stdlib_module_names) - set(READS)
    distributions = metadata.packages_distributions()
    assert {name for one in foreign for name in distributions[one]} - set(LIBRARIES) == set()


def test_the_name_is_the_version_and_a_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    name = pipeline_name()
    assert re.fullmatch(re.escape(metadata.version("gongkai")) + r"\+[0-9a-f]{12}", name)
    pipeline_name.cache_clear()
    assert pipeline_name() == name
    pipeline_name.cache_clear()
    monkeypatch.setattr(pipeline, "LIBRARIES", LIBRARIES[1:])
    assert pipeline_name() != name
    pipeline_name.cache_clear()
