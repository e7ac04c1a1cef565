"""The Format type: what a module in ``formats/`` states about itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.conversion import StandIn
from extractors.model import Document
from extractors.options import Options


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: how it is recognised by its bytes, and how it becomes a Document.

    ``media_type`` may stand for a family: ``image/*``. ``extract`` raises a ``DocumentError`` when no Document can be
    built, and nothing else. A format that another program must convert answers with the file that stands in for it.
    """

    name: str
    media_type: str
    suffixes: frozenset[str]
    recognises: Callable[[bytes], bool]
    extract: Callable[[bytes, Options], Document | StandIn]
