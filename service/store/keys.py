"""API keys: made here, shown once, kept as hashes."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from service.store.database import Database
from service.store.models import ApiKeyRow

PREFIX = "gk_"  # so that a key that got lost is recognised as one


class KeyStore:
    """Who may use the service. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str) -> str | None:
        """A new key for ``name``, seen this once and kept nowhere; None when there is one of that name."""
        key = PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            if connection.scalar(select(ApiKeyRow.hash).where(ApiKeyRow.name == name)) is not None:
                return None
            made = {"hash": hash_of(key), "name": name, "created_at": self._database.time(connection)}
            connection.execute(insert(ApiKeyRow), made)
        return key

    def remove(self, name: str) -> bool:
        """Whether there was a key of that name; there is none now."""
        with self._database.writing() as connection:
            return connection.execute(delete(ApiKeyRow).where(ApiKeyRow.name == name)).rowcount > 0

    def names(self) -> Mapping[str, str]:
        """The names by the hashes of their keys."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ApiKeyRow.hash, ApiKeyRow.name).order_by(ApiKeyRow.name))
            return {row.hash: row.name for row in rows}


def hash_of(key: str) -> str:
    """What is kept of a key. It has 256 random bits, so that a slow hash would protect nothing more."""
    return hashlib.sha256(key.encode()).hexdigest()
