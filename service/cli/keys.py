"""``gongkai keys``: who may use the service."""

from __future__ import annotations

from service import compose
from service.cli import local
from service.cli.failures import CommandError, UsageError
from service.store.keys import KeyStore


def add_key(name: str | None) -> int:
    """Make a key and show it; the exit code."""
    key = _keys().add(_named(name))
    if key is None:
        raise CommandError(f"{name} has a key already; take it away first")
    print(key)
    return 0


def list_keys() -> int:
    """Print the names that have a key; the exit code."""
    for name in _keys().names().values():
        print(name)
    return 0


def remove_key(name: str | None) -> int:
    """Take a key away; running services notice within seconds. The exit code."""
    if not _keys().remove(_named(name)):
        raise CommandError(f"{name} has no key")
    return 0


def _keys() -> KeyStore:
    return compose.store(local.settings()).keys


def _named(name: str | None) -> str:
    if not name:
        raise UsageError("whose key? name somebody")
    return name
