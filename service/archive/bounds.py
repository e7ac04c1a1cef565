"""The bounds of archives as the settings state them; apart, so that the process that unpacks loads no settings."""

from __future__ import annotations

from service.archive.member import Bounds
from service.settings import Settings


def bounds_of(settings: Settings) -> Bounds:
    """What an archive may hold, and the memory its process may take."""
    return Bounds(
        settings.max_zip_entries,
        settings.max_unpacked_bytes,
        settings.max_zip_ratio,
        settings.max_bytes,
        memory=settings.worker_memory,
    )
