"""A panel as files: long and wide, coverage, what must be said, charts."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from schemas.catalogue import load_catalogue
from service.bulk.dataset.exports.csv import write_csv
from service.bulk.panel.ask import Ask
from service.bulk.panel.build import Panel
from service.bulk.panel.chart import Charts, Words, lines_of
from service.bulk.panel.gather import TOTAL, gather
from service.bulk.panel.shapes import COVERAGE, LONG, wide
from service.export.columns import Cell, TableShape
from service.export.page import POLICY
from service.export.parquet import arrow_table, parquet_writer

ANSWERED_BY = {
    "final_accounts": frozenset({"final_account_disclosure"}),
    "final_accounts_ext": frozenset({"final_account_disclosure"}),
    "budget": frozenset({"budget_disclosure"}),
    "social_insurance": frozenset({"fund_statement"}),
}  # kinds of documents that should answer, by family; of others any may
NO_FONT = (
    "no Chinese font was found: the PNG has codes and English words (--font FILE names one; apt-get install "
    "fonts-wqy-zenhei); the page has all words"
)


def write_panel(dataset: Path, ask: Ask, out: Path, font: Path | None = None) -> list[str]:
    """Write the panel into a folder; a line for what is to be said. Raises NoDataset."""
    panel = Panel(ask, gather(dataset, ask))
    out.mkdir(parents=True, exist_ok=True)
    family = load_catalogue().kind(ask.kind).family
    coverage = list(panel.coverage(ANSWERED_BY.get(family, frozenset())))
    _table(LONG, list(panel.long()), out)
    _table(wide(panel.years), list(panel.wide()), out)
    _table(COVERAGE, coverage, out)
    notes = _notes(panel)
    (out / "panel.json").write_text(json.dumps(notes, ensure_ascii=False, indent=1) + "\n", "utf-8")
    said = _charts(panel, coverage, notes, out, font)
    return [*_said(panel), *said, f"{out}: {len(panel.values)} values, {len(coverage)} lines of coverage"]


def _table(shape: TableShape, rows: Sequence[tuple[Cell, ...]], out: Path) -> None:
    write_csv(shape, rows, out / f"{shape.name}.csv")
    with parquet_writer(shape, out / f"{shape.name}.parquet") as writer:
        writer.write_table(arrow_table(shape, rows))


def _notes(panel: Panel) -> dict[str, object]:
    ask = panel.ask
    sources = [f"{source.kind}.{source.field}" for source in ask.question.sources]
    asked = {"question": ask.question.id, "label": ask.question.label, "label_zh": ask.question.label_zh}
    return {**asked, "sources": sources, "item": ask.item, "unit": ask.unit, "doubtful": ask.doubtful, **panel.notes()}


def _said(panel: Panel) -> Iterator[str]:
    notes = panel.notes()
    for name, what in (
        ("counted_in_a_department", "values are a unit's whose department's disclosure holds them: never add both up"),
        ("level_not_said", "values are of documents that do not say whether they are a department's or a unit's"),
        ("from_fallbacks", "values are from another table than the canonical one: see source_kind"),
    ):
        if notes[name]:
            yield f"{notes[name]} {what}"
    breaks = notes["breaks"]
    yield from (f"the series breaks in {said}" for said in (breaks if isinstance(breaks, list) else ()))


def _charts(
    panel: Panel, coverage: Iterable[tuple[Cell, ...]], notes: dict[str, object], out: Path, font: Path | None
) -> list[str]:
    charts = Charts(font)
    item = _item_shown(panel)
    question = panel.ask.question
    title = Words(f"{question.label} {question.label_zh} ({item})", f"{question.label} ({item})")
    covered = Words(f"Coverage 覆盖情况: {title.text}", f"Coverage: {title.plain}")
    breaks = {one.year for one in panel.values if one.breaks}
    drawings = {
        "series": charts.series(title, lines_of(panel, item), panel.ask.unit, sorted(breaks)),
        "coverage": charts.coverage(covered, _by_year(coverage)),
    }
    for name, (png, _) in drawings.items():
        (out / f"{name}.png").write_bytes(png)
    page = "".join(_page(title.text, [svg for _, svg in drawings.values()], notes))
    (out / "panel.html").write_text(page, "utf-8")
    return [] if charts.family else [NO_FONT]


def _item_shown(panel: Panel) -> str:
    """The item that is drawn: the one asked for, else the total, else the one with most values."""
    counts = Counter(one.item.id for one in panel.values)
    if panel.ask.item or TOTAL in counts or not counts:
        return panel.ask.item or TOTAL
    return min(counts, key=lambda name: (-counts[name], name))


def _by_year(coverage: Iterable[tuple[Cell, ...]]) -> dict[int, Counter[str]]:
    year, status = COVERAGE.names.index("fiscal_year"), COVERAGE.names.index("status")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in coverage:
        at, known = row[year], row[status]
        if isinstance(at, int) and isinstance(known, str):
            counts[at][known] += 1
    return counts


def _page(title: str, drawings: Iterable[str], notes: dict[str, object]) -> Iterator[str]:
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield f"<title>{escape(title)}</title></head><body><h1>{escape(title)}</h1>\n"
    yield from drawings
    yield "<table>"
    for name, value in notes.items():
        shown = "; ".join(map(str, value)) if isinstance(value, list) else value
        yield f"<tr><th>{escape(name)}</th><td>{escape(str(shown))}</td></tr>\n"
    yield "</table></body></html>\n"
