"""``gongkai work``: reads documents that services on the same database have taken, and answers nobody itself."""

from __future__ import annotations

import signal
import threading

from service import compose, logs
from service.cli import local
from service.cli.failures import UsageError, say
from service.engine import Engine

DRAIN = 25.0  # seconds that jobs which run are given when the process is told to end


def work_forever(**overrides: object) -> int:
    """Work until told to end; the exit code."""
    settings = local.settings(**overrides)
    if settings.workers == 0:
        raise UsageError("--workers: at least 1")
    logs.configure()
    ended = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda _number, _frame: ended.set())
    store = compose.store(settings)
    engine = Engine(store, compose.runner(settings, store.quarantine), settings.workers, settings.keep)
    engine.start()
    say(f"reading {settings.workers} documents at a time")
    ended.wait()
    engine.stop(DRAIN)
    store.close()
    return 0
