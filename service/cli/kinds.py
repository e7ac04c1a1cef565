"""``gongkai kinds``: the table kinds that are recognised."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.kind import Catalogue, Column, Kind
from service.cli import local
from service.cli.failures import UsageError
from service.cli.text import columns, print_json
from service.kinds import detail, summary


def show_kinds(kind_id: str | None, family: str | None, as_json: bool) -> int:
    """Print one kind, those of a family, or all; the exit code."""
    catalogue = local.catalogue()
    if kind_id is not None:
        kind = kind_named(catalogue, kind_id)
        if as_json:
            print_json(detail(kind).model_dump())
        else:
            print("\n".join(_describe(kind)))
        return 0
    chosen = [kind for kind in catalogue.kinds if family in (None, kind.family)]
    if not chosen:
        families = sorted({kind.family for kind in catalogue.kinds})
        raise UsageError(f"--family: no such family: {family}; there are {', '.join(families)}")
    if as_json:
        print_json([summary(kind).model_dump() for kind in chosen])
    else:
        print("\n".join(columns((kind.id, kind.family, kind.titles[0]) for kind in chosen)))
    return 0


def kind_named(catalogue: Catalogue, kind_id: str) -> Kind:
    """The kind of that id. Raises UsageError when there is none."""
    try:
        return catalogue.kind(kind_id)
    except KeyError as error:
        raise UsageError(f"no such kind: {kind_id}; `gongkai kinds` lists them") from error


def _describe(kind: Kind) -> Iterable[str]:
    yield f"{kind.id}  ({kind.family}, {kind.shape.value})"
    yield "titles: " + "；".join(kind.titles)
    yield "\ncolumns"
    yield from columns(
        (
            "  " + ".".join(filter(None, (column.panel, *column.group, column.id))),
            column.type.value,
            _labels(column.labels),
        )
        for column in kind.columns
    )
    if kind.line_items:
        yield "\nlines"
        yield from columns(("  " + line.id, line.side or "", _labels(line.labels)) for line in kind.line_items)
    if kind.checks:
        yield "\nchecks"
        yield from columns(
            ("  " + rule.id, f"{rule.lhs} {rule.relation} {' '.join(rule.terms)}", rule.note) for rule in kind.checks
        )


def _name(column: Column) -> str:
    return ".".join(filter(None, (column.panel, *column.group, column.id)))


def _labels(labels: tuple[str, ...]) -> str:
    return "；".join(labels)
