"""How long a request is willing to wait: ``Prefer: wait=20`` and ``Prefer: respond-async`` (RFC 7240)."""

from __future__ import annotations

import re

LONGEST = 600.0  # seconds
_WAIT = re.compile(r'wait\s*=\s*"?(\d{1,9})"?')


def seconds_of(prefer: str | None, default: float) -> float:
    """Seconds to wait for a result. What is not understood is passed over, as the standard wants."""
    asynchronous = False
    for part in (prefer or "").split(","):
        token = part.strip().lower()
        if match := _WAIT.fullmatch(token):
            return min(LONGEST, float(match[1]))
        asynchronous = asynchronous or token == "respond-async"
    return 0.0 if asynchronous else default
