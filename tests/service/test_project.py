"""The project's plumbing and its pages: what they say must be so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from service.api.problems import PROBLEMS, as_markdown
from service.cli.app import app
from service.settings import as_markdown as settings_page

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(name: str) -> dict[str, str]:
    """Package to version."""
    text = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", text, re.MULTILINE))


def required(listed: list[object]) -> set[str]:
    names = {re.match(r"[A-Za-z0-9._-]+", entry) for entry in listed if isinstance(entry, str)}
    return {match[0].lower().replace("_", "-") for match in names if match}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", text, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"https?://|index-url|find-links", text)


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    running = required(PROJECT["project"]["dependencies"]) | required(groups["build"])
    assert running - locked(LOCKS[0]).keys() == set()
    assert required(groups["dev"]) | required(groups["bench"]) - locked(LOCKS[1]).keys() <= locked(LOCKS[1]).keys()


def test_the_service_is_tested_with_the_versions_it_runs_with() -> None:
    running, testing = (locked(name) for name in LOCKS)
    assert {name: testing.get(name) for name in running} == running


def test_every_file_of_data_that_the_packages_read_is_installed_with_them() -> None:
    (patterns,) = PROJECT["tool"]["setuptools"]["package-data"].values()
    installed = {pattern.removeprefix("**/*") for pattern in patterns}
    data = {
        path.relative_to(ROOT).as_posix()
        for package in ("extractors", "schemas", "service")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".md"} and "export" not in path.parts[:-1][-1:]
    }
    assert {name for name in data if Path(name).suffix not in installed} == set()


def test_the_page_of_errors_is_the_one_the_code_writes() -> None:
    committed = (ROOT / "docs/errors.md").read_text("utf-8")
    assert committed == as_markdown(), "run: python -m service.api.problems > docs/errors.md"


def test_every_code_has_a_page_in_both_languages() -> None:
    for code in PROBLEMS:
        page = (ROOT / f"docs/errors/{code}.md").read_text("utf-8")
        heads = re.findall("^#.*", page, re.MULTILINE)
        assert heads == [f"# `{code}`", "## What it means", "## What to do", "## 含义", "## 处理办法"], code
    assert {path.stem for path in (ROOT / "docs/errors").glob("*.md")} == PROBLEMS.keys()


def test_the_page_of_settings_is_the_one_the_code_writes() -> None:
    committed = (ROOT / "docs/settings.md").read_text("utf-8")
    assert committed == settings_page(), "run: python -m service.settings > docs/settings.md"
    assert [line for line in committed.splitlines() if line.startswith("| `GONGKAI_PORT`")] == [
        "| `GONGKAI_PORT` | `8000` | ≥ 0, ≤ 65535 | port to listen on; 0 takes a free one |"
    ]


def test_every_command_and_option_is_on_the_page() -> None:
    page = (ROOT / "docs/cli.md").read_text("utf-8")
    commands = get_command(app).commands  # type: ignore[attr-defined]  # it is a group
    parameters = [parameter for command in commands.values() for parameter in command.params]
    options = {option for parameter in parameters for option in parameter.opts if option.startswith("--")}
    wanted = options - {"--help"} | {f"gongkai {name}" for name in commands}
    assert {one for one in wanted if one not in page} == set()
