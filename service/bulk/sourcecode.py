"""Our own code as text: which modules one imports, with all that these import, and a digest of what they say.

Comments and descriptions are in no digest: a version that only explains itself better reads nothing anew.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OURS = ("extractors", "schemas", "service")
NO_DATA = frozenset({".py", ".pyc", ".md"})  # suffixes of what no module reads
_HOLDS = ("body", "orelse", "finalbody", "handlers", "cases")  # fields of statements that are lists of others
_DESCRIBED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Module:
    """One module. ``imports`` are modules of ours with the packages they are in, ``foreign`` the top names of others,
    the standard library's too."""

    path: Path
    digest: str
    imports: frozenset[str]
    foreign: frozenset[str]


class Code:
    """The packages of ours in a folder; each module is parsed once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._paths = {_name(path.relative_to(folder)): path for one in OURS for path in (folder / one).rglob("*.py")}
        self.module = cache(self._module)

    def reached(self, *roots: str) -> frozenset[str]:
        """The modules, and all of ours that they import, wherever in them, and what these import."""
        found: set[str] = set()
        waiting = [one for root in roots for one in _with_packages(root)]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.module(name).imports
        return frozenset(found)

    def foreign(self, modules: Iterable[str]) -> frozenset[str]:
        """The top names of what modules import that is not ours."""
        return frozenset().union(*(self.module(name).foreign for name in modules))

    def data(self, modules: Iterable[str]) -> list[Path]:
        """The files beside modules that are no code, in folders below too which are no packages; sorted."""
        folders = {self.module(name).path.parent for name in modules}
        return sorted({path for folder in folders for path in _data(folder)})

    def relative(self, path: Path) -> str:
        """The path of a file in the folder, with ``/``."""
        return path.relative_to(self._folder).as_posix()

    def _module(self, name: str) -> Module:
        path = self._paths[name]
        tree = ast.parse(path.read_bytes())
        nodes = list(_statements(tree))
        named = list(_imported(nodes))
        imports = frozenset(whole for one in named if one in self._paths for whole in _with_packages(one))
        foreign = frozenset(one.partition(".")[0] for one in named) - set(OURS)
        return Module(path, _digest(tree, nodes), imports, foreign)


def _name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _with_packages(name: str) -> Iterator[str]:
    """A module and the packages it is in, which are loaded with it."""
    steps = name.split(".")
    return (".".join(steps[:end]) for end in range(1, len(steps) + 1))


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The module and all statements that run, with what holds some: what only a checker of types imports changes
    nothing."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting += node.orelse
        else:
            waiting += (one for name in _HOLDS for one in getattr(node, name, ()))


def _imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """All names that are imported; of ``from a import b`` both ``a`` and ``a.b``, which may be a module."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def _digest(tree: ast.Module, nodes: Iterable[ast.AST]) -> str:
    for node in nodes:
        if isinstance(node, _DESCRIBED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()


def _data(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if next(path.glob("*.py"), None) is None:
                yield from _data(path)
        elif path.suffix not in NO_DATA:
            yield path
