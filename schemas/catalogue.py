"""The catalogue of table kinds: read from ``kinds/*.yml``, proven, frozen. It knows YAML; it must not know documents.

CatalogueError
    a file of the catalogue is wrong: the process must not start with it
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from schemas import kindfile
from schemas.kind import Catalogue, CheckRule, Column, Example, Kind, Lexicon, LineItem, Panel
from schemas.proof import CatalogueError, prove, prove_lexicon

__all__ = ["CatalogueError", "load_catalogue", "read_catalogue"]

HERE = Path(__file__).parent
Model = TypeVar("Model", bound=kindfile.Closed)


@functools.cache
def load_catalogue() -> Catalogue:
    """The catalogue that is shipped with the package, read once.

    Raises:
        CatalogueError: a file is wrong; the message names the file and the label.
    """
    return read_catalogue(HERE)


def read_catalogue(directory: Path) -> Catalogue:
    """The catalogue of ``directory`` (``kinds/*.yml``, ``kinds/shared/*.yml``, ``lexicon.yml``), proven.

    Raises:
        CatalogueError: a file is wrong; the message names the file and the label.
    """
    texts = {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in [*sorted(directory.glob("kinds/**/*.yml")), directory / "lexicon.yml"]
    }
    shared = {
        Path(name).stem: _parse(name, data, kindfile.SharedFile)
        for name, data in texts.items()
        if name.startswith("kinds/shared/")
    }
    kinds = tuple(
        _kind(name, _parse(name, data, kindfile.KindFile), shared)
        for name, data in texts.items()
        if name.startswith("kinds/") and not name.startswith("kinds/shared/")
    )
    lexicon = _parse("lexicon.yml", texts["lexicon.yml"], kindfile.LexiconFile)
    opposed = Lexicon(tuple(tuple(words) for words in lexicon.opposed))
    prove(kinds)
    prove_lexicon(opposed)
    return Catalogue(kinds, opposed, _digest(texts))


def _digest(texts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in sorted(texts.items()):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


class _Loader(yaml.CSafeLoader):
    """YAML in which a key given twice is an error: PyYAML would keep the last one and say nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping, every key once."""
        keys = [key.value for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"key given twice: {sorted(twice)}", node.start_mark)
        return super().construct_mapping(node, deep)


def _parse(name: str, data: bytes, model: type[Model]) -> Model:
    try:
        return model.model_validate(yaml.load(data, Loader=_Loader))
    except yaml.YAMLError as error:
        raise CatalogueError(name, f"not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CatalogueError(name, f"{where}: {first['msg']} (found {first['input']!r})") from error


def _kind(name: str, file: kindfile.KindFile, shared: Mapping[str, kindfile.SharedFile]) -> Kind:
    if file.id != Path(name).stem:
        raise CatalogueError(name, f"the id {file.id} differs from the file's name")
    defaults = file.dimensions.stated()
    return Kind(
        id=file.id,
        family=file.family,
        titles=tuple(file.titles),
        shape=file.shape,
        not_after=tuple(file.not_after),
        heading=file.heading,
        always=tuple(file.always),
        dimensions=MappingProxyType(defaults),
        columns=tuple(column for entry in file.columns for column in _columns(name, entry, shared, defaults)),
        line_items=tuple(line for entry in file.lines for line in _lines(name, entry, shared)),
        panels=tuple(Panel(panel.id, tuple(panel.labels), tuple(panel.codes)) for panel in file.panels),
        checks=tuple(_check(check) for check in file.checks),
        examples=tuple(_example(example) for example in file.examples),
    )


def _columns(
    name: str,
    entry: kindfile.ColumnEntry | kindfile.UseColumns,
    shared: Mapping[str, kindfile.SharedFile],
    defaults: Mapping[str, str],
) -> list[Column]:
    if isinstance(entry, kindfile.ColumnEntry):
        return [_column(entry, defaults)]
    listed = shared[entry.use].columns if entry.use in shared else []
    kept = _without(name, entry, listed)
    place = {
        "panel": entry.panel,
        "group": entry.group or None,
        "type": entry.type,
        "optional": entry.optional,
        **entry.stated(),
    }
    change = {key: value for key, value in place.items() if value is not None}
    return [_column(one.model_copy(update={**change, "id": entry.prefix + one.id}), defaults) for one in kept]


def _column(entry: kindfile.ColumnEntry, defaults: Mapping[str, str]) -> Column:
    return Column(
        id=entry.id,
        labels=tuple(entry.labels),
        type=entry.type,
        role=entry.role,
        panel=entry.panel,
        group=tuple(entry.group),
        dimensions=MappingProxyType({**defaults, **entry.stated()}),
        optional=entry.optional,
        fallback_labels=tuple(entry.fallback_labels),
    )


def _lines(
    name: str, entry: kindfile.LineEntry | kindfile.UseLines, shared: Mapping[str, kindfile.SharedFile]
) -> list[LineItem]:
    if isinstance(entry, kindfile.LineEntry):
        return [_line(entry)]
    listed = shared[entry.use].lines if entry.use in shared else []
    kept = _without(name, entry, listed)
    place = {"side": entry.side, "under": entry.under, **entry.stated()}
    change = {key: value for key, value in place.items() if value is not None}
    return [_line(one.model_copy(update={**change, "id": entry.prefix + one.id})) for one in kept]


def _line(entry: kindfile.LineEntry) -> LineItem:
    return LineItem(
        id=entry.id,
        labels=tuple(entry.labels),
        side=entry.side,
        role=entry.role,
        code=entry.code,
        under=entry.under,
        type=entry.type,
        dimensions=MappingProxyType(entry.stated()),
        fallback_labels=tuple(entry.fallback_labels),
        pattern=entry.pattern,
    )


Entry = TypeVar("Entry", kindfile.ColumnEntry, kindfile.LineEntry)


def _without(name: str, use: kindfile.UseColumns | kindfile.UseLines, listed: list[Entry]) -> list[Entry]:
    if not listed:
        raise CatalogueError(name, f"no shared list of that name here: {use.use}")
    unknown = set(use.without) - {entry.id for entry in listed}
    if unknown:
        raise CatalogueError(name, f"without {sorted(unknown)}: not in {use.use}")
    return [entry for entry in listed if entry.id not in use.without]


def _check(entry: kindfile.CheckEntry) -> CheckRule:
    return CheckRule(
        id=entry.id,
        axis=entry.axis,
        relation=entry.relation,
        lhs=entry.lhs,
        terms=tuple(entry.terms),
        severity=entry.severity,
        code_column=entry.code_column,
        levels=tuple(entry.levels),
        root=entry.root,
        note=entry.note,
        version=entry.version,
    )


def _example(entry: kindfile.ExampleEntry) -> Example:
    return Example(
        title=entry.title,
        header=tuple(tuple(row) for row in entry.header),
        rows=tuple(tuple(row) for row in entry.rows),
        fields=tuple(entry.fields),
        fiscal_year=entry.fiscal_year,
    )
