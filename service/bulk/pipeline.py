"""The version of all that reads, and of what reads each format: results of one version are the same wherever made.

A new version reads a document anew only where something changed that can change its result: what reads its format, what
says what a document means, or what both rest on. What that is follows from the imports of our code. Where only what it
means can have changed, what it prints is not read again if it was kept.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib import metadata, util
from pathlib import Path
from types import MappingProxyType

from extractors.format import Format
from extractors.registry import formats
from service import compose
from service.bulk.sourcecode import OURS, Code

# What every document goes through. The last are not followed: most of what they import reads nothing.
FRONT = "extractors.registry"
SHARED = (FRONT, "schemas.catalogue", "schemas.read", "service.pipeline")
COMPOSED = frozenset({"service.compose", "service.convert", "service.extraction", "service.tasks"})
STAND_IN = "extractors.conversion"  # a format that imports it itself may become any other one
PICTURES, ENGINE = "extractors.ocr.scan", "extractors.ocr.rapid"  # who imports the first is handed the second
READ = ("extractors", "schemas")  # packages whose data are read
NOT_READ = frozenset({"schemas/export/result.schema.json"})  # it describes a result to others
LIBRARIES: Mapping[str, tuple[str, ...]] = MappingProxyType(  # what is imported -> what is installed, and works with it
    {
        "PIL": ("pillow",),
        "cv2": ("opencv-python-headless",),
        "lxml": ("lxml",),
        "msgspec": ("msgspec",),
        "msoffcrypto": ("msoffcrypto-tool",),
        "numpy": ("numpy",),
        "pikepdf": ("pikepdf",),
        "pydantic": ("pydantic", "pydantic_core"),
        "pypdfium2": ("pypdfium2",),
        "rapidfuzz": ("RapidFuzz",),
        "rapidocr": ("rapidocr", "onnxruntime", "opencv-python-headless", "numpy", "pillow"),
        "xlrd": ("xlrd",),
        "yaml": ("PyYAML",),
    }
)


@dataclass(frozen=True, slots=True)
class Version:
    """``name`` is our version and a digest of all that reads: ``0.1.0+1f0c…``. ``readers`` has a digest for each
    format, by its media type: of all that can change the result of a file of that format; ``extractors`` one of all
    that can change what it is found to print. ``copy`` is that of ``copied``, where it was asked for."""

    name: str
    readers: Mapping[str, str]
    extractors: Mapping[str, str]
    copy: str = ""

    def reader(self, media_type: str | None) -> str | None:
        """The digest of what reads files of a media type; None where it is not known which format that is."""
        return _of(self.readers, media_type)

    def extractor(self, media_type: str | None) -> str | None:
        """The digest of what says what files of a media type print; None as above."""
        return _of(self.extractors, media_type)


def _of(digests: Mapping[str, str], media_type: str | None) -> str | None:
    return next((digest for known, digest in digests.items() if fnmatchcase(media_type or "", known)), None)


@cache
def version() -> Version:
    """That of what is installed."""
    return replace(version_in(_folder()), copy=copied())


def is_installed(name: str, copy: str) -> bool:
    """Whether that version is the one that is installed. Where all is copied as it is, that is known at once; to find
    out what the code says takes a second."""
    return copy == copied() or name == version().name


@cache
def copied() -> str:
    """A digest of all our files as they are, and of the versions of Python and of all libraries: where it is the same,
    all digests of a version are."""
    code = _folder()
    whole = hashlib.sha256(f"{sys.version_info[:2]} {compose.version()}".encode())
    for path in sorted(path for one in OURS for path in (code / one).rglob("*") if path.is_file()):
        if path.suffix != ".pyc":
            _add(whole, path.relative_to(code).as_posix(), path.read_bytes())
    for library in sorted({one for needed in LIBRARIES.values() for one in needed}):
        _add(whole, library, metadata.version(library).encode())
    return whole.hexdigest()


def _folder() -> Path:
    """What our packages are in."""
    spec = util.find_spec("extractors")
    (place,) = spec.submodule_search_locations or [] if spec else []
    return Path(place).parent


def pipeline_name() -> str:
    """The name of the version that is installed."""
    return version().name


def version_in(folder: Path) -> Version:
    """That of the code in a folder, with the libraries that are installed."""
    code = Code(folder)
    printed = {one.media_type: extracting(code, one) for one in formats()}
    whole = {name: modules | code.reached(*SHARED) for name, modules in printed.items()}
    readers = {name: digest(code, modules) for name, modules in whole.items()}
    extractors = {name: digest(code, modules) for name, modules in printed.items()}
    return Version(f"{compose.version()}+{digest(code, frozenset().union(*whole.values()))}", readers, extractors)


def modules_of(code: Code, read: Format) -> frozenset[str]:
    """All modules on which the result of a file of that format can depend."""
    return extracting(code, read) | code.reached(*SHARED)


def extracting(code: Code, read: Format) -> frozenset[str]:
    """All modules on which it can depend what a file of that format prints: first that it is taken for one."""
    own = _own(code, read)
    if STAND_IN in code.module(read.extract.__module__).imports:
        own = own.union(*(_own(code, one) for one in formats()))
    return code.reached(FRONT) | COMPOSED | {one.recognises.__module__ for one in formats()} | own


def _own(code: Code, read: Format) -> frozenset[str]:
    own = code.reached(read.extract.__module__)
    return own | code.reached(ENGINE) if PICTURES in own else own


def digest(code: Code, modules: Iterable[str]) -> str:
    """What modules say, their data, and the versions of Python and of the libraries that they import."""
    modules = sorted(modules)
    whole = hashlib.sha256("{}.{}".format(*sys.version_info).encode())
    for name in modules:
        _add(whole, name, code.module(name).digest.encode())
    for path in code.data(name for name in modules if name.startswith(READ)):
        if code.relative(path) not in NOT_READ:
            _add(whole, code.relative(path), path.read_bytes())
    for library in sorted({one for name in code.foreign(modules) for one in LIBRARIES.get(name, ())}):
        _add(whole, library, metadata.version(library).encode())
    return whole.hexdigest()[:12]


def _add(whole: hashlib._Hash, name: str, content: bytes) -> None:
    whole.update(f"{name}\0{len(content)}\0".encode())
    whole.update(content)
