"""How the command line says that something went wrong: one line each, on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.errors import Failure


class CommandError(Exception):
    """A command that cannot do its work; the message says why, ``exit_code`` is what it ends with."""

    exit_code = 1


class UsageError(CommandError):
    """The command was used wrongly; the message says how."""

    exit_code = 2


def complain(where: str, failure: Failure) -> None:
    """Say which file failed, why, its code and what to do."""
    page = f" (page {failure.page})" if failure.page is not None else ""
    say(f"{where}: {failure.message}{page} [{failure.code}] {failure.advice_zh}".rstrip())


def say(line: str) -> None:
    """One line on standard error, after our name."""
    print(f"gongkai: {line}", file=sys.stderr, flush=True)
