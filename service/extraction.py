"""What a file prints, packed, so that a later version can say anew what it means without the file being read again."""

from __future__ import annotations

import zlib

import msgspec

from extractors.model import Document, Grid, Link, Notice, Page, TextLine


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """A Document with its lines and grids apart; ``is_grid`` says which of the blocks are grids, in their order."""

    format: str
    media_type: str
    pages: tuple[Page, ...]
    lines: tuple[TextLine, ...]
    grids: tuple[Grid, ...]
    is_grid: tuple[bool, ...]
    notices: tuple[Notice, ...]
    links: tuple[Link, ...]
    converter: str | None


_PACKED = msgspec.msgpack.Decoder(Packed)


def pack(document: Document) -> bytes:
    """The Document as bytes, the same every time: about half of what its packed result takes."""
    packed = Packed(
        document.format,
        document.media_type,
        document.pages,
        document.lines,
        document.grids,
        tuple(isinstance(block, Grid) for block in document.blocks),
        document.notices,
        document.links,
        document.converter,
    )
    return zlib.compress(msgspec.msgpack.encode(packed), 1)


def unpack(data: bytes) -> Document:
    """The Document again. Raises msgspec.DecodeError and zlib.error when the bytes are not those of ``pack``."""
    packed = _PACKED.decode(zlib.decompress(data))
    lines, grids = iter(packed.lines), iter(packed.grids)
    return Document(
        packed.format,
        packed.media_type,
        packed.pages,
        tuple(next(grids) if is_grid else next(lines) for is_grid in packed.is_grid),
        packed.notices,
        packed.links,
        packed.converter,
    )
