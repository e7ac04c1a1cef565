"""The name of the version of all that reads: results of one name are the same wherever they were made."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata, util
from pathlib import Path

from service import compose, pages, pipeline

READS = ("extractors", "schemas")  # packages all of whose files can change what is read
LIBRARIES = (  # what those packages import, which a test sees to, and what that works with
    "lxml",
    "msoffcrypto-tool",
    "msgspec",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pikepdf",
    "pillow",
    "pydantic",
    "pypdfium2",
    "PyYAML",
    "RapidFuzz",
    "rapidocr",
    "xlrd",
)
LEFT_OUT = frozenset({".pyc", ".md"})


@cache
def pipeline_name() -> str:
    """``0.1.0+1f0c…``: our version, and a digest of the code, the catalogue and the libraries that read."""
    digest = hashlib.sha256()
    for name in READS:
        spec = util.find_spec(name)
        for root in map(Path, (spec.submodule_search_locations or []) if spec else []):
            for path in sorted(root.rglob("*")):
                if path.is_file() and path.suffix not in LEFT_OUT:
                    _add(digest, path.relative_to(root.parent).as_posix(), path.read_bytes())
    for module in (pipeline, pages):
        _add(digest, module.__name__, Path(str(module.__file__)).read_bytes())
    for library in LIBRARIES:
        _add(digest, library, metadata.version(library).encode())
    return f"{compose.version()}+{digest.hexdigest()[:12]}"


def _add(digest: hashlib._Hash, name: str, content: bytes) -> None:
    digest.update(f"{name}\0{len(content)}\0".encode())
    digest.update(content)
