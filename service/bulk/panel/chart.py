"""Charts of a panel: the series, and what is covered. PNG for a paper; SVG, whose letters the browser draws."""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.bulk.panel.build import Panel

MOST_LINES = 8  # agencies with a line of their own; more are shown as their sum
FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK JP", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Microsoft YaHei", "SimHei", "PingFang SC", "AR PL UMing CN", "AR PL SungtiL GB",
)  # fmt: skip
COLOURS: Mapping[str, str] = {
    "ok": "#1B7F3B", "doubtful": "#C25A00", "conflict": "#C92A2A", "several_rows": "#E8A33D", "blank": "#9AA3AD",
    "unread": "#7A3FA8", "missing": "#495057", "no_document": "#DEE2E6", "failed": "#862E9C",
    "agency_unknown": "#ADB5BD", "year_unknown": "#CED4DA",
}  # fmt: skip
_WIDE = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and English, and what stands for it where no Chinese letters can be drawn."""

    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart: a value for some of the years."""

    label: Words
    values: Mapping[int, Decimal]


def lines_of(panel: Panel, item: str) -> list[Line]:
    """A line for each agency, or one for the sum of what may be added up, with how many agencies each year has."""
    chosen = [one for one in panel.values if one.item.id == item and one.amount is not None]
    each: dict[Any, dict[int, Decimal]] = defaultdict(dict)
    for one in chosen:
        if panel.is_usable(one) and one.amount is not None:
            each[one.place][one.year] = one.amount
    if len(each) <= MOST_LINES:
        return [
            Line(_label(panel, place, max(values), number), values)
            for number, (place, values) in enumerate(each.items(), 1)
        ]
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for one in chosen:
        if one.counted and one.amount is not None:
            sums[one.year] += one.amount
    counts = Counter(one.year for one in chosen if one.counted)
    said = ", ".join(f"{year}: {count}" for year, count in sorted(counts.items()))
    return [Line(Words(f"sum 合计 (agencies 单位数 {said})", f"sum (agencies {said})"), sums)]


def _label(panel: Panel, place: Any, year: int, number: int) -> Words:
    entity = panel.entity(place, year)
    level = entity.level or ""
    return Words(f"{entity.agency} {level}".strip(), f"{entity.region_code or 'agency'} #{number} {level}".strip())


class Charts:
    """Draws with one font. ``font`` is the path of a font file; without one, a Chinese font of the machine is looked
    for, and where there is none, pictures have codes and English words instead of Chinese ones."""

    def __init__(self, font: Path | None = None) -> None:
        from matplotlib import font_manager  # noqa: PLC0415  slow to load: only when something is drawn

        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # it tells of every weight a font lacks
        if font is not None:
            font_manager.fontManager.addfont(font)
            self.family: str | None = font_manager.FontProperties(fname=font).get_name()
        else:
            known = {entry.name for entry in font_manager.fontManager.ttflist}
            self.family = next((name for name in FONTS if name in known), None)

    def series(self, title: Words, lines: Sequence[Line], unit: str, breaks: Iterable[int]) -> tuple[bytes, str]:
        """PNG and SVG of a series; a dashed line stands before a year in which it breaks."""

        def draw(axes: Any, words: Any) -> None:
            years = sorted({year for line in lines for year in line.values})
            for line in lines:
                values = [None if year not in line.values else float(line.values[year]) for year in years]
                axes.plot(years, values, marker="o", label=words(line.label))
            for year in breaks:
                if years and min(years) < year <= max(years):
                    axes.axvline(year - 0.5, linestyle="--", color="#868E96", linewidth=1)
            axes.set_xticks(years)
            axes.set_ylabel(words(Words(unit, {"元": "yuan", "万元": "10,000 yuan"}[unit])))
            axes.ticklabel_format(axis="y", style="plain")

        return self._drawn(title, draw)

    def coverage(self, title: Words, counts: Mapping[int, Mapping[str, int]]) -> tuple[bytes, str]:
        """PNG and SVG of how many agencies have which status, year by year."""

        def draw(axes: Any, words: Any) -> None:
            years = sorted(counts)
            base = [0] * len(years)
            for status, colour in COLOURS.items():
                heights = [counts[year].get(status, 0) for year in years]
                if any(heights):
                    axes.bar(years, heights, bottom=base, color=colour, label=status)
                    base = [below + height for below, height in zip(base, heights, strict=True)]
            axes.set_xticks(years)
            axes.set_ylabel(words(Words("agencies 单位数", "agencies")))

        return self._drawn(title, draw)

    def _drawn(self, title: Words, draw: Any) -> tuple[bytes, str]:
        return self._png(title, draw), self._svg(title, draw)

    def _png(self, title: Words, draw: Any) -> bytes:
        import matplotlib as mpl  # noqa: PLC0415

        def words(said: Words) -> str:
            return said.text if self.family or not _WIDE.search(said.text) else said.plain

        style: dict[Any, Any] = {"font.family": [self.family, "DejaVu Sans"]} if self.family else {}
        with mpl.rc_context(style):
            figure = _figure(title, draw, words)
            out = io.BytesIO()
            figure.savefig(out, format="png", dpi=120, metadata={"Software": None})
        return out.getvalue()

    def _svg(self, title: Words, draw: Any) -> str:
        import matplotlib as mpl  # noqa: PLC0415

        # A glyph that our font lacks is no loss: the browser draws the letters.
        with (
            warnings.catch_warnings(action="ignore"),
            mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "gongkai"}),
        ):
            figure = _figure(title, draw, lambda said: said.text)
            out = io.StringIO()
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        text = out.getvalue()
        return text[text.index("<svg") :]


def _figure(title: Words, draw: Any, words: Any) -> Any:
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(words(title), fontsize=11)
    draw(axes, words)
    if axes.get_legend_handles_labels()[0]:
        figure.legend(fontsize=8, loc="outside right upper")
    return figure
