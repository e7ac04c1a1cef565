"""How the command line says that something went wrong: one line each, on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.errors import Failure


class UsageError(Exception):
    """The command was used wrongly; the message says how."""


def complain(where: str, failure: Failure) -> None:
    """Say which file failed, why, its code and what to do."""
    page = f" (page {failure.page})" if failure.page is not None else ""
    say(f"{where}: {failure.message}{page} [{failure.code}] {failure.advice_zh}".rstrip())


def say(line: str) -> None:
    """One line on standard error, after our name."""
    print(f"gongkai: {line}", file=sys.stderr, flush=True)
