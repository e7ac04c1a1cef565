"""LibreOffice as a converter of old text documents: a process of its own for each, ended when it is late.

It runs inside a worker, which may start no other program, under the limits of that worker; whoever ends the worker ends
it too. It gets a new profile each time, in which no macro runs and no link is followed, and no network where the system
lets us take it away.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import ConversionTimeout, ConverterMissing, Unreadable

PROGRAM = "soffice"
TIMEOUT = 45.0  # seconds; it takes two for most documents, and any document may take a minute in all

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # of unshare(2)
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_SETTINGS = {  # of the profile: no macro, no link, no field that shows today's date
    "Common/Security/Scripting": {
        "MacroSecurityLevel": "3",
        "DisableMacrosExecution": "true",
        "BlockUntrustedRefererLinks": "true",
    },
    "Writer/Content/Update": {"Link": "2", "Field": "false", "Chart": "false"},
}


def installed() -> str | None:
    """The path of LibreOffice where the system keeps its programs; None when it is not installed."""
    return shutil.which(PROGRAM, path=os.defpath)


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """The installed ``program``; ``timeout`` is in seconds of one document."""

    program: str
    timeout: float = TIMEOUT

    def __call__(self, data: bytes, suffix: str) -> bytes:
        """The DOCX of a document whose kind ``suffix`` tells.

        Raises:
            Unreadable: it is not converted. ConversionTimeout: not in time. ConverterMissing: it cannot be started.
        """
        with tempfile.TemporaryDirectory(prefix="convert-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            (folder / f"in{suffix}").write_bytes(data)
            _write_profile(folder / "profile" / "user")
            self._run(folder, f"in{suffix}")
            try:
                return (folder / "out" / "in.docx").read_bytes()
            except OSError as error:
                raise Unreadable("LibreOffice cannot read the document") from error

    def _run(self, folder: Path, name: str) -> None:
        arguments = [
            self.program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), name),
        ]
        process = self._start(arguments, folder)
        try:
            process.wait(self.timeout)
        except subprocess.TimeoutExpired as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise ConversionTimeout(self.timeout) from error

    @staticmethod
    def _start(arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                arguments,
                cwd=folder,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # it starts others: the whole group is ended
                preexec_fn=_bind,  # noqa: PLW1509  a worker has one thread
            )
        except OSError as error:  # it is gone, or this process may not start it
            raise ConverterMissing from error


def _bind() -> None:
    """In the new process: it ends with us and sees no network; where the system forbids that, the profile must do."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        _LIBC.unshare(_NEW_USER | _NEW_NET)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours. TMPDIR stays, by which the processes of a worker are known."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": tempfile.gettempdir(),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )
