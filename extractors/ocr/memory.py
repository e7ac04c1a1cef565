"""How much memory this process may still take."""

from __future__ import annotations

import resource
from pathlib import Path


def room() -> float:
    """Bytes of addresses that the limit of this process leaves; infinite where there is no limit, or none is told."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return float("inf")
    try:
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return float("inf")
    return limit - mapped
