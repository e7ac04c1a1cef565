"""The page of promises names tests that are there, and leaves no promise out."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/promises.md").read_text("utf-8")


def test_every_promise_names_tests_that_are_there() -> None:
    rows = dict(re.findall(r"^\| (P\d+) \|(.*)$", PAGE, re.MULTILINE))
    assert list(rows) == [f"P{number}" for number in range(1, 16)]
    for row in rows.values():
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert named
        assert all(f"def {name}(" in (ROOT / path).read_text("utf-8") for path, name in named), row
