"""A result as it is kept: gzip, the same bytes every time."""

from __future__ import annotations

import gzip
import zlib


def pack(result: bytes) -> bytes:
    """A result as JSON, packed."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)  # its header has no time, and no name of a system
    return packer.compress(result) + packer.flush()


def unpack(packed: bytes) -> bytes:
    """The result as JSON."""
    return gzip.decompress(packed)
