"""``gongkai explain-header``: which field a header means, and why."""

from __future__ import annotations

from service.cli import local
from service.cli.failures import UsageError, say
from service.cli.text import columns, print_json
from service.explain import Explanation, explain_in

TITLES = ("kind", "field", "label", "method", "score", "runner-up")


def show_match(header: str, kind: str | None, year: int | None, as_json: bool) -> int:
    """Print what the header means; 1 when it means nothing that is known."""
    try:
        found = explain_in(local.catalogue(), header, kind, year)
    except KeyError as error:
        raise UsageError(f"no such kind: {kind}; `gongkai kinds` lists them") from error
    if as_json:
        print_json([one.model_dump() for one in found])
    elif found:
        print("\n".join(columns([TITLES, *map(_row, found)])))
    else:
        say(f"{header}: no kind has such a header")
    return 0 if any(one.field is not None for one in found) else 1


def _row(one: Explanation) -> tuple[str, ...]:
    runner_up = f"{one.runner_up} {one.runner_up_score:.2f}" if one.runner_up_score is not None else "—"
    if one.field is None:
        return (
            one.kind,
            "—",
            "—",
            f"not matched: {one.reason}",
            f"{one.score:.2f}",
            f"{runner_up} {one.detail}".strip(),
        )
    place = ".".join(filter(None, (one.panel, *one.group, one.field)))
    return (one.kind, place, one.label or "", one.method or "", f"{one.score:.2f}", runner_up)
