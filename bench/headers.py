"""How well printed headers, titles and row labels are matched, on labelled ones: ``python -m bench.headers``.

``labels/headers.json``: one header (paths of one table or panel) per entry, with the field of each path, null where it
must not be matched. ``origin``: disclosure and truth (printed by real files), seed (with their damage), damaged (made:
one or two wrong characters), negative (near misses and what no kind holds), hand. ``labels/titles.json`` and
``labels/lines.json`` likewise. The sweep shows what other floors and margins would do; the chosen ones stand in
``schemas/candidates.py``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from schemas.candidates import Likeness, Scope
from schemas.catalogue import load_catalogue
from schemas.columnindex import ByIdentity
from schemas.headers import HeaderPath, match_columns, match_within, years_of
from schemas.kind import Catalogue, ColumnRole
from schemas.labels import Years
from schemas.lines import match_line_item
from schemas.titles import match_title

LABELS = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One label: what it should be, what it was matched to, and how."""

    origin: str
    wanted: str | None
    found: str | None
    how: str


def judge_headers(catalogue: Catalogue, likeness: Likeness | None = None) -> list[Judgement]:
    """Every labelled header against the matcher; with ``likeness``, under another floor and margin."""
    lexicon = ByIdentity(catalogue.lexicon)
    judged: list[Judgement] = []
    for case in _cases("headers"):
        kind, year, panel = catalogue.kind(case["kind"]), case["fiscal_year"], case["panel"]
        paths = [HeaderPath(at, tuple(labels)) for at, labels in enumerate(case["paths"])]
        if likeness is None:
            matches = match_columns(paths, kind, catalogue.lexicon, fiscal_year=year, panel=panel)
        else:
            matches = match_within(
                paths, Scope(ByIdentity(kind), lexicon, years_of(paths, year), panel, likeness=likeness)
            )
        for match, wanted in zip(matches, case["fields"], strict=True):
            found = None if match.column is None else match.column.id
            judged.append(Judgement(case["origin"], wanted, found, match.method or match.reason or ""))
    return judged


def judge_titles(catalogue: Catalogue) -> list[Judgement]:
    """Every labelled title: its kind, or none."""
    judged = []
    for case in _cases("titles"):
        best = next(iter(match_title(case["text"], catalogue.kinds, catalogue.lexicon)), None)
        found = None if best is None else best.kind_id
        judged.append(Judgement(case["origin"], case["kind"], found, "none" if best is None else best.method))
    return judged


def judge_lines(catalogue: Catalogue) -> list[Judgement]:
    """Every labelled row label: its line item, or none."""
    judged = []
    for case in _cases("lines"):
        kind = catalogue.kind(case["kind"])
        match = match_line_item(case["label"], kind, case["side"], catalogue.lexicon, case.get("parent"))
        found = None if match is None else match.item.id
        judged.append(Judgement(case["origin"], case["line"], found, "none" if match is None else match.method))
    return judged


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((LABELS / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def figures(judged: Iterable[Judgement]) -> str:
    """Counts, precision and recall on one line."""
    counts = Counter(
        "right" if one.found == one.wanted and one.wanted else
        "empty" if one.found == one.wanted else
        "wrong" if one.found is not None else "missed"
        for one in judged
    )  # fmt: skip
    right, wrong, missed, empty = (counts[name] for name in ("right", "wrong", "missed", "empty"))
    precision = right / (right + wrong) if right + wrong else 1.0
    wanted = right + missed
    recall = right / wanted if wanted else 1.0
    return (
        f"right {right:4} wrong {wrong:3} missed {missed:3} rightly left {empty:4}  "
        f"precision {precision:7.2%} recall {recall:7.2%}"
    )


def report(name: str, judged: list[Judgement]) -> None:
    """The figures of one set, as a whole, by origin and by method."""
    print(f"{name}: {len(judged)} labels\n  {'all':12} {figures(judged)}")
    for origin in dict.fromkeys(one.origin for one in judged):
        print(f"  {origin:12} {figures(one for one in judged if one.origin == origin)}")
    for how in dict.fromkeys(one.how for one in judged if one.found is not None):
        print(f"  by {how:9} {figures(one for one in judged if one.how == how)}")


def without_one_label(catalogue: Catalogue, likeness: Likeness) -> Counter[str]:
    """Every label of every value column, matched as if the catalogue did not hold it: what likeness adds, and risks.

    A label is right when its own column is found. Columns that share the label with another one are left out.
    """
    counts: Counter[str] = Counter()
    lexicon = ByIdentity(catalogue.lexicon)
    for kind in catalogue.kinds:
        shared = Counter(label for column in kind.columns for label in column.labels)
        for at, column in enumerate(kind.columns):
            for label in column.labels if column.role is ColumnRole.VALUE and len(column.labels) > 1 else ():
                if shared[label] > 1 or "/" in label:
                    continue
                rest = replace(column, labels=tuple(one for one in column.labels if one != label))
                less = replace(kind, columns=(*kind.columns[:at], rest, *kind.columns[at + 1 :]))
                path = HeaderPath(0, (*column.group[:1], label))
                scope = Scope(ByIdentity(less), lexicon, Years(2024), column.panel, likeness=likeness)
                found = match_within([path], scope)[0].column
                counts["missed" if found is None else "right" if found.id == column.id else "wrong"] += 1
    return counts


def sweep(catalogue: Catalogue) -> None:
    """Floors against margins: right, wrong and missed of the labels that only likeness can decide."""
    exact = judge_headers(catalogue, Likeness(floor=101.0))
    open_ = [at for at, one in enumerate(exact) if one.found is None]
    print(f"sweep over {len(open_)} labels that no known label decides: right/wrong/missed")
    for floor in (60.0, 65.0, 70.0, 75.0, 80.0, 85.0, 90.0):
        cells = []
        for margin in (0.0, 3.0, 6.0, 9.0, 12.0):
            judged = judge_headers(catalogue, Likeness(floor=floor, margin=margin))
            some = [judged[at] for at in open_]
            right = sum(one.found == one.wanted is not None for one in some)
            wrong = sum(one.found is not None and one.found != one.wanted for one in some)
            cells.append(f"{right:3}/{wrong}/{sum(one.found is None and one.wanted is not None for one in some)}")
        print(f"  floor {floor:3.0f}  " + "  ".join(f"{cell:>9}" for cell in cells))
    print("  margins     0          3          6          9         12")
    print("labels taken from the catalogue one at a time: right/wrong/missed")
    for floor in (75.0, 80.0, 85.0):
        counts = without_one_label(catalogue, Likeness(floor=floor))
        print(f"  floor {floor:3.0f}  {counts['right']}/{counts['wrong']}/{counts['missed']}")


def main() -> None:
    """Print everything."""
    catalogue = load_catalogue()
    report("headers", judge_headers(catalogue))
    report("titles", judge_titles(catalogue))
    report("lines", judge_lines(catalogue))
    sweep(catalogue)


if __name__ == "__main__":
    main()
