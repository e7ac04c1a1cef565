"""What worker processes of the tests do with a job, well or badly behaved as the bytes tell them."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from extractors.errors import TooLarge, Unreadable
from service.jobs import Job
from service.worker import Handler, Report


def start() -> Handler:
    """There is nothing to load."""
    return misbehave


def start_slowly() -> Handler:
    """As on a machine that is busy, or from a slow disk."""
    time.sleep(1)
    return misbehave


def misbehave(job: Job, data: bytes, report: Report) -> bytes:  # noqa: PLR0912  one case each
    """Do what ``data`` says."""
    match data.split():
        case [b"hang", page, pages]:
            report(int(page), int(pages))
            time.sleep(600)
        case [b"hang"]:
            time.sleep(600)
        case [b"die"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case [b"die-once", path]:
            if not Path(path.decode()).exists():
                Path(path.decode()).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(0.2)  # longer than it takes to see that no time is left
        case [b"count-and-die", path]:
            with open(path, "ab") as deaths:
                deaths.write(b"x")
            os.kill(os.getpid(), signal.SIGKILL)
        case [b"exit"]:
            os._exit(3)
        case [b"segfault"]:
            ctypes.string_at(0)
        case [b"bug"]:
            raise ZeroDivisionError("a bug of ours")
        case [b"memory"]:
            raise MemoryError
        case [b"broken"]:
            raise Unreadable("no page tree", page=4)
        case [b"large"]:
            raise TooLarge("too_many_pages", "pages", 500, 9000)
        case [b"print"]:
            os.write(1, b"a library prints\n")
        case [b"pid"]:
            return str(os.getpid()).encode()
        case [b"pages", pages]:
            for number in range(1, int(pages) + 1):
                report(number, int(pages))
    return b"did " + data
