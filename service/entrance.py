"""Those who send the same at the same time come in one after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Entrance:
    """Lets those who have the same key in one after the other, and all others together."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside: set[str] = set()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Be the only one of this key until the block ends."""
        with self._changed:
            self._changed.wait_for(lambda: key not in self._inside)
            self._inside.add(key)
        try:
            yield
        finally:
            with self._changed:
                self._inside.discard(key)
                self._changed.notify_all()
