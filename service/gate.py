"""Who is let in: everyone on this machine as long as there are no API keys, else who has one."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping

from service.errors import Unauthorized
from service.store.keys import KeyStore, hash_of

FRESH = 5.0  # seconds until a key that was added or removed elsewhere is noticed


class Gate:
    """``closed``: without any keys nobody is let in, for the service can be reached from other machines."""

    def __init__(self, keys: KeyStore, *, closed: bool) -> None:
        self._keys, self._closed = keys, closed
        self._lock = threading.Lock()
        self._names: Mapping[str, str] = {}
        self._read = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """Whether the keys are known, so that ``admit`` asks no database."""
        return time.monotonic() - self._read <= FRESH

    def admit(self, key: str | None) -> str:
        """The name of the one who has this key; empty when no keys are needed. Raises Unauthorized."""
        names = self._known()
        if not names and not self._closed:
            return ""
        name = names.get(hash_of(key)) if key else None
        if name is None:
            raise Unauthorized
        return name

    def _known(self) -> Mapping[str, str]:
        with self._lock:
            if not self.is_fresh:
                self._names, self._read = self._keys.names(), time.monotonic()
            return self._names
