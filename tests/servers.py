"""A real PostgreSQL of our own for the tests: made in a folder, reached by a socket in it, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = Path("/usr/lib/postgresql")
# Nothing of these tests outlives a power failure, so the server need not wait for the disk.
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses= -c max_connections=200"


def postgres_programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's newest, or what the path leads to."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The address of a new, empty server; the test is skipped where PostgreSQL is not installed.

    In continuous integration it must be there: ``TESTS_NEED_POSTGRES`` makes its absence a failure.
    """
    programs = postgres_programs()
    if programs is None:
        assert "TESTS_NEED_POSTGRES" not in os.environ, "PostgreSQL must be installed here"
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    data, log = folder / "data", folder / "log"
    _run(folder, programs / "initdb", "-D", data, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--no-sync")
    _run(folder, programs / "pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-k {folder} {QUICK}", "start")
    try:
        yield f"postgresql://gongkai@/postgres?host={folder}"
    finally:
        _run(folder, programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _run(folder: Path, *command: str | Path) -> None:
    """Run a program of PostgreSQL, which refuses to be root."""
    user: str | None = None
    if os.getuid() == 0:
        user = "nobody"  # there wherever the programs came from
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
        os.chmod(folder, 0o755)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    words = [str(word) for word in command]
    ended = subprocess.run(
        words, user=user, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    assert ended.returncode == 0, ended.stdout.decode(errors="replace")
